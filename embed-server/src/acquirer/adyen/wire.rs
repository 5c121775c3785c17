//! Bodies of Adyen's Checkout API, and what its answers mean. Pure: no call is made here.

use std::collections::BTreeMap;

use checkout_protocol::api::payment::PaidCard;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::money::Money;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::refusal;
use super::wire_amount::WireAmount;
use crate::acquirer::{
    Answer, Approval, Authorise, Card, Finish, GiveBack, KeptCard, Payer, Verdict,
};
use crate::domain::challenge::{BankVisit, VisitMethod};

/// `POST /payments`.
pub fn payments(request: &Authorise, merchant_account: &str) -> Value {
    let mut body = json!({
        "merchantAccount": merchant_account,
        "reference": request.attempt.to_string(),
        "amount": WireAmount::from(request.amount),
        "returnUrl": request.return_url,
    });
    // "CardOnFile": the payer takes part. "UnscheduledCardOnFile": the merchant charges when there is a reason to.
    let (interaction, model) = match &request.payer {
        Some(payer) => {
            describe_payer(&mut body, payer);
            ("Ecommerce", "CardOnFile")
        }
        None => ("ContAuth", "UnscheduledCardOnFile"),
    };
    body["shopperInteraction"] = json!(interaction);
    let shopper = match &request.card {
        Card::Typed {
            envelope,
            brand,
            keep_for,
        } => {
            body["paymentMethod"] = json!({"type": "scheme", "encryptedCard": envelope.relay()});
            if let Some(brand) = brand {
                body["paymentMethod"]["brand"] = json!(brand.acquirer_name());
            }
            if keep_for.is_some() {
                body["storePaymentMethod"] = json!(true);
            }
            *keep_for
        }
        Card::Saved { card, code } => {
            body["paymentMethod"] = json!({"type": "scheme", "storedPaymentMethodId": card.token});
            if let Some(code) = code {
                body["paymentMethod"]["encryptedSecurityCode"] = json!(code.relay());
            }
            Some(card.customer)
        }
    };
    if let Some(shopper) = shopper {
        body["shopperReference"] = json!(shopper);
        body["recurringProcessingModel"] = json!(model);
    }
    if let Some(email) = &request.email {
        body["shopperEmail"] = json!(email);
    }
    body
}

fn describe_payer(body: &mut Value, payer: &Payer) {
    let reported = &payer.browser.reported;
    body["origin"] = json!(payer.origin);
    body["channel"] = json!("Web");
    body["browserInfo"] = json!({
        "acceptHeader": payer.browser.accept,
        "userAgent": payer.browser.user_agent,
        "colorDepth": reported.color_depth,
        "language": reported.language,
        "screenWidth": reported.screen_width,
        "screenHeight": reported.screen_height,
        "timeZoneOffset": reported.time_zone_offset,
        "javaEnabled": reported.java_enabled,
        "javaScriptEnabled": true,
    });
    if let Some(address) = payer.browser.address {
        body["shopperIP"] = json!(address.to_string());
    }
}

/// `POST /payments/{reference}/refunds`.
pub fn refund(request: &GiveBack, merchant_account: &str) -> Value {
    json!({
        "merchantAccount": merchant_account,
        "reference": request.refund,
        "amount": WireAmount::from(request.amount),
    })
}

/// The acquirer's reference in an answer to a refund.
pub fn modification_reference(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct ModificationResponse {
        psp_reference: String,
    }
    serde_json::from_slice::<ModificationResponse>(body)
        .ok()
        .map(|response| response.psp_reference)
        .filter(|reference| !reference.is_empty())
}

/// `POST /payments/details`.
pub fn details(request: &Finish) -> Value {
    json!({"details": {"redirectResult": request.challenge_result}})
}

/// `POST /payments/{reference}/reversals`.
pub fn reversal(reference: &str, merchant_account: &str) -> Value {
    json!({"merchantAccount": merchant_account, "reference": reference})
}

/// `POST /paymentMethods`.
pub fn payment_methods(merchant_account: &str) -> Value {
    json!({"merchantAccount": merchant_account})
}

/// A refused request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceError {
    pub error_code: String,
}

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
    additional_data: BTreeMap<String, Value>,
    payment_method: Option<PaymentMethod>,
}

