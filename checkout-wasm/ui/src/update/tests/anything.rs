//! Anything in any order, over the whole model: nothing panics, nothing typed is lost, no mistake shows too early, and
//! a payment is asked for at most once at a time.

use checkout_protocol::api::session_view::{SavedCard, SurfaceKind};
use checkout_protocol::id::ChallengeId;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::form::FIELDS;
use crate::text::Words;

const OTHER: AttemptRef = AttemptRef(8);

fn attempt() -> impl Strategy<Value = AttemptRef> {
    select(vec![ATTEMPT, OTHER])
}

fn code() -> impl Strategy<Value = ErrorCode> {
    any::<Index>().prop_map(|index| *index.get(ErrorCode::ALL))
}

fn challenge() -> ChallengeId {
    "chl_00000000000000000000000001".parse().unwrap()
}

fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        Just(Fact::Processing),
        Just(Fact::Fingerprint {
            challenge: challenge()
        }),
        any::<bool>().prop_map(|opened| Fact::RequiresAction {
            challenge: challenge(),
            opened,
        }),
        Just(Fact::Succeeded),
        code().prop_map(|code| Fact::Failed { code }),
        Just(Fact::Abandoned),
        Just(Fact::Unknown),
    ]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::Processing),
        (any::<bool>(), select(ChallengeKind::ALL.to_vec())).prop_map(|(opened, kind)| {
            Outcome::RequiresAction {
                challenge: ChallengeView {
                    id: challenge().to_string(),
                    kind,
                    url: String::new(),
                    opened,
                    expires_in_ms: 1,
                },
            }
        }),
        Just(Outcome::Succeeded),
        code().prop_map(|code| Outcome::Failed {
            code,
            retryable: true
        }),
        Just(Outcome::Abandoned),
        Just(Outcome::Unknown),
    ]
}

fn saved_card() -> impl Strategy<Value = SavedCard> {
    (
        select(vec!["pm_1", "pm_2", "pm_3"]),
        option::of(".{0,6}"),
        option::of(any::<u8>()),
        option::of(any::<u16>()),
    )
        .prop_map(|(id, brand, exp_month, exp_year)| SavedCard {
            id: id.to_owned(),
            brand,
            last4: None,
            exp_month,
            exp_year,
        })
}

fn session() -> impl Strategy<Value = SessionView> {
    let status = select(vec![
        SessionStatus::Open,
        SessionStatus::Open,
        SessionStatus::Open,
        SessionStatus::Complete,
        SessionStatus::Expired,
    ]);
    let ids = select(vec![boot().session, "ps_2".to_owned()]);
    let attempt = option::of((attempt(), outcome()));
    let email = option::of(Just("anna@shop.is".to_owned()));
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let rest = (any::<i64>(), any::<u64>(), flags);
    (
        ids,
        status,
        0..9_u64,
        attempt,
        email,
        vec(saved_card(), 0..3),
        rest,
    )
        .prop_map(
            |(id, status, version, attempt, customer_email, saved_cards, rest)| SessionView {
                id,
                status,
                version,
                payment: "pay_1".to_owned(),
                amount: rest.0,
                currency: Currency::Eur,
                asks_email: rest.2.0 && customer_email.is_none(),
                customer_email,
                expires_in_ms: rest.1,
                last_attempt: attempt.map(|(attempt, outcome)| AttemptView {
                    attempt_id: attempt.text(),
                    outcome,
                }),
                saved_cards,
                asks_saved_card_code: rest.2.1,
                offers_saving: rest.2.2,
            },
        )
}

fn event() -> impl Strategy<Value = Event> {
    let towards = select(vec![Towards::TryAgain, Towards::Cancel]);
    let surface = select(vec![
        SurfaceKind::Popup,
        SurfaceKind::Redirect,
        SurfaceKind::Inline,
    ]);
    prop_oneof![
        code().prop_map(Event::AttachRefused),
        (attempt(), fact()).prop_map(|(attempt, fact)| Event::Answered(attempt, fact)),
        (attempt(), code()).prop_map(|(attempt, code)| Event::Refused(attempt, code)),
        attempt().prop_map(Event::Unanswered),
        any::<bool>().prop_map(|handle| Event::WindowTried {
            nonce: Nonce(1),
            handle
        }),
        any::<bool>().prop_map(|handle| Event::ContinuePressed {
            nonce: Nonce(2),
            handle
        }),
        Just(Event::Continued),
        Just(Event::Returned),
        Just(Event::PresentingRefused),
        Just(Event::FingerprintNotShown),
        Just(Event::FingerprintTimeUp),
        Just(Event::OpeningTimeUp),
        Just(Event::WindowClosed),
        Just(Event::NavigationRefused),
        Just(Event::NavigationFailed),
        any::<bool>().prop_map(|persisted| Event::Nudged { persisted }),
        Just(Event::BankTimeUp),
        towards.prop_map(Event::GiveUp),
        attempt().prop_map(Event::LeaveAccepted),
        attempt().prop_map(Event::LeaveRefused),
        attempt().prop_map(Event::LeaveUnanswered),
        Just(Event::DeadlinePassed),
        Just(Event::CancelAsked),
        surface.prop_map(Event::SurfaceChosen),
    ]
}

