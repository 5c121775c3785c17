//! The session's time is over, and the payer starts again in the same frame.

use super::*;

fn expired_view() -> SessionView {
    SessionView {
        status: SessionStatus::Expired,
        version: 2,
        ..view(None)
    }
}

fn next_session() -> SessionView {
    SessionView {
        id: "ps_00000000000000000000000002".to_owned(),
        payment: "pay_2".to_owned(),
        amount: 2490,
        ..view(None)
    }
}

fn expired() -> Model {
    update(ready(), Action::Heard(expired_view())).0
}

fn asked(effects: &[Effect]) -> Vec<ErrorCode> {
    let reasons = effects.iter().filter_map(|effect| match effect {
        Effect::AskSecret(reason) => Some(*reason),
        _ => None,
    });
    reasons.collect()
}

#[test]
fn the_page_is_asked_once_and_a_new_session_brings_the_form_back_as_it_was() {
    let (model, effects) = update(expired(), Action::RenewPressed);
    assert_eq!(asked(&effects), [ErrorCode::SessionExpired]);
    let (model, effects) = update(model, Action::RenewPressed);
    assert_eq!(asked(&effects), [], "one question at a time");

    let (model, _) = update(model, Action::Attached(next_session(), false));
    assert_eq!(model.scene(), Scene::Form);
    assert_eq!(model.renewal, Renewal::NotAsked);
    assert_eq!(model.form, filled());
    assert_eq!((model.session, model.amount), (next_session().id, 2490));
}

#[test]
fn a_page_that_gives_none_can_be_asked_again() {
    let (model, _) = after(expired(), [Action::RenewPressed, Action::RenewFailed]);
    assert_eq!(model.renewal, Renewal::Failed);
    let (_, effects) = update(model, Action::RenewPressed);
    assert_eq!(asked(&effects), [ErrorCode::SessionExpired]);
}

#[test]
fn a_secret_that_opens_nothing_can_be_followed_by_another() {
    for answer in [
        Action::Attached(expired_view(), false),
        Action::Happened(Event::AttachRefused(ErrorCode::SessionExpired), None),
        Action::Happened(Event::AttachRefused(ErrorCode::NetworkError), None),
    ] {
        let (model, _) = after(expired(), [Action::RenewPressed, answer]);
        assert_eq!(model.renewal, Renewal::Failed);
        assert_eq!(asked(&update(model, Action::RenewPressed).1).len(), 1);
    }
}

#[test]
fn nothing_is_asked_for_while_the_session_lives() {
    for model in [ready(), declined(ErrorCode::CardDeclined)] {
        assert_eq!(asked(&update(model, Action::RenewPressed).1), []);
    }
}

#[test]
fn another_session_takes_the_place_only_of_one_that_is_over() {
    let (paying, _) = update(ready(), Action::PayPressed(ATTEMPT));
    let (paid, _) = update(paying.clone(), answered(Fact::Succeeded));
    for model in [ready(), paying, paid] {
        let (after, effects) = update(model.clone(), Action::Attached(next_session(), false));
        assert_eq!(after, model);
        assert_eq!(effects, []);
    }
}

#[test]
fn a_frame_that_was_loaded_again_opens_the_session_that_took_the_place() {
    let (model, _) = update(Model::new(boot()), Action::Attached(next_session(), false));
    assert_eq!(model.scene(), Scene::Form);
    assert_eq!((model.session, model.amount), (next_session().id, 2490));
}

#[test]
fn news_of_the_session_before_comes_too_late() {
    let (model, _) = update(expired(), Action::Attached(next_session(), false));
    let (after, effects) = update(model.clone(), Action::Heard(expired_view()));
    assert_eq!(after, model);
    assert_eq!(effects, []);
}
