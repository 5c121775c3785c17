//! What Adyen asks of the payer's browser: the `action` of an answer. What cannot be carried out is nothing, so that it
//! is seen at once and not waited for.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::domain::challenge::{
    AcquirerData, Asked, BankVisit, ChallengeRequest, Step, VisitMethod,
};

/// As it comes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    #[serde(rename = "type")]
    kind: String,
    subtype: Option<String>,
    method: Option<String>,
    url: Option<String>,
    #[serde(default)]
    data: BTreeMap<String, String>,
    token: Option<String>,
    payment_data: Option<String>,
    authorisation_token: Option<String>,
}

#[derive(Deserialize)]
struct FingerprintToken {
    #[serde(rename = "threeDSServerTransID")]
    transaction: String,
    #[serde(rename = "threeDSMethodUrl", alias = "threeDSMethodURL")]
    url: Option<String>,
}

#[derive(Deserialize)]
struct ChallengeToken {
    #[serde(rename = "threeDSServerTransID")]
    transaction: String,
    #[serde(rename = "acsTransID")]
    acs_transaction: String,
    #[serde(rename = "acsURL")]
    url: String,
    #[serde(rename = "messageVersion")]
    version: String,
}

impl Action {
    /// The page that the payer is sent to.
    pub fn redirect(&self) -> Option<Asked> {
        let method = match (self.kind.as_str(), self.method.as_deref()) {
            ("redirect", Some("GET") | None) => VisitMethod::Get,
            ("redirect", Some("POST")) => VisitMethod::Post,
            _ => return None,
        };
        Some(self.asked(Step::Redirect(BankVisit {
            method,
            url: web_url(self.url.clone()?)?,
            fields: self.data.clone().into_iter().collect(),
        })))
    }

    /// The look at the browser.
    pub fn fingerprint(&self) -> Option<Asked> {
        let token: FingerprintToken = self.token("fingerprint")?;
        let url = match token.url.filter(|url| !url.is_empty()) {
            Some(url) => Some(web_url(url)?),
            None => None,
        };
        Some(self.asked(Step::Fingerprint {
            url,
            transaction: not_empty(token.transaction)?,
        }))
    }

    /// The payer's meeting with the bank.
    pub fn challenge(&self) -> Option<Asked> {
        let token: ChallengeToken = self.token("challenge")?;
        if self.authorisation_token.is_none() && self.payment_data.is_none() {
            return None;
        }
        Some(self.asked(Step::Challenge(ChallengeRequest {
            url: web_url(token.url)?,
            acs_transaction: not_empty(token.acs_transaction)?,
            transaction: not_empty(token.transaction)?,
            version: not_empty(token.version)?,
        })))
    }

    fn asked(&self, step: Step) -> Asked {
        Asked {
            step,
            acquirer_data: AcquirerData {
                payment_data: self.payment_data.clone(),
                authorisation_token: self.authorisation_token.clone(),
            },
        }
    }

    fn token<T: DeserializeOwned>(&self, subtype: &str) -> Option<T> {
        const LENIENT: GeneralPurposeConfig =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        if self.kind != "threeDS2" || self.subtype.as_deref() != Some(subtype) {
            return None;
        }
        let bytes = GeneralPurpose::new(&STANDARD, LENIENT)
            .decode(self.token.as_ref()?)
            .ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}

fn not_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn web_url(text: String) -> Option<String> {
    let url = url::Url::parse(&text).ok()?;
    matches!(url.scheme(), "https" | "http").then_some(text)
}
