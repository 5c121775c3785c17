//! What came back of a step of 3-D Secure. It is only handed to the acquirer, whose answer decides: a browser can say
//! anything here.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;

use crate::domain::challenge::{ChallengeRequest, Step};
use crate::domain::trans_status::TransStatus;

/// Longest result that a bank's page may bring back.
pub const MAX_BYTES: usize = 16_384;

/// What came back, in the forms that exist.
#[derive(Clone, PartialEq, Eq)]
pub enum BankResult {
    /// By way of the acquirer's page: a text that only the acquirer understands.
    Redirect(String),
    /// The same of the first 3-D Secure.
    PaRes {
        /// `MD`.
        md: String,
        /// `PaRes`.
        pa_res: String,
    },
    /// The bank's look at the browser.
    Fingerprint(Completion),
    /// The payer's meeting with the bank, as the browser tells it.
    Challenge(TransStatus),
}

/// Whether the bank looked at the browser (EMV 3-D Secure: `threeDSCompInd`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// It said so.
    Completed,
    /// It did not in time, or could not be asked.
    NotCompleted,
    /// It wanted no look.
    NoMethod,
}

impl Completion {
    /// The standard's letter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "Y",
            Self::NotCompleted => "N",
            Self::NoMethod => "U",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Completed, Self::NotCompleted, Self::NoMethod]
            .into_iter()
            .find(|completion| completion.as_str() == text)
    }
}

impl std::fmt::Debug for BankResult {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Redirect(_) => f.write_str("Redirect(…)"),
            Self::PaRes { .. } => f.write_str("PaRes(…)"),
            Self::Fingerprint(completion) => write!(f, "Fingerprint({completion:?})"),
            Self::Challenge(status) => write!(f, "Challenge({status:?})"),
        }
    }
}

impl BankResult {
    /// As it is stored.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Redirect(result) => format!("redirect:{result}"),
            Self::PaRes { md, pa_res } => format!("pares:{}:{md}{pa_res}", md.len()),
            Self::Fingerprint(completion) => format!("fingerprint:{}", completion.as_str()),
            Self::Challenge(status) => format!("challenge:{}", status.as_str()),
        }
    }

    /// Reads it again. Before there were kinds it was the text of a redirect alone.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let read = match text.split_once(':') {
            Some(("redirect", result)) => Some(Self::Redirect(result.to_owned())),
            Some(("pares", rest)) => rest.split_once(':').and_then(|(length, both)| {
                let (md, pa_res) = both.split_at_checked(length.parse().ok()?)?;
                Some(Self::PaRes {
                    md: md.to_owned(),
                    pa_res: pa_res.to_owned(),
                })
            }),
            Some(("fingerprint", letter)) => Completion::from_text(letter).map(Self::Fingerprint),
            Some(("challenge", letter)) => TransStatus::from_text(letter).map(Self::Challenge),
            Some(_) | None => None,
        };
        read.unwrap_or_else(|| Self::Redirect(text.to_owned()))
    }

    /// Whether it is a result of this step. A look at the browser that is told late says nothing of the challenge.
    #[must_use]
    pub const fn is_of(&self, step: &Step) -> bool {
        match (self, step) {
            (Self::Redirect(_) | Self::PaRes { .. }, Step::Redirect(_))
            | (Self::Fingerprint(_), Step::Fingerprint { .. })
            | (Self::Challenge(_), Step::Challenge(_)) => true,
            (
                Self::Redirect(_) | Self::PaRes { .. },
                Step::Fingerprint { .. } | Step::Challenge(_),
            )
            | (Self::Fingerprint(_), Step::Challenge(_) | Step::Redirect(_))
            | (Self::Challenge(_), Step::Fingerprint { .. } | Step::Redirect(_)) => false,
        }
    }
}

/// What a browser brought to the return page. Anything may stand in it.
#[derive(Clone, Default)]
pub struct BroughtBack {
    /// `redirectResult`
    pub redirect_result: Option<String>,
    /// `cres`
    pub cres: Option<String>,
    /// `MD`
    pub md: Option<String>,
    /// `PaRes`
    pub pa_res: Option<String>,
}

impl BroughtBack {
    /// The same from a form's fields.
    pub fn from_fields<'a>(
        fields: impl Iterator<Item = (std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>)>,
    ) -> Self {
        let mut brought = Self::default();
        for (name, value) in fields {
            let place = match &*name {
                "redirectResult" => &mut brought.redirect_result,
                "cres" => &mut brought.cres,
                "MD" => &mut brought.md,
                "PaRes" => &mut brought.pa_res,
                _ => continue,
            };
            // The first of two counts, as it always did.
            if place.is_none() && (1..=MAX_BYTES).contains(&value.len()) && !value.contains('\0') {
                *place = Some(value.into_owned());
            }
        }
        brought
    }

    /// What it says of this step; none when it says nothing of it.
    #[must_use]
    pub fn result(self, step: &Step) -> Option<BankResult> {
        match step {
            Step::Fingerprint { .. } => None,
            Step::Challenge(request) => {
                challenge_result(&self.cres?, request).map(BankResult::Challenge)
            }
            Step::Redirect(_) => match (self.redirect_result, self.md, self.pa_res) {
                (Some(result), _, _) => Some(BankResult::Redirect(result)),
                (None, Some(md), Some(pa_res)) => Some(BankResult::PaRes { md, pa_res }),
                (None, _, _) => None,
            },
        }
    }
}

/// Banks write both alphabets, with padding and without.
fn decode(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let text = text.trim();
    let alphabet = if text.contains(['+', '/']) {
        &alphabet::STANDARD
    } else {
        &alphabet::URL_SAFE
    };
    GeneralPurpose::new(alphabet, LENIENT).decode(text).ok()
}

#[derive(Deserialize)]
struct CRes {
    #[serde(rename = "messageType")]
    message_type: Option<String>,
    #[serde(rename = "threeDSServerTransID")]
    transaction: Option<String>,
    #[serde(rename = "acsTransID")]
    acs_transaction: Option<String>,
    #[serde(rename = "transStatus")]
    trans_status: Option<String>,
}

/// The status of a challenge response for this very challenge. An error message, and a status that is none, say that the
/// meeting is over and nothing else.
fn challenge_result(cres: &str, request: &ChallengeRequest) -> Option<TransStatus> {
    let message: CRes = serde_json::from_slice(&decode(cres)?).ok()?;
    let ours = |id: Option<&str>, known: &str| id == Some(known);
    let transaction = ours(message.transaction.as_deref(), &request.transaction);
    let acs_transaction = ours(message.acs_transaction.as_deref(), &request.acs_transaction);
    match message.message_type.as_deref() {
        Some("CRes") if transaction && acs_transaction => Some(
            message
                .trans_status
                .as_deref()
                .and_then(TransStatus::from_text)
                .unwrap_or(TransStatus::Unavailable),
        ),
        Some("Erro") if transaction || acs_transaction => Some(TransStatus::Unavailable),
        Some(_) | None => None,
    }
}

/// Whether a bank says that it has looked at the browser for this transaction.
#[must_use]
pub fn is_method_done(three_ds_method_data: &str, transaction: &str) -> bool {
    #[derive(Deserialize)]
    struct Notification {
        #[serde(rename = "threeDSServerTransID")]
        transaction: String,
    }
    decode(three_ds_method_data)
        .and_then(|bytes| serde_json::from_slice::<Notification>(&bytes).ok())
        .is_some_and(|notification| notification.transaction == transaction)
}

#[cfg(test)]
mod tests;
