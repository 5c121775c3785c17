//! Every message between the merchant's page and the checkout frame.
//!
//! Windows exchange only the handshake: `hello` from the frame, `connect` (with a transferred port) from the page, and
//! `discover` for a frame that the merchant wrote itself. Everything else is JSON-RPC 2.0 on the port: calls with an
//! id are requests and are answered, calls without one are notifications. Outcomes of business are results; errors of
//! JSON-RPC are for the transport. Unknown fields and notifications are ignored. Version 1 only grows.
//!
//! The TypeScript of these types is generated (`tests/typescript.rs`).

use serde::{Deserialize, Serialize};

use crate::api::session_view::{SurfaceKind, WindowSize};
use crate::card::brand::Brand;
use crate::error_code::{ErrorCode, ErrorType};
use crate::secret_text::SecretText;

/// The version of this protocol.
pub const VERSION: u32 = 1;

/// A message between windows; `event.origin`, `event.source` and the instance are checked before anything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(tag = "borga", rename_all = "lowercase")]
pub enum WindowMessage {
    /// Frame → page: the frame is there and waits for `connect`.
    Hello {
        /// The element's instance id, from the frame's URL fragment; one of its own when the merchant wrote the frame.
        instance: String,
        /// Made anew by every document of the frame; `connect` repeats it.
        nonce: String,
        /// Protocol versions the frame speaks.
        versions: Vec<u32>,
        /// Which build of the frame this is.
        build: String,
    },
    /// Page → frame, with a transferred port.
    Connect {
        /// From `hello`.
        instance: String,
        /// From `hello`.
        nonce: String,
        /// The version that the page chose.
        version: u32,
    },
    /// Page → frame: say hello again.
    Discover,
    /// Popup → frame: the bank is done; ask the server.
    Hint,
}

/// What the page calls on the frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(tag = "method", content = "params")]
pub enum PageCall {
    /// Request, answered with [`Attached`]: hands over the client secret.
    #[serde(rename = "session.attach")]
    SessionAttach {
        /// `pcs_…`
        #[cfg_attr(feature = "schema", ts(type = "string"))]
        client_secret: SecretText,
        /// Whether the payer came back to this page from the bank, so that it has not heard yet how that ended.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "schema", ts(optional, as = "Option<bool>"))]
        returned: bool,
    },
    /// Request, answered with [`OptionsApplied`]: applies what changed.
    #[serde(rename = "options.update")]
    OptionsUpdate {
        /// BCP 47.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        locale: Option<String>,
        /// Light, dark or the payer's own setting.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        theme: Option<Theme>,
        /// Where the bank is shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        three_ds: Option<SurfaceKind>,
        /// The look of the form as JSON of [`Appearance`](crate::appearance::Appearance), which the server judges together
        /// with `theme`. It is taken whole: what is absent in it goes back to the theme's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        appearance: Option<String>,
    },
    /// Request, answered with a [`Snapshot`]: as if the payer had pressed Pay.
    #[serde(rename = "payment.submit")]
    PaymentSubmit,
    /// Request, answered with [`Canceled`].
    #[serde(rename = "payment.cancel")]
    PaymentCancel,
    /// Request: puts the focus into the first field that needs the payer.
    #[serde(rename = "field.focus")]
    FieldFocus,
    /// Notification: the page was hidden, shown, or restored by the back-forward cache.
    #[serde(rename = "host.visibility")]
    HostVisibility {
        /// Whether the page is hidden now.
        hidden: bool,
        /// Whether it came back from the back-forward cache.
        persisted: bool,
    },
    /// Notification: the payer closed what the page had laid over itself.
    #[serde(rename = "challenge.closed")]
    ChallengeClosed,
}

/// What the page tells the frame's boot script, which keeps it from the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(tag = "method", content = "params")]
pub enum BootCall {
    /// Notification: the client secret that `session.attach` will bring, so that the session is asked for while the
    /// program loads. A frame that does nothing with it goes on as without it.
    #[serde(rename = "session.offer")]
    SessionOffer {
        /// `pcs_…`; none while the page has none.
        #[cfg_attr(feature = "schema", ts(type = "string | null"))]
        client_secret: Option<SecretText>,
    },
}

