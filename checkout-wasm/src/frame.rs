//! The frame's document: its fields, its focus, its height, and what wakes it.

use checkout_protocol::checkout::Event;
use checkout_protocol::frame_message::{Field, FrameCall, Theme};
use checkout_protocol::locale::Locale;
use checkout_ui::boot::Boot;
use checkout_ui::edit::{Direction, edited};
use checkout_ui::focus::{self, Place};
use checkout_ui::form::FIELDS;
use checkout_ui::history::{self, Way};
use checkout_ui::model::Model;
use checkout_ui::update::Action;
use checkout_ui::view::saved_cards::Choice;
use checkout_ui::view::{BRAND_CHOICE, field_id};
use checkout_ui::wire::read;
use checkout_ui::wire::value::Value;
use js_sys::JSON;
use wasm_bindgen::prelude::*;
use web_sys::{
    CssStyleDeclaration, Element, EventTarget, HtmlElement, HtmlInputElement, ResizeObserver,
};

use crate::browser::{document, element, window};
use crate::program::Program;
use crate::{clock, object};

/// What the server wrote into the document, with the words that were loaded for it.
pub fn boot(words: &JsValue) -> Option<Boot> {
    let json = element("boot")?.text_content()?;
    let words = read::words(&object::read(words))?;
    read::boot(&object::read(&JSON::parse(&json).ok()?), words)
}

/// Where the words of a language are: beside those that the document names.
pub fn words_url(locale: Locale) -> Option<String> {
    let first = object::text(element("words")?.as_ref(), "href")?;
    let (folder, _) = first.rsplit_once('/')?;
    Some(format!("{folder}/{}.json", locale.tag()))
}

/// What the server rendered the form into.
pub fn root() -> Option<HtmlElement> {
    element("root")
}

fn input(field: Field) -> Option<HtmlInputElement> {
    element(field_id(field)).map(JsCast::unchecked_into)
}

/// Takes what stands in every field, whoever put it there.
pub fn take_every_field(program: &'static Program) {
    // The number last: it takes the code of a declined card away, unless another one was filled in with it.
    for field in FIELDS.into_iter().rev() {
        if let Some(input) = input(field) {
            take(program, field, &input, Direction::Backward);
        }
    }
    if let Some(choice) = element(BRAND_CHOICE) {
        program.dispatch(brand_chosen(&choice));
    }
}

/// The choice between two brands, as it stands.
pub fn brand_chosen(choice: &JsValue) -> Action {
    let second = object::text(choice, "value").as_deref() == Some("2");
    Action::BrandChosen { second }
}

/// A field changed.
pub fn typed(program: &'static Program, field: Field, event: &web_sys::Event) {
    let Some(input) = input(field) else { return };
    let kind = object::text(event, "inputType");
    // The text belongs to the input method until it is done, and half of a move by dragging is followed by the other.
    let is_dragged = kind.as_deref() == Some("deleteByDrag");
    if is_dragged {
        let before = program.with(|model| model.form.text(field).to_owned());
        program.history.borrow_mut().changed(field, &before);
    }
    if is_dragged || object::flag(event, "isComposing") {
        program.dispatch(Action::Typed(field, input.value()));
        return;
    }
    let direction = match kind.as_deref() {
        Some("deleteContentForward") => Direction::Forward,
        _ => Direction::Backward,
    };
    take(program, field, &input, direction);
}

/// A field lost the focus. A window that goes to the background takes the focus with it without the payer having left
/// the field: then it is still the document's active element.
pub fn left(program: &'static Program, field: Field) {
    if input(field).is_some_and(|input| !is_active(&input)) {
        program.dispatch(Action::Left(field));
    }
}

/// Puts a text of ours into a field.
pub fn put(field: Field, text: &str) {
    if let Some(input) = input(field) {
        input.set_value(text);
    }
}

/// What was typed before the program ran, and left, is judged as if it had been left now.
pub fn judge_what_was_left(program: &'static Program) {
    for field in FIELDS {
        let is_left = input(field).is_some_and(|input| !is_active(&input));
        if is_left && program.with(|model| !model.form.text(field).is_empty()) {
            program.dispatch(Action::Left(field));
        }
    }
}

/// Whether the payer is in one of the fields.
pub fn is_in_a_field() -> bool {
    FIELDS
        .into_iter()
        .any(|field| input(field).is_some_and(|input| is_active(&input)))
}

