//! Walks every state that the checkout can reach with two attempts and two challenges, in every order of events, and
//! checks what must hold on every step. Not a sample: the space is finite and is explored whole.

use std::collections::{HashSet, VecDeque};

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api::session_view::SurfaceKind;
use checkout_protocol::checkout::{
    Announcement, AttemptRef, Checkout, Effect, Event, Fact, Facts, Nonce, Phase, Towards, Window,
};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::ChallengeId;

/// What the page has been promised: an attempt that was announced as started and has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Owed {
    Nothing,
    Ending,
    /// Pending was announced; one more ending may follow.
    Afterword,
}

/// What will bring an event by itself. A state that nothing would ever move on is a payer who waits for ever.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each runs or not, whatever the others do"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Running {
    poll: bool,
    bank_time: bool,
    opening_time: bool,
    fingerprint_time: bool,
}

impl Running {
    /// What runs after `event`; `None` when nothing could have brought it.
    fn fires(self, event: Event) -> Option<Self> {
        let (runs, after) = match event {
            Event::BankTimeUp => (
                self.bank_time,
                Self {
                    bank_time: false,
                    ..self
                },
            ),
            Event::OpeningTimeUp => (
                self.opening_time,
                Self {
                    opening_time: false,
                    ..self
                },
            ),
            Event::FingerprintTimeUp => (
                self.fingerprint_time,
                Self {
                    fingerprint_time: false,
                    ..self
                },
            ),
            _ => (true, self),
        };
        runs.then_some(after)
    }

    fn after(self, effect: &Effect) -> Self {
        match effect {
            Effect::Poll => Self { poll: true, ..self },
            // As the frame does it.
            Effect::StopPolling => Self {
                poll: false,
                bank_time: false,
                opening_time: false,
                ..self
            },
            Effect::WaitForBank => Self {
                bank_time: true,
                ..self
            },
            Effect::WaitForOpening { .. } => Self {
                opening_time: true,
                ..self
            },
            Effect::WaitForFingerprint => Self {
                fingerprint_time: true,
                ..self
            },
            _ => self,
        }
    }
}

type Node = (Checkout, Owed, Running);

/// Of an older and of a newer version.
fn facts() -> Vec<Facts> {
    let mut all = Vec::new();
    let statuses = [
        SessionStatus::Open,
        SessionStatus::Complete,
        SessionStatus::Expired,
    ];
    for (status, version) in statuses
        .into_iter()
        .flat_map(|status| [(status, 1), (status, 2)])
    {
        let facts = |attempt| Facts {
            status,
            version,
            attempt,
        };
        all.push(facts(None));
        for attempt in [AttemptRef(1), AttemptRef(2)] {
            let challenge = ChallengeId::from_bits(attempt.0);
            for fact in [
                Fact::Processing,
                Fact::Fingerprint { challenge },
                Fact::RequiresAction {
                    challenge,
                    opened: false,
                },
                Fact::RequiresAction {
                    challenge,
                    opened: true,
                },
                Fact::Succeeded,
                Fact::Failed {
                    code: ErrorCode::CardDeclined,
                },
                Fact::Abandoned,
                Fact::Unknown,
            ] {
                all.push(facts(Some((attempt, fact))));
            }
        }
    }
    all
}

fn events() -> Vec<Event> {
    let nonce = Nonce(9);
    let mut all = vec![
        Event::AttachRefused(ErrorCode::InvalidClientSecret),
        Event::FingerprintNotShown,
        Event::FingerprintTimeUp,
        Event::OpeningTimeUp,
        Event::WindowClosed,
        Event::NavigationRefused,
        Event::NavigationFailed,
        Event::BankTimeUp,
        Event::DeadlinePassed,
        Event::CancelAsked,
        Event::SurfaceChosen(SurfaceKind::Popup),
        Event::SurfaceChosen(SurfaceKind::Redirect),
        Event::SurfaceChosen(SurfaceKind::Inline),
        Event::Continued,
        Event::Returned,
        Event::PresentingRefused,
        Event::GiveUp(Towards::TryAgain),
        Event::GiveUp(Towards::Cancel),
        Event::Nudged { persisted: false },
        Event::Nudged { persisted: true },
    ];
    for handle in [false, true] {
        all.push(Event::WindowTried { nonce, handle });
        all.push(Event::ContinuePressed { nonce, handle });
    }
    for facts in facts() {
        all.push(Event::Attached(facts));
        all.push(Event::Heard(facts));
        if let (Some((attempt, fact)), 1, SessionStatus::Open) =
            (facts.attempt, facts.version, facts.status)
        {
            all.push(Event::Answered(attempt, fact));
        }
    }
    for attempt in [AttemptRef(1), AttemptRef(2)] {
        all.push(Event::Pay(attempt));
        all.push(Event::Unanswered(attempt));
        all.push(Event::LeaveAccepted(attempt));
        all.push(Event::LeaveRefused(attempt));
        all.push(Event::LeaveUnanswered(attempt));
        for code in [
            ErrorCode::SessionExpired,
            ErrorCode::SessionNotOpen,
            ErrorCode::AttemptInProgress,
            ErrorCode::EncryptionFailed,
        ] {
            all.push(Event::Refused(attempt, code));
        }
    }
    all
}

