//! What is said about the form above it, and what a screen reader announces.
//! Live regions stand in the document from the first paint: one that appears together with its text stays silent.

use checkout_protocol::checkout::Notice;
use leptos::prelude::*;

use super::panel;
use super::screen::Screen;
use crate::model::{Model, Scene};
use crate::text::{Sentence, advice};

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
        <div role="status">
            <p id="offline" class="notice notice--calm" hidden=screen.flag(|model| !model.is_offline)>
                {screen.text(offline)}
            </p>
        </div>
        <div role="alert">
            <div id="load-failed" class="notice" hidden>
                <p>{screen.sentence(Sentence::LoadFailed)}</p>
                <button id="retry" class="button button--second" type="button">
                    {screen.sentence(Sentence::TryAgain)}
                </button>
            </div>
            <p id="not-embedded" class="notice" hidden>
                {screen.sentence(Sentence::NotEmbedded)}
            </p>
        </div>
    }
}

fn notice(model: &Model) -> String {
    let sentence = match model.notice() {
        None => return String::new(),
        Some(Notice::Canceled) => Sentence::Canceled,
        Some(Notice::Failed(code)) => advice::after(code),
    };
    model.words.say(sentence).to_owned()
}

fn offline(model: &Model) -> String {
    if !model.is_offline {
        return String::new();
    }
    let sentence = if model.checkout.attempt().is_some() {
        Sentence::OfflineWaiting
    } else {
        Sentence::Offline
    };
    model.words.say(sentence).to_owned()
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
        Scene::Form if model.is_submitting() => model.words.say(Sentence::Contacting).to_owned(),
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
