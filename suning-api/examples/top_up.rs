//! Delivers the cards of paid orders: from a pushed message to an order that is complete.
//!
//! ```text
//! SUNING_APP_KEY=… SUNING_APP_SECRET=… cargo run --package suning-api --example top_up --features custom,selfmarket,push -- \
//!     wss://push.example.com/websocket cards
//! ```
//!
//! The folder has one file for each card, with its number and its password on two lines, in `cards/free`. A card that belongs to an
//! order is moved to `cards/sold/<order line number>`. That is all the program remembers, and it may be killed at any point: the
//! platform knows how far the order is, a repeated delivery has the same cards, and a message is acknowledged only when its order is
//! complete.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fmt, fs, io};

use suning_api::methods::custom::virtual_get::{OrderLineStatus, VirtualGetResponse};
use suning_api::methods::selfmarket::leaguerstatus_add::{Card, IqStatus, LeaguerstatusAddErrorCode};
use suning_api::push::{self, Message, Subscriber};
use suning_api::rust_decimal::prelude::ToPrimitive;
use suning_api::{Client, Credentials, Endpoint, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("top_up: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [push_url, cards, gateway @ ..] = arguments.as_slice() else {
        return Err("usage: top_up <push URL> <folder of cards> [<gateway URL>]".into());
    };
    let credentials = Credentials::from_env()?;
    let mut client = Client::builder(credentials.clone());
    if let [gateway] = gateway {
        client = client.endpoint(Endpoint::new(gateway));
    }
    let subscriber = Subscriber::builder(credentials, push_url)
        .on_error(|error| eprintln!("connecting again: {error}"))
        .subscribe()?;
    Ok(serve(&client.build()?, subscriber, Path::new(cards)).await?)
}

/// Handles messages until the connection ends for good.
pub(crate) async fn serve(client: &Client, mut paid: Subscriber, cards: &Path) -> Result<(), push::Error> {
    while let Some(delivery) = paid.try_next().await? {
        let done = match delivery.message() {
            Message::OrderVirtualResend(order) => match order.order_item_code.as_deref() {
                Some(item) => deliver(client, cards, item).await,
                None => Err(Failure::Other("the message names no order line".to_owned())),
            },
            _ => Ok(format!("ignored a message of the topic {}", delivery.topic())),
        };
        match done {
            Ok(done) => {
                delivery.ack().await?;
                println!("{done}");
            }
            // A message that is not acknowledged comes again. If it cannot be delivered, the platform refunds the order.
            Err(error) => eprintln!("not delivered: {error}"),
        }
    }
    Ok(())
}

/// Why an order is not delivered.
#[derive(Debug)]
enum Failure {
    Call(Error),
    Other(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // With the documented meaning and remedy.
            Self::Call(error) => error.fmt(f),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

/// From the errors of all methods.
impl<C> From<Error<C>> for Failure
where
    Error<C>: Into<Error>,
{
    fn from(error: Error<C>) -> Self {
        Self::Call(error.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Other(error.to_string())
    }
}

/// Brings an order to its end, wherever it is. Says what was done.
async fn deliver(client: &Client, cards: &Path, item: &str) -> Result<String, Failure> {
    const WAITS: [Duration; 3] = [Duration::from_millis(200), Duration::from_secs(2), Duration::from_secs(20)];
    let mut waits = WAITS.into_iter();
    loop {
        match advance(client, cards, item).await {
            // What a failed attempt has changed, the next one finds out from the platform.
            Err(Failure::Call(error)) if error.is_retryable() => match waits.next() {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error.into()),
            },
            done => return done,
        }
    }
}

async fn advance(client: &Client, cards: &Path, item: &str) -> Result<String, Failure> {
    let order = client.custom().virtual_get().order_item_code(item).send().await?;
    if let Some(flag) = &order.return_flag {
        return Ok(format!("{item}: nothing to deliver, the order is returned ({flag})"));
    }
    match &order.order_line_status {
        Some(OrderLineStatus::AwaitingShipment) => {
            let cards = reserve(cards, item, &order)?;
            report(client, &order, item, IqStatus::SmsSent, cards, &LeaguerstatusAddErrorCode::NotAwaitingShipment)
                .await?;
        }
        Some(OrderLineStatus::Shipping | OrderLineStatus::Shipped) => {}
        Some(OrderLineStatus::Completed | OrderLineStatus::Canceled) => {
            return Ok(format!("{item}: nothing to deliver, the order is closed"));
        }
        status => return Err(Failure::Other(format!("the order {item} is not paid: {status:?}"))),
    }
    report(client, &order, item, IqStatus::CardActivated, Vec::new(), &LeaguerstatusAddErrorCode::AlreadyReceived)
        .await?;
    Ok(format!("{item}: delivered"))
}

/// Reports a status. It may have been reported before, by an attempt whose reply was lost; the gateway then answers with `before`.
async fn report(
    client: &Client,
    order: &VirtualGetResponse,
    item: &str,
    status: IqStatus,
    cards: Vec<Card>,
    before: &LeaguerstatusAddErrorCode,
) -> Result<(), Failure> {
    let call = client.selfmarket().leaguerstatus_add().iq_status(status).order_item_id(item);
    let call = call.order_id(order.order_code.as_deref().unwrap_or_default());
    match call.supplier_code(order.supplier_code.as_deref()).card_list(cards).send().await {
        Ok(reply) if reply.is_success() => Ok(()),
        Ok(reply) => Err(Failure::Other(format!("the platform reports a failure: {:?}", reply.result))),
        Err(error) if error.code().as_ref() == Some(before) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The cards of an order: those it has, and as many more as it lacks. Moving a file is atomic, so that no card has two orders.
fn reserve(cards: &Path, item: &str, order: &VirtualGetResponse) -> Result<Vec<Card>, Failure> {
    if !item.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(Failure::Other(format!("`{item}` is not an order line number")));
    }
    let missing = |what: &str| Failure::Other(what.to_owned());
    let wanted = order.card_num.and_then(|number| number.to_usize());
    let wanted = wanted.ok_or_else(|| missing("the order does not say how many cards"))?;
    let sold = cards.join("sold").join(item);
    fs::create_dir_all(&sold)?;
    let mut free = fs::read_dir(cards.join("free"))?;
    while fs::read_dir(&sold)?.count() < wanted {
        let card = free.next().ok_or_else(|| missing("there are no more cards; add some"))??;
        match fs::rename(card.path(), sold.join(card.file_name())) {
            // Another process was faster.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            moved => moved?,
        }
    }
    let read = |card: io::Result<fs::DirEntry>| {
        let text = fs::read_to_string(card?.path())?;
        let mut lines = text.lines().map(str::to_owned);
        Ok(Card::default().card_code(lines.next()).card_sec(lines.next()))
    };
    fs::read_dir(&sold)?.map(read).collect()
}
