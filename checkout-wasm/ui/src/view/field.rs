//! One field: label, input, mistake, and what ties them together for those who do not see them.
//!
//! The input is uncontrolled. What was typed before the program runs stays in it, and a bound value would overwrite
//! that when the form is hydrated.

use checkout_protocol::card::brand::Brand;
use checkout_protocol::frame_message::{Field, FieldMistake};
use leptos::prelude::*;

use super::screen::Screen;
use crate::form::CodeOf;
use crate::model::Model;
use crate::text::{self, Sentence};
use crate::wire::write;

/// The id of a field's input; its mistake has the same with `-mistake`.
#[must_use]
pub const fn id(field: Field) -> &'static str {
    match field {
        Field::Number => "card-number",
        Field::Expiry => "card-expiry",
        Field::SecurityCode => "card-code",
        Field::Name => "card-name",
        Field::Email => "email",
    }
}

/// Input modes and purposes by the HTML standard's names.
struct Attributes {
    name: &'static str,
    purpose: &'static str,
    mode: &'static str,
    capitals: &'static str,
}

const fn attributes(field: Field) -> Attributes {
    let (name, purpose) = match field {
        Field::Number => ("number", "cc-number"),
        Field::Expiry => ("expiry", "cc-exp"),
        Field::SecurityCode => ("security_code", "cc-csc"),
        Field::Name => ("name", "cc-name"),
        Field::Email => ("email", "email"),
    };
    let (mode, capitals) = match field {
        Field::Number | Field::Expiry | Field::SecurityCode => ("numeric", "off"),
        Field::Name => ("text", "words"),
        Field::Email => ("email", "off"),
    };
    Attributes {
        name,
        purpose,
        mode,
        capitals,
    }
}

/// A field of the card form.
pub fn field(screen: Screen, field: Field) -> impl IntoView {
    let Attributes {
        name,
        purpose,
        mode,
        capitals,
    } = attributes(field);
    let mistake_id = format!("{}-mistake", id(field));
    view! {
        <div class="field" data-field=name data-brand=screen.of_field(field, brand)>
            <label class="field__label" for=id(field)>
                {screen.of_field(field, label)}
            </label>
            <input
                class="field__input"
                id=id(field)
                name=name
                type="text"
                inputmode=mode
                autocomplete=purpose
                autocapitalize=capitals
                spellcheck="false"
                placeholder=screen.of_field(field, placeholder)
                aria-required="true"
                aria-invalid=screen.of_field(field, invalid)
                aria-describedby=mistake_id.clone()
                readonly=screen.is_of_field(field, rests)
            />
            // Drawn by the style, and hidden where there is no brand.
            <span
                class="field__brand"
                role="img"
                aria-label=screen.of_field(field, brand_name)
            ></span>
            // Always in the page, so that a screen reader announces the text when it appears.
            <p class="field__mistake" id=mistake_id aria-live="polite">
                {screen.of_field(field, mistake)}
            </p>
        </div>
    }
}

fn label(model: &Model, field: Field) -> String {
    let sentence = match field {
        Field::Number => Sentence::Number,
        Field::Expiry => Sentence::Expiry,
        Field::SecurityCode => Sentence::Code,
        Field::Name => Sentence::Name,
        Field::Email => Sentence::Email,
    };
    let mut label = model.words.say(sentence).to_owned();
    // Nobody sees a number above it that would say which code is meant.
    let asked = model.code_of();
    if let (Field::SecurityCode, CodeOf::Saved(Some(brand))) = (field, asked) {
        label.push_str(" (");
        label.push_str(brand.security_code_name());
        label.push(')');
    }
    label
}

fn placeholder(model: &Model, field: Field) -> String {
    match field {
        Field::Number => "1234 1234 1234 1234",
        Field::Expiry => model.words.say(Sentence::ExpiryExample),
        Field::SecurityCode => {
            let brand = model.form.code_brand();
            brand.map_or("CVC", Brand::security_code_name)
        }
        Field::Name | Field::Email => "",
    }
    .to_owned()
}

fn invalid(model: &Model, field: Field) -> String {
    model.form.shown(field).is_some().to_string()
}

fn mistake(model: &Model, field: Field) -> String {
    let Some(mistake) = model.form.shown(field) else {
        return String::new();
    };
    let counts = matches!(mistake, FieldMistake::Incomplete | FieldMistake::Invalid);
    match model.form.code_brand() {
        Some(brand) if counts && field == Field::SecurityCode => {
            let digits = u32::try_from(brand.security_code_digits()).unwrap_or_default();
            model
                .words
                .count(Sentence::CodeDigits, model.locale, digits)
        }
        _ => model.words.say(text::mistake(field, mistake)).to_owned(),
    }
}

/// Whether nothing can be typed into it.
fn rests(model: &Model, field: Field) -> bool {
    model.is_submitting() || (field == Field::Email && model.fixed_email.is_some())
}

fn number_brand(model: &Model, field: Field) -> Option<Brand> {
    model.form.brand().filter(|_| field == Field::Number)
}

fn brand_name(model: &Model, field: Field) -> String {
    number_brand(model, field)
        .map_or("", Brand::name)
        .to_owned()
}

/// By this the style draws it.
fn brand(model: &Model, field: Field) -> String {
    number_brand(model, field)
        .map_or("none", write::brand_name)
        .to_owned()
}
