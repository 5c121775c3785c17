//! What is said about the form above it, and what a screen reader announces.
//! Live regions stand in the document from the first paint: one that appears together with its text stays silent.

use checkout_protocol::checkout::Notice;
use leptos::prelude::*;

use super::panel;
use super::screen::Screen;
use crate::model::{Model, Scene};
use crate::text::advice::Advice;

/// The live regions. The last two are shown by the boot script alone.
pub fn notices(screen: Screen) -> impl IntoView {
    view! {
        <p id="announcement" class="quiet" role="status" aria-live="polite">
            {screen.text(announcement)}
        </p>
        <div id="notice" role="alert" tabindex="-1">
            <p class="notice" data-notice=screen.text(weight) hidden=screen.flag(|model| model.notice().is_none())>
                {screen.text(notice)}
            </p>
        </div>
        <div role="alert">
            <div id="load-failed" class="notice" hidden>
                <p>{screen.sentence(|text| text.load_failed)}</p>
                <button id="retry" class="button button--second" type="button">
                    {screen.sentence(|text| text.try_again)}
                </button>
            </div>
            <p id="not-embedded" class="notice" hidden>
                {screen.sentence(|text| text.not_embedded)}
            </p>
        </div>
    }
}

fn notice(model: &Model) -> String {
    let text = model.text();
    match model.notice() {
        None => "",
        Some(Notice::Canceled) => text.canceled,
        Some(Notice::Failed(code)) => (text.advice)(Advice::after(code)),
    }
    .to_owned()
}

/// By this the style tells the payer's own wish from a refusal.
fn weight(model: &Model) -> String {
    match model.notice() {
        Some(Notice::Canceled) => "calm",
        Some(Notice::Failed(_)) | None => "",
    }
    .to_owned()
}

fn announcement(model: &Model) -> String {
    match model.scene() {
        Scene::Form if model.is_submitting() => model.text().contacting.to_owned(),
        // The form speaks for itself, and what is said above it is an alert of its own.
        Scene::Form => String::new(),
        Scene::Bank(_)
        | Scene::Leaving
        | Scene::Processing
        | Scene::Unknown
        | Scene::Paid
        | Scene::Expired
        | Scene::Broken(_) => panel::title(model),
    }
}
