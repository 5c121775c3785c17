//! The pages on which an order is paid.
//!
//! The secret key has no way in here; the publishable key stands on one page only.

use maud::{Markup, html};
use serde::Deserialize;

use super::View;
use super::layout::{Script, layout};
use crate::Settings;
use crate::order::Order;
use crate::secret::Secret;
use crate::texts;

/// How the checkout shall look and where the bank's page opens. Unknown words are ignored.
#[derive(Debug, Default, Deserialize)]
pub struct Appearance {
    theme: Option<String>,
    three_ds: Option<String>,
}

impl Appearance {
    pub(super) fn theme(&self) -> Option<&str> {
        self.theme
            .as_deref()
            .filter(|it| ["light", "dark", "auto"].contains(it))
    }

    pub(super) fn three_ds(&self) -> Option<&str> {
        self.three_ds
            .as_deref()
            .filter(|it| ["popup", "inline", "redirect"].contains(it))
    }

    /// An address that already has a query, with this choice kept in it.
    pub fn added_to(&self, mut address: String) -> String {
        for (name, value) in [("theme", self.theme()), ("three_ds", self.three_ds())] {
            if let Some(value) = value {
                address = format!("{address}&{name}={value}");
            }
        }
        address
    }
}

/// The page whose session the shop's server made.
pub fn element_checkout(
    view: &View,
    settings: &Settings,
    order: &Order,
    session_id: &str,
    client_secret: &Secret,
    appearance: &Appearance,
) -> Markup {
    let form = html! {
        borga-checkout session-id=(session_id) client-secret=(client_secret.reveal()) locale=(view.locale.tag())
            theme=[appearance.theme()] three-ds=[appearance.three_ds()] {}
    };
    let borga = borga_script(settings);
    page(view, order, &["/static/checkout.js"], Some(&borga), &form)
}

/// The page that makes its session itself, with the publishable key.
pub fn publishable_checkout(
    view: &View,
    settings: &Settings,
    order: &Order,
    appearance: &Appearance,
) -> Markup {
    let form = html! {
        div id="make-session"
            data-publishable-key=(settings.publishable_key)
            data-amount=(order.amount)
            data-currency=(order.currency)
            data-external-reference=(order.id)
            data-return-url={ (order.origin) "/orders/" (order.id) }
            data-session-url={ "/orders/" (order.id) "/session" }
            data-locale=(view.locale.tag())
            data-theme=[appearance.theme()]
            data-three-ds=[appearance.three_ds()] {
            p.waiting role="status" { (view.say(texts::LOADING)) }
        }
    };
    let borga = borga_script(settings);
    page(
        view,
        order,
        &["/static/publishable.js"],
        Some(&borga),
        &form,
    )
}

fn borga_script(settings: &Settings) -> String {
    format!("{}/v1/borga.js", settings.checkout_origin)
}

/// The shop's scripts come first, so that they hear everything from the checkout's script on.
pub(super) fn page(
    view: &View,
    order: &Order,
    own: &[&str],
    borga: Option<&str>,
    form: &Markup,
) -> Markup {
    let scripts: Vec<Script<'_>> = own
        .iter()
        .map(|address| Script::own(address))
        .chain(borga.map(Script::borga))
        .collect();
    let order_page = view.link(&format!("/orders/{}", order.id));
    let main = html! {
        main.checkout id="checkout"
            data-order=(order.id)
            data-order-url=(order_page)
            data-text-fatal=(view.say(texts::FATAL))
            data-text-canceled=(view.say(texts::CANCELED))
            data-text-script-missing=(view.say(texts::SCRIPT_MISSING))
            data-text-session-failed=(view.say(texts::SESSION_FAILED)) {
            h1.visually-hidden { (view.say(texts::CHECKOUT)) }
            (summary(view, order))
            section.pay aria-labelledby="pay-title" {
                h2 id="pay-title" { (view.say(texts::PAYMENT)) }
                p.safe { (view.say(texts::SAFE)) }
                div.alert id="payment-error" role="alert" {}
                p.alert-more id="payment-error-more" hidden { a href=(order_page) { (view.say(texts::SEE_ORDER)) } }
                p.note id="payment-note" role="status" {}
                noscript { p.alert { (view.say(texts::NO_SCRIPT)) } }
                div id="payment" { (form) }
                details.heard { summary { (view.say(texts::EVENTS)) } ol id="events" {} }
            }
        }
    };
    layout(view, view.say(texts::CHECKOUT), &scripts, &main)
}

fn summary(view: &View, order: &Order) -> Markup {
    html! {
        section.summary aria-labelledby="summary-title" {
            h2 id="summary-title" { (view.say(texts::YOUR_ORDER)) }
            div.line {
                img src={ "/static/" (order.product.id) ".svg" } alt="" width="96" height="72";
                p { (view.say(order.product.name)) }
                p.amount { (view.price(order.amount)) }
            }
            dl {
                div { dt { (view.say(texts::SHIPPING)) } dd { (view.say(texts::FREE)) } }
                div.total {
                    dt { (view.say(texts::TOTAL)) }
                    dd id="order-total" data-amount=(order.amount) data-currency=(order.currency) {
                        (view.price(order.amount))
                    }
                }
            }
            p.order-id { (view.say(texts::ORDER_NUMBER)) " " code { (order.id) } }
        }
    }
}
