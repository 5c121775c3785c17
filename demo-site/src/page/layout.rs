//! What all pages share: head, header, note and footer.
//!
//! The caller brings its own `<main>`.

use maud::{DOCTYPE, Markup, html};

use super::View;
use crate::texts;

/// A whole page. `scripts` run in this order, after the page is parsed.
pub fn layout(view: &View, title: &str, scripts: &[Script<'_>], main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(view.locale.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " · Lyngmói" }
                link rel="icon" href="/static/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/static/shop.css";
                @for script in scripts {
                    script type="module" src=(script.address) data-borga[script.is_borga] {}
                }
            }
            body {
                a.skip href="#content" { (view.say(texts::SKIP)) }
                p.demo-note {
                    strong { (view.say(texts::DEMO_NOTE)) }
                    " " span { (view.say(texts::DEMO_NOTE_MORE)) }
                }
                (header(view))
                div id="content" tabindex="-1" { (main) }
                footer.foot { p { (view.say(texts::FOOTER)) } }
            }
        }
    }
}

/// A script of a page.
pub struct Script<'a> {
    /// Where it is.
    pub address: &'a str,
    /// Whether it is the checkout's own script.
    pub is_borga: bool,
}

impl<'a> Script<'a> {
    /// A script of the shop.
    pub const fn own(address: &'a str) -> Self {
        Self {
            address,
            is_borga: false,
        }
    }

    /// The checkout's script.
    pub const fn borga(address: &'a str) -> Self {
        Self {
            address,
            is_borga: true,
        }
    }
}

fn header(view: &View) -> Markup {
    let other = view.locale.other().tag();
    html! {
        header.head {
            a.brand href=(view.link("/")) {
                img src="/static/icon.svg" alt="" width="40" height="40";
                span { b { "Lyngmói" } small { (view.say(texts::TAGLINE)) } }
            }
            nav {
                a.language href=(view.switched()) lang=(other) hreflang=(other) rel="nofollow" {
                    (view.say(texts::LANGUAGE))
                }
            }
        }
    }
}