fn announcements(effects: &[Effect]) -> Vec<Announcement> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Announce(announcement) => Some(*announcement),
            _ => None,
        })
        .collect()
}

/// What is owed after `said`; panics where the page would hear an ending too many.
fn owed_after(owed: Owed, said: Announcement, is_allowed: bool, step: &str) -> Owed {
    match said {
        Announcement::Started(_) => {
            assert_eq!(
                owed,
                Owed::Nothing,
                "a second attempt began before the first ended: {step}"
            );
            Owed::Ending
        }
        Announcement::Challenge(_) => owed,
        Announcement::Pending => {
            assert_ne!(owed, Owed::Afterword, "pending was said twice: {step}");
            Owed::Afterword
        }
        Announcement::Completed
        | Announcement::Failed(_)
        | Announcement::Canceled
        | Announcement::SessionError(_) => {
            assert!(
                owed != Owed::Nothing || is_allowed,
                "an ending of nothing: {step}"
            );
            Owed::Nothing
        }
    }
}

/// Whether the page may hear an ending that no press in this document has promised.
fn may_end_unpromised(before: Checkout, event: Event) -> bool {
    match event {
        // The session's own ending, or that of an attempt of an earlier document or another tab.
        Event::Attached(facts) | Event::Heard(facts) => {
            facts.status != SessionStatus::Open || before.attempt().is_some()
        }
        Event::AttachRefused(_) | Event::Returned => true,
        Event::CancelAsked => matches!(before.phase, Phase::Ready { .. }),
        _ => before.attempt().is_some(),
    }
}

fn explore() -> HashSet<Node> {
    let mut seen: HashSet<Node> = HashSet::new();
    let new = (Checkout::NEW, Owed::Nothing, Running::default());
    let mut queue: VecDeque<Node> = VecDeque::from([new]);
    let events = events();
    while let Some((before, owed, running)) = queue.pop_front() {
        if !seen.insert((before, owed, running)) {
            continue;
        }
        for event in &events {
            let Some(running) = running.fires(*event) else {
                continue;
            };
            let (after, effects) = before.after(*event);
            let step = || format!("{before:?}\n  {event:?}\n  {after:?}\n  {effects:?}");
            let said = announcements(&effects);
            let endings = said
                .iter()
                .filter(|said| {
                    !matches!(said, Announcement::Started(_) | Announcement::Challenge(_))
                })
                .count();
            assert!(endings <= 1, "two endings in one step: {}", step());
            let is_pending = said.contains(&Announcement::Pending);
            if endings == 1 && !is_pending {
                assert_eq!(
                    after.attempt(),
                    None,
                    "it goes on after its end: {}",
                    step()
                );
            }
            let is_allowed = may_end_unpromised(before, *event);
            let owed = said.into_iter().fold(owed, |owed, said| {
                owed_after(owed, said, is_allowed, &step())
            });
            let running = effects.iter().fold(running, Running::after);
            check_state(after, owed, &step());
            check_waiting(after, running, &step());
            check_news(before, *event, after, &effects, &step());
            check_effects(before, after, &effects, &step());
            queue.push_back((after, owed, running));
        }
    }
    seen
}

