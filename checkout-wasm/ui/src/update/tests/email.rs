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

#[test]
fn an_address_that_the_merchant_gives_after_all_takes_the_mistake_of_the_one_begun_away() {
    let waiting = Model::new(crate::boot::Boot {
        shows_email: true,
        ..boot()
    });
    let (model, _) = after(
        waiting,
        [
            Action::Typed(Field::Email, "jon".to_owned()),
            Action::Left(Field::Email),
        ],
    );
    assert!(model.form.shown(Field::Email).is_some());
    let given = SessionView {
        customer_email: Some("anna@shop.is".to_owned()),
        ..view(None)
    };
    let (model, _) = update(model, Action::Attached(given, false));
    assert_eq!(model.form.shown(Field::Email), None);
}

#[test]
fn the_address_of_one_session_is_not_sent_for_the_next_one() {
    let given = SessionView {
        customer_email: Some("anna@shop.is".to_owned()),
        ..view(None)
    };
    let expired = SessionView {
        status: SessionStatus::Expired,
        ..given.clone()
    };
    let next = SessionView {
        id: "ps_00000000000000000000000002".to_owned(),
        ..asking()
    };
    let (model, effects) = after(
        Model::new(boot()),
        [
            Action::Attached(given, false),
            Action::Heard(expired),
            Action::Attached(next, false),
        ],
    );
    assert!(model.form.asks_email);
    assert_eq!(
        effects
            .iter()
            .rev()
            .find(|it| matches!(it, Effect::ShowEmail(_))),
        Some(&Effect::ShowEmail(String::new()))
    );
}
