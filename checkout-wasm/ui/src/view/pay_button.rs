//! The one button that spends money, and the line under it.

use checkout_protocol::checkout::Phase;
use leptos::prelude::*;

use super::screen::Screen;
use crate::model::Model;
use crate::text::Sentence;

/// The button with the amount.
///
/// While the card is on its way it is only `aria-disabled`: a button that is disabled under the payer's finger loses
/// the focus.
pub fn pay_button(screen: Screen) -> impl IntoView {
    view! {
        <button
            id="pay"
            class="button button--pay"
            type="submit"
            disabled=screen.flag(|model| !model.running || model.is_loading())
            aria-disabled=screen.text(|model| resting(model).to_string())
        >
            <span class={"button__spinner"} aria-hidden="true"></span>
            <span class="button__label">{screen.text(label)}</span>
        </button>
        <p id="form-hint" class="card-form__hint">{screen.text(hint)}</p>
    }
}

const fn resting(model: &Model) -> bool {
    !matches!(model.checkout.phase, Phase::Ready { .. })
}

fn label(model: &Model) -> String {
    if model.is_submitting() {
        model.words.say(Sentence::Contacting).to_owned()
    } else {
        let amount = model.amount_text();
        model.words.fill(Sentence::Pay, &[("amount", &amount)])
    }
}

fn hint(model: &Model) -> String {
    let sentence = if model.is_loading() {
        Sentence::Loading
    } else {
        Sentence::Encrypted
    };
    model.words.say(sentence).to_owned()
}
