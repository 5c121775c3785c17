//! The page of one order: paid or not, and what to do next.
//!
//! It shows what `outcome` decided and decides nothing itself.

use maud::{Markup, html};

use super::layout::{Script, layout};
use super::{View, checkout_address};
use crate::locale::Text;
use crate::order::Order;
use crate::outcome::Outcome;
use crate::session::OrderFacts;
use crate::texts;

/// The page of one order.
pub fn order(view: &View, order: &Order, facts: &OrderFacts) -> Markup {
    let (title, more) = words(facts.outcome);
    let refresh = facts.outcome == Outcome::Processing;
    let payment = facts.payment.as_ref();
    let main = html! {
        main.order id="order" data-status=(facts.outcome.name()) data-order=(order.id)
            data-payment-status=[payment.map(|it| it.status.as_str())]
            data-refresh=[refresh.then(|| format!("/orders/{}.json", order.id))] {
            div.state data-tone=(tone(facts.outcome)) {
                (mark(facts.outcome))
                div {
                    h1 { (view.say(title)) }
                    p { (view.say(more)) }
                    @if let Some(code) = payment.and_then(|it| it.failure_code.as_deref()) {
                        @if facts.outcome == Outcome::Failed { p { code { (code) } } }
                    }
                }
            }
            (receipt(view, order, facts))
            @if let Some(event) = order.delivered_by.get() {
                p.delivered id="delivered" data-event=(event) {
                    (view.say(texts::DELIVERED_BY)) " " code { (event) }
                }
            }
            p.actions { (ways_on(view, order, facts.outcome)) }
        }
    };
    layout(
        view,
        view.say(title),
        &[Script::own("/static/order.js")],
        &main,
    )
}

const fn words(outcome: Outcome) -> (Text, Text) {
    match outcome {
        Outcome::Paid => (texts::PAID, texts::PAID_MORE),
        Outcome::Refunded => (texts::REFUNDED, texts::REFUNDED_MORE),
        Outcome::Failed => (texts::FAILED, texts::FAILED_MORE),
        Outcome::Processing => (texts::PROCESSING, texts::PROCESSING_MORE),
        Outcome::Open => (texts::OPEN, texts::OPEN_MORE),
        Outcome::Mismatch => (texts::MISMATCH, texts::MISMATCH_MORE),
        Outcome::Unknown => (texts::UNKNOWN, texts::UNKNOWN_MORE),
    }
}

const fn tone(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Paid => "good",
        Outcome::Failed | Outcome::Mismatch => "bad",
        Outcome::Refunded | Outcome::Processing | Outcome::Open | Outcome::Unknown => "calm",
    }
}

/// A sign beside the words, which say the same.
fn mark(outcome: Outcome) -> Markup {
    let sign = match tone(outcome) {
        "good" => "✓",
        "bad" => "!",
        _ => "…",
    };
    html! { span.mark aria-hidden="true" { (sign) } }
}

fn receipt(view: &View, order: &Order, facts: &OrderFacts) -> Markup {
    html! {
        dl.receipt {
            div { dt { (view.say(texts::ORDER_NUMBER)) } dd { code { (order.id) } } }
            div { dt { (view.say(order.product.name)) } dd { (view.price(order.amount)) } }
            div { dt { (view.say(texts::SHIPPING)) } dd { (view.say(texts::FREE)) } }
            @if facts.outcome == Outcome::Mismatch {
                div { dt { (view.say(texts::ORDERED_AMOUNT)) } dd { (view.price(order.amount)) } }
                @if let Some(payment) = &facts.payment {
                    // Another currency has other digits after the point, so the plain number is shown with its code.
                    div { dt { (view.say(texts::PAID_AMOUNT)) } dd { (payment.amount) " " (payment.currency) } }
                }
            } @else {
                div.total { dt { (view.say(texts::TOTAL)) } dd { (view.price(order.amount)) } }
            }
        }
    }
}

fn ways_on(view: &View, order: &Order, outcome: Outcome) -> Markup {
    let checkout = match outcome {
        Outcome::Failed => Some(texts::TRY_AGAIN),
        Outcome::Open => Some(texts::PAY_NOW),
        _ => None,
    };
    let ask_again = matches!(outcome, Outcome::Unknown | Outcome::Processing);
    html! {
        @if let Some(label) = checkout {
            a.button id="pay-again" href=(view.link(&checkout_address(order))) { (view.say(label)) }
        }
        @if ask_again {
            a.button id="check-again" href=(view.link(&format!("/orders/{}", order.id))) {
                (view.say(texts::CHECK_AGAIN))
            }
        }
        a.quiet href=(view.link("/")) { (view.say(texts::TO_FRONT)) }
    }
}
