//! The box in which a payer lets the merchant keep the card. It is never ticked for them.

use leptos::prelude::*;

use super::screen::Screen;
use crate::model::{Consent, Model};
use crate::text::Sentence;

/// The box, its question, and what a tick means.
pub fn consent(screen: Screen) -> impl IntoView {
    view! {
        <div class="consent" hidden=screen.flag(|model| model.consent == Consent::NotAsked)>
            // Not ticked by a browser either that brings back how a form was left.
            <input
                id="save-card"
                class="consent__box"
                name="save_card"
                type="checkbox"
                autocomplete="off"
                aria-describedby="saving-means"
                disabled=screen.flag(Model::is_submitting)
            />
            <label class="consent__label" for="save-card">
                {screen.text(|model| model.words.fill(Sentence::SaveCard, &[("merchant", &model.merchant_name)]))}
            </label>
            <p id="saving-means" class="consent__meaning">
                {screen.sentence(Sentence::SavingMeans)}
            </p>
        </div>
    }
}
