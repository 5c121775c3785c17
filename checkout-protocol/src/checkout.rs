//! The checkout's state machine: `(state, event) → (state, effects)`, pure, the same for every surface.
//!
//! It decides nothing about money: whether something is paid comes from the server as [`Facts`]. What it guarantees is
//! that every attempt which was announced as started ends in exactly one announcement – completed, failed, canceled or
//! pending, of which only pending may be followed by another – whatever the order of answers, timers, closed windows
//! and reloads. `tests/checkout_reachable.rs` walks the whole reachable space.

use crate::api::payment_session::SessionStatus;
use crate::api::session_view::{ChallengeKind, Outcome, SessionView, SurfaceKind};
use crate::crockford;
use crate::error_code::ErrorCode;
use crate::frame_message::PhaseName;
use crate::id::ChallengeId;

/// The id of one press of Pay, minted by the frame (128 random bits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AttemptRef(pub u128);

impl AttemptRef {
    /// As it stands in requests.
    #[must_use]
    pub fn text(self) -> String {
        crockford::encode_u128(self.0)
    }

    /// Reads it again.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        crockford::decode_u128(text).map(Self)
    }
}

/// What authorises one opening of a start page, minted by the frame (128 random bits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nonce(pub u128);

impl Nonce {
    /// As it stands in the start page's URL.
    #[must_use]
    pub fn text(self) -> String {
        crockford::encode_u128(self.0)
    }
}

/// The whole state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Checkout {
    /// What is going on.
    pub phase: Phase,
    /// The newest version of the session that was heard; older news is ignored.
    pub version: u64,
    /// Where challenges are shown first.
    pub surface: SurfaceKind,
}

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// No session yet.
    Loading,
    /// The payer can type and pay.
    Ready {
        /// What came of the last try.
        notice: Option<Notice>,
    },
    /// The card is on its way to the server.
    Submitting {
        /// This press.
        attempt: AttemptRef,
    },
    /// The issuer looks at the browser, unseen.
    Fingerprinting {
        /// This press, or one of an earlier document.
        attempt: AttemptRef,
        /// The step.
        challenge: ChallengeId,
        /// Whether this document's press led here, so that the bank may be opened without another one.
        pressed: bool,
    },
    /// The issuer wants the payer.
    Challenging {
        /// This press.
        attempt: AttemptRef,
        /// Its challenge.
        challenge: ChallengeId,
        /// How far the payer has come to the bank.
        window: Window,
    },
    /// The payer gives up the challenge; the server has not agreed yet.
    Leaving {
        /// This press.
        attempt: AttemptRef,
        /// Its challenge.
        challenge: ChallengeId,
        /// What the payer wants instead.
        towards: Towards,
    },
    /// The acquirer is at work.
    Processing {
        /// This press, or one of an earlier document.
        attempt: AttemptRef,
    },
    /// The outcome is not known yet.
    Unknown {
        /// This press, or one of an earlier document.
        attempt: AttemptRef,
    },
    /// Paid.
    Succeeded,
    /// The session's time is over.
    Expired,
    /// The session cannot be used.
    Broken {
        /// Why.
        code: ErrorCode,
    },
}

/// What came of the last try, for the payer to read above the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Notice {
    /// It failed.
    Failed(ErrorCode),
    /// The payer cancelled it.
    Canceled,
}

/// How far the payer has come to the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    /// A window is being opened without a new press.
    Opening,
    /// A button offers to open it.
    Offered,
    /// It was opened; the server has not seen its page yet.
    Waiting {
        /// Whether the browser gave us a handle. None proves nothing: a merchant page with COOP gets none for a
        /// window that did open.
        handle: bool,
    },
    /// The server has seen its page: the payer is at the bank.
    Open,
    /// It seems closed. Only seems: a bank with COOP makes an open window look closed.
    Left {
        /// Whether this document can show it again. The way to the bank is given out once: what an earlier document laid over
        /// the page, or left the page for, is gone with it; a window of its own may still be there.
        again: bool,
    },
    /// The whole page is on its way to the bank.
    Redirecting,
    /// The page lays the bank's page over itself; the server has not seen it yet.
    Presenting,
}

/// What a payer who leaves a challenge wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Towards {
    /// The form again.
    TryAgain,
    /// Nothing more.
    Cancel,
}

