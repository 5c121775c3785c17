//! The e-mail address: asked for, given, or neither.

use super::*;

fn asking() -> SessionView {
    SessionView {
        asks_email: true,
        ..view(None)
    }
}

#[test]
fn a_session_that_asks_is_not_paid_without_an_address() {
    let (model, _) = update(ready(), Action::Attached(asking(), false));
    let (model, effects) = update(model, Action::PayPressed(ATTEMPT));
    assert!(!model.is_submitting());
    assert!(effects.contains(&Effect::Focus(Place::Field(Field::Email))));
    let (model, _) = after(
        model,
        [
            Action::Typed(Field::Email, "jon@shop.is".to_owned()),
            Action::PayPressed(ATTEMPT),
        ],
    );
    assert!(model.is_submitting());
}

#[test]
fn a_saved_card_does_not_answer_for_the_address() {
    let asking = SessionView {
        saved_cards: crate::saved_cards::tests::cards(),
        ..asking()
    };
    let (model, _) = update(attached(), Action::Attached(asking, false));
    assert!(!model.is_typed());
    let (model, effects) = update(model, Action::PayPressed(ATTEMPT));
    assert!(!model.is_submitting());
    assert!(effects.contains(&Effect::Focus(Place::Field(Field::Email))));
    let snapshot = snapshot::of(&model);
    assert_eq!((snapshot.errors.len(), snapshot.complete), (1, false));
}

#[test]
fn an_address_that_the_merchant_gave_is_shown_and_not_judged() {
    let given = SessionView {
        customer_email: Some("anna@shop.is".to_owned()),
        ..view(None)
    };
    let (model, effects) = update(ready(), Action::Attached(given, false));
    assert!(effects.contains(&Effect::ShowEmail("anna@shop.is".to_owned())));
    assert!(model.shows_email);
    let (model, _) = update(model, Action::PayPressed(ATTEMPT));
    assert!(model.is_submitting());
    assert_eq!(model.form.email(), None, "the server has it");
}

#[test]
fn a_session_that_asks_for_none_shows_none() {
    assert!(!attached().shows_email);
}
