//! The checkout pages that are made with React and with Vue, and the source of each, to read.
//!
//! What the pages do stands in `demo-site/pages`; here is only what the shop's server hands them.

use maud::{Markup, html};

use super::View;
use super::checkout::{Appearance, page};
use crate::Settings;
use crate::order::{Kind, Order};
use crate::secret::Secret;
use crate::texts;

/// A page whose session the shop's server made, and whose form a component shows.
pub fn framework_checkout(
    view: &View,
    settings: &Settings,
    order: &Order,
    session_id: &str,
    client_secret: &Secret,
    appearance: &Appearance,
) -> Markup {
    let (script, file, source) = match order.kind {
        Kind::Vue => (
            "/pages/vue.js",
            "Payment.vue",
            include_str!("../../pages/Payment.vue"),
        ),
        Kind::Routed => (
            "/pages/routed.js",
            "routed.tsx",
            include_str!("../../pages/routed.tsx"),
        ),
        Kind::Modal => (
            "/pages/modal.js",
            "modal.ts",
            include_str!("../../pages/modal.ts"),
        ),
        _ => (
            "/pages/react.js",
            "react.tsx",
            include_str!("../../pages/react.tsx"),
        ),
    };
    let form = html! {
        div id="app"
            data-session-id=(session_id)
            data-client-secret=(client_secret.reveal())
            data-checkout-origin=(settings.checkout_origin)
            data-order-url=(view.link(&format!("/orders/{}", order.id)))
            data-sorry=(view.say(texts::FATAL))
            data-pay=(view.say(texts::PAYMENT))
            data-terms=(view.say(texts::TERMS))
            data-terms-text=(view.say(texts::TERMS_TEXT))
            data-locale=(view.locale.tag())
            data-theme=[appearance.theme()]
            data-three-ds=[appearance.three_ds()] {}
        details.heard {
            summary { (view.say(texts::SOURCE)) " " code { (file) } }
            pre tabindex="0" { code { (source) } }
        }
    };
    page(view, order, &["/static/heard.js", script], None, &form)
}
