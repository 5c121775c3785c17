//! One field: label, input, mistake, and what ties them together for those who do not see them.
//!
//! The input is uncontrolled. What was typed before the program runs stays in it, and a bound value would overwrite
//! that when the form is hydrated.

use checkout_protocol::card::brand::Brand;
use checkout_protocol::frame_message::Field;
use leptos::prelude::*;

use super::screen::Screen;
use crate::model::Model;

/// The id of a field's input; its mistake has the same with `-mistake`.
#[must_use]
pub const fn id(field: Field) -> &'static str {
    match field {
        Field::Number => "card-number",
        Field::Expiry => "card-expiry",
        Field::SecurityCode => "card-code",
        Field::Name => "card-name",
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
    };
    let (mode, capitals) = match field {
        Field::Number | Field::Expiry | Field::SecurityCode => ("numeric", "off"),
        Field::Name => ("text", "words"),
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
                readonly=screen.flag(Model::is_submitting)
            />
            <span class="field__brand" aria-hidden="true">
                {screen.of_field(field, brand_name)}
            </span>
            // Always in the page, so that a screen reader announces the text when it appears.
            <p class="field__mistake" id=mistake_id aria-live="polite">
                {screen.of_field(field, mistake)}
            </p>
        </div>
    }
}

fn label(model: &Model, field: Field) -> String {
    let text = model.text();
    match field {
        Field::Number => text.number,
        Field::Expiry => text.expiry,
        Field::SecurityCode => text.code,
        Field::Name => text.name,
    }
    .to_owned()
}

fn placeholder(model: &Model, field: Field) -> String {
    match field {
        Field::Number => "1234 1234 1234 1234",
        Field::Expiry => model.text().expiry_example,
        Field::SecurityCode => model.form.brand().map_or("CVC", Brand::security_code_name),
        Field::Name => "",
    }
    .to_owned()
}

fn invalid(model: &Model, field: Field) -> String {
    model.form.shown(field).is_some().to_string()
}

fn mistake(model: &Model, field: Field) -> String {
    model
        .form
        .shown(field)
        .map_or("", |mistake| (model.text().mistake)(field, mistake))
        .to_owned()
}

fn number_brand(model: &Model, field: Field) -> Option<Brand> {
    model.form.brand().filter(|_| field == Field::Number)
}

fn brand_name(model: &Model, field: Field) -> String {
    number_brand(model, field)
        .map_or("", Brand::name)
        .to_owned()
}

fn brand(model: &Model, field: Field) -> String {
    if number_brand(model, field).is_some() {
        "known"
    } else {
        "none"
    }
    .to_owned()
}