/// What the server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Facts {
    /// Where the session stands.
    pub status: SessionStatus,
    /// Rises with every change.
    pub version: u64,
    /// The newest attempt.
    pub attempt: Option<(AttemptRef, Fact)>,
}

/// Where an attempt stands, by the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "as in `Outcome`")]
pub enum Fact {
    Processing,
    Fingerprint {
        challenge: ChallengeId,
    },
    RequiresAction {
        challenge: ChallengeId,
        opened: bool,
    },
    Succeeded,
    Failed {
        code: ErrorCode,
    },
    Abandoned,
    Unknown,
}

impl From<&Outcome> for Fact {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Processing => Self::Processing,
            // A challenge whose id we cannot read cannot be opened; the server will end it.
            Outcome::RequiresAction { challenge } => match (challenge.id.parse(), challenge.kind) {
                (Ok(id), ChallengeKind::Fingerprint) => Self::Fingerprint { challenge: id },
                (Ok(id), ChallengeKind::Challenge | ChallengeKind::Redirect) => {
                    Self::RequiresAction {
                        challenge: id,
                        opened: challenge.opened,
                    }
                }
                (Err(_), _) => Self::Unknown,
            },
            Outcome::Succeeded => Self::Succeeded,
            Outcome::Failed { code, .. } => Self::Failed { code: *code },
            Outcome::Abandoned => Self::Abandoned,
            Outcome::Unknown => Self::Unknown,
        }
    }
}

impl From<&SessionView> for Facts {
    fn from(view: &SessionView) -> Self {
        Self {
            status: view.status,
            version: view.version,
            attempt: view.last_attempt.as_ref().and_then(|attempt| {
                let id = AttemptRef::from_text(&attempt.attempt_id)?;
                Some((id, Fact::from(&attempt.outcome)))
            }),
        }
    }
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// The client secret opened the session.
    Attached(Facts),
    /// The payer came back to this page from the bank, and the page has not heard how that ended.
    Returned,
    /// It did not.
    AttachRefused(ErrorCode),
    /// The payer pressed Pay, and there is a card to pay with.
    Pay(AttemptRef),
    /// The server answered the confirmation.
    Answered(AttemptRef, Fact),
    /// The server refused it, or the card could not be encrypted: there is no such attempt.
    Refused(AttemptRef, ErrorCode),
    /// The confirmation's answer got lost.
    Unanswered(AttemptRef),
    /// News by the long poll, or an answer to a question.
    Heard(Facts),
    /// The hidden frame cannot be shown, as on pages that isolate themselves.
    FingerprintNotShown,
    /// The hidden frame had its time.
    FingerprintTimeUp,
    /// A window was tried without a new press.
    WindowTried {
        /// What its page carries.
        nonce: Nonce,
        /// Whether the browser gave a handle.
        handle: bool,
    },
    /// The payer pressed *Continue to your bank*, which opened a window first of all.
    ContinuePressed {
        /// What its page carries.
        nonce: Nonce,
        /// Whether the browser gave a handle.
        handle: bool,
    },
    /// The payer pressed *Continue to your bank*, and the surface needs no window.
    Continued,
    /// The page did not lay the bank's page over itself.
    PresentingRefused,
    /// The start page had its time to report.
    OpeningTimeUp,
    /// The handle says the window is closed, or the payer closed what was laid over the page.
    WindowClosed,
    /// The page did not go to the bank.
    NavigationRefused,
    /// The way to the bank could not be made known, or the page does not answer.
    NavigationFailed,
    /// The page came back from the back-forward cache, was shown again, or the network returned.
    Nudged {
        /// From the back-forward cache, so that a redirect is over.
        persisted: bool,
    },
    /// The bank had its ten minutes.
    BankTimeUp,
    /// The payer gives up the challenge.
    GiveUp(Towards),
    /// The server agreed that the attempt is abandoned.
    LeaveAccepted(AttemptRef),
    /// It is too late to leave.
    LeaveRefused(AttemptRef),
    /// The answer to leaving got lost.
    LeaveUnanswered(AttemptRef),
    /// The session's time is over by our clock.
    DeadlinePassed,
    /// The page asked to cancel.
    CancelAsked,
    /// The page chose another surface for challenges.
    SurfaceChosen(SurfaceKind),
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Confirm with the card that the payer typed or chose.
    Confirm(AttemptRef),
    /// Send the same confirmation again, after a pause.
    ConfirmAgain(AttemptRef),
    /// Keep a long poll running.
    Poll,
    /// End it.
    StopPolling,
    /// Ask the server at once.
    AskNow,
    /// Show the start page in a hidden frame, or report that it cannot be shown.
    PresentHidden(ChallengeId),
    /// Report when the hidden frame had its time: a little more than its page gives the bank.
    WaitForFingerprint,
    /// Tell the server to go on without the bank's look at the browser.
    SkipFingerprint(ChallengeId),
    /// Open a window now, and report it.
    TryWindow(ChallengeId),
    /// Tell the server which surface and nonce count.
    TakeSurface(ChallengeId, SurfaceKind, Nonce),
    /// Report when the start page should have been seen.
    WaitForOpening {
        /// Longer when there is a live handle.
        handle: bool,
    },
    /// Report when the bank's time is over.
    WaitForBank,
    /// Close the window, or what was laid over the page, if there is one.
    CloseWindow,
    /// Take the inline surface and ask the page to lay the bank's page over itself.
    Present(ChallengeId),
    /// Take the redirect surface and ask the page to go there.
    GoToBank(ChallengeId),
    /// Tell the server that the payer left the challenge.
    Leave(AttemptRef),
    /// Tell the page.
    Announce(Announcement),
}

