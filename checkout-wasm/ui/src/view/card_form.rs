//! The card form: a real form, so that password managers, autofill and Enter work.

use checkout_protocol::frame_message::Field;
use leptos::prelude::*;

use super::brand_choice::brand_choice;
use super::consent::consent;
use super::field::field;
use super::pay_button::pay_button;
use super::saved_cards::saved_cards;
use super::screen::Screen;
use crate::model::Scene;

/// The saved cards, the fields, the box that asks to save, and the button.
pub fn card_form(screen: Screen) -> impl IntoView {
    view! {
        <form
            id="card-form"
            class="card-form"
            novalidate
            hidden=screen.flag(|model| model.scene() != Scene::Form)
        >
            {saved_cards(screen)}
            {field(screen, Field::Number)}
            {brand_choice(screen)}
            <div class="card-form__pair">
                {field(screen, Field::Expiry)}
                {field(screen, Field::SecurityCode)}
            </div>
            {field(screen, Field::Name)}
            <div hidden=screen.flag(|model| !model.shows_email)>{field(screen, Field::Email)}</div>
            {consent(screen)}
            {pay_button(screen)}
        </form>
    }
}
