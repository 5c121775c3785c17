//! The front page: what the shop sells.
//!
//! Its forms carry a product id, never a price.

use maud::{Markup, html};

use super::View;
use super::layout::layout;
use crate::catalog::{PRODUCTS, Product};
use crate::locale::Text;
use crate::order::Kind;
use crate::texts;

/// The front page.
pub fn products(view: &View) -> Markup {
    let main = html! {
        main.front {
            div.hero {
                h1 { (view.say(texts::FRONT_TITLE)) }
                p { (view.say(texts::FRONT_LEAD)) }
            }
            h2.visually-hidden { (view.say(texts::PRODUCTS)) }
            ul.products {
                @for product in &PRODUCTS { (card(view, product)) }
            }
            p.made-with {
                (view.say(texts::MADE_WITH)) " "
                a href=(view.link("/checkout/react")) { "React" } " · "
                a href=(view.link("/checkout/vue")) { "Vue" } " · "
                a href=(view.link("/checkout/routed")) { (view.say(texts::ROUTED)) } " · "
                a href=(view.link("/checkout/modal")) { (view.say(texts::MODAL)) }
            }
        }
    };
    layout(view, view.say(texts::PRODUCTS), &[], &main)
}

fn card(view: &View, product: &Product) -> Markup {
    let name = format!("name-{}", product.id);
    html! {
        li.product data-product=(product.id) data-price=(product.price) {
            img src={ "/static/" (product.id) ".svg" } alt=(view.say(product.picture)) width="400" height="300";
            div.product-text {
                h3 id=(name) { (view.say(product.name)) }
                p { (view.say(product.about)) }
                p.price {
                    (view.price(product.price))
                    small { (view.say(texts::VAT)) }
                }
                div.actions {
                    (buy(view, product, Kind::Element, "button", texts::BUY))
                    (buy(view, product, Kind::Returning, "quiet", texts::BUY_RETURNING))
                    (buy(view, product, Kind::Publishable, "quiet", texts::BUY_PUBLISHABLE))
                }
            }
        }
    }
}

fn buy(view: &View, product: &Product, kind: Kind, class: &str, label: Text) -> Markup {
    let name = format!("name-{}", product.id);
    html! {
        form method="post" action=(view.link("/orders")) {
            input type="hidden" name="product" value=(product.id);
            button.(class) name="kind" value=(kind.name()) aria-describedby=(name) { (view.say(label)) }
        }
    }
}
