"""Calls per second of the official SDK. Arguments: port, calls at once, number of calls."""
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore")

from suning.api.abstract import AbstractApi

port, at_once, calls = (int(argument) for argument in sys.argv[1:])


class Query(AbstractApi):
    def __init__(self):
        AbstractApi.__init__(self)
        self.startTime, self.endTime = "2013-10-01 00:00:00", "2013-10-20 00:00:00"
        self.pageNo, self.pageSize = "1", "50"

    def getApiMethod(self):
        return "suning.custom.batchrejected.query"

    def getApiBizName(self):
        return "batchQueryRejected"


def work():
    for _ in range(calls // at_once):
        query = Query()
        query.setAppInfo("key", "secret")
        query.setDomainInfo("127.0.0.1", port)
        query.getResponse()


for _ in range(5):
    threads = [threading.Thread(target=work) for _ in range(at_once)]
    began = time.time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(calls // at_once * at_once / (time.time() - began))
