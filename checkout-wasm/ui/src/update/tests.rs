//! What the frame does, as a table of what happened and what is to be done.

use checkout_protocol::api::session_view::{AttemptView, ChallengeKind, ChallengeView, Outcome};
use checkout_protocol::checkout::{Fact, Nonce, Towards};
use checkout_protocol::frame_message::PhaseName;
use checkout_protocol::money::Currency;

use super::*;
use crate::boot::tests::boot;
use crate::form::tests::filled;
use crate::text::Sentence;

mod anything;
mod email;
mod renewal;
mod saved_cards;

const ATTEMPT: AttemptRef = AttemptRef(7);

fn view(outcome: Option<Outcome>) -> SessionView {
    SessionView {
        id: boot().session,
        status: SessionStatus::Open,
        version: 1,
        payment: "pay_1".to_owned(),
        amount: 1990,
        currency: Currency::Isk,
        customer_email: None,
        asks_email: false,
        expires_in_ms: 60_000,
        last_attempt: outcome.map(|outcome| AttemptView {
            attempt_id: ATTEMPT.text(),
            outcome,
        }),
        saved_cards: vec![],
        asks_saved_card_code: false,
        offers_saving: false,
    }
}

fn attached() -> Model {
    let (model, _) = update(Model::new(boot()), Action::Started);
    update(model, Action::Attached(view(None), false)).0
}

fn ready() -> Model {
    Model {
        form: filled(),
        ..attached()
    }
}

fn after(model: Model, actions: impl IntoIterator<Item = Action>) -> (Model, Vec<Effect>) {
    actions
        .into_iter()
        .fold((model, vec![]), |(model, _), action| update(model, action))
}

fn answered(fact: Fact) -> Action {
    Action::Happened(Event::Answered(ATTEMPT, fact), None)
}

fn declined(code: ErrorCode) -> Model {
    after(
        ready(),
        [Action::PayPressed(ATTEMPT), answered(Fact::Failed { code })],
    )
    .0
}

#[test]
fn a_press_with_every_field_right_confirms_and_says_so() {
    let (model, effects) = update(ready(), Action::PayPressed(ATTEMPT));
    assert!(model.is_submitting());
    assert!(effects.contains(&Effect::Checkout(checkout::Effect::Confirm(ATTEMPT))));
    assert!(effects.contains(&Effect::Tell(FrameCall::PaymentStarted {
        attempt_id: ATTEMPT.text()
    })));
}

#[test]
fn a_second_press_is_nothing() {
    let (model, _) = update(ready(), Action::PayPressed(ATTEMPT));
    let (again, effects) = update(model.clone(), Action::PayPressed(AttemptRef(8)));
    assert_eq!(again, model);
    assert_eq!(effects, []);
}

#[test]
fn a_press_with_a_wrong_field_shows_the_mistakes_and_puts_the_focus_into_the_first() {
    let (model, effects) = update(attached(), Action::PayPressed(ATTEMPT));
    assert_eq!(snapshot::of(&model).errors.len(), 4);
    assert!(effects.contains(&Effect::Focus(Place::Field(Field::Number))));
    assert!(!model.is_submitting());
}

#[test]
fn nothing_can_be_paid_before_a_session_is_there() {
    let model = Model {
        form: filled(),
        ..Model::new(boot())
    };
    let (_, effects) = update(model, Action::PayPressed(ATTEMPT));
    assert_eq!(effects, []);
}

#[test]
fn the_page_hears_the_new_state_before_the_ending_that_goes_with_it() {
    let (_, effects) = after(
        ready(),
        [Action::PayPressed(ATTEMPT), answered(Fact::Succeeded)],
    );
    let told: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Tell(call) => Some(call),
            _ => None,
        })
        .collect();
    assert!(
        matches!(told[0], FrameCall::StateChange(snapshot) if snapshot.phase == PhaseName::Succeeded)
    );
    assert_eq!(
        told[1],
        &FrameCall::PaymentCompleted {
            session_id: boot().session,
            payment_id: "pay_1".to_owned()
        }
    );
}

