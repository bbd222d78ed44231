use suning_api::methods::selfmarket::leaguerstatus_add::{Card, IqStatus};
use suning_api::{Client, Credentials, time};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Credentials::from_env()?).build()?;
    let order = client.custom().virtual_get().order_item_code("1").send().await?;
    println!("{:?}", order.order_code);
    let resent = client.custom().virtualorder_resend().order_code("1").send().await?;
    println!("{:?}", resent.order_code);
    let left = client.custom().ordercountdown_query().order_code("1").send().await?;
    println!("{:?}", left.order_code);
    let [from, to] = ["2026-01-01 00:00:00", "2026-01-08 00:00:00"].map(time::parse);
    let query = client.custom().batchrejected_query().start_time(from.ok_or("a time")?).end_time(to.ok_or("a time")?);
    for row in query.page_no(1).page_size(50).send().await?.iter() {
        println!("{:?} {:?}", row.order_code, row.return_money);
    }
    let call = client.selfmarket().leaguerstatus_add().iq_status(IqStatus::SmsSent).order_id("1").order_item_id("2");
    let receipt = call.card_list([Card::default().card_code("1").card_sec("2")]).send().await?;
    println!("{:?}", receipt.order_id);
    Ok(())
}