/// What the page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Announcement {
    /// An attempt began.
    Started(AttemptRef),
    /// The issuer wants the payer.
    Challenge(AttemptRef),
    /// Ending: paid.
    Completed,
    /// Ending: this attempt failed.
    Failed(ErrorCode),
    /// Ending: the payer cancelled.
    Canceled,
    /// Ending that another may follow.
    Pending,
    /// The session cannot go on without the page; also the ending of an attempt that is under way.
    SessionError(ErrorCode),
}

type Next = (Checkout, Vec<Effect>);

impl Checkout {
    /// Before anything happened.
    pub const NEW: Self = Self {
        phase: Phase::Loading,
        version: 0,
        surface: SurfaceKind::Popup,
    };

    /// The state after `event`, and what is to be done. An event that does not fit changes nothing.
    #[must_use]
    pub fn after(self, event: Event) -> Next {
        match event {
            Event::Attached(facts) => self.attached(facts),
            Event::Returned => match self.phase {
                // Every other ending was announced when it was attached.
                Phase::Ready {
                    notice: Some(Notice::Failed(code)),
                } => (self, vec![announce(Announcement::Failed(code))]),
                _ => self.unchanged(),
            },
            Event::AttachRefused(code) => self.attach_refused(code),
            Event::Pay(attempt) => self.pay(attempt),
            Event::Answered(attempt, fact) => self.answered(attempt, fact),
            Event::Refused(attempt, code) => self.refused(attempt, code),
            Event::Unanswered(attempt) => match self.phase {
                Phase::Submitting { attempt: ours } if ours == attempt => {
                    (self, vec![Effect::ConfirmAgain(attempt), Effect::Poll])
                }
                _ => self.unchanged(),
            },
            Event::Heard(facts) => self.heard(facts),
            Event::FingerprintNotShown | Event::FingerprintTimeUp => match self.phase {
                Phase::Fingerprinting { challenge, .. } => {
                    (self, vec![Effect::SkipFingerprint(challenge)])
                }
                _ => self.unchanged(),
            },
            Event::WindowTried { nonce, handle } => self.window_tried(nonce, handle),
            Event::ContinuePressed { nonce, handle } => self.continue_pressed(nonce, handle),
            Event::Continued => self.continued(),
            Event::PresentingRefused => self.presenting_refused(),
            Event::OpeningTimeUp => self.opening_time_up(),
            Event::WindowClosed => self.window_closed(),
            Event::NavigationRefused => self.navigation_refused(),
            Event::NavigationFailed => self.with_window(
                |window| matches!(window, Window::Redirecting),
                Window::Offered,
                vec![],
            ),
            Event::Nudged { persisted } => self.nudged(persisted),
            Event::BankTimeUp => self.bank_time_up(),
            Event::GiveUp(towards) => self.give_up(towards),
            Event::LeaveAccepted(attempt) => self.leave_accepted(attempt),
            Event::LeaveRefused(attempt) => self.leave_refused(attempt),
            Event::LeaveUnanswered(attempt) => self.leave_unanswered(attempt),
            Event::DeadlinePassed => match self.phase {
                Phase::Ready { .. } | Phase::Loading => (self, vec![Effect::AskNow]),
                _ => self.unchanged(),
            },
            Event::CancelAsked => match self.phase {
                Phase::Ready { .. } => (self, vec![announce(Announcement::Canceled)]),
                _ => self.give_up(Towards::Cancel),
            },
            Event::SurfaceChosen(surface) => (Self { surface, ..self }, vec![]),
        }
    }

