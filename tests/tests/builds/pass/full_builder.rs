//! Every parameter, required ones in any order, with a client and without.

use suning_api::methods::selfmarket::leaguerstatus_add::{Card, IqStatus, LeaguerstatusAddRequest};
use suning_api::{Client, Credentials};

pub(crate) fn main() {
    let cards = ["1", "2"].map(|number| Card::default().card_code(number).card_sec("I001XB999"));
    let request = LeaguerstatusAddRequest::builder()
        .order_item_id("00000208117601")
        .card_list(cards.clone())
        .order_id(String::from("1000531505"))
        .supplier_code("10042869")
        .iq_status(IqStatus::SmsSent)
        .fail_reason("充值失败")
        .build();
    let client = Client::builder(Credentials::new("key", "secret")).build().unwrap();
    let call = client
        .selfmarket()
        .leaguerstatus_add()
        .iq_status(IqStatus::Other("999".into()))
        .order_id("1000531505")
        .order_item_id("00000208117601")
        .card_list(cards);
    drop(request);
    // The stream over all pages needs no number of a page.
    let time = suning_api::time::parse("2013-10-20 00:00:00").unwrap();
    let rows = client.custom().batchrejected_query().start_time(time).end_time(time).page_size(50).rows();
    is_stream(rows);
    // A call may be sent from another task.
    is_send(call.send());
}

fn is_stream(_: impl futures_core::Stream + Send + Unpin) {}

fn is_send(_: impl Send + 'static) {}
