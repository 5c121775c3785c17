//! The card acquirer, in our words. An adapter translates; it decides nothing about payments.

use async_trait::async_trait;
use checkout_protocol::api::payment::PaidCard;
use checkout_protocol::api::session_view::Browser;
use checkout_protocol::card::brand::Brand;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{AttemptId, CustomerId, RefundId};
use checkout_protocol::money::Money;

use crate::domain::authentication::Authentication;
use crate::domain::bank_result::BankResult;
use crate::domain::card_envelope::CardEnvelope;
use crate::domain::challenge::{AcquirerData, Asked};
use crate::domain::refund::RefundEvent;

pub mod adyen;
pub mod observed;

/// A request to charge a card.
#[derive(Clone, Debug)]
pub struct Authorise {
    /// Reference and idempotency key at the acquirer.
    pub attempt: AttemptId,
    /// What to charge.
    pub amount: Money,
    /// Which card.
    pub card: Card,
    /// Where the bank's page returns to.
    pub return_url: String,
    /// The payer's browser; none when the merchant's server charges a saved card without the payer.
    pub payer: Option<Payer>,
    /// The payer's e-mail address, if known.
    pub email: Option<String>,
    /// How much authentication is asked for.
    pub authentication: AskFor,
}

/// How much authentication a charge asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskFor {
    /// What issuer and acquirer find right.
    AsNeeded,
    /// One in any case: the issuer refused the same payment for want of it.
    Always,
}

/// The card that is charged.
#[derive(Clone, Debug)]
pub enum Card {
    /// Typed by the payer; opaque to us.
    Typed {
        /// The encrypted card.
        envelope: CardEnvelope,
        /// The one of the card's two brands that the payer chose; `None` for a card with one.
        brand: Option<Brand>,
        /// For whom the acquirer keeps the card once it was charged, with the payer's consent.
        keep_for: Option<CustomerId>,
    },
    /// Kept by the acquirer since an earlier payment.
    Saved {
        /// Its name there.
        card: StoredCard,
        /// Its security code, typed anew; opaque to us.
        code: Option<CardEnvelope>,
    },
}

/// A card that the acquirer keeps.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredCard {
    /// The acquirer's name of it.
    pub token: String,
    /// Whose it is.
    pub customer: CustomerId,
}

impl std::fmt::Debug for StoredCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredCard")
            .field("customer", &self.customer)
            .finish_non_exhaustive()
    }
}

/// A payer who is present.
#[derive(Clone, Debug)]
pub struct Payer {
    /// Origin of the page that shows the form.
    pub origin: String,
    /// What 3-D Secure wants to know of the browser.
    pub browser: BrowserFacts,
}

/// Browser data of the authentication request: part from the form's script, part from the request itself.
#[derive(Clone, Debug)]
pub struct BrowserFacts {
    /// From the script.
    pub reported: Browser,
    /// `Accept` of the browser's own request.
    pub accept: String,
    /// `User-Agent` of the browser's own request.
    pub user_agent: String,
    /// Address of the browser, by the connection or a trusted proxy.
    pub address: Option<std::net::IpAddr>,
}

/// A request to go on with a charge after a step of its authentication.
#[derive(Clone, Debug)]
pub struct Finish {
    /// The attempt; its idempotency key is derived from it.
    pub attempt: AttemptId,
    /// What was to be charged, to compare.
    pub amount: Money,
    /// What came back.
    pub result: BankResult,
    /// What the acquirer wants to hear again with it.
    pub acquirer_data: AcquirerData,
}

/// What the acquirer says of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its own reference, when it gave one.
    pub acquirer_reference: Option<String>,
    /// What it decided.
    pub verdict: Verdict,
}

/// What the acquirer decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The money is collected.
    Authorised(Approval),
    /// It is not, and will not be by this attempt.
    Declined(ErrorCode),
    /// The issuer wants the payer, or a look at the payer's browser.
    Challenge(Asked),
    /// Nothing yet; a notification will tell.
    Pending,
    /// The answer is about another payment than the one that was asked about.
    Foreign(String),
    /// An answer that we cannot trust or do not understand. Never a success, never a decline.
    Unclear(String),
}

