//! What is said about the form above it, and what a screen reader announces.
//! Live regions stand in the document from the first paint: one that appears together with its text stays silent.

use checkout_protocol::checkout::Notice;
use checkout_protocol::frame_message::Field;
use leptos::prelude::*;

use super::screen::Screen;
use super::{panel, saved_cards};
use crate::model::{Model, Removal, Renewal, Scene};
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
            <p
                id="offline"
                class="notice notice--calm"
                hidden=screen.flag(|model| offline_sentence(model).is_none())
            >
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
    let asks = |field| model.fields().contains(&field);
    let sentence = match model.notice() {
        None => return String::new(),
        Some(Notice::Canceled) => Sentence::Canceled,
        Some(Notice::Failed(code)) => match advice::after(code) {
            // Of a saved card there is nothing to correct.
            Sentence::CardExpired if !asks(Field::Expiry) => Sentence::SavedCardGone,
            Sentence::WrongNumber if !asks(Field::Number) => Sentence::Declined,
            Sentence::WrongCode if !asks(Field::SecurityCode) => Sentence::Declined,
            sentence => sentence,
        },
    };
    model.words.say(sentence).to_owned()
}

fn offline(model: &Model) -> String {
    offline_sentence(model)
        .map_or_else(String::new, |sentence| model.words.say(sentence).to_owned())
}

/// What a payer without a network needs to know; nothing once there is nothing left to do.
fn offline_sentence(model: &Model) -> Option<Sentence> {
    match model.scene() {
        _ if !model.is_offline => None,
        _ if model.checkout.attempt().is_some() => Some(Sentence::OfflineWaiting),
        Scene::Form => Some(Sentence::Offline),
        _ => None,
    }
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
        // The button that asks has the focus already, and its new name is not heard.
        Scene::Form if model.removal == Removal::Asked => saved_cards::remove(model),
        // The form speaks for itself, and what is said above it is an alert of its own.
        Scene::Form => String::new(),
        _ if model.renewal == Renewal::Asking => {
            model.words.say(Sentence::StartingAgain).to_owned()
        }
        _ if model.renewal == Renewal::Failed => panel::text(model),
        Scene::Bank(_)
        | Scene::Leaving
        | Scene::Processing
        | Scene::Unknown
        | Scene::Paid
        | Scene::Expired
        | Scene::Broken(_) => panel::title(model),
    }
}
