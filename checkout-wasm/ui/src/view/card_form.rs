//! The card form: a real form, so that password managers, autofill and Enter work.

use checkout_protocol::frame_message::Field;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::field::field;
use super::pay_button::pay_button;
use super::screen::Screen;
use crate::model::Scene;

/// The four fields and the button.
pub fn card_form(screen: Screen) -> impl IntoView {
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        (screen.hands.pay)();
    };
    view! {
        <form
            id="card-form"
            class="card-form"
            novalidate
            hidden=screen.flag(|model| model.scene() != Scene::Form)
            on:submit=submitted
            on:keydown=|event| ignore_enter_while_composing(&event)
        >
            {field(screen, Field::Number)}
            <div class="card-form__pair">
                {field(screen, Field::Expiry)}
                {field(screen, Field::SecurityCode)}
            </div>
            {field(screen, Field::Name)}
            {pay_button(screen)}
        </form>
    }
}

/// Enter that ends an input method's composition is part of typing. Engines that have already ended it when the key
/// arrives still report the key code 229.
fn ignore_enter_while_composing(event: &KeyboardEvent) {
    const COMPOSING: u32 = 229;
    if event.key() == "Enter" && (event.is_composing() || event.key_code() == COMPOSING) {
        event.prevent_default();
    }
}