#[derive(Debug, Deserialize)]
struct PaymentMethod {
    brand: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Action {
    #[serde(rename = "type")]
    kind: String,
    method: Option<String>,
    url: Option<String>,
    #[serde(default)]
    data: BTreeMap<String, String>,
}

/// What an answer must agree with before it is believed.
#[derive(Clone, Debug, Serialize)]
pub struct Expected {
    pub reference: String,
    #[serde(skip)]
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
    let named = response.merchant_reference.is_some() && response.amount.is_some();
    match response.result_code.as_str() {
        "Authorised" if named => Verdict::Authorised(Approval {
            card: card(response),
            kept: kept(&response.additional_data),
        }),
        // The signed notification always names both.
        "Authorised" => Verdict::Unclear("an approval that does not say of what".to_owned()),
        "Refused" | "Error" | "Cancelled" => Verdict::Declined(decline(response)),
        "RedirectShopper" => match response.action.as_ref().and_then(visit) {
            Some(visit) => Verdict::Challenge(visit),
            None => Verdict::Unclear("a redirect without a usable action".to_owned()),
        },
        "Pending" | "Received" => Verdict::Pending,
        // Native 3DS2 is not asked for, so these cannot be asked of us; a new code is not guessed at.
        other => Verdict::Unclear(format!("result code {other}")),
    }
}

fn decline(response: &PaymentResponse) -> ErrorCode {
    let trans_status = response
        .additional_data
        .get("threeds2.transStatus")
        .and_then(Value::as_str);
    if response.refusal_reason.as_deref() == Some("Unlisted test card") {
        return ErrorCode::TestmodeUseTestCard;
    }
    if response.result_code == "Cancelled" && response.refusal_reason_code.is_none() {
        return ErrorCode::AuthenticationCancelled;
    }
    refusal::code(response.refusal_reason_code.as_deref(), trans_status)
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

/// The card that the acquirer was asked to keep, from an answer's or a notification's additional data.
pub fn kept(additional_data: &BTreeMap<String, Value>) -> Option<KeptCard> {
    let text = |name| additional_data.get(name).and_then(Value::as_str);
    let token = text("tokenization.storedPaymentMethodId")
        .or_else(|| text("recurring.recurringDetailReference"))?;
    let (month, year) = text("expiryDate")
        .and_then(|date| date.split_once('/'))
        .unwrap_or_default();
    Some(KeptCard {
        token: token.to_owned(),
        exp_month: month.parse().ok().filter(|month| (1..=12).contains(month)),
        exp_year: year.parse().ok(),
    })
}

fn visit(action: &Action) -> Option<BankVisit> {
    let url = action.url.clone().filter(|url| {
        url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "https" | "http"))
    })?;
    let method = match (action.kind.as_str(), action.method.as_deref()) {
        ("redirect", Some("GET") | None) => VisitMethod::Get,
        ("redirect", Some("POST")) => VisitMethod::Post,
        _ => return None,
    };
    Some(BankVisit {
        method,
        url,
        fields: action.data.clone().into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use checkout_protocol::money::Currency;

    fn check(body: &Value, expected_verdict: &Verdict) {
        let expected = Expected {
            reference: "att_1".to_owned(),
            amount: Money::new(1_990, Currency::Isk).unwrap(),
        };
        let answer = answer(body.to_string().as_bytes(), &expected);
        assert_eq!(&answer.verdict, expected_verdict, "{body}");
    }

    #[test]
    fn an_approval_is_believed_only_for_our_reference_and_amount() {
        let approval = |reference: &str, value: i64, currency: &str| {
            json!({"resultCode": "Authorised", "pspReference": "P1", "merchantReference": reference,
                   "amount": {"value": value, "currency": currency},
                   "additionalData": {"cardSummary": "4242"}, "paymentMethod": {"brand": "visa"}})
        };
        let card = PaidCard {
            brand: Some("visa".to_owned()),
            last4: Some("4242".to_owned()),
        };

        check(
            &approval("att_1", 199_000, "ISK"),
            &Verdict::Authorised(Approval { card, kept: None }),
        );
        let silent = json!({"resultCode": "Authorised", "pspReference": "P1"});
        for other in [
            approval("att_2", 199_000, "ISK"),
            approval("att_1", 1_990, "ISK"),
            approval("att_1", 199_000, "EUR"),
            silent,
        ] {
            let expected = Expected {
                reference: "att_1".to_owned(),
                amount: Money::new(1_990, Currency::Isk).unwrap(),
            };
            let answer = answer(other.to_string().as_bytes(), &expected);
            assert!(
                matches!(answer.verdict, Verdict::Unclear(_) | Verdict::Foreign(_)),
                "{other}"
            );
        }
    }

    #[test]
    fn declines_and_challenges_are_translated() {
        check(
            &json!({"resultCode": "Refused", "refusalReasonCode": "12"}),
            &Verdict::Declined(ErrorCode::InsufficientFunds),
        );
        check(
            &json!({"resultCode": "RedirectShopper", "action":
                    {"type": "redirect", "method": "GET", "url": "https://bank.example/acs"}}),
            &Verdict::Challenge(BankVisit {
                method: VisitMethod::Get,
                url: "https://bank.example/acs".to_owned(),
                fields: vec![],
            }),
        );
        check(&json!({"resultCode": "Received"}), &Verdict::Pending);
    }

    #[test]
    fn what_is_not_understood_is_never_a_success_or_a_decline() {
        let expected = Expected {
            reference: "att_1".to_owned(),
            amount: Money::new(1_990, Currency::Isk).unwrap(),
        };
        for body in [
            "",
            "[]",
            "{}",
            r#"{"resultCode": "AuthorisedMaybe"}"#,
            r#"{"resultCode": "IdentifyShopper"}"#,
            r#"{"resultCode": "RedirectShopper"}"#,
            r#"{"resultCode": "RedirectShopper", "action": {"type": "redirect", "url": "javascript:alert(1)"}}"#,
        ] {
            let answer = answer(body.as_bytes(), &expected);
            assert!(matches!(answer.verdict, Verdict::Unclear(_)), "{body}");
        }
    }
}
