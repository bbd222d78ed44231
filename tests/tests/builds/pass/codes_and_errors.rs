//! Values and error codes are matched with a fallback, and errors of several methods meet in one.

use suning_api::methods::custom::virtual_get::{OrderLineStatus, VirtualGetErrorCode};
use suning_api::methods::selfmarket::leaguerstatus_add::{IqStatus, LeaguerstatusAddErrorCode};
use suning_api::{Client, Error};

async fn both(client: &Client) -> Result<bool, Error> {
    let order = client.custom().virtual_get().order_item_code("1").send().await?;
    let is_closed = match &order.order_line_status {
        Some(OrderLineStatus::Canceled | OrderLineStatus::Completed) => true,
        Some(OrderLineStatus::Other(code)) => code.is_empty(),
        _ => false,
    };
    let call = client.selfmarket().leaguerstatus_add().iq_status(IqStatus::SmsSent).order_id("1").order_item_id("2");
    match call.send().await {
        Ok(receipt) => println!("{:?}", receipt.result),
        Err(Error::Api(error)) if error.code == LeaguerstatusAddErrorCode::CardsMissing => return Ok(false),
        Err(error) if error.is_retryable() => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    Ok(is_closed)
}

fn shown(code: VirtualGetErrorCode) -> String {
    match code {
        VirtualGetErrorCode::MissingParameter { parameter } => parameter,
        VirtualGetErrorCode::Common(common) => format!("{common:?}"),
        VirtualGetErrorCode::Other(code) => code,
        _ => String::new(),
    }
}

pub(crate) fn main() {
    let _ = both;
    println!("{}", shown(VirtualGetErrorCode::NoResult));
}