    /// Whether the page's wish to cancel would be followed.
    #[must_use]
    pub const fn may_cancel(&self) -> bool {
        matches!(self.phase, Phase::Ready { .. } | Phase::Challenging { .. })
    }

    /// Whether another session may take this one's place, as far as is known here: this one's time is over, or it is not
    /// open. The server says whether it may be opened any more: a frame that was loaded again shows the document of a session
    /// whose time is over, and the page has the secret of the one that took its place.
    #[must_use]
    pub const fn may_change_session(&self) -> bool {
        matches!(
            self.phase,
            Phase::Loading | Phase::Expired | Phase::Broken { .. }
        )
    }

    /// The phase as the page knows it.
    #[must_use]
    pub const fn phase_name(&self) -> PhaseName {
        match self.phase {
            Phase::Loading => PhaseName::Loading,
            Phase::Ready { .. } => PhaseName::Ready,
            Phase::Submitting { .. } => PhaseName::Submitting,
            Phase::Challenging { .. } | Phase::Leaving { .. } => PhaseName::Challenging,
            Phase::Fingerprinting { .. } | Phase::Processing { .. } => PhaseName::Processing,
            Phase::Unknown { .. } => PhaseName::Unknown,
            Phase::Succeeded => PhaseName::Succeeded,
            Phase::Expired => PhaseName::Expired,
            Phase::Broken { .. } => PhaseName::Broken,
        }
    }

    /// The attempt that is under way.
    #[must_use]
    pub const fn attempt(&self) -> Option<AttemptRef> {
        match self.phase {
            Phase::Submitting { attempt }
            | Phase::Fingerprinting { attempt, .. }
            | Phase::Challenging { attempt, .. }
            | Phase::Leaving { attempt, .. }
            | Phase::Processing { attempt }
            | Phase::Unknown { attempt } => Some(attempt),
            Phase::Loading
            | Phase::Ready { .. }
            | Phase::Succeeded
            | Phase::Expired
            | Phase::Broken { .. } => None,
        }
    }

    fn unchanged(self) -> Next {
        (self, vec![])
    }

    fn to(self, phase: Phase, effects: Vec<Effect>) -> Next {
        (Self { phase, ..self }, effects)
    }

    fn attached(self, facts: Facts) -> Next {
        match self.phase {
            // A new secret may open another session, whose versions start anew.
            Phase::Loading | Phase::Ready { .. } | Phase::Expired | Phase::Broken { .. } => Self {
                version: facts.version,
                ..self
            }
            .resumed(facts),
            Phase::Submitting { .. }
            | Phase::Fingerprinting { .. }
            | Phase::Challenging { .. }
            | Phase::Leaving { .. }
            | Phase::Processing { .. }
            | Phase::Unknown { .. }
            | Phase::Succeeded => self.heard(facts),
        }
    }

    fn attach_refused(self, code: ErrorCode) -> Next {
        match self.phase {
            Phase::Loading | Phase::Expired | Phase::Broken { .. } => self.to(
                Phase::Broken { code },
                vec![announce(Announcement::SessionError(code))],
            ),
            _ => self.unchanged(),
        }
    }

