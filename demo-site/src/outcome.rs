//! Decides what an order's state is from what the API says about its session and payment.
//!
//! Values in, value out. It believes nothing that came through a browser: a session made with a publishable key got
//! its amount there, so amount, currency and reference are compared before anything counts as paid.

use crate::gateway::{Payment, Session};
use crate::order::Order;

/// The state of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Paid in full, by a payment for this order.
    Paid,
    /// Was paid and the whole amount was given back.
    Refunded,
    /// The last attempt was declined; another one is possible.
    Failed,
    /// The payment is on its way and nobody knows yet.
    Processing,
    /// Nothing was tried yet.
    Open,
    /// Something was paid, but not what this order costs, or not for this order.
    Mismatch,
    /// The API could not be asked, or answered something unknown.
    Unknown,
}

impl Outcome {
    /// The name shown to programs. A payment on its way counts as open.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Refunded => "refunded",
            Self::Failed => "failed",
            Self::Processing | Self::Open => "open",
            Self::Mismatch => "mismatch",
            Self::Unknown => "unknown",
        }
    }
}

/// The state of an order whose payment is known.
pub fn of_payment(order: &Order, payment: &Payment) -> Outcome {
    let paid = if is_for(order, payment) {
        Outcome::Paid
    } else {
        Outcome::Mismatch
    };
    match payment.status.as_str() {
        // Part of the money went back after the order was paid in full: what was ordered is still owed.
        "succeeded" | "partially_refunded" => paid,
        "refunded" => Outcome::Refunded,
        "failed" => Outcome::Failed,
        "processing" => Outcome::Processing,
        "created" => Outcome::Open,
        _ => Outcome::Unknown,
    }
}

/// Whether a payment is the one that this order asks for. The reference is compared too, or one payment could be
/// shown for two orders of the same price.
fn is_for(order: &Order, payment: &Payment) -> bool {
    payment.amount == order.amount
        && payment.currency == order.currency
        && payment.external_reference.as_deref() == Some(order.id.as_str())
}

/// Whether a session can still take a payment.
pub fn is_payable(session: &Session) -> bool {
    session.status == "open"
}
