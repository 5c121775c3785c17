//! How pages are shown to one visitor, and how their links keep the language.
//!
//! It knows addresses, not what stands behind them.

use crate::locale::{Locale, Text};
use crate::order::{Kind, Order};
use crate::price;

/// One visitor's view of the shop.
#[derive(Debug, Clone)]
pub struct View {
    /// The language of the page.
    pub locale: Locale,
    /// Whether the visitor chose it; then links keep it.
    pub chosen: bool,
    /// Path and query of this page without `lang`.
    pub address: String,
}

impl View {
    /// A text in the page's language.
    pub fn say(&self, text: Text) -> &'static str {
        text.to(self.locale)
    }

    /// An amount in the page's language.
    pub fn price(&self, amount: i64) -> String {
        price::written(amount, self.locale)
    }

    /// A link that keeps a chosen language.
    pub fn link(&self, address: &str) -> String {
        if self.chosen {
            with_language(address, self.locale)
        } else {
            address.to_owned()
        }
    }

    /// This page in the other language.
    pub fn switched(&self) -> String {
        with_language(&self.address, self.locale.other())
    }
}

/// Where an order is paid.
pub fn checkout_address(order: &Order) -> String {
    match order.kind {
        Kind::Lab(case) => format!("/lab/{case}?order={}", order.id),
        kind => format!("/checkout/{}?order={}", kind.name(), order.id),
    }
}

fn with_language(address: &str, locale: Locale) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}lang={}", locale.tag())
}
