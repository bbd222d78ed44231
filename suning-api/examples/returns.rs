//! Lists the returns of the last 60 days, and continues where an earlier run was interrupted. Reads only.
//!
//! ```text
//! SUNING_APP_KEY=… SUNING_APP_SECRET=… cargo run --package suning-api --example returns --features custom
//! ```
//!
//! The file `returns.position` says where to continue. It is there only while a run is unfinished.

use std::error::Error;
use std::fs;
use std::process::ExitCode;
use std::time::SystemTime;

use suning_api::chrono::TimeDelta;
use suning_api::time::china_time;
use suning_api::{Client, Credentials, Endpoint};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("returns: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let mut client = Client::builder(Credentials::from_env()?);
    // Another gateway than the real one, such as `suning-mock`.
    if let Some(gateway) = std::env::args().nth(1) {
        client = client.endpoint(Endpoint::new(gateway));
    }
    sync_returns(client.build()?).await
}

async fn sync_returns(client: Client) -> Result<(), Box<dyn Error>> {
    let now = china_time(SystemTime::now());
    let mut returns = client.custom().batchrejected_query().page_size(50).rows_between(now - TimeDelta::days(60), now);
    if let Ok(position) = fs::read("returns.position") {
        returns = returns.continue_from(serde_json::from_slice(&position)?);
    }
    while let Some(row) = returns.try_next().await? {
        println!("{:?} {:?}", row.order_code, row.return_money); // store it, in place of an older version
        if let Some(position) = returns.position() {
            fs::write("returns.new", serde_json::to_vec(&position)?)?;
            fs::rename("returns.new", "returns.position")?; // whole or not at all
        }
    }
    if fs::exists("returns.position")? {
        fs::remove_file("returns.position")?;
    }
    Ok(())
}
