//! The whole checkout.

use checkout_protocol::checkout::Window;
use leptos::prelude::*;

use super::screen::Screen;
use super::{card_form, notices, panel, summary};
use crate::model::{Model, Scene};

/// Everything inside the frame.
pub fn checkout(screen: Screen) -> impl IntoView {
    view! {
        <div id="checkout" class="checkout" data-phase=screen.text(phase) data-window=screen.text(window)>
            {summary::summary(screen)}
            {notices::notices(screen)}
            {card_form::card_form(screen)}
            {panel::panel(screen)}
        </div>
    }
}

fn phase(model: &Model) -> String {
    use checkout_protocol::frame_message::PhaseName;
    match model.checkout.phase_name() {
        PhaseName::Loading => "loading",
        PhaseName::Ready => "ready",
        PhaseName::Submitting => "submitting",
        PhaseName::Challenging => "challenging",
        PhaseName::Processing => "processing",
        PhaseName::Succeeded => "succeeded",
        PhaseName::Expired => "expired",
        PhaseName::Unknown => "unknown",
        PhaseName::Broken => "broken",
    }
    .to_owned()
}

fn window(model: &Model) -> String {
    match model.scene() {
        Scene::Bank(Window::Opening) => "opening",
        Scene::Bank(Window::Offered) => "offered",
        Scene::Bank(Window::Waiting { .. }) => "waiting",
        Scene::Bank(Window::Open) => "open",
        Scene::Bank(Window::Left) => "left",
        Scene::Bank(Window::Redirecting) => "redirecting",
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
