//! Virtual orders for the mock gateway, with the states that the documents describe.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use suning_api::methods::custom::virtual_get::{OrderLineStatus, VirtualGetRequest, VirtualGetResponse};
use suning_api::methods::selfmarket::leaguerstatus_add::{
    IqStatus, LeaguerstatusAddRequest, LeaguerstatusAddResponse, LeaguerstatusAddResult,
};
use suning_api::mock::Gateway;

/// A step of an order that the gateway sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The order is looked up.
    Lookup,
    /// It is shipped with these cards.
    Ship(Vec<String>),
    /// Its receipt is confirmed.
    Confirm,
}

/// What becomes of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It takes place.
    Processed,
    /// It does not, because a service is not available.
    Unavailable,
}

/// The orders of a shop.
#[derive(Debug, Default)]
pub struct Orders {
    orders: Mutex<BTreeMap<String, Order>>,
}

#[derive(Debug)]
struct Order {
    cards: u32,
    status: OrderLineStatus,
    is_overdue: bool,
    steps: Vec<Step>,
}

const REFUSED: &str = "biz.selfmarket.addleaguerstatus.invalid-biz:";

impl Orders {
    /// Answers the calls about orders. `decide` sees each step before it takes place.
    pub fn serve(gateway: &Gateway, decide: impl Fn(&str, &Step) -> Fate + Send + Sync + 'static) -> Arc<Self> {
        let orders = Arc::new(Self::default());
        let (for_lookup, for_report) = (Arc::clone(&orders), Arc::clone(&orders));
        let decide = Arc::new(decide);
        let decide_lookup = Arc::clone(&decide);
        gateway.on::<VirtualGetRequest>().always(move |request: &VirtualGetRequest| {
            let item = request.order_item_code.as_deref().unwrap_or_default();
            match decide_lookup(item, &Step::Lookup) {
                Fate::Processed => for_lookup.lookup(item),
                Fate::Unavailable => Err("isp.sys.service.unavailable.moms".to_owned()),
            }
        });
        gateway.on::<LeaguerstatusAddRequest>().always(move |request: &LeaguerstatusAddRequest| {
            let item = request.order_item_id.as_deref().unwrap_or_default();
            let step = match request.iq_status {
                Some(IqStatus::SmsSent) => {
                    Step::Ship(request.card_list.iter().filter_map(|card| card.card_code.clone()).collect())
                }
                _ => Step::Confirm,
            };
            match decide(item, &step) {
                Fate::Processed => for_report.report(item, step),
                Fate::Unavailable => Err("isp.sys.service.unavailable.somp".to_owned()),
            }
        });
        orders
    }

    /// Adds a paid order. An overdue one is refunded as soon as somebody tries to ship it.
    pub fn add(&self, item: &str, cards: u32, is_overdue: bool) {
        let order = Order { cards, status: OrderLineStatus::AwaitingShipment, is_overdue, steps: Vec::new() };
        self.lock().insert(item.to_owned(), order);
    }

    /// The steps of an order that took place, without lookups.
    #[must_use]
    pub fn steps(&self, item: &str) -> Vec<Step> {
        self.lock().get(item).map(|order| order.steps.clone()).unwrap_or_default()
    }

    fn lookup(&self, item: &str) -> Result<VirtualGetResponse, String> {
        let orders = self.lock();
        let order = orders.get(item).ok_or(suning_api::error::NO_RESULT)?;
        let mut reply = VirtualGetResponse::default();
        reply.order_item_code = Some(item.to_owned());
        reply.order_code = Some(format!("{item}0"));
        reply.supplier_code = Some("70057494".to_owned());
        reply.card_num = Some(order.cards.into());
        reply.order_line_status = Some(order.status.clone());
        Ok(reply)
    }

    fn report(&self, item: &str, step: Step) -> Result<LeaguerstatusAddResponse, String> {
        let mut orders = self.lock();
        let order = orders.get_mut(item).ok_or_else(|| format!("{REFUSED}101"))?;
        let (wanted, next, otherwise) = match step {
            Step::Ship(_) if order.is_overdue => return Err(format!("{REFUSED}107")),
            Step::Ship(_) => (OrderLineStatus::AwaitingShipment, OrderLineStatus::Shipped, "105"),
            _ if order.status == OrderLineStatus::AwaitingShipment => return Err(format!("{REFUSED}103")),
            _ => (OrderLineStatus::Shipped, OrderLineStatus::Completed, "106"),
        };
        if order.status != wanted {
            return Err(format!("{REFUSED}{otherwise}"));
        }
        order.status = next;
        order.steps.push(step);
        let mut reply = LeaguerstatusAddResponse::default();
        reply.result = Some(LeaguerstatusAddResult::Success);
        Ok(reply)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Order>> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
