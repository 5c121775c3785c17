//! The states of one try at the acquirer. Both sides name them; the server alone applies them to money.

use serde::{Deserialize, Serialize};

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Sent to the acquirer, or about to be: its outcome is not known here.
    Calling,
    /// The issuer wants the payer: a 3-D Secure challenge is open.
    ActionRequired,
    /// The acquirer approved. Final.
    Authorised,
    /// The acquirer or issuer refused. Final.
    Declined,
    /// The acquirer gave no usable answer in time; only it or an operator can settle this.
    Unknown,
    /// The payer left the challenge; its result is not wanted any more. Final.
    Abandoned,
}

/// What can happen to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// The acquirer approved.
    Approved,
    /// The acquirer or issuer refused.
    Refused,
    /// The issuer asks for a challenge.
    ChallengeAsked,
    /// The challenge came back and its result goes to the acquirer.
    ChallengeReturned,
    /// The payer gave up the challenge.
    Left,
    /// No usable answer within the time limit.
    NoNews,
}

/// An event that the state does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an attempt that is {state:?} does not take {event:?}")]
pub struct Refused {
    /// Where the attempt stands, unchanged.
    pub state: State,
    /// What was refused.
    pub event: Event,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Calling,
        Self::ActionRequired,
        Self::Authorised,
        Self::Declined,
        Self::Unknown,
        Self::Abandoned,
    ];

    /// Its name in the database and in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Calling => "calling",
            Self::ActionRequired => "action_required",
            Self::Authorised => "authorised",
            Self::Declined => "declined",
            Self::Unknown => "unknown",
            Self::Abandoned => "abandoned",
        }
    }

    /// The state that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether it may still charge the payer, so that no other attempt on the payment may begin.
    #[must_use]
    pub const fn is_live(self) -> bool {
        match self {
            Self::Calling | Self::ActionRequired | Self::Unknown => true,
            Self::Authorised | Self::Declined | Self::Abandoned => false,
        }
    }

    /// The state after `event`. An event that already took effect changes nothing.
    ///
    /// # Errors
    ///
    /// [`Refused`]: among others an approval of an attempt that is declined or abandoned, which the caller must undo
    /// at the acquirer, and a refusal of one that is authorised, which changes nothing.
    pub const fn after(self, event: Event) -> Result<Self, Refused> {
        match (self, event) {
            (
                Self::Calling | Self::ActionRequired | Self::Unknown | Self::Authorised,
                Event::Approved,
            ) => Ok(Self::Authorised),
            (
                Self::Calling | Self::ActionRequired | Self::Unknown | Self::Declined,
                Event::Refused,
            ) => Ok(Self::Declined),
            (Self::Calling | Self::ActionRequired | Self::Unknown, Event::ChallengeAsked) => {
                Ok(Self::ActionRequired)
            }
            (Self::ActionRequired, Event::ChallengeReturned) => Ok(Self::Calling),
            (Self::ActionRequired | Self::Abandoned, Event::Left) => Ok(Self::Abandoned),
            (Self::Calling | Self::Unknown, Event::NoNews) => Ok(Self::Unknown),
            (state, event) => Err(Refused { state, event }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [Event; 6] = [
        Event::Approved,
        Event::Refused,
        Event::ChallengeAsked,
        Event::ChallengeReturned,
        Event::Left,
        Event::NoNews,
    ];

    #[test]
    fn an_attempt_that_ended_keeps_its_ending() {
        for state in State::ALL.into_iter().filter(|state| !state.is_live()) {
            for event in EVENTS {
                assert_eq!(
                    state.after(event).unwrap_or(state),
                    state,
                    "{state:?} {event:?}"
                );
            }
        }
    }

    #[test]
    fn only_an_approval_authorises() {
        for state in State::ALL
            .into_iter()
            .filter(|state| *state != State::Authorised)
        {
            for event in EVENTS.into_iter().filter(|event| *event != Event::Approved) {
                assert_ne!(
                    state.after(event),
                    Ok(State::Authorised),
                    "{state:?} {event:?}"
                );
            }
        }
    }

    #[test]
    fn a_challenge_that_was_left_takes_no_result() {
        for event in [Event::Approved, Event::Refused, Event::ChallengeReturned] {
            assert!(State::Abandoned.after(event).is_err());
        }
    }

    #[test]
    fn names_are_read_again() {
        for state in State::ALL {
            assert_eq!(State::from_text(state.as_str()), Some(state));
        }
    }
}
