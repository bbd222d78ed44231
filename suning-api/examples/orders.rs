//! Lists the orders of the last 24 hours, page by page. Reads only, and prints no personal data.
//!
//! ```text
//! SUNING_APP_KEY=… SUNING_APP_SECRET=… cargo run --package suning-api --example orders --features custom
//! ```

use std::error::Error;
use std::process::ExitCode;
use std::time::SystemTime;

use suning_api::chrono::TimeDelta;
use suning_api::error::Optional;
use suning_api::time::china_time;
use suning_api::{Client, Credentials, Endpoint, time};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(count) => {
            println!("{count} orders");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("orders: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<usize, Box<dyn Error>> {
    let mut client = Client::builder(Credentials::from_env()?);
    // Another gateway than the real one, such as `suning-mock`.
    if let Some(gateway) = std::env::args().nth(1) {
        client = client.endpoint(Endpoint::new(gateway));
    }
    let client = client.build()?;

    let now = china_time(SystemTime::now());
    let [from, to] = [now - TimeDelta::hours(24), now].map(time::format);
    let mut orders = client.custom().order_query().start_time(from).end_time(to).page_size(50).rows();
    let mut count = 0;
    while let Some(order) = orders.try_next().await.optional()?.flatten() {
        let of = |text: Option<String>| text.unwrap_or_else(|| "?".to_owned());
        println!("{} {} {}", of(order.order_code), of(order.order_sale_time), of(order.order_total_status));
        count += 1;
    }
    Ok(count)
}
