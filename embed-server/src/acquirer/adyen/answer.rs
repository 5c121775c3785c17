//! What Adyen's answers mean. What is not understood is never a success and never a decline.

use std::collections::BTreeMap;

use checkout_protocol::api::payment::PaidCard;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::money::Money;
use serde::Deserialize;
use serde_json::Value;

use super::action::Action;
use super::refusal;
use super::result_code::ResultCode;
use super::wire_amount::WireAmount;
use crate::acquirer::{Answer, Approval, KeptCard, Verdict};
use crate::domain::authentication::{Authentication, Told, liability_shift, two_digits};
use crate::domain::challenge::Asked;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PaymentResponse {
    result_code: String,
    psp_reference: Option<String>,
    merchant_reference: Option<String>,
    amount: Option<WireAmount>,
    refusal_reason: Option<String>,
    refusal_reason_code: Option<String>,
    action: Option<Action>,
    #[serde(default)]
    additional_data: AdditionalData,
    payment_method: Option<PaymentMethod>,
    #[serde(rename = "threeDS2Result")]
    three_ds2_result: Option<ThreeDs2Result>,
}

/// A flat map beside an answer or a notification.
pub type AdditionalData = BTreeMap<String, Value>;

#[derive(Debug, Deserialize)]
struct PaymentMethod {
    brand: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ThreeDs2Result {
    trans_status: Option<String>,
    eci: Option<String>,
    message_version: Option<String>,
    #[serde(rename = "dsTransID")]
    ds_transaction: Option<String>,
}

/// What an answer must agree with before it is believed.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The attempt's id.
    pub reference: String,
    /// What was asked for.
    pub amount: Money,
}

/// What a 200 answer of `/payments` or `/payments/details` means.
pub fn answer(body: &[u8], expected: &Expected) -> Answer {
    match serde_json::from_slice::<PaymentResponse>(body) {
        Ok(response) => Answer {
            acquirer_reference: response.psp_reference.clone(),
            verdict: verdict(&response, expected),
        },
        Err(_) => Answer {
            acquirer_reference: None,
            verdict: Verdict::Unclear("the answer is not a payment response".to_owned()),
        },
    }
}

fn verdict(response: &PaymentResponse, expected: &Expected) -> Verdict {
    let asked = WireAmount::from(expected.amount);
    match (&response.merchant_reference, &response.amount) {
        (Some(reference), _) if *reference != expected.reference => {
            return Verdict::Foreign(format!("the answer is about {reference}"));
        }
        (_, Some(amount)) if *amount != asked => {
            let WireAmount { value, currency } = amount;
            return Verdict::Unclear(format!("the answer is about {value} {currency}"));
        }
        _ => {}
    }
    let Some(code) = ResultCode::from_text(&response.result_code) else {
        return Verdict::Unclear(format!("result code {}", response.result_code));
    };
    let named = response.merchant_reference.is_some() && response.amount.is_some();
    match code {
        ResultCode::Authorised if named => {
            let card = card(response);
            Verdict::Authorised(Approval {
                authentication: authentication(response, card.brand.as_deref()),
                card,
                kept: kept(&response.additional_data),
                expiry: expiry(&response.additional_data),
            })
        }
        // The signed notification always names both.
        ResultCode::Authorised => {
            Verdict::Unclear("an approval that does not say of what".to_owned())
        }
        ResultCode::Refused | ResultCode::Error | ResultCode::Cancelled => {
            Verdict::Declined(decline(response, code))
        }
        ResultCode::RedirectShopper => step(response, Action::redirect),
        ResultCode::IdentifyShopper => step(response, Action::fingerprint),
        ResultCode::ChallengeShopper => step(response, Action::challenge),
        ResultCode::Pending | ResultCode::Received => Verdict::Pending,
        // Some money may be taken, or none: we ask for none of these.
        ResultCode::PartiallyAuthorised
        | ResultCode::AuthenticationFinished
        | ResultCode::AuthenticationNotRequired
        | ResultCode::PresentToShopper
        | ResultCode::Success => Verdict::Unclear(format!("result code {}", code.as_str())),
    }
}