/// What the frame calls on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(tag = "method", content = "params")]
pub enum FrameCall {
    /// Notification: the frame's program runs; the only sign of a successful load.
    #[serde(rename = "frame.ready")]
    FrameReady {
        /// Whether this is a test-mode session.
        test_mode: bool,
    },
    /// Notification: the whole state, after every change.
    #[serde(rename = "state.change")]
    StateChange(Snapshot),
    /// Notification: the height the frame needs, in CSS pixels; never 0.
    #[serde(rename = "layout.resize")]
    LayoutResize {
        /// CSS pixels.
        height: u32,
    },
    /// Request, answered with `{client_secret}`: a new secret is needed.
    #[serde(rename = "secret.request")]
    SecretRequest {
        /// Why.
        reason: ErrorCode,
    },
    /// Request, answered with `{accepted}`: the page checks the URL and goes there as a whole.
    #[serde(rename = "navigate.request")]
    NavigateRequest {
        /// A start page on the checkout's own origin.
        url: String,
    },
    /// Request, answered with `{url}`: the page's own URL without its fragment, for the way back from a redirect.
    #[serde(rename = "host.return_url")]
    HostReturnUrl,
    /// Request, answered with `{shown}`: the page lays a second frame with this page of ours over itself. Refused on pages
    /// that are isolated from other origins (COEP), where the bank's page could not load.
    #[serde(rename = "challenge.present")]
    ChallengePresent {
        /// A start page on the checkout's own origin.
        url: String,
        /// How large. Without a size it is hidden: the bank looks at the browser, and the payer has nothing to do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        size: Option<WindowSize>,
    },
    /// Notification: the page takes it away again.
    #[serde(rename = "challenge.dismiss")]
    ChallengeDismiss,
    /// Notification: the payer pressed Pay; an attempt has begun.
    #[serde(rename = "payment.started")]
    PaymentStarted {
        /// The frame's id of the attempt.
        attempt_id: String,
    },
    /// Notification: the issuer wants the payer.
    #[serde(rename = "payment.challenge")]
    PaymentChallenge {
        /// The frame's id of the attempt.
        attempt_id: String,
    },
    /// Notification, an ending: paid.
    #[serde(rename = "payment.completed")]
    PaymentCompleted {
        /// `ps_…`
        session_id: String,
        /// `pay_…`
        payment_id: String,
    },
    /// Notification, an ending: this attempt failed, the session goes on.
    #[serde(rename = "payment.failed")]
    PaymentFailed(Problem),
    /// Notification, an ending: the payer cancelled.
    #[serde(rename = "payment.canceled")]
    PaymentCanceled {
        /// `ps_…`
        session_id: String,
    },
    /// Notification, an ending that another may follow: the outcome is not known yet.
    #[serde(rename = "payment.pending")]
    PaymentPending {
        /// `ps_…`
        session_id: String,
        /// `pay_…`
        payment_id: String,
    },
    /// Notification: the session cannot go on as it is.
    #[serde(rename = "session.error")]
    SessionError(Problem),
}

/// The colours of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As the payer's system has it.
    #[default]
    Auto,
}

impl Theme {
    /// The theme that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        [Self::Light, Self::Dark, Self::Auto]
            .into_iter()
            .find(|theme| theme.as_str() == text)
    }

    /// Its name in attributes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }
}

/// Where the checkout stands, as a page may know it: never a digit of the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub struct Snapshot {
    /// What is going on.
    pub phase: PhaseName,
    /// Whether there is a card to pay with: every field is filled in and right, or a saved card is chosen.
    pub complete: bool,
    /// Whether every field is empty and no saved card is chosen.
    pub empty: bool,
    /// The brand of the number typed, once it is certain.
    pub brand: Option<Brand>,
    /// Fields that show a mistake.
    pub errors: Vec<FieldProblem>,
}

/// What is going on in the checkout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum PhaseName {
    /// No session yet.
    Loading,
    /// The payer can type and pay.
    Ready,
    /// The card is on its way.
    Submitting,
    /// The payer is wanted at the bank.
    Challenging,
    /// The acquirer is at work.
    Processing,
    /// Paid.
    Succeeded,
    /// The session's time is over.
    Expired,
    /// The outcome is not known yet.
    Unknown,
    /// The session cannot be used.
    Broken,
}

