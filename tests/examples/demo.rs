//! The whole path over real sockets: every method in both formats, typical errors, and a trade from a pushed message to an order that
//! is complete.
//!
//! Run by `cargo xtask demo`. Exits with status 1 if anything differs from the documents.

use std::error::Error as StdError;
use std::fs;
use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;
use suning_api::error::ErrorCode;
use suning_api::methods::custom::ordercountdown_query::{CountDown, OrderLineNumbers, OrdercountdownQueryRequest};
use suning_api::methods::custom::{
    batchrejected_query::BatchrejectedQueryRequest, virtual_get::VirtualGetRequest,
    virtualorder_resend::VirtualorderResendRequest,
};
use suning_api::methods::selfmarket::leaguerstatus_add::{
    Card, IqStatus, LeaguerstatusAddErrorCode, LeaguerstatusAddRequest,
};
use suning_api::mock::{Gateway, Server};
use suning_api::push::Subscriber;
use suning_api::request::Request;
use suning_api::{Client, CommonErrorCode, Credentials, Error, Format, Reply, time};
use tests::conformance;
use tests::orders::{Fate, Orders, Step};

#[expect(dead_code, reason = "the demo calls its parts")]
#[path = "../../suning-api/examples/top_up.rs"]
mod top_up;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(0) => {
            println!("\nEverything is as documented.");
            ExitCode::SUCCESS
        }
        Ok(failures) => {
            println!("\n{failures} results are not as documented.");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("the demo cannot run: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<usize, Box<dyn StdError>> {
    let credentials = Credentials::new("demo-app-key", "demo-app-secret").with_access_token("demo-token");
    let server = Server::start(Gateway::builder(credentials.clone()).build(), "127.0.0.1:0")?;
    println!("\nmock gateway on {}\n", server.address());
    println!("{:<36} {:<6} {:>4} {:>6}  {:<5} result", "method", "format", "HTTP", "bytes", "rows");

    let mut failures = 0;
    for format in [Format::Json, Format::Xml] {
        let client = Client::builder(credentials.clone()).endpoint(server.endpoint()).format(format).build()?;
        for is_documented in calls(&client, format).await {
            failures += usize::from(!is_documented);
        }
    }

    let others = suning_api::catalog::methods().len() - 5;
    if others > 0 {
        println!("{others} more methods are in the catalog; a test calls each of them");
    }
    println!("\nwhat goes wrong, as the typed error a caller gets\n");
    // By default, the client would not send a request that the gateway is sure to reject.
    let careless = |credentials| Client::builder(credentials).endpoint(server.endpoint()).without_rules().build();
    let client = careless(credentials)?;
    let stranger = careless(Credentials::new("demo-app-key", "another-secret").with_access_token("demo-token"))?;
    for is_documented in [business_error(&client).await, wrong_signature(&stranger).await, missing(&client).await] {
        failures += usize::from(!is_documented);
    }
    Ok(failures + trade().await?)
}

/// Delivers the cards of a paid order, and of one that was paid too long ago.
async fn trade() -> Result<usize, Box<dyn StdError>> {
    println!("\na paid order, from the pushed message to its end (examples/top_up.rs)\n");
    let credentials = Credentials::new("demo-app-key", "demo-app-secret");
    let acknowledged = |id: &str| println!("  acknowledged message {id}");
    let server =
        Server::start(Gateway::builder(credentials.clone()).on_acknowledged(acknowledged).build(), "127.0.0.1:0")?;
    let orders = Orders::serve(server.gateway(), |item, step| {
        match step {
            Step::Lookup => println!("  order {item} is looked up"),
            Step::Ship(cards) => println!("  order {item}: status 180 with {} cards", cards.len()),
            Step::Confirm => println!("  order {item}: status 190"),
        }
        Fate::Processed
    });
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("free"))?;
    for card in 0..3 {
        fs::write(folder.path().join("free").join(card.to_string()), format!("number-{card}\npassword-{card}\n"))?;
    }
    for (item, cards, is_overdue) in [("1001", 1, true), ("1002", 2, false)] {
        orders.add(item, cards, is_overdue);
        server.gateway().push("suning_order_virtual_resend", "70057494", &format!(r#"{{"orderItemCode":"{item}"}}"#));
    }
    let client = Client::builder(credentials.clone()).endpoint(server.endpoint()).build()?;
    let subscriber = Subscriber::builder(credentials, server.push_url()).subscribe()?;
    let limit = Duration::from_secs(30);
    let is_complete = async {
        while server.gateway().acknowledged().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        ended = top_up::serve(&client, subscriber, folder.path()) => ended?,
        _ = tokio::time::timeout(limit, is_complete) => {}
    }
    let is_delivered =
        matches!(orders.steps("1002").as_slice(), [Step::Ship(cards), Step::Confirm] if cards.len() == 2);
    Ok(usize::from(!is_delivered || !orders.steps("1001").is_empty()))
}

/// Calls each method with the documented input.
async fn calls(client: &Client, format: Format) -> [bool; 5] {
    let (custom, selfmarket) = (client.custom(), client.selfmarket());
    let numbers = ["100151521", "100151521"];
    let order = custom.virtual_get().order_item_code("101254223501").send().await;
    let resent = custom.virtualorder_resend().order_code("3365212154").send().await;
    let countdown = custom
        .ordercountdown_query()
        .order_code("52200111125")
        .count_down(numbers.map(|number| CountDown::default().product_code(number)))
        .order_line_numbers(OrderLineNumbers::default().order_line_number(numbers))
        .send()
        .await;
    let returns = custom
        .batchrejected_query()
        .start_time(time::parse("2013-10-20 00:00:00").unwrap_or_default())
        .end_time(time::parse("2013-10-26 00:00:00").unwrap_or_default())
        .page_no(1)
        .page_size(2)
        .send()
        .await;
    let receipt = selfmarket
        .leaguerstatus_add()
        .iq_status(IqStatus::SmsSent)
        .order_id("1000531505")
        .order_item_id("00000208117601")
        .supplier_code("10042869")
        .fail_reason("充值失败")
        .card_list([Card::default().card_code("1234567899").card_sec("I001XB999")])
        .send()
        .await;
    [
        show::<VirtualGetRequest>(&order, format, 1, &[]),
        show::<VirtualorderResendRequest>(&resent, format, 1, &[]),
        show::<OrdercountdownQueryRequest>(&countdown, format, 1, &[("returnorderflag", "returnOrderFlag")]),
        show::<BatchrejectedQueryRequest>(&returns, format, returns.as_ref().map_or(0, |rows| rows.len()), &[]),
        show::<LeaguerstatusAddRequest>(&receipt, format, 1, &[]),
    ]
}

/// A line of the table. Checks the reply against the documented one.
fn show<R: Request>(
    reply: &Result<Reply<R::Response>, Error<R::ErrorCode>>,
    format: Format,
    rows: usize,
    aliases: &[(&str, &str)],
) -> bool
where
    R::Response: Serialize,
{
    let name = R::METHOD.name;
    match reply {
        Err(error) => {
            println!("{name:<36} {format:<6} {:>4} {:>6}  {:<5} {error}", "-", "-", "-");
            false
        }
        Ok(reply) => {
            let lost = conformance::lost::<R>(reply, format, aliases);
            let result = lost.as_deref().unwrap_or("as documented");
            let (status, bytes) = (reply.envelope().status.as_u16(), reply.envelope().raw.len());
            println!("{name:<36} {format:<6} {status:>4} {bytes:>6}  {rows:<5} {result}");
            lost.is_none()
        }
    }
}

/// A card without its password, for which a business error is documented.
async fn business_error(client: &Client) -> bool {
    let card = Card::default().card_code("1234567899");
    let call = client.selfmarket().leaguerstatus_add().iq_status(IqStatus::SmsSent).order_id("1").order_item_id("2");
    let result = call.card_list([card]).send().await.map(drop);
    expect("a documented business error", result, &LeaguerstatusAddErrorCode::CardIncomplete)
}

/// A request signed with a wrong secret.
async fn wrong_signature(stranger: &Client) -> bool {
    let result = stranger.custom().virtual_get().order_item_code("101254223501").send().await.map(drop);
    expect("a wrong signature", result.map_err(Error::from), &CommonErrorCode::SignatureWrong)
}

/// A required parameter that is present, so that it compiles, but empty, so that the gateway rejects it.
async fn missing(client: &Client) -> bool {
    let result = client.custom().virtualorder_resend().order_code("").send().await.map(drop);
    let expected = suning_api::methods::custom::virtualorder_resend::VirtualorderResendErrorCode::MissingParameter {
        parameter: "orderCode".to_owned(),
    };
    expect("a parameter that the gateway misses", result, &expected)
}

/// Shows an error with its meaning and remedy, and checks its code against the expected one.
fn expect<C: ErrorCode>(what: &str, result: Result<(), Error<C>>, expected: &C) -> bool {
    println!("{what}");
    match result {
        Err(Error::Api(error)) => {
            println!("  code     {}", error.wire_code);
            println!("  typed    {:?}", error.code);
            println!("  meaning  {}", error.meaning().unwrap_or("not documented"));
            println!("  remedy   {}", error.remedy().unwrap_or("not documented"));
            println!("  retry    {:?}", error.retry());
            let is_expected = error.code == *expected && error.meaning().is_some() && error.remedy().is_some();
            println!("  {}\n", if is_expected { "as documented" } else { "NOT as documented" });
            is_expected
        }
        Err(other) => {
            println!("  {other}\n");
            false
        }
        Ok(()) => {
            println!("  the gateway accepted it\n");
            false
        }
    }
}
