//! Paying with a saved card, and letting the merchant save one.

use super::*;
use crate::saved_cards::tests::cards;

/// A session with saved cards, of which `pm_2` is chosen, and the question whether to save another.
fn with_cards() -> Model {
    let view = SessionView {
        saved_cards: cards(),
        offers_saving: true,
        ..view(None)
    };
    update(Model::new(boot()), Action::Attached(view, false)).0
}

fn choice(id: Option<&str>) -> Action {
    Action::CardChosen(id.map(str::to_owned))
}

/// What a confirmation that is made now says.
fn sent(model: &Model) -> (Option<String>, bool) {
    (model.payment_method(), model.saves_card())
}

#[test]
fn a_saved_card_is_charged_although_no_field_is_right() {
    let (model, effects) = update(with_cards(), Action::PayPressed(ATTEMPT));
    assert!(effects.contains(&Effect::Checkout(checkout::Effect::Confirm(ATTEMPT))));
    assert_eq!(sent(&model), (Some("pm_2".to_owned()), false));
    assert_eq!(snapshot::of(&model).errors, []);
}

#[test]
fn the_page_hears_that_a_saved_card_is_enough() {
    let view = SessionView {
        saved_cards: cards(),
        ..view(None)
    };
    let (model, effects) = update(Model::new(boot()), Action::Attached(view, false));
    let snapshot = snapshot::of(&model);
    assert!(snapshot.complete && !snapshot.empty);
    assert_eq!(effects[0], Effect::Tell(FrameCall::StateChange(snapshot)));
    let (model, _) = update(model, choice(None));
    let snapshot = snapshot::of(&model);
    assert!(!snapshot.complete && snapshot.empty);
}

#[test]
fn what_a_payer_has_typed_wins_over_saved_cards_that_come_later() {
    let cards = || SessionView {
        saved_cards: cards(),
        ..view(None)
    };
    let typed = Action::Typed(Field::Name, "J".to_owned());
    for (model, is_in_a_field) in [
        (update(Model::new(boot()), typed).0, false),
        (Model::new(boot()), true),
    ] {
        let (model, effects) = update(model, Action::Attached(cards(), is_in_a_field));
        assert_eq!(sent(&model), (None, false));
        assert!(model.saved.came_late);
        assert!(effects.contains(&Effect::ShowSavedCards));
    }
}

#[test]
fn another_card_is_judged_by_its_fields_again() {
    let (model, effects) = after(with_cards(), [choice(None), Action::PayPressed(ATTEMPT)]);
    assert!(!model.is_submitting());
    assert_eq!(snapshot::of(&model).errors.len(), 4);
    assert!(effects.contains(&Effect::Focus(Place::Field(Field::Number))));
    let (model, _) = update(model, choice(Some("pm_3")));
    assert_eq!(snapshot::of(&model).errors, [], "nobody sees those fields");
}

#[test]
fn the_focus_goes_to_the_saved_card_that_is_chosen() {
    let (model, effects) = update(with_cards(), choice(Some("pm_3")));
    assert!(effects.contains(&Effect::Focus(Place::SavedCard)));
    assert_eq!(sent(&model).0.as_deref(), Some("pm_3"));
    let (_, effects) = update(model, Action::FocusAsked);
    assert_eq!(effects, [Effect::Focus(Place::First)]);
}

#[test]
fn an_expired_card_is_not_charged_and_says_so() {
    let (model, effects) = after(
        with_cards(),
        [choice(Some("pm_1")), Action::PayPressed(ATTEMPT)],
    );
    assert!(!model.is_submitting());
    assert_eq!(model.notice(), Some(Notice::Failed(ErrorCode::ExpiredCard)));
    assert!(effects.contains(&Effect::Focus(Place::Form)));
    assert!(!snapshot::of(&model).complete);
    let (model, _) = after(model, [choice(Some("pm_2")), Action::PayPressed(ATTEMPT)]);
    assert!(model.is_submitting());
}