fn take(program: &'static Program, field: Field, input: &HtmlInputElement, direction: Direction) {
    // What the merchant fixed was not typed.
    if field == Field::Email && program.with(|model| model.fixed_email.is_some()) {
        return;
    }
    let typed = input.value();
    let units = input.selection_start().ok().flatten().unwrap_or(u32::MAX);
    let caret = chars_before(&typed, units);
    let edited = program.with(|model| {
        let form = &model.form;
        edited(field, form.text(field), &typed, caret, direction)
    });
    let before = program.with(|model| model.form.text(field).to_owned());
    if before != edited.text && is_formatted(field) {
        program.history.borrow_mut().changed(field, &before);
    }
    if edited.text != typed {
        show(input, &edited.text, edited.caret);
    }
    program.dispatch(Action::Typed(field, edited.text));
}

/// Whether its text is ours as soon as it is typed, so that the browser cannot undo it.
const fn is_formatted(field: Field) -> bool {
    matches!(field, Field::Number | Field::Expiry | Field::SecurityCode)
}

fn show(input: &HtmlInputElement, text: &str, caret: usize) {
    input.set_value(text);
    // Elsewhere this would move the focus, in some engines.
    if is_active(input) {
        let caret = u32::try_from(caret).unwrap_or(u32::MAX);
        let _ = input.set_selection_range(caret, caret);
    }
}

/// A key that undoes or does again, pressed in a field that the browser cannot do it for; whether it was one.
pub fn stepped(program: &'static Program, field: Field, event: &web_sys::Event) -> bool {
    let is_held = object::flag(event, "ctrlKey") || object::flag(event, "metaKey");
    let key = object::text(event, "key").unwrap_or_default();
    // Capitals may be locked.
    let way = match (key.as_str(), object::flag(event, "shiftKey")) {
        ("z" | "Z", false) => Way::Undo,
        ("z" | "Z", true) | ("y" | "Y", false) => Way::Redo,
        _ => return false,
    };
    if !is_held || !is_formatted(field) || program.with(Model::is_submitting) {
        return false;
    }
    let now = program.with(|model| model.form.text(field).to_owned());
    let step = program.history.borrow_mut().step(way, field, &now);
    if let (Some(text), Some(input)) = (step, input(field)) {
        show(&input, &text, history::caret(&text, &now));
        program.dispatch(Action::Typed(field, text));
    }
    true
}

/// Browsers count UTF-16 units.
fn chars_before(text: &str, units: u32) -> usize {
    let mut left = usize::try_from(units).unwrap_or(usize::MAX);
    text.chars()
        .take_while(|char| {
            let fits = char.len_utf16() <= left;
            left = left.saturating_sub(char.len_utf16());
            fits
        })
        .count()
}