    /// Where a frame stands that has no attempt of its own: what an earlier document or another tab began goes on.
    fn resumed(self, facts: Facts) -> Next {
        match (facts.status, facts.attempt) {
            (SessionStatus::Complete, _) => self.completed(),
            (SessionStatus::Expired, _) => self.expired(),
            (SessionStatus::Open, Some((attempt, Fact::RequiresAction { challenge, opened }))) => {
                // Never opened by itself: after Back that would bounce the payer forward for ever.
                let window = if opened {
                    self.left_by_another()
                } else {
                    Window::Offered
                };
                self.to(
                    Phase::Challenging {
                        attempt,
                        challenge,
                        window,
                    },
                    vec![Effect::Poll, Effect::WaitForBank],
                )
            }
            (SessionStatus::Open, Some((attempt, Fact::Fingerprint { challenge }))) => {
                self.fingerprinted(attempt, challenge, false)
            }
            (SessionStatus::Open, Some((attempt, Fact::Processing | Fact::Succeeded))) => self.to(
                Phase::Processing { attempt },
                vec![Effect::Poll, Effect::WaitForBank],
            ),
            (SessionStatus::Open, Some((attempt, Fact::Unknown))) => self.to(
                Phase::Unknown { attempt },
                vec![Effect::Poll, announce(Announcement::Pending)],
            ),
            (SessionStatus::Open, Some((_, Fact::Failed { code }))) => self.to(
                Phase::Ready {
                    notice: Some(Notice::Failed(code)),
                },
                vec![],
            ),
            (SessionStatus::Open, Some((_, Fact::Abandoned)) | None) => {
                self.to(Phase::Ready { notice: None }, vec![])
            }
        }
    }

    fn pay(self, attempt: AttemptRef) -> Next {
        match self.phase {
            Phase::Ready { .. } => self.to(
                Phase::Submitting { attempt },
                vec![
                    announce(Announcement::Started(attempt)),
                    Effect::Confirm(attempt),
                    Effect::WaitForBank,
                ],
            ),
            // A second press is the same attempt.
            _ => self.unchanged(),
        }
    }

    fn answered(self, attempt: AttemptRef, fact: Fact) -> Next {
        match self.phase {
            Phase::Submitting { attempt: ours } if ours == attempt => match fact {
                Fact::RequiresAction { challenge, .. } => self.challenged(attempt, challenge),
                Fact::Fingerprint { challenge } => self.fingerprinted(attempt, challenge, true),
                other => self.settled(attempt, other),
            },
            _ => self.unchanged(),
        }
    }

    /// The bank looks at the browser. A frame that was loaded again shows it again, which changes nothing.
    fn fingerprinted(self, attempt: AttemptRef, challenge: ChallengeId, pressed: bool) -> Next {
        self.to(
            Phase::Fingerprinting {
                attempt,
                challenge,
                pressed,
            },
            vec![
                Effect::Poll,
                Effect::WaitForBank,
                Effect::PresentHidden(challenge),
                Effect::WaitForFingerprint,
            ],
        )
    }

    /// A challenge that answers a press: the bank is opened at once where the browser lets us.
    fn challenged(self, attempt: AttemptRef, challenge: ChallengeId) -> Next {
        let (window, open) = self.opened(challenge);
        let mut effects = vec![
            announce(Announcement::Challenge(attempt)),
            Effect::Poll,
            Effect::WaitForBank,
        ];
        effects.extend(open);
        self.to(
            Phase::Challenging {
                attempt,
                challenge,
                window,
            },
            effects,
        )
    }

    /// How the surface is opened, without a press or after one that opened no window.
    fn opened(self, challenge: ChallengeId) -> (Window, Vec<Effect>) {
        match self.surface {
            SurfaceKind::Popup => (Window::Opening, vec![Effect::TryWindow(challenge)]),
            SurfaceKind::Redirect => (Window::Redirecting, vec![Effect::GoToBank(challenge)]),
            SurfaceKind::Inline => (
                Window::Presenting,
                vec![
                    Effect::Present(challenge),
                    Effect::WaitForOpening { handle: true },
                ],
            ),
        }
    }

    /// What an attempt that is under way has come to.
    fn settled(self, attempt: AttemptRef, fact: Fact) -> Next {
        match fact {
            Fact::Processing => self.to(
                Phase::Processing { attempt },
                vec![Effect::Poll, Effect::WaitForBank],
            ),
            Fact::Fingerprint { challenge } => self.fingerprinted(attempt, challenge, false),
            Fact::RequiresAction { challenge, opened } => {
                let window = if opened {
                    Window::Open
                } else {
                    Window::Offered
                };
                self.to(
                    Phase::Challenging {
                        attempt,
                        challenge,
                        window,
                    },
                    vec![
                        announce(Announcement::Challenge(attempt)),
                        Effect::Poll,
                        Effect::WaitForBank,
                    ],
                )
            }
            Fact::Succeeded => self.completed(),
            Fact::Failed { code } => self.failed(code),
            Fact::Abandoned => self.failed(ErrorCode::ChallengeAbandoned),
            Fact::Unknown => self.to(
                Phase::Unknown { attempt },
                vec![Effect::Poll, announce(Announcement::Pending)],
            ),
        }
    }