#[test]
fn the_same_state_is_told_once() {
    let (model, effects) = update(attached(), Action::Typed(Field::Name, "A".to_owned()));
    assert!(matches!(
        effects[..],
        [Effect::Tell(FrameCall::StateChange(_))]
    ));
    let (_, effects) = update(model, Action::Typed(Field::Name, "AB".to_owned()));
    assert_eq!(effects, []);
}

#[test]
fn a_decline_keeps_what_was_typed() {
    let model = declined(ErrorCode::CardDeclined);
    assert_eq!(
        model.form.card().map(|card| card.holder_name),
        Some("Jón Þór".to_owned())
    );
    assert_eq!(
        model.notice(),
        Some(Notice::Failed(ErrorCode::CardDeclined))
    );
}

#[test]
fn a_card_of_another_brand_after_a_decline_clears_the_code() {
    let another = Action::Typed(Field::Number, "5555 5555 5555 4444".to_owned());
    let (model, effects) = update(declined(ErrorCode::CardDeclined), another);
    assert_eq!(model.form.text(Field::SecurityCode), "");
    assert!(effects.contains(&Effect::Show(Field::SecurityCode, String::new())));
}

#[test]
fn a_code_that_goes_with_its_card_is_not_called_missing_before_the_payer_comes_to_it() {
    let another = Action::Typed(Field::Number, "5555 5555 5555 4444".to_owned());
    let left = Action::Left(Field::Number);
    let (model, _) = after(declined(ErrorCode::CardDeclined), [another, left]);
    assert_eq!(model.form.text(Field::SecurityCode), "");
    assert_eq!(model.form.shown(Field::SecurityCode), None);
}

#[test]
fn a_code_that_is_typed_before_the_number_of_its_card_stays() {
    let code = Action::Typed(Field::SecurityCode, "123".to_owned());
    let another = Action::Typed(Field::Number, "5555 5555 5555 4444".to_owned());
    let (model, effects) = after(declined(ErrorCode::IncorrectCvc), [code, another.clone()]);
    assert_eq!(model.form.text(Field::SecurityCode), "123");
    assert!(!effects.contains(&Effect::Show(Field::SecurityCode, String::new())));

    // One that was only told again is still the other card's.
    let same = Action::Typed(Field::SecurityCode, "737".to_owned());
    let (model, _) = after(declined(ErrorCode::IncorrectCvc), [same, another]);
    assert_eq!(model.form.text(Field::SecurityCode), "");
}

#[test]
fn a_card_of_the_same_brand_after_a_decline_keeps_the_code() {
    let another = Action::Typed(Field::Number, "4111 1111 1111 1111".to_owned());
    let (model, _) = update(declined(ErrorCode::IncorrectNumber), another);
    assert_eq!(model.form.text(Field::SecurityCode), "737");
}

#[test]
fn another_brand_without_a_decline_keeps_the_code() {
    let another = Action::Typed(Field::Number, "5555 5555 5555 4444".to_owned());
    let (model, _) = update(ready(), another);
    assert_eq!(model.form.text(Field::SecurityCode), "737");
}

#[test]
fn the_encrypted_card_is_forgotten_when_its_attempt_ends() {
    for fact in [
        Fact::Succeeded,
        Fact::Failed {
            code: ErrorCode::CardDeclined,
        },
    ] {
        let (_, effects) = after(ready(), [Action::PayPressed(ATTEMPT), answered(fact)]);
        assert!(effects.contains(&Effect::ForgetCard), "{fact:?}");
    }
}

#[test]
fn the_encrypted_card_is_kept_while_its_answer_is_lost() {
    let lost = Action::Happened(Event::Unanswered(ATTEMPT), None);
    let (_, effects) = after(ready(), [Action::PayPressed(ATTEMPT), lost]);
    assert!(effects.contains(&Effect::Checkout(checkout::Effect::ConfirmAgain(ATTEMPT))));
    assert!(!effects.contains(&Effect::ForgetCard));
}

#[test]
fn a_paid_form_holds_no_card() {
    let (model, effects) = after(
        ready(),
        [Action::PayPressed(ATTEMPT), answered(Fact::Succeeded)],
    );
    for field in FIELDS {
        assert!(effects.contains(&Effect::Show(field, String::new())));
    }
    assert!(model.form.is_empty());
}

