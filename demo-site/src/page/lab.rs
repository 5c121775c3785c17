//! The lab's pages. They are for people who test, and in English only.

use borga_embed_lab::{Case, Group};
use maud::{DOCTYPE, Markup, html};

use super::View;
use super::layout::{Script, layout};
use crate::gateway::Session;
use crate::order::Order;
use crate::origin::Origin;
use crate::secret::Secret;

/// Every case.
pub fn lab_list(view: &View) -> Markup {
    let mut groups: Vec<Group> = borga_embed_lab::all().map(|case| case.group).collect();
    groups.dedup();
    let main = html! {
        main.lab lang="en" {
            h1 { "The lab" }
            p {
                "Every way in which a payment can go wrong, by name. Each runs in this browser with the real checkout; "
                code { "cargo xtask lab" } " runs them all in three engines."
            }
            @for group in groups {
                h2 { (group.title()) }
                ul {
                    @for case in borga_embed_lab::all().filter(|case| case.group == group) {
                        li { a href=(address(case)) { (case.name) } ": " (case.about) }
                    }
                }
            }
        }
    };
    layout(view, "The lab", &[], &main)
}

/// What a case is, and the button that begins it.
pub fn lab_start(view: &View, case: &Case, checkout: Option<&str>) -> Markup {
    let main = html! {
        main.lab lang="en" {
            (heading(case))
            (instructions(case))
            form method="post" action=(address(case)) {
                @if let Some(checkout) = checkout {
                    input type="hidden" name="checkout" value=(checkout);
                }
                button.button id="start" { "Start" }
            }
        }
    };
    layout(view, case.name, &[], &main)
}

/// The page around a page that stands in a frame of the merchant's.
pub fn lab_frame(view: &View, case: &Case, inner: &str) -> Markup {
    let main = html! {
        main.lab lang="en" {
            (heading(case))
            iframe.framed id="framed" title="The merchant's page" src=(inner)
                sandbox="allow-scripts allow-same-origin allow-forms" {}
        }
    };
    layout(view, case.name, &[], &main)
}

/// The merchant's page with the checkout, and beside it what is heard.
pub fn lab_run(case: &Case, order: &Order, session: &Session, checkout: &Origin) -> Markup {
    let secret = session.client_secret.as_ref().map(Secret::reveal);
    let own = Script::own("/static/lab.js");
    let borga = format!("{checkout}/v1/borga.js");
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (case.name) }
                link rel="icon" href="/static/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/static/shop.css";
                script type="module" src=(own.address) {}
                script type="module" src=(borga) {}
            }
            body {
                main.lab id="lab" data-case=(case.name) data-order=(order.id) {
                    div.lab-pay id="place" {
                        borga-checkout session-id=(session.id) client-secret=[secret] checkout-origin=(checkout)
                            three-ds=(case.surface()) locale="en" {}
                    }
                    aside.lab-notes {
                        (heading(case))
                        p id="verdict" data-passed="" role="status" { "Nothing to judge yet." }
                        h2 { "Heard" }
                        ol id="heard" {}
                        (instructions(case))
                        p.lab-buttons {
                            button.quiet type="button" id="unmount" { "Take the checkout away" }
                            button.quiet type="button" id="mount" { "Put it back" }
                            button.quiet type="button" id="mend" { "Mend acquirer and bank" }
                        }
                        p { a href="/lab" { "All cases" } }
                    }
                }
            }
        }
    }
}

fn heading(case: &Case) -> Markup {
    html! {
        h1 { (case.name) }
        p { (case.about) }
    }
}

fn instructions(case: &Case) -> Markup {
    html! {
        p { "Card: " code id="card" { (case.card) } }
        @if case.time_divisor > 1 {
            p { "For a demo started with " code { "--time-divisor " (case.time_divisor) } "; without it, it takes long." }
        }
        h2 { "Steps" }
        ol { @for step in case.steps() { li { (step) } } }
        p {
            "The page must hear "
            @for (index, ending) in case.endings.iter().enumerate() {
                @if index > 0 { ", then " }
                code { (ending) }
            }
            @if case.endings.is_empty() { "nothing" }
            "."
        }
    }
}

fn address(case: &Case) -> String {
    format!("/lab/{}", case.name)
}