fn step(response: &PaymentResponse, read: impl FnOnce(&Action) -> Option<Asked>) -> Verdict {
    match response.action.as_ref().and_then(read) {
        Some(asked) => Verdict::Challenge(asked),
        None => Verdict::Unclear(format!("{} without a usable action", response.result_code)),
    }
}

fn decline(response: &PaymentResponse, code: ResultCode) -> ErrorCode {
    if response.refusal_reason.as_deref() == Some("Unlisted test card") {
        return ErrorCode::TestmodeUseTestCard;
    }
    if code == ResultCode::Cancelled && response.refusal_reason_code.is_none() {
        return ErrorCode::AuthenticationCancelled;
    }
    let status = match authentication(response, None).status {
        Some(Told::Known(status)) => Some(status),
        Some(Told::Unknown(_)) | None => None,
    };
    refusal::code(response.refusal_reason_code.as_deref(), status)
}

fn card(response: &PaymentResponse) -> PaidCard {
    let last4 = response
        .additional_data
        .get("cardSummary")
        .and_then(Value::as_str)
        .filter(|summary| summary.len() == 4 && summary.bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_owned);
    let brand = response
        .payment_method
        .as_ref()
        .and_then(|method| method.brand.clone());
    PaidCard { brand, last4 }
}

/// What an answer says of the authentication.
fn authentication(response: &PaymentResponse, brand: Option<&str>) -> Authentication {
    let beside = told(&response.additional_data, brand);
    let Some(result) = &response.three_ds2_result else {
        return beside;
    };
    let eci = result.eci.as_deref().and_then(two_digits).or(beside.eci);
    let shift = brand.zip(eci.as_deref());
    Authentication {
        status: status(result.trans_status.as_deref()).or(beside.status),
        liability_shift: shift
            .and_then(|(brand, eci)| liability_shift(brand, eci))
            .or(beside.liability_shift),
        eci,
        version: result.message_version.clone().or(beside.version),
        ds_transaction: result.ds_transaction.clone().or(beside.ds_transaction),
    }
}

/// What the additional data of an answer or a notification says of the authentication. Whose risk it is, the scheme's
/// indicator says; without one the acquirer's word counts.
pub fn told(data: &AdditionalData, brand: Option<&str>) -> Authentication {
    let text = |names: &[&str]| {
        let found = names
            .iter()
            .find_map(|name| data.get(*name).and_then(Value::as_str));
        found.filter(|text| !text.is_empty())
    };
    let eci = text(&["eci", "threeds2.threeDS2Result.eci"]).and_then(two_digits);
    let by_indicator = brand
        .zip(eci.as_deref())
        .and_then(|(brand, eci)| liability_shift(brand, eci));
    let by_word = match text(&["liabilityShift"]) {
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) | None => None,
    };
    Authentication {
        status: status(text(&[
            "threeds2.transStatus",
            "threeds2.threeDS2Result.transStatus",
        ])),
        eci,
        liability_shift: by_indicator.or(by_word),
        version: text(&["threeDSVersion"]).map(str::to_owned),
        ds_transaction: text(&["dsTransID", "threeds2.threeDS2Result.dsTransID"])
            .map(str::to_owned),
    }
}

fn status(text: Option<&str>) -> Option<Told> {
    text.filter(|text| !text.is_empty()).map(Told::from_text)
}

/// The card that the acquirer was asked to keep, from an answer's or a notification's additional data.
pub fn kept(additional_data: &AdditionalData) -> Option<KeptCard> {
    let text = |name| additional_data.get(name).and_then(Value::as_str);
    let token = text("tokenization.storedPaymentMethodId")
        .or_else(|| text("recurring.recurringDetailReference"))?;
    let (exp_month, exp_year) = expiry(additional_data).unzip();
    Some(KeptCard {
        token: token.to_owned(),
        exp_month,
        exp_year,
    })
}

/// Last month and its year of the card, from the same. Issuers renew cards that are kept, and the acquirer says so when it
/// charges them.
pub fn expiry(additional_data: &AdditionalData) -> Option<(u8, u16)> {
    let date = additional_data.get("expiryDate").and_then(Value::as_str)?;
    let (month, year) = date.split_once('/')?;
    let month = month
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let year = year
        .parse()
        .ok()
        .filter(|year| (2000..2100).contains(year))?;
    Some((month, year))
}

#[cfg(test)]
mod tests;
