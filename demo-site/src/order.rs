//! Orders, kept in memory: they are gone when the shop stops, and the oldest go when there are too many.
//!
//! An order holds nothing about a card, and a client secret only in the lab; else it knows only the id of its session.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use uuid::Uuid;

use crate::catalog::Product;
use crate::locale::Locale;
use crate::origin::Origin;
use crate::price::CURRENCY;
use crate::secret::Secret;

/// How many orders are remembered.
const REMEMBERED: usize = 10_000;

/// Which of the checkout pages an order uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The shop's server makes the session with its secret key.
    Element,
    /// The same for a customer whom the shop knows, so that cards can be saved and found again.
    Returning,
    /// The page makes the session with the publishable key.
    Publishable,
    /// As `Element`, on a page made with React.
    React,
    /// As `Element`, on a page made with Vue.
    Vue,
    /// A run of the lab's case of this name.
    Lab(&'static str),
    /// As `React`, on a page with more than one place in it.
    Routed,
    /// As `Element`, in a dialog that the page opens.
    Modal,
}

impl Kind {
    /// The name used in forms and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Returning => "returning",
            Self::Publishable => "publishable",
            Self::React => "react",
            Self::Vue => "vue",
            Self::Lab(_) => "lab",
            Self::Routed => "routed",
            Self::Modal => "modal",
        }
    }

    /// Reads the name of one that a form can ask for.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Element,
            Self::Returning,
            Self::Publishable,
            Self::React,
            Self::Vue,
            Self::Routed,
            Self::Modal,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }
}

/// What a customer wants to buy, fixed when the order is made.
#[derive(Debug)]
pub struct Order {
    /// `order_` and 122 random bits in hex.
    pub id: String,
    /// What is bought.
    pub product: &'static Product,
    /// What it costs, in whole krónur.
    pub amount: i64,
    /// Always ISK.
    pub currency: &'static str,
    /// The shop's origin on which it was made; its payment session belongs to that origin.
    pub origin: Origin,
    /// Which checkout page it uses.
    pub kind: Kind,
    /// The language that the customer chose, if one was chosen.
    pub locale: Option<Locale>,
    /// The payment session. Locked while one is made, so that two page loads cannot make two.
    pub session: tokio::sync::Mutex<OrderSession>,
    /// The event on which the goods left: the first one that said that the order is paid.
    pub delivered_by: OnceLock<String>,
}

impl Order {
    /// Where the payer lands who paid in place of the page.
    pub fn return_address(&self) -> String {
        match self.kind {
            Kind::Lab(case) => format!("/lab/{case}?order={}", self.id),
            _ => format!("/orders/{}", self.id),
        }
    }
}

/// The payment session of an order.
#[derive(Debug, Default)]
pub struct OrderSession {
    /// The session's id, once there is one.
    pub id: Option<String>,
    /// How many sessions came before it and expired.
    pub expired: u32,
    /// The client secret of a run of the lab's, whose page shows the end too: the API gives it only while the session is
    /// open.
    pub lab_secret: Option<Secret>,
}

/// What is fixed when an order is made.
#[derive(Debug)]
pub struct NewOrder {
    /// What is bought.
    pub product: &'static Product,
    /// What it costs, in whole krónur.
    pub amount: i64,
    /// The shop's origin on which it is made.
    pub origin: Origin,
    /// Which checkout page it uses.
    pub kind: Kind,
    /// The language that the customer chose, if one was chosen.
    pub locale: Option<Locale>,
}

/// All orders that the shop remembers.
#[derive(Debug, Default)]
pub struct OrderBook {
    orders: Mutex<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    by_id: HashMap<String, Arc<Order>>,
    oldest_first: VecDeque<String>,
}

impl OrderBook {
    /// Writes a new order down and gives it its id.
    pub fn place(&self, new: NewOrder) -> Arc<Order> {
        let order = Arc::new(Order {
            id: format!("order_{}", Uuid::new_v4().simple()),
            product: new.product,
            amount: new.amount,
            currency: CURRENCY,
            origin: new.origin,
            kind: new.kind,
            locale: new.locale,
            session: tokio::sync::Mutex::default(),
            delivered_by: OnceLock::new(),
        });
        let mut orders = self.lock();
        orders.oldest_first.push_back(order.id.clone());
        orders.by_id.insert(order.id.clone(), Arc::clone(&order));
        if orders.oldest_first.len() > REMEMBERED
            && let Some(oldest) = orders.oldest_first.pop_front()
        {
            orders.by_id.remove(&oldest);
        }
        order
    }

    /// Finds an order.
    pub fn find(&self, id: &str) -> Option<Arc<Order>> {
        self.lock().by_id.get(id).cloned()
    }

    /// Every order, newest first.
    pub fn all(&self) -> Vec<Arc<Order>> {
        let orders = self.lock();
        let newest_first = orders.oldest_first.iter().rev();
        newest_first
            .filter_map(|id| orders.by_id.get(id).cloned())
            .collect()
    }

    /// A panic elsewhere leaves the map whole, so a poisoned lock is still good.
    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