    fn completed(self) -> Next {
        self.to(
            Phase::Succeeded,
            vec![
                Effect::StopPolling,
                Effect::CloseWindow,
                announce(Announcement::Completed),
            ],
        )
    }

    fn failed(self, code: ErrorCode) -> Next {
        self.to(
            Phase::Ready {
                notice: Some(Notice::Failed(code)),
            },
            vec![
                Effect::StopPolling,
                Effect::CloseWindow,
                announce(Announcement::Failed(code)),
            ],
        )
    }

    fn expired(self) -> Next {
        self.to(
            Phase::Expired,
            vec![
                Effect::StopPolling,
                Effect::CloseWindow,
                announce(Announcement::SessionError(ErrorCode::SessionExpired)),
            ],
        )
    }

    fn refused(self, attempt: AttemptRef, code: ErrorCode) -> Next {
        match self.phase {
            Phase::Submitting { attempt: ours } if ours == attempt => match code {
                ErrorCode::SessionExpired => self.expired(),
                // Paid or expired meanwhile: the server knows which.
                ErrorCode::SessionNotOpen => self.to(
                    Phase::Processing { attempt },
                    vec![Effect::Poll, Effect::AskNow, Effect::WaitForBank],
                ),
                // Another tab's, which goes on here as well.
                ErrorCode::AttemptInProgress => {
                    let (next, mut effects) = self.failed(code);
                    effects.push(Effect::AskNow);
                    (next, effects)
                }
                other => self.failed(other),
            },
            _ => self.unchanged(),
        }
    }

    fn heard(self, facts: Facts) -> Next {
        if facts.version < self.version {
            return self.unchanged();
        }
        let now = Self {
            version: facts.version,
            ..self
        };
        match self.phase {
            Phase::Loading | Phase::Succeeded | Phase::Expired | Phase::Broken { .. } => {
                self.unchanged()
            }
            Phase::Ready { notice } => match facts {
                // An old failure is no news: what stands above the form stays.
                Facts {
                    status: SessionStatus::Open,
                    attempt: None | Some((_, Fact::Failed { .. } | Fact::Abandoned)),
                    ..
                } => now.to(Phase::Ready { notice }, vec![]),
                other => now.resumed(other),
            },
            Phase::Submitting { attempt }
            | Phase::Fingerprinting { attempt, .. }
            | Phase::Challenging { attempt, .. }
            | Phase::Leaving { attempt, .. }
            | Phase::Processing { attempt }
            | Phase::Unknown { attempt } => now.heard_of(attempt, facts),
        }
    }

    fn heard_of(self, attempt: AttemptRef, facts: Facts) -> Next {
        match (facts.status, facts.attempt) {
            (SessionStatus::Complete, _) => self.completed(),
            (SessionStatus::Expired, _) => self.expired(),
            (SessionStatus::Open, Some((newest, fact))) if newest == attempt => {
                self.heard_fact(attempt, fact)
            }
            (SessionStatus::Open, None | Some(_)) => match self.phase {
                // Our confirmation has not arrived yet; it goes on being sent.
                Phase::Submitting { .. } => self.unchanged(),
                // Another tab went on after ours was left.
                _ => self.failed(ErrorCode::ChallengeAbandoned),
            },
        }
    }

    fn heard_fact(self, attempt: AttemptRef, fact: Fact) -> Next {
        match (self.phase, fact) {
            // The confirmation itself will be answered, or sent again.
            (Phase::Submitting { .. }, Fact::Processing | Fact::Fingerprint { .. })
            | (Phase::Processing { .. }, Fact::Processing)
            // What the bank's look at the browser came to is with the acquirer.
            | (Phase::Fingerprinting { .. }, Fact::Processing | Fact::Fingerprint { .. })
            | (
                Phase::Unknown { .. },
                Fact::Unknown
                | Fact::Processing
                | Fact::Fingerprint { .. }
                | Fact::RequiresAction { .. },
            )
            // Old news: the bank has looked already.
            | (Phase::Challenging { .. }, Fact::Fingerprint { .. })
            | (
                Phase::Leaving { .. },
                Fact::RequiresAction { .. } | Fact::Processing | Fact::Fingerprint { .. },
            ) => self.unchanged(),
            (
                Phase::Fingerprinting { pressed: true, .. },
                Fact::RequiresAction {
                    challenge,
                    opened: false,
                },
            ) => self.challenged(attempt, challenge),
            (
                Phase::Challenging {
                    challenge, window, ..
                },
                Fact::RequiresAction { opened, .. },
            ) => match window {
                Window::Opening | Window::Offered | Window::Waiting { .. } | Window::Presenting
                    if opened =>
                {
                    self.to(
                        Phase::Challenging {
                            attempt,
                            challenge,
                            window: Window::Open,
                        },
                        vec![],
                    )
                }
                _ => self.unchanged(),
            },
            (Phase::Leaving { towards, .. }, Fact::Abandoned) => self.left(towards),
            (_, fact) => self.settled(attempt, fact),
        }
    }