/// An approval, with what may be known of the card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approval {
    /// Brand and last four digits.
    pub card: PaidCard,
    /// The card as the acquirer keeps it, when it was asked to.
    pub kept: Option<KeptCard>,
    /// Last month and its year of the card that was charged, where the acquirer says it.
    pub expiry: Option<(u8, u16)>,
    /// How the payer was authenticated.
    pub authentication: Authentication,
}

/// What the acquirer says of a card that it keeps.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptCard {
    /// Its name of it.
    pub token: String,
    /// Its last month, 1 to 12.
    pub exp_month: Option<u8>,
    /// The year of its last month.
    pub exp_year: Option<u16>,
}

impl std::fmt::Debug for KeptCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptCard").finish_non_exhaustive()
    }
}

/// A request to give money back.
#[derive(Clone, Debug)]
pub struct GiveBack {
    /// Reference and idempotency key at the acquirer.
    pub refund: RefundId,
    /// The acquirer's reference of the charge.
    pub charge_reference: String,
    /// How much.
    pub amount: Money,
}

/// A call without a verdict.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The acquirer never saw it.
    #[error("the acquirer could not be reached: {0}")]
    NotSent(String),
    /// It may have taken effect: only the acquirer knows.
    #[error("the acquirer gave no answer: {0}")]
    NoAnswer(String),
    /// The acquirer had trouble and asks to send the same again, with the same idempotency key.
    #[error("the acquirer had trouble: {0}")]
    Trouble(String),
    /// The acquirer refused the request itself, so nothing was charged.
    #[error("the acquirer refused the request: {status} {code}")]
    Rejected {
        /// HTTP status.
        status: u16,
        /// The acquirer's own code.
        code: String,
    },
}

/// What a harmless call shows of the way to the acquirer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It answers and takes our key.
    Welcome,
    /// It answers and lacks the call that would have tried our key.
    Untried,
    /// It answers and refuses our key or account.
    KeyRefused(String),
    /// It answers and does not do what it was asked.
    Trouble(String),
    /// No answer.
    Unreachable(String),
}

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The acquirer's reference of what happened.
    pub acquirer_reference: String,
    /// Its name for what happened, for deduplication.
    pub event_code: String,
    /// Whether it succeeded.
    pub success: bool,
    /// What it means to us.
    pub news: News,
}

/// What a notification means to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A charge was authorised or refused.
    Authorisation {
        /// Which attempt.
        attempt: AttemptId,
        /// Authorised or declined; unclear when amount, currency or account differ from what is compared.
        verdict: Verdict,
        /// What the acquirer says was charged.
        amount: Option<Money>,
    },
    /// A refund succeeded or failed.
    Refund {
        /// Which refund.
        refund: RefundId,
        /// What became of it.
        event: RefundEvent,
        /// What the acquirer says was given back.
        amount: Option<Money>,
    },
    /// Nothing that this server acts on.
    Other,
}

/// Why notifications are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotificationError {
    /// Not the acquirer's format.
    #[error("is not a notification")]
    Malformed,
    /// The signature is missing or wrong.
    #[error("is not signed by the acquirer")]
    Signature,
}

/// What an acquirer's adapter can do.
#[async_trait]
pub trait Acquirer: Send + Sync {
    /// Charges a card. The same attempt sent twice is charged once.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    async fn authorise(&self, request: &Authorise) -> Result<Answer, CallError>;

    /// Goes on with a charge after a step of its authentication. The same result sent twice is charged once.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    async fn finish(&self, request: &Finish) -> Result<Answer, CallError>;

    /// Gives a charge back that must not stand. Asked twice, it is given back once.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    async fn reverse(&self, attempt: AttemptId, acquirer_reference: &str) -> Result<(), CallError>;

    /// Asks for a refund: its reference at the acquirer; the outcome comes by notification. Asked twice, it is given back
    /// once.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    async fn refund(&self, request: &GiveBack) -> Result<String, CallError>;

    /// Makes the acquirer forget a card. Also a success when it never knew it.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    async fn forget(&self, card: &StoredCard) -> Result<(), CallError>;

    /// Asks for something harmless, to see whether the acquirer would take a charge. Changes nothing there.
    async fn reach(&self) -> Reach;

    /// Reads and verifies notifications.
    ///
    /// # Errors
    ///
    /// [`NotificationError`]; then none of them may take effect.
    fn read_notifications(&self, body: &[u8]) -> Result<Vec<Notification>, NotificationError>;
}
