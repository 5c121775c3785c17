//! What the payer does, told by the id of what it was done to.
//! One listener for each kind of event stands on the root of the form; what follows is up to the program.

use checkout_protocol::checkout::{Event, Towards};
use checkout_protocol::frame_message::Field;
use checkout_ui::form::FIELDS;
use checkout_ui::update::Action;
use checkout_ui::view::{BRAND_CHOICE, field_id, saved_cards};
use web_sys::HtmlElement;

use crate::frame::on;
use crate::program::{self, Program};
use crate::{bank_window, frame, object};

/// What browsers report for a key that an input method has taken. Engines that have already ended the composition when
/// Enter arrives still report it.
const COMPOSING: i32 = 229;

/// Listens to everything in `root`.
pub fn listen(program: &'static Program, root: &HtmlElement) {
    for change in ["input", "change", "compositionend"] {
        on(root, change, move |event| {
            if let Some(field) = field(&event) {
                frame::typed(program, field, &event);
            } else if let Some(action) = chosen(&event) {
                program.dispatch(action);
            }
        });
    }
    on(root, "focusout", move |event| {
        if let Some(field) = field(&event) {
            frame::left(program, field);
        }
    });
    on(root, "keydown", move |event| {
        if field(&event).is_some_and(|field| frame::stepped(program, field, &event)) {
            event.prevent_default();
        }
        // Enter that ends a composition is part of typing, and one that is held down is one press: a second one could remove
        // a card or send it again.
        let is_no_press = object::flag(&event, "isComposing")
            || object::whole(&event, "keyCode") == COMPOSING
            || object::flag(&event, "repeat");
        if is_no_press && object::text(&event, "key").as_deref() == Some("Enter") {
            event.prevent_default();
        }
    });
    on(root, "mousedown", |event| {
        // A press on Pay, or on a box, must not first leave the field: its mistake would appear, push what is pressed
        // away from under the pointer, and the press would be lost. Paying judges every field anyway.
        let tag = object::get(&event, "target").and_then(|it| object::text(&it, "tagName"));
        let is_pressed = matches!(tag.as_deref(), Some("BUTTON" | "INPUT" | "LABEL"));
        if is_pressed && field(&event).is_none() && frame::is_in_a_field() {
            event.prevent_default();
        }
    });
    on(root, "submit", move |event| {
        event.prevent_default();
        program::pay(program);
    });
    on(root, "click", move |event| {
        match target(&event).as_deref() {
            Some("continue-to-bank") => bank_window::continue_to_bank(program),
            Some("finish-at-bank") => bank_window::finish_at_bank(program),
            // Twice on purpose: a double click is one wish.
            Some("remove-card") if object::whole(&event, "detail") > 1 => {}
            Some("remove-card") => program.dispatch(Action::RemovePressed),
            Some("start-again") => program.dispatch(Action::RenewPressed),
            Some("try-again") => give_up(program, Towards::TryAgain),
            Some("cancel-challenge") => give_up(program, Towards::Cancel),
            _ => {}
        }
    });
}

fn give_up(program: &'static Program, towards: Towards) {
    program.dispatch(Action::Happened(Event::GiveUp(towards), None));
}

fn field(event: &web_sys::Event) -> Option<Field> {
    let target = target(event)?;
    FIELDS.into_iter().find(|field| field_id(*field) == target)
}

/// What the payer chose among the saved cards, or in the box that asks to save one.
fn chosen(event: &web_sys::Event) -> Option<Action> {
    let input = object::get(event, "target")?;
    Some(match object::text(&input, "id")?.as_str() {
        BRAND_CHOICE => frame::brand_chosen(&input),
        "save-card" => Action::Ticked(object::flag(&input, "checked")),
        saved_cards::ANOTHER => Action::CardChosen(None),
        id => Action::CardChosen(Some(id.to_owned())),
    })
}

fn target(event: &web_sys::Event) -> Option<String> {
    object::text(&object::get(event, "target")?, "id")
}