fn is_active(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// Puts the focus somewhere.
pub fn focus(program: &'static Program, place: Place) {
    program.focus_later.take();
    match place {
        // At once: phones show their keyboard only while they handle the press.
        Place::Field(_) | Place::First | Place::SavedCard => focus_now(program, place),
        Place::Panel | Place::Form | Place::Kept => focus_soon(program, place),
    }
}

/// Puts the focus there once it is shown.
fn focus_soon(program: &'static Program, place: Place) {
    clock::spawn(async move {
        clock::pause(0).await;
        let stays = match place {
            // Boxes and choices rest while the card is on its way.
            Place::Kept if program.with(Model::is_submitting) => is_in_a_field(),
            Place::Kept => is_somewhere(),
            Place::Form => {
                let refused = program.with(focus::refused);
                refused.is_none() && is_in_a_field() && is_somewhere()
            }
            _ => false,
        };
        if stays {
            return;
        }
        // A payer who is elsewhere in the page, or still at the bank, stays there and finds it when they come back.
        if document().has_focus().unwrap_or(false) {
            return focus_now(program, place);
        }
        // What they left may be shown again by then, and must not pass for what they press when they come back.
        if let Some(active) = document().active_element() {
            let _ = active.unchecked_into::<HtmlElement>().blur();
        }
        program.focus_later.set(true);
    });
}

fn focus_now(program: &Program, place: Place) {
    focus_element(&program.with(|model| focus::id_of(model, place)));
}

/// Whether the focus is on something that can be seen.
fn is_somewhere() -> bool {
    document()
        .active_element()
        .is_some_and(|it| it.tag_name() != "BODY" && it.get_bounding_client_rect().height() > 0.0)
}

fn focus_element(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Puts the choices into their group, under its legend, in place of those that were there; a payer who was on the one
/// that counts still is. `None` when there is no group.
pub fn show_saved_cards(legend: &str, choices: &[Choice], came_late: bool) -> Option<()> {
    let group = element("saved-cards")?;
    let chosen = choices.iter().find(|choice| choice.is_chosen)?;
    let was_active = element(&chosen.id).is_some_and(|input| is_active(&input));
    if came_late {
        // Nothing that is typed into moves, and the keyboard comes to them, and to what removes one, where they are seen.
        let removal = element("remove-card")?.parent_element()?;
        let pay = element("pay")?;
        pay.before_with_node_2(&group, &removal).ok()?;
    }
    group.set_text_content(None);
    append(&group, "legend", legend)?;
    for choice in choices {
        let label = append(&group, "label", &choice.label)?;
        label.set_attribute("data-brand", choice.brand).ok()?;
        let input = append(&label, "input", "")?;
        for (name, value, is) in [
            ("type", "radio", true),
            ("name", "card", true),
            ("id", &choice.id, true),
            ("checked", "", choice.is_chosen),
        ] {
            if is {
                input.set_attribute(name, value).ok()?;
            }
        }
    }
    if was_active {
        focus_element(&chosen.id);
    }
    Some(())
}

/// Nothing typed here is for a program to correct.
pub fn refuse_corrections() {
    for field in FIELDS {
        if let Some(input) = input(field) {
            let _ = input.set_attribute("autocorrect", "off");
        }
    }
}

fn append(parent: &Element, tag: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}

/// The document's language, and its title in it.
pub fn show_locale(locale: Locale, title: &str) {
    set_on_document("lang", locale.tag());
    document().set_title(title);
}

/// The colours.
pub fn show_theme(theme: Theme) {
    set_on_document("data-theme", theme.as_str());
}

/// What the server made of the page's wishes. The properties go through the object model, which the document's policy
/// allows, and one by one, so that no value could begin another declaration.
pub fn show_look(look: &Value) {
    if let Some(theme) = look.text_of("theme") {
        set_on_document("data-theme", theme);
    }
    // What the document came with.
    if let Some(first) = element("look") {
        first.set_text_content(None);
    }
    let html = document().document_element();
    let Some(style) = html.and_then(|html| object::get(&html, "style")) else {
        return;
    };
    object::set(&style, "cssText", &"".into());
    let style: CssStyleDeclaration = style.unchecked_into();
    if let Some(Value::Object(properties)) = look.get("properties") {
        for (name, value) in properties {
            if let Value::Text(value) = value {
                let _ = style.set_property(name, value);
            }
        }
    }
}

fn set_on_document(name: &str, value: &str) {
    if let Some(element) = document().document_element() {
        let _ = element.set_attribute(name, value);
    }
}

/// Tells the page how high the frame's content is.
pub fn tell_height(program: &Program) {
    let height = root().map_or(0.0, |root| root.get_bounding_client_rect().height());
    match u32::try_from(object::as_whole(height)) {
        // Not laid out, because the page hides the frame.
        Ok(0) | Err(_) => {}
        Ok(height) => program.port.tell(&FrameCall::LayoutResize { height }),
    }
}

/// Watches the content's height, and everything after which the server should be asked.
pub fn watch(program: &'static Program, root: &HtmlElement) {
    // It calls at most once per animation frame.
    let resized = Closure::<dyn Fn()>::new(move || tell_height(program)).into_js_value();
    if let Ok(observer) = ResizeObserver::new(resized.unchecked_ref()) {
        observer.observe(root);
    }
    let window = window();
    on(&window, "focus", move |_| {
        // A press that brings the payer back gives it to what was pressed.
        if program.focus_later.take() {
            focus_soon(program, Place::Kept);
        }
    });
    let nudge =
        move |persisted| program.dispatch(Action::Happened(Event::Nudged { persisted }, None));
    let network = move |is_online| program.dispatch(Action::Network { is_online });
    on(&window, "offline", move |_| network(false));
    on(&window, "online", move |_| {
        network(true);
        nudge(false);
    });
    network(!matches!(
        object::get(&window.navigator(), "onLine"),
        Some(is) if is == JsValue::FALSE
    ));
    on(&window, "pageshow", move |event| {
        nudge(object::flag(&event, "persisted"));
    });
    on(&document(), "visibilitychange", move |_| {
        if !object::flag(&document(), "hidden") {
            nudge(false);
        }
    });
    let origin = window.location().origin().ok();
    on(&window, "message", move |event| {
        let is_hint = object::text(&event, "origin") == origin
            && object::get(&event, "data")
                .is_some_and(|data| object::text(&data, "borga").as_deref() == Some("hint"));
        if is_hint {
            nudge(false);
        }
    });
}

/// Listens.
pub fn on(target: &EventTarget, name: &str, then: impl Fn(web_sys::Event) + 'static) {
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(then).into_js_value();
    let _ = target.add_event_listener_with_callback(name, listener.unchecked_ref());
}