#[test]
fn an_expired_card_can_be_removed() {
    let (_, effects) = after(
        with_cards(),
        [
            choice(Some("pm_1")),
            Action::RemovePressed,
            Action::RemovePressed,
        ],
    );
    assert!(effects.contains(&Effect::RemoveCard("pm_1".to_owned())));
}

#[test]
fn what_is_charged_stays_what_it_was_when_pay_was_pressed() {
    let other = SessionView {
        saved_cards: vec![],
        ..view(None)
    };
    let (model, _) = after(
        with_cards(),
        [
            Action::PayPressed(ATTEMPT),
            choice(Some("pm_3")),
            choice(None),
            Action::Attached(other, false),
        ],
    );
    assert!(model.is_submitting());
    assert_eq!(sent(&model).0.as_deref(), Some("pm_2"));
}

#[test]
fn a_declined_saved_card_leaves_the_choice_to_the_payer() {
    let code = ErrorCode::InsufficientFunds;
    let (model, effects) = after(
        with_cards(),
        [Action::PayPressed(ATTEMPT), answered(Fact::Failed { code })],
    );
    assert_eq!(model.notice(), Some(Notice::Failed(code)));
    assert!(effects.contains(&Effect::ForgetCard));
    assert!(effects.contains(&Effect::Focus(Place::Form)));
    let (model, effects) = after(
        model,
        [choice(Some("pm_3")), Action::PayPressed(AttemptRef(8))],
    );
    assert_eq!(sent(&model).0.as_deref(), Some("pm_3"));
    assert!(effects.contains(&Effect::Checkout(checkout::Effect::Confirm(AttemptRef(8)))));
}

#[test]
fn a_saved_card_that_has_expired_after_all_is_not_said_to_be_mended_in_a_field() {
    let expired = answered(Fact::Failed {
        code: ErrorCode::ExpiredCard,
    });
    let (model, _) = after(with_cards(), [Action::PayPressed(ATTEMPT), expired]);
    assert!(!model.is_typed());
    let html = crate::render::html_of(model);
    let words = Words::of(Locale::Is);
    assert!(html.contains(words.say(Sentence::SavedCardGone)));
    assert!(!html.contains(words.say(Sentence::CardExpired)));
}

#[test]
fn a_declined_saved_card_says_nothing_of_the_code_that_is_typed() {
    let code = ErrorCode::CardDeclined;
    let model = Model {
        form: filled(),
        ..with_cards()
    };
    let (model, _) = after(
        model,
        [
            Action::PayPressed(ATTEMPT),
            answered(Fact::Failed { code }),
            choice(None),
            Action::Typed(Field::Number, "5555 5555 5555 4444".to_owned()),
        ],
    );
    assert_eq!(model.form.text(Field::SecurityCode), "737");
}

#[test]
fn the_merchant_may_keep_a_typed_card_only_when_the_payer_said_so() {
    let model = Model {
        form: filled(),
        ..with_cards()
    };
    let (model, _) = update(model, choice(None));
    assert_eq!(sent(&model), (None, false), "the box is not ticked");
    let (model, _) = update(model, Action::Ticked(true));
    assert_eq!(sent(&model), (None, true));
    let (saved, _) = update(model.clone(), choice(Some("pm_2")));
    assert!(!sent(&saved).1, "that one is saved already");
    let (model, _) = update(model, Action::Ticked(false));
    assert_eq!(sent(&model), (None, false));
}

#[test]
fn a_consent_is_worth_nothing_in_a_session_that_does_not_ask_for_it() {
    let (model, _) = after(
        with_cards(),
        [
            choice(None),
            Action::Ticked(true),
            Action::Attached(view(None), false),
        ],
    );
    assert_eq!(sent(&model), (None, false));
}

#[test]
fn a_consent_stays_when_the_session_is_opened_again() {
    let again = SessionView {
        saved_cards: cards(),
        offers_saving: true,
        ..view(None)
    };
    let (model, _) = after(
        with_cards(),
        [
            choice(None),
            Action::Ticked(true),
            Action::Attached(again, false),
        ],
    );
    assert_eq!(sent(&model), (None, true));
}