/// Texts as payers, autofill and cats on keyboards make them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "4242 4242 4242 4242",
            "3782 822463 10005",
            "6221 5588 1234 0000",
            "03 / 30",
            "737",
            "1234",
            "Jón Þór",
            "jon@shop.is",
            "",
        ])
        .prop_map(str::to_owned),
        "[0-9 /]{0,23}",
        ".{0,12}",
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => (select(FIELDS.to_vec()), text()).prop_map(|(field, text)| Action::Typed(field, text)),
        2 => select(FIELDS.to_vec()).prop_map(Action::Left),
        3 => attempt().prop_map(Action::PayPressed),
        1 => option::of(select(vec!["pm_1", "pm_2", "pm_9"]))
            .prop_map(|id| Action::CardChosen(id.map(str::to_owned))),
        1 => any::<bool>().prop_map(Action::Ticked),
        1 => Just(Action::RemovePressed),
        1 => select(vec!["pm_1", "pm_2"]).prop_map(|id| Action::CardRemoved(id.to_owned())),
        1 => select(vec!["pm_1", "pm_2"]).prop_map(|id| Action::RemoveFailed(id.to_owned())),
        3 => (session(), any::<bool>()).prop_map(|(view, is_in)| Action::Attached(view, is_in)),
        3 => session().prop_map(Action::Heard),
        8 => event().prop_map(|event| Action::Happened(event, None)),
        1 => Just(Action::BankUrl("https://checkout.example/3ds/x".to_owned())),
        1 => select(Locale::ALL.to_vec())
            .prop_map(|locale| Action::LocaleChosen(locale, Words::of(locale))),
        1 => any::<bool>().prop_map(|second| Action::BrandChosen { second }),
        1 => any::<bool>().prop_map(|is_online| Action::Network { is_online }),
        1 => Just(Action::RenewPressed),
        1 => Just(Action::RenewFailed),
        1 => Just(Action::FocusAsked),
    ]
}

/// What a payer may rely on, followed from outside.
#[derive(Default)]
struct Watch {
    typed: [String; 5],
    may_show: [bool; 5],
    chosen: Option<String>,
    confirming: Option<AttemptRef>,
}

impl Watch {
    fn before(&mut self, model: &Model, action: &Action) {
        let is_form = model.scene() == Scene::Form;
        for (place, field) in FIELDS.into_iter().enumerate() {
            match action {
                Action::Typed(typed, text) if *typed == field => self.typed[place].clone_from(text),
                Action::Left(left) if *left == field && is_form => self.may_show[place] = true,
                Action::PayPressed(_) => self.may_show[place] = true,
                _ => {}
            }
        }
    }

    fn after(&mut self, model: &Model, effects: &[Effect]) -> Result<(), TestCaseError> {
        for effect in effects {
            match effect {
                // Said aloud, so that the field changes before the payer's eyes; and nothing but the code changes before
                // it is paid.
                Effect::Show(field, text) => {
                    let is_code = *field == Field::SecurityCode;
                    prop_assert!(is_code || model.scene() == Scene::Paid, "{:?}", field);
                    let place = FIELDS.iter().position(|it| it == field).unwrap();
                    self.typed[place].clone_from(text);
                    // What was taken away is to be typed again before it can be wrong.
                    self.may_show[place] &= model.scene() == Scene::Paid;
                }
                Effect::Checkout(checkout::Effect::Confirm(attempt)) => {
                    prop_assert_eq!(self.confirming, None, "two at once");
                    prop_assert!(!model.saved.has_chosen_expired());
                    self.confirming = Some(*attempt);
                }
                Effect::Checkout(checkout::Effect::ConfirmAgain(attempt)) => {
                    prop_assert_eq!(self.confirming, Some(*attempt), "not the one under way");
                }
                _ => {}
            }
        }
        if model.checkout.attempt() != self.confirming {
            self.confirming = None;
        }
        // The code of another card has not been left yet.
        if self.chosen != model.payment_method() {
            self.chosen = model.payment_method();
            self.may_show[2] = false;
        }
        for (place, field) in FIELDS.into_iter().enumerate() {
            prop_assert_eq!(model.form.text(field), &self.typed[place], "{:?}", field);
            prop_assert!(
                model.form.shown(field).is_none() || self.may_show[place],
                "{field:?} shows a mistake before it was left"
            );
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn anything_in_any_order_keeps_what_a_payer_relies_on(actions in vec(action(), 0..60)) {
        let mut model = Model::new(boot());
        let mut watch = Watch::default();
        for action in actions {
            watch.before(&model, &action);
            let left = match action {
                Action::Left(field) if model.scene() == Scene::Form => Some(field),
                _ => None,
            };
            let (next, effects) = update(model, action);
            watch.after(&next, &effects)?;
            if let Some(field) = left.filter(|field| !next.form.text(*field).is_empty()) {
                prop_assert_eq!(next.form.shown(field), next.form.mistake(field), "{:?} was left", field);
            }
            // Whatever the screen reads of it can be read.
            let _ = (next.amount_text(), next.payment_method(), next.form.card(), next.form.code());
            let _ = snapshot::of(&next);
            let _ = crate::view::saved_cards::choices(&next);
            model = next;
        }
        let html = crate::render::html_of(model);
        prop_assert!(html.contains("id=\"checkout\""));
    }
}
