//! The example `top_up`, killed at each step: every order is delivered once, with cards of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use suning_api::Credentials;
use suning_api::mock::{Gateway, Server};
use tempfile::TempDir;
use tests::orders::{Fate, Orders, Step};

const TOPIC: &str = "suning_order_virtual_resend";
const CARDS: usize = 5;

/// The process to kill at a step, once.
#[derive(Default)]
struct Victim {
    at: Option<Step>,
    process: Option<Child>,
}

struct Shop {
    server: Server,
    orders: Arc<Orders>,
    victim: Arc<Mutex<Victim>>,
    folder: TempDir,
}

impl Shop {
    /// A shop in which the program is killed when the gateway sees a step. The step then has this fate.
    fn new(at: Option<Step>, fate: Fate) -> Self {
        let gateway = Gateway::builder(Credentials::new("my-app-key", "my-app-secret")).build();
        let victim = Arc::new(Mutex::new(Victim { at, process: None }));
        let at_step = Arc::clone(&victim);
        let orders = Orders::serve(&gateway, move |_, step| {
            let mut victim = at_step.lock().expect("the victim");
            let is_here =
                victim.at.as_ref().is_some_and(|at| std::mem::discriminant(at) == std::mem::discriminant(step));
            if !is_here {
                return Fate::Processed;
            }
            victim.at = None;
            let mut process = victim.process.take().expect("a process");
            process.kill().expect("killed");
            process.wait().expect("ended");
            fate
        });
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("free")).expect("a folder");
        for card in 0..CARDS {
            let file = folder.path().join("free").join(format!("card-{card}"));
            fs::write(file, format!("N{card}\nP{card}\n")).expect("a card");
        }
        Self { server: Server::start(gateway, "127.0.0.1:0").expect("a port"), orders, victim, folder }
    }

    fn cards(&self, folder: impl AsRef<Path>) -> usize {
        fs::read_dir(self.folder.path().join(folder)).map_or(0, Iterator::count)
    }

    /// Orders this many cards, and pushes the message of it.
    fn order(&self, item: &str, cards: u32) -> String {
        self.orders.add(item, cards, false);
        self.server.gateway().push(TOPIC, "70057494", &format!(r#"{{"orderItemCode":"{item}"}}"#))
    }

    /// Starts the program. It is the one to kill next.
    fn start(&self) {
        let mut victim = self.victim.lock().expect("the victim");
        let gateway = format!("http://{}/api/http/sopRequest", self.server.address());
        let mut command = Command::new(env!("CARGO_BIN_EXE_top_up"));
        command.args([self.server.push_url().as_ref(), self.folder.path().as_os_str(), gateway.as_ref()]);
        command.env("SUNING_APP_KEY", "my-app-key").env("SUNING_APP_SECRET", "my-app-secret").env("NO_PROXY", "*");
        victim.process = Some(command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().expect("a process"));
    }

    fn wait_until(&self, what: &str, is: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !is(self) {
            assert!(began.elapsed() < Duration::from_secs(30), "{what}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if let Some(process) = &mut self.victim.lock().expect("the victim").process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// Kills the program at a step, starts it again, and checks that the order was delivered once.
fn survives(at: &Step, fate: Fate) {
    let shop = Shop::new(Some(at.clone()), fate);
    let id = shop.order("1001", 2);
    shop.start();
    shop.wait_until("killed", |shop| shop.victim.lock().expect("the victim").process.is_none());
    assert!(shop.server.gateway().acknowledged().is_empty(), "{at:?}: acknowledged too early");
    shop.start();
    let other = shop.order("1002", 1);
    let is_done = |shop: &Shop| shop.server.gateway().acknowledged().len() == 2;
    shop.wait_until("both messages are acknowledged", is_done);
    assert_eq!(shop.server.gateway().acknowledged(), [id, other], "{at:?}");
    let mut delivered = BTreeSet::new();
    for (item, number) in [("1001", 2), ("1002", 1)] {
        let steps = shop.orders.steps(item);
        let [Step::Ship(cards), Step::Confirm] = steps.as_slice() else { panic!("{at:?}: {item}: {steps:?}") };
        assert_eq!(cards.len(), number, "{at:?}");
        delivered.extend(cards.clone());
        assert_eq!(shop.cards(Path::new("sold").join(item)), number, "{at:?}");
    }
    assert_eq!((delivered.len(), shop.cards("free")), (3, CARDS - 3), "{at:?}: no card is used twice or lost");
}

#[test]
fn it_is_killed_before_anything_has_happened() {
    survives(&Step::Lookup, Fate::Unavailable);
}

#[test]
fn it_is_killed_while_it_looks_up_the_order() {
    survives(&Step::Lookup, Fate::Processed);
}

#[test]
fn it_is_killed_before_the_cards_are_delivered() {
    survives(&Step::Ship(Vec::new()), Fate::Unavailable);
}

#[test]
fn it_is_killed_after_the_cards_are_delivered() {
    survives(&Step::Ship(Vec::new()), Fate::Processed);
}

#[test]
fn it_is_killed_before_the_order_is_completed() {
    survives(&Step::Confirm, Fate::Unavailable);
}

#[test]
fn it_is_killed_before_the_message_is_acknowledged() {
    survives(&Step::Confirm, Fate::Processed);
}

#[test]
fn it_was_killed_between_two_cards() {
    let shop = Shop::new(None, Fate::Processed);
    let sold = shop.folder.path().join("sold").join("1001");
    fs::create_dir_all(&sold).expect("a folder");
    fs::rename(shop.folder.path().join("free").join("card-3"), sold.join("card-3")).expect("moved");
    shop.order("1001", 2);
    shop.start();
    shop.wait_until("acknowledged", |shop| shop.server.gateway().acknowledged().len() == 1);
    let steps = shop.orders.steps("1001");
    let [Step::Ship(cards), Step::Confirm] = steps.as_slice() else { panic!("{steps:?}") };
    assert!(cards.len() == 2 && cards.contains(&"N3".to_owned()), "{cards:?}");
    assert_eq!(shop.cards("free"), CARDS - 2);
}

#[test]
fn an_order_that_cannot_be_delivered_is_not_acknowledged() {
    let shop = Shop::new(None, Fate::Processed);
    shop.orders.add("1001", 1, true);
    shop.server.gateway().push(TOPIC, "70057494", r#"{"orderItemCode":"1001"}"#);
    let other = shop.order("1002", 1);
    shop.start();
    shop.wait_until("the other order is delivered", |shop| !shop.server.gateway().acknowledged().is_empty());
    assert_eq!(shop.server.gateway().acknowledged(), [other]);
    assert_eq!(shop.orders.steps("1001"), []);
}