    fn window_tried(self, nonce: Nonce, handle: bool) -> Next {
        let Phase::Challenging {
            challenge,
            window: Window::Opening,
            ..
        } = self.phase
        else {
            return self.unchanged();
        };
        let take = Effect::TakeSurface(challenge, SurfaceKind::Popup, nonce);
        if handle {
            self.in_window(
                Window::Waiting { handle },
                vec![take, Effect::WaitForOpening { handle }],
            )
        } else {
            // Refused, or opened behind a merchant's COOP: the button is there at once, and if the window did open
            // the server will say so.
            self.in_window(Window::Offered, vec![take])
        }
    }

    fn continue_pressed(self, nonce: Nonce, handle: bool) -> Next {
        let Phase::Challenging {
            challenge,
            window: Window::Offered | Window::Opening | Window::Waiting { .. },
            ..
        } = self.phase
        else {
            return self.unchanged();
        };
        self.in_window(
            Window::Waiting { handle },
            vec![
                Effect::TakeSurface(challenge, SurfaceKind::Popup, nonce),
                Effect::WaitForOpening { handle },
            ],
        )
    }

    fn continued(self) -> Next {
        match (self.phase, self.surface) {
            (
                Phase::Challenging {
                    challenge,
                    window: Window::Offered,
                    ..
                },
                SurfaceKind::Inline | SurfaceKind::Redirect,
            ) => {
                let (window, effects) = self.opened(challenge);
                self.in_window(window, effects)
            }
            _ => self.unchanged(),
        }
    }

    /// The next surface that works everywhere is a window; the browser may let us open it because of the press on Pay.
    fn presenting_refused(self) -> Next {
        let Phase::Challenging {
            challenge,
            window: Window::Presenting,
            ..
        } = self.phase
        else {
            return self.unchanged();
        };
        let next = Self {
            surface: SurfaceKind::Popup,
            ..self
        };
        let (window, effects) = next.opened(challenge);
        next.in_window(window, effects)
    }

    /// A page that stands in a frame itself cannot be replaced by the bank's; what lies over it can be shown there.
    fn navigation_refused(self) -> Next {
        let Phase::Challenging {
            challenge,
            window: Window::Redirecting,
            ..
        } = self.phase
        else {
            return self.unchanged();
        };
        let next = Self {
            surface: SurfaceKind::Inline,
            ..self
        };
        let (window, effects) = next.opened(challenge);
        next.in_window(window, effects)
    }

    fn opening_time_up(self) -> Next {
        match self.phase {
            // Something keeps the page's frame from loading: a window is offered instead.
            Phase::Challenging {
                window: Window::Presenting,
                ..
            } => Self {
                surface: SurfaceKind::Popup,
                ..self
            }
            .in_window(Window::Offered, vec![Effect::CloseWindow, Effect::AskNow]),
            Phase::Challenging {
                challenge,
                window: Window::Waiting { handle: false },
                ..
            } => self.in_window(Window::Redirecting, vec![Effect::GoToBank(challenge)]),
            Phase::Challenging {
                window: Window::Waiting { handle: true },
                ..
            } => self.in_window(Window::Offered, vec![Effect::AskNow]),
            _ => self.unchanged(),
        }
    }

    fn window_closed(self) -> Next {
        match self.phase {
            // Its page was never seen: opened and shut by a blocker, or closed before it loaded.
            Phase::Challenging {
                window: Window::Waiting { .. } | Window::Presenting,
                ..
            } => self.in_window(Window::Offered, vec![Effect::AskNow]),
            Phase::Challenging {
                window: Window::Open,
                ..
            } => self.in_window(Window::Left { again: true }, vec![Effect::AskNow]),
            _ => self.unchanged(),
        }
    }

