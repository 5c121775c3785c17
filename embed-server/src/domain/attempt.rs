//! One try at the acquirer: what the frame is told of it.

use checkout_protocol::api::session_view::{AttemptView, ChallengeView, Outcome};
use checkout_protocol::api_key::Mode;
use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{
    AttemptId, ChallengeId, MerchantId, PaymentId, PaymentMethodId, SessionId,
};
use checkout_protocol::money::Money;
use checkout_protocol::timestamp::Timestamp;

use crate::domain::authentication::Authentication;
use crate::domain::bank_result::BankResult;

/// An attempt. Its id is the reference and idempotency key at the acquirer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// What it is to collect.
    pub payment_id: PaymentId,
    /// The payer's press that began it; none when the merchant's server charged a saved card.
    pub press: Option<Press>,
    /// The saved card that is charged; none for a typed one.
    pub payment_method: Option<PaymentMethodId>,
    /// Whether the payer let the merchant keep the typed card.
    pub save_card: bool,
    /// The attempt of the same session, mostly of the same press, that the issuer refused for want of authentication; this
    /// one is authenticated.
    pub retry_of: Option<AttemptId>,
    /// Where it stands.
    pub state: State,
    /// What the acquirer is asked for; what it answers is compared with it.
    pub amount: Money,
    /// The id that its challenge has or would have: it is part of the return URL, which goes out before we know.
    pub challenge_id: ChallengeId,
    /// The acquirer's own reference.
    pub acquirer_reference: Option<String>,
    /// Why it was declined.
    pub decline_code: Option<ErrorCode>,
    /// What the last step of 3-D Secure came back with.
    pub challenge_result: Option<BankResult>,
    /// What the acquirer says of its authentication.
    pub authentication: Option<Authentication>,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// Rises with every change of the row.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// One press of Pay.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Press {
    /// In which session.
    pub session_id: SessionId,
    /// The frame's id of it.
    pub client_attempt: String,
}

impl Attempt {
    /// The session in which it was made, if it was made in one.
    #[must_use]
    pub fn session_id(&self) -> Option<SessionId> {
        self.press.as_ref().map(|press| press.session_id)
    }

    /// What the frame is told. `challenge` is what is open while an action is required.
    #[must_use]
    pub fn outcome(&self, challenge: Option<ChallengeView>) -> Outcome {
        match (self.state, challenge) {
            (State::ActionRequired, Some(challenge)) => Outcome::RequiresAction { challenge },
            (State::Calling | State::ActionRequired, _) => Outcome::Processing,
            (State::Authorised, _) => Outcome::Succeeded,
            (State::Declined, _) => {
                let code = self.decline_code.unwrap_or(ErrorCode::CardDeclined);
                Outcome::Failed {
                    code,
                    retryable: code.is_retryable(),
                }
            }
            (State::Abandoned, _) => Outcome::Abandoned,
            (State::Unknown, _) => Outcome::Unknown,
        }
    }

    /// The same with the frame's id.
    #[must_use]
    pub fn view(&self, challenge: Option<ChallengeView>) -> AttemptView {
        AttemptView {
            attempt_id: self
                .press
                .as_ref()
                .map(|press| press.client_attempt.clone())
                .unwrap_or_default(),
            outcome: self.outcome(challenge),
        }
    }
}