#[test]
fn a_card_is_removed_by_the_second_press_and_never_while_it_pays() {
    let (model, effects) = after(with_cards(), [Action::RemovePressed]);
    assert_eq!((model.removal, effects.len()), (Removal::Asked, 0));
    let (paying, _) = update(model.clone(), Action::PayPressed(ATTEMPT));
    assert_eq!(update(paying.clone(), Action::RemovePressed).0, paying);
    let (model, effects) = update(model, Action::RemovePressed);
    let remove = Effect::RemoveCard("pm_2".to_owned());
    assert_eq!(effects, [remove]);
    assert_eq!(update(model.clone(), Action::RemovePressed).1, [], "once");
    let (model, _) = update(model, Action::CardRemoved("pm_2".to_owned()));
    assert!(
        model.is_typed(),
        "no other saved card is chosen for the payer"
    );
    assert_eq!(model.saved.cards.len(), 2);
}

#[test]
fn choosing_another_card_takes_the_question_back() {
    let choose = Action::CardChosen(Some("pm_3".to_owned()));
    let (model, _) = after(with_cards(), [Action::RemovePressed, choose]);
    assert_eq!(model.removal, Removal::Idle);
}

/// The same session, which charges a saved card only with its code.
fn asking_for_code() -> Model {
    let view = SessionView {
        saved_cards: cards(),
        asks_saved_card_code: true,
        ..view(None)
    };
    update(Model::new(boot()), Action::Attached(view, false)).0
}

fn code(text: &str) -> Action {
    Action::Typed(Field::SecurityCode, text.to_owned())
}

#[test]
fn a_saved_card_whose_code_is_asked_for_is_not_charged_without_it() {
    let model = asking_for_code();
    assert!(!snapshot::of(&model).complete);
    assert_eq!(snapshot::of(&model).errors, [], "nothing was left yet");
    let (model, effects) = update(model, Action::PayPressed(ATTEMPT));
    assert!(!model.is_submitting());
    assert!(effects.contains(&Effect::Focus(Place::Field(Field::SecurityCode))));
    let errors = snapshot::of(&model).errors;
    assert_eq!(errors.len(), 1, "of the code alone: {errors:?}");
    let (model, effects) = after(model, [code("737"), Action::PayPressed(ATTEMPT)]);
    assert!(effects.contains(&Effect::Checkout(checkout::Effect::Confirm(ATTEMPT))));
    assert_eq!(sent(&model).0.as_deref(), Some("pm_2"));
    assert!(model.form.code().is_some());
}

#[test]
fn the_brand_of_the_saved_card_decides_how_long_its_code_is() {
    for (id, text, is_right) in [
        ("pm_2", "737", true),
        ("pm_2", "7373", false),
        ("pm_3", "737", false),
        ("pm_3", "7373", true),
    ] {
        // A number that is typed meanwhile has a code of its own.
        let number = Action::Typed(Field::Number, "4242 4242 4242 4242".to_owned());
        let (model, _) = after(asking_for_code(), [number, choice(Some(id)), code(text)]);
        assert_eq!(model.form.code().is_some(), is_right, "{id} {text}");
        assert_eq!(snapshot::of(&model).complete, is_right, "{id} {text}");
    }
}

#[test]
fn the_code_of_one_card_is_not_sent_with_another() {
    let (model, effects) = after(
        asking_for_code(),
        [
            code("737"),
            Action::Left(Field::SecurityCode),
            choice(Some("pm_3")),
        ],
    );
    assert_eq!(model.form.text(Field::SecurityCode), "");
    let focus = Effect::Focus(Place::SavedCard);
    let show = Effect::Show(Field::SecurityCode, String::new());
    let place = |effect| effects.iter().position(|it| *it == effect).unwrap();
    assert!(place(show) < place(focus), "{effects:?}");
    assert_eq!(snapshot::of(&model).errors, [], "its own was not left yet");
}