/// A field of the card form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The card number.
    Number,
    /// Month and year.
    Expiry,
    /// The security code.
    SecurityCode,
    /// The name on the card.
    Name,
    /// The payer's e-mail address, where the session asks for it.
    Email,
}

/// A mistake that a field shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub struct FieldProblem {
    /// Which field.
    pub field: Field,
    /// What is wrong with it.
    pub problem: FieldMistake,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FieldMistake {
    /// Nothing typed.
    Empty,
    /// More must follow.
    Incomplete,
    /// It cannot be right.
    Invalid,
    /// The card's month is over.
    Past,
}

/// An error as the page hears it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub struct Problem {
    /// What happened, by its stable name.
    pub code: ErrorCode,
    /// Who has to act.
    #[serde(rename = "type")]
    pub error_type: ErrorType,
    /// What happened and what to do, for developers.
    pub message: String,
    /// Whether the checkout cannot go on without the page's help.
    pub fatal: bool,
    /// Where it is documented.
    pub doc_url: String,
    /// The id of the request that failed, when one did.
    pub trace_id: Option<String>,
}

impl Problem {
    /// The catalogue's text for `code`, if it is one that a frame meets.
    #[must_use]
    pub fn new(code: ErrorCode, fatal: bool, trace_id: Option<String>) -> Self {
        Self {
            code,
            error_type: code.error_type(),
            message: text(code).to_owned(),
            fatal,
            doc_url: code.doc_url(),
            trace_id,
        }
    }
}

/// What a frame says of `code`. Most of the catalogue is answered to merchants' servers only, and a payer does not download
/// what their frame can never say.
const fn text(code: ErrorCode) -> &'static str {
    macro_rules! texts {
        ($($met:ident)+) => {
            match code {
                $(ErrorCode::$met => const { ErrorCode::$met.text() },)+
                _ => "The checkout met an error that is not its own; the documentation says what it means.",
            }
        };
    }
    texts! {
        InvalidClientSecret SessionNotFound SessionNotOpen SessionExpired CustomerEmailLocked
        AttemptInProgress TooManyAttempts TooLate ChallengeNotFound ChallengeMoved InvalidCardData
        PaymentMethodNotUsable RateLimited TryAgain InternalError
        CardDeclined InsufficientFunds LostCard StolenCard ExpiredCard IncorrectCvc IncorrectNumber
        CardNotSupported VelocityExceeded IssuerUnavailable ProcessingError AuthenticationRequired
        AuthenticationFailed AuthenticationRejected AuthenticationUnavailable AuthenticationCancelled
        ChallengeAbandoned TestmodeUseTestCard
        WasmFailed EncryptionFailed NetworkError
    }
}

/// The answer to `session.attach`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum Attached {
    /// The session is there.
    State {
        /// Where it stands.
        state: Snapshot,
    },
    /// It is not, and why; `session.error` says the same to listeners.
    Refused(Problem),
}

/// The answer to `options.update`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub struct OptionsApplied {
    /// Names of the options that were set.
    pub applied: Vec<String>,
    /// What was not taken as it was said, why, and what to do; for developers.
    pub warnings: Vec<String>,
}

/// The answer to `payment.cancel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub struct Canceled {
    /// Whether it is being cancelled; `false` when the acquirer already has the card.
    pub accepted: bool,
}

/// The answer to `secret.request`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub struct NewSecret {
    /// `pcs_…`
    pub client_secret: String,
}

/// The answer to `navigate.request`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub struct Navigating {
    /// Whether the page is going there.
    pub accepted: bool,
}

/// The answer to `challenge.present`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub struct Presented {
    /// Whether the page shows it.
    pub shown: bool,
}

/// The answer to `host.return_url`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub struct ReturnUrl {
    /// The page's URL without its fragment.
    pub url: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_payer_and_a_browser_can_bring_about_is_told_in_its_own_words() {
        let told = |code| Problem::new(code, false, None).message;
        for code in ErrorCode::ALL {
            let is_met = code.error_type() == ErrorType::CardError;
            assert!(!is_met || told(*code) == code.text(), "{code:?}");
        }
        assert_eq!(
            told(ErrorCode::SessionExpired),
            ErrorCode::SessionExpired.text()
        );
        assert_ne!(
            told(ErrorCode::MissingApiKey),
            ErrorCode::MissingApiKey.text()
        );
    }
}