/// Something moves every state on that a payer waits in, whatever the bank, the network and the page do.
fn check_waiting(after: Checkout, running: Running, step: &str) {
    let (needs_poll, needs_bank_time, needs_opening_time) = match after.phase {
        // A confirmation is always answered, refused or sent again.
        Phase::Submitting { .. } => (false, true, false),
        Phase::Fingerprinting { .. } | Phase::Processing { .. } => (true, true, false),
        Phase::Challenging { window, .. } => {
            let opens = matches!(window, Window::Waiting { .. } | Window::Presenting);
            (true, true, opens)
        }
        // Leaving is always agreed to, refused or unanswered.
        Phase::Leaving { .. } | Phase::Unknown { .. } => (true, false, false),
        Phase::Loading
        | Phase::Ready { .. }
        | Phase::Succeeded
        | Phase::Expired
        | Phase::Broken { .. } => (false, false, false),
    };
    assert!(running.poll || !needs_poll, "nobody would hear: {step}");
    assert!(
        running.bank_time || !needs_bank_time,
        "it could last for ever: {step}"
    );
    assert!(
        running.opening_time || !needs_opening_time,
        "a bank that never opens would be waited for for ever: {step}"
    );
}

fn check_news(before: Checkout, event: Event, after: Checkout, effects: &[Effect], step: &str) {
    match event {
        Event::Heard(facts) if facts.version < before.version => {
            assert_eq!(after, before, "old news: {step}");
            assert!(effects.is_empty(), "old news: {step}");
        }
        // A new secret may open another session, whose versions start anew.
        Event::Attached(_) => {}
        _ => assert!(after.version >= before.version, "{step}"),
    }
}

fn check_state(after: Checkout, owed: Owed, step: &str) {
    match after.phase {
        Phase::Loading
        | Phase::Ready { .. }
        | Phase::Succeeded
        | Phase::Expired
        | Phase::Broken { .. } => assert_eq!(owed, Owed::Nothing, "an attempt never ended: {step}"),
        Phase::Unknown { .. } => assert_eq!(owed, Owed::Afterword, "{step}"),
        Phase::Submitting { .. } => assert_eq!(owed, Owed::Ending, "{step}"),
        // An attempt of an earlier document is resumed without a start of its own; after pending the truth may come
        // in several steps.
        Phase::Fingerprinting { .. }
        | Phase::Challenging { .. }
        | Phase::Leaving { .. }
        | Phase::Processing { .. } => {}
    }
}

fn check_effects(before: Checkout, after: Checkout, effects: &[Effect], step: &str) {
    for effect in effects {
        match effect {
            Effect::Confirm(attempt) => {
                assert!(
                    matches!(before.phase, Phase::Ready { .. }),
                    "a card was sent twice: {step}"
                );
                assert_eq!(after.attempt(), Some(*attempt), "{step}");
            }
            Effect::TryWindow(_) | Effect::GoToBank(_) | Effect::Present(_) => {
                assert!(
                    follows_a_press(before),
                    "the bank was opened by itself: {step}"
                );
            }
            Effect::PresentHidden(_) => {
                assert!(
                    effects.contains(&Effect::WaitForFingerprint),
                    "a hidden frame that stays silent would be waited for for ever: {step}"
                );
            }
            _ => {}
        }
    }
    if matches!(before.phase, Phase::Succeeded) {
        assert_eq!(after.phase, Phase::Succeeded, "paid is the end: {step}");
        assert!(announcements(effects).is_empty(), "{step}");
    }
}

/// Whether a challenge begins with the bank's page although this document's payer has pressed nothing.
fn follows_a_press(before: Checkout) -> bool {
    match before.phase {
        Phase::Submitting { .. } | Phase::Fingerprinting { pressed: true, .. } => true,
        // The button was pressed, or what was opened by the press came to nothing.
        Phase::Challenging { window, .. } => matches!(
            window,
            Window::Offered
                | Window::Presenting
                | Window::Redirecting
                | Window::Waiting { handle: false }
        ),
        _ => false,
    }
}

#[test]
fn every_attempt_ends_exactly_once_in_every_order_of_events() {
    let seen = explore();
    println!("{} states and {} events", seen.len(), events().len());
    for phase in [
        "Ready",
        "Submitting",
        "Fingerprinting",
        "Challenging",
        "Leaving",
        "Processing",
        "Unknown",
        "Succeeded",
        "Expired",
        "Broken",
    ] {
        assert!(
            seen.iter()
                .any(|(checkout, ..)| format!("{:?}", checkout.phase).starts_with(phase)),
            "{phase} was never reached, so this test proves nothing about it"
        );
    }
}