#[test]
fn the_typed_cards_code_waits_while_a_saved_one_is_chosen() {
    for model in [asking_for_code(), with_cards()] {
        let (model, _) = after(model, [choice(None), code("737"), choice(Some("pm_2"))]);
        assert_eq!(model.form.text(Field::SecurityCode), "");
        let (model, effects) = after(model, [code("12"), choice(Some("pm_3")), choice(None)]);
        assert_eq!(model.form.text(Field::SecurityCode), "737");
        let show = Effect::Show(Field::SecurityCode, "737".to_owned());
        assert!(effects.contains(&show), "{effects:?}");
    }
}

#[test]
fn a_code_that_the_bank_refuses_is_asked_for_again_where_it_stands() {
    let declined = Fact::Failed {
        code: ErrorCode::IncorrectCvc,
    };
    let at_the_code = Effect::Focus(Place::Form);
    let (saved, _) = update(asking_for_code(), code("999"));
    for model in [saved, ready()] {
        let typed = model.form.text(Field::SecurityCode).to_owned();
        let (model, effects) = after(model, [Action::PayPressed(ATTEMPT), answered(declined)]);
        assert!(effects.contains(&at_the_code), "{effects:?}");
        assert_eq!(crate::focus::id_of(&model, Place::Form), "card-code");
        assert_eq!(
            effects
                .iter()
                .filter(|it| matches!(it, Effect::Focus(_)))
                .count(),
            1
        );
        assert_eq!(
            model.form.text(Field::SecurityCode),
            typed,
            "nothing is thrown away"
        );
    }
    let (_, effects) = after(
        with_cards(),
        [Action::PayPressed(ATTEMPT), answered(declined)],
    );
    assert!(
        effects.contains(&Effect::Focus(Place::Form)),
        "no code was asked for"
    );
}

#[test]
fn no_code_stays_behind_when_it_is_paid() {
    let (model, _) = after(
        asking_for_code(),
        [
            choice(None),
            code("123"),
            choice(Some("pm_2")),
            code("737"),
            Action::PayPressed(ATTEMPT),
            answered(Fact::Succeeded),
            Action::CardRemoved("pm_2".to_owned()),
        ],
    );
    assert!(model.form.is_empty());
}

fn removing(id: &str) -> [Action; 3] {
    [
        choice(Some(id)),
        Action::RemovePressed,
        Action::RemovePressed,
    ]
}

fn removed(id: &str) -> Action {
    Action::CardRemoved(id.to_owned())
}

fn failed(id: &str) -> Action {
    Action::RemoveFailed(id.to_owned())
}

#[test]
fn two_removals_in_a_row_are_not_confused() {
    let (model, _) = after(with_cards(), removing("pm_2"));
    let (model, effects) = after(model, removing("pm_3"));
    assert_eq!(effects, [Effect::RemoveCard("pm_3".to_owned())]);

    for late in [failed("pm_2"), removed("pm_2")] {
        let is_gone = late == removed("pm_2");
        let (model, effects) = update(model.clone(), late);
        assert_eq!(model.removal, Removal::Running, "of the other card");
        assert_eq!(sent(&model).0.as_deref(), Some("pm_3"));
        assert!(!effects.iter().any(|it| matches!(it, Effect::Focus(_))));
        assert_eq!(model.saved.cards.len(), if is_gone { 2 } else { 3 });
        let (model, effects) = update(model, removed("pm_3"));
        assert_eq!((model.removal, model.is_typed()), (Removal::Done, true));
        assert!(effects.contains(&Effect::Focus(Place::Kept)));
    }
}

#[test]
fn a_removal_that_fails_is_told_beside_its_card_only() {
    let (model, _) = after(with_cards(), removing("pm_2"));
    let (told, _) = update(model.clone(), failed("pm_2"));
    assert_eq!(told.removal, Removal::Failed);
    let (model, _) = after(model, [choice(Some("pm_3")), failed("pm_2")]);
    assert_eq!(model.removal, Removal::Idle);
    assert_eq!(model.saved.cards.len(), 3, "and nothing is gone");
}

#[test]
fn a_question_about_a_card_ends_with_the_choice_of_it() {
    let (model, _) = after(with_cards(), [Action::RemovePressed]);
    let (model, _) = update(model, Action::Attached(view(None), false));
    assert_eq!((model.removal, model.is_typed()), (Removal::Idle, true));
}