    fn nudged(self, persisted: bool) -> Next {
        match self.phase {
            Phase::Challenging {
                window: Window::Redirecting,
                ..
            // There is no window to bring to the front, and the page's own way there was taken.
            } if persisted => self.in_window(
                Window::Left { again: false },
                vec![Effect::Poll, Effect::AskNow],
            ),
            Phase::Fingerprinting { .. }
            | Phase::Challenging { .. }
            | Phase::Leaving { .. }
            | Phase::Processing { .. }
            | Phase::Unknown { .. }
            | Phase::Submitting { .. } => (self, vec![Effect::Poll, Effect::AskNow]),
            Phase::Ready { .. } => (self, vec![Effect::AskNow]),
            Phase::Loading | Phase::Succeeded | Phase::Expired | Phase::Broken { .. } => {
                self.unchanged()
            }
        }
    }

    fn bank_time_up(self) -> Next {
        match self.phase {
            Phase::Submitting { attempt }
            | Phase::Fingerprinting { attempt, .. }
            | Phase::Challenging { attempt, .. }
            | Phase::Processing { attempt } => self.to(
                Phase::Unknown { attempt },
                vec![Effect::Poll, announce(Announcement::Pending)],
            ),
            _ => self.unchanged(),
        }
    }

    fn give_up(self, towards: Towards) -> Next {
        match self.phase {
            Phase::Challenging {
                attempt, challenge, ..
            } => self.to(
                Phase::Leaving {
                    attempt,
                    challenge,
                    towards,
                },
                vec![Effect::Leave(attempt)],
            ),
            _ => self.unchanged(),
        }
    }

    fn leave_accepted(self, attempt: AttemptRef) -> Next {
        match self.phase {
            Phase::Leaving {
                attempt: ours,
                towards,
                ..
            } if ours == attempt => self.left(towards),
            _ => self.unchanged(),
        }
    }

    fn left(self, towards: Towards) -> Next {
        let (notice, announcement) = match towards {
            Towards::TryAgain => (None, Announcement::Failed(ErrorCode::ChallengeAbandoned)),
            Towards::Cancel => (Some(Notice::Canceled), Announcement::Canceled),
        };
        self.to(
            Phase::Ready { notice },
            vec![
                Effect::StopPolling,
                Effect::CloseWindow,
                announce(announcement),
            ],
        )
    }

    fn leave_refused(self, attempt: AttemptRef) -> Next {
        match self.phase {
            // The bank's time may have run out meanwhile, which nobody heard.
            Phase::Leaving { attempt: ours, .. } if ours == attempt => self.to(
                Phase::Processing { attempt },
                vec![Effect::Poll, Effect::AskNow, Effect::WaitForBank],
            ),
            _ => self.unchanged(),
        }
    }

    fn leave_unanswered(self, attempt: AttemptRef) -> Next {
        match self.phase {
            Phase::Leaving {
                attempt: ours,
                challenge,
                ..
            } if ours == attempt => self.to(
                Phase::Challenging {
                    attempt,
                    challenge,
                    window: self.left_by_another(),
                },
                vec![Effect::Poll, Effect::AskNow, Effect::WaitForBank],
            ),
            _ => self.unchanged(),
        }
    }

    /// The bank was opened, and what it was opened with is not known here any more.
    const fn left_by_another(self) -> Window {
        Window::Left {
            again: matches!(self.surface, SurfaceKind::Popup),
        }
    }

    fn in_window(self, window: Window, effects: Vec<Effect>) -> Next {
        self.with_window(|_| true, window, effects)
    }

    fn with_window(
        self,
        applies: impl Fn(Window) -> bool,
        next: Window,
        effects: Vec<Effect>,
    ) -> Next {
        match self.phase {
            Phase::Challenging {
                attempt,
                challenge,
                window,
            } if applies(window) => self.to(
                Phase::Challenging {
                    attempt,
                    challenge,
                    window: next,
                },
                effects,
            ),
            _ => self.unchanged(),
        }
    }
}

const fn announce(announcement: Announcement) -> Effect {
    Effect::Announce(announcement)
}
