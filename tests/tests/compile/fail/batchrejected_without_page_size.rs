use suning_api::Client;
use suning_api::time::parse;

async fn call(client: Client) {
    let time = parse("2013-10-20 00:00:00").unwrap();
    let _ = time;
    client.custom().batchrejected_query().start_time(time).end_time(time).page_no(1).send().await.ok();
}

fn main() {
    let _ = call;
}