#[test]
fn nothing_is_wrong_with_a_field_that_the_payer_is_taken_out_of() {
    let half = Action::Typed(Field::Number, "4242 4".to_owned());
    let left = || Action::Left(Field::Number);
    let refused = Action::Happened(Event::AttachRefused(ErrorCode::SessionNotFound), None);
    let (model, _) = after(Model::new(boot()), [half.clone(), refused, left()]);
    assert_eq!(model.scene(), Scene::Broken(ErrorCode::SessionNotFound));
    assert_eq!(model.form.shown(Field::Number), None);
    let (model, _) = after(attached(), [half, left()]);
    assert!(model.form.shown(Field::Number).is_some());
}

#[test]
fn a_refused_request_is_told_with_its_trace() {
    let refused = Action::Happened(
        Event::AttachRefused(ErrorCode::SessionNotFound),
        Some("req_1".to_owned()),
    );
    let (model, effects) = update(Model::new(boot()), refused);
    assert_eq!(model.scene(), Scene::Broken(ErrorCode::SessionNotFound));
    let problem = Problem::new(ErrorCode::SessionNotFound, true, Some("req_1".to_owned()));
    assert!(effects.contains(&Effect::Tell(FrameCall::SessionError(problem))));
}

#[test]
fn the_focus_follows_what_takes_the_forms_place_and_comes_back() {
    let challenge = ChallengeView {
        id: "chl_00000000000000000000000001".to_owned(),
        kind: ChallengeKind::Redirect,
        url: String::new(),
        opened: false,
        expires_in_ms: 1,
    };
    let (model, effects) = update(
        attached(),
        Action::Heard(view(Some(Outcome::RequiresAction { challenge }))),
    );
    assert_eq!(model.scene(), Scene::Bank(Window::Offered));
    assert!(effects.contains(&Effect::Focus(Place::Panel)));
    let (model, _) = update(
        model,
        Action::Happened(Event::GiveUp(Towards::Cancel), None),
    );
    let (model, effects) = update(model, Action::Happened(Event::LeaveAccepted(ATTEMPT), None));
    assert_eq!(model.scene(), Scene::Form);
    assert!(effects.contains(&Effect::Focus(Place::Form)));
}

#[test]
fn moving_between_windows_leaves_the_focus_where_it_is() {
    let challenge = "chl_00000000000000000000000001".parse().unwrap();
    let (model, _) = after(
        ready(),
        [
            Action::PayPressed(ATTEMPT),
            answered(Fact::RequiresAction {
                challenge,
                opened: false,
            }),
        ],
    );
    let tried = Event::WindowTried {
        nonce: Nonce(1),
        handle: true,
    };
    let (_, effects) = update(model, Action::Happened(tried, None));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Focus(place) if *place != Place::Kept))
    );
}

#[test]
fn the_banks_address_is_gone_once_the_page_stays() {
    let challenge = "chl_00000000000000000000000001".parse().unwrap();
    let surface = Event::SurfaceChosen(checkout_protocol::api::session_view::SurfaceKind::Redirect);
    let (model, _) = after(
        ready(),
        [
            Action::Happened(surface, None),
            Action::PayPressed(ATTEMPT),
            answered(Fact::RequiresAction {
                challenge,
                opened: false,
            }),
            Action::BankUrl("https://checkout.example/3ds/x".to_owned()),
        ],
    );
    assert!(model.bank_url.is_some());
    let (model, _) = update(model, Action::Happened(Event::NavigationRefused, None));
    assert_eq!(model.bank_url, None);
}

#[test]
fn an_open_session_is_asked_about_when_its_time_is_over() {
    let (_, effects) = update(Model::new(boot()), Action::Attached(view(None), false));
    assert!(effects.contains(&Effect::ExpireIn { ms: 60_000 }));
}

#[test]
fn another_language_changes_the_sentences_and_nothing_else() {
    let (model, effects) = update(
        ready(),
        Action::LocaleChosen(Locale::En, Words::of(Locale::En)),
    );
    assert_eq!(model.words.say(Sentence::Number), "Card number");
    assert_eq!(model.form, filled());
    assert_eq!(
        effects,
        [Effect::ShowLocale(Locale::En), Effect::ShowSavedCards]
    );
}
