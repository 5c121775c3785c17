//! The choice between the brands of a card that has two.
//!
//! Its options are places, first and second: they stay chosen whatever the brands in them are.

use leptos::prelude::*;

use super::screen::Screen;
use crate::model::Model;
use crate::text::Sentence;

/// The id of the choice.
pub const ID: &str = "card-brand";

/// The choice, hidden for a card with one brand.
pub fn brand_choice(screen: Screen) -> impl IntoView {
    view! {
        <div class="brand-choice" hidden=screen.flag(|model| model.form.brands().is_none())>
            <label class="field__label" for=ID>{screen.sentence(Sentence::Brand)}</label>
            // Not chosen by a browser either that fills in forms or brings back how one was left.
            <select
                id=ID
                class="field__input"
                autocomplete="off"
                disabled=screen.flag(Model::is_submitting)
            >
                <option value="1">{screen.text(|model| name(model, 0))}</option>
                <option value="2">{screen.text(|model| name(model, 1))}</option>
            </select>
        </div>
    }
}

fn name(model: &Model, place: usize) -> String {
    let brands = model.form.brands();
    brands.map_or("", |brands| brands[place].name()).to_owned()
}
