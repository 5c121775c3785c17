//! The whole checkout.

use checkout_protocol::checkout::Window;
use leptos::prelude::*;

use super::screen::Screen;
use super::{card_form, notices, panel, summary};
use crate::model::{Model, Scene};
use crate::wire::write;

/// Everything inside the frame.
pub fn checkout(screen: Screen) -> impl IntoView {
    view! {
        <main id="checkout" class="checkout" data-phase=screen.text(phase) data-window=screen.text(window) data-card=screen.text(card)>
            {summary::summary(screen)}
            {notices::notices(screen)}
            {card_form::card_form(screen)}
            {panel::panel(screen)}
        </main>
    }
}

fn phase(model: &Model) -> String {
    write::phase_name(model.checkout.phase_name()).to_owned()
}

/// By this the style shows the saved cards, the fields or both.
fn card(model: &Model) -> String {
    if model.saved.cards.is_empty() {
        "none"
    } else if model.needs_code() {
        "coded"
    } else if !model.is_typed() {
        "saved"
    } else if model.saved.came_late {
        "late"
    } else {
        "typed"
    }
    .to_owned()
}

fn window(model: &Model) -> String {
    match model.scene() {
        Scene::Bank(Window::Opening) => "opening",
        Scene::Bank(Window::Offered) => "offered",
        Scene::Bank(Window::Waiting { .. }) => "waiting",
        Scene::Bank(Window::Open) => "open",
        Scene::Bank(Window::Left { .. }) => "left",
        Scene::Bank(Window::Redirecting) => "redirecting",
        Scene::Bank(Window::Presenting) => "presenting",
        Scene::Leaving => "leaving",
        Scene::Form
        | Scene::Processing
        | Scene::Unknown
        | Scene::Paid
        | Scene::Expired
        | Scene::Broken(_) => "none",
    }
    .to_owned()
}