#[test]
fn old_news_changes_nothing() {
    let paid = Facts {
        status: SessionStatus::Complete,
        version: 3,
        attempt: None,
    };
    let newer = Checkout {
        version: 4,
        phase: Phase::Ready { notice: None },
        ..Checkout::NEW
    };

    assert_eq!(newer.after(Event::Heard(paid)), (newer, vec![]));
}

/// The way to the bank is given out once, and the document that had it is gone; only a window of its own outlives it.
#[test]
fn a_bank_that_an_earlier_document_opened_is_shown_again_only_in_its_window() {
    for surface in [
        SurfaceKind::Popup,
        SurfaceKind::Redirect,
        SurfaceKind::Inline,
    ] {
        let attached = at_the_bank(surface);
        let Phase::Challenging { window, .. } = attached.phase else {
            panic!("{attached:?}");
        };
        let again = surface == SurfaceKind::Popup;
        assert_eq!(window, Window::Left { again }, "{surface:?}");
    }
}

/// Attached while the bank, opened by an earlier document, asks.
fn at_the_bank(surface: SurfaceKind) -> Checkout {
    let at_bank = Facts {
        status: SessionStatus::Open,
        version: 1,
        attempt: Some((
            AttemptRef(1),
            Fact::RequiresAction {
                challenge: ChallengeId::from_bits(1),
                opened: true,
            },
        )),
    };
    let (chosen, _) = Checkout::NEW.after(Event::SurfaceChosen(surface));
    chosen.after(Event::Attached(at_bank)).0
}

/// It may run out while the payer leaves, when it ends nothing.
#[test]
fn the_banks_time_runs_anew_when_leaving_came_to_nothing() {
    let bank = at_the_bank(SurfaceKind::Popup);
    for nothing in [
        Event::LeaveRefused(AttemptRef(1)),
        Event::LeaveUnanswered(AttemptRef(1)),
    ] {
        let (leaving, _) = bank.after(Event::GiveUp(Towards::Cancel));
        let (leaving, _) = leaving.after(Event::BankTimeUp);
        let (returned, effects) = leaving.after(nothing);
        assert!(effects.contains(&Effect::WaitForBank), "{nothing:?}");
        let (ended, _) = returned.after(Event::BankTimeUp);
        assert!(matches!(ended.phase, Phase::Unknown { .. }), "{ended:?}");
    }
}

/// By the browser's way back; whether a window was tried before.
#[test]
fn a_page_that_left_for_the_bank_and_came_back_offers_no_window_that_is_not_there() {
    let Phase::Challenging {
        attempt, challenge, ..
    } = at_the_bank(SurfaceKind::Popup).phase
    else {
        panic!("not at the bank");
    };
    for surface in [SurfaceKind::Popup, SurfaceKind::Redirect] {
        let gone = Checkout {
            surface,
            phase: Phase::Challenging {
                attempt,
                challenge,
                window: Window::Redirecting,
            },
            ..Checkout::NEW
        };
        let (back, _) = gone.after(Event::Nudged { persisted: true });
        let Phase::Challenging { window, .. } = back.phase else {
            panic!("{back:?}");
        };
        assert_eq!(window, Window::Left { again: false }, "{surface:?}");
    }
}

/// Of another tab, which is shown here, too.
#[test]
fn a_press_that_is_refused_for_another_payment_under_way_asks_what_that_is() {
    let (submitting, _) = Checkout {
        phase: Phase::Ready { notice: None },
        ..Checkout::NEW
    }
    .after(Event::Pay(AttemptRef(1)));
    let refusal = Event::Refused(AttemptRef(1), ErrorCode::AttemptInProgress);

    let (form, effects) = submitting.after(refusal);
    let other = Facts {
        status: SessionStatus::Open,
        version: 1,
        attempt: Some((AttemptRef(2), Fact::Processing)),
    };
    let (shown, _) = form.after(Event::Heard(other));

    assert_eq!(effects.last(), Some(&Effect::AskNow), "{effects:?}");
    assert_eq!(shown.attempt(), Some(AttemptRef(2)));
}
