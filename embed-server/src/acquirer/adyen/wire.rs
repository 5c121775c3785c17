//! Bodies of requests to Adyen's Checkout API. Pure: no call is made here.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::wire_amount::WireAmount;
use crate::acquirer::{AskFor, Authorise, Card, Finish, GiveBack, Payer};
use crate::domain::bank_result::BankResult;
use crate::domain::challenge::AcquirerData;
use crate::domain::trans_status::TransStatus;

/// Whether we carry out the steps of 3-D Secure ourselves, or send the payer to the acquirer's page for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThreeDs {
    /// Ourselves, where the issuer can (setting `acquirer.native_3ds`).
    Native,
    /// By the acquirer's page.
    Redirect,
}

/// `POST /payments`.
pub fn payments(request: &Authorise, merchant_account: &str, three_ds: ThreeDs) -> Value {
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
            describe_three_ds(&mut body, request, three_ds);
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

fn describe_three_ds(body: &mut Value, request: &Authorise, three_ds: ThreeDs) {
    let native = match three_ds {
        ThreeDs::Native => "preferred",
        ThreeDs::Redirect => "disabled",
    };
    // "05": the whole screen, as popup and redirect have it; the request that leaves says the size that was really used.
    body["authenticationData"] = json!({
        "threeDSRequestData": {"nativeThreeDS": native, "challengeWindowSize": "05"},
    });
    match request.authentication {
        AskFor::AsNeeded => {}
        AskFor::Always => body["authenticationData"]["attemptAuthentication"] = json!("always"),
    }
    // Without it the bank would bring its answer to the acquirer's page, and we would never hear of it.
    body["threeDS2RequestData"] = json!({"notificationURL": request.return_url});
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

/// In the older form, where the acquirer gave no token.
fn challenge_details(status: TransStatus, data: &AcquirerData) -> (Value, Option<&String>) {
    let mut message = json!({"transStatus": status.as_str()});
    let Some(token) = &data.authorisation_token else {
        let details = json!({"threeds2.challengeResult": packed(&message)});
        return (details, data.payment_data.as_ref());
    };
    message["authorisationToken"] = json!(token);
    (json!({"threeDSResult": packed(&message)}), None)
}

fn packed(message: &Value) -> String {
    STANDARD.encode(message.to_string())
}

/// `POST /payments/details`.
pub fn details(request: &Finish) -> Value {
    let payment_data = &request.acquirer_data.payment_data;
    let (details, payment_data) = match &request.result {
        BankResult::Redirect(result) => (json!({"redirectResult": result}), None),
        BankResult::PaRes { md, pa_res } => {
            (json!({"MD": md, "PaRes": pa_res}), payment_data.as_ref())
        }
        BankResult::Fingerprint(completion) => {
            let message = json!({"threeDSCompInd": completion.as_str()});
            let details = json!({"threeds2.fingerprint": packed(&message)});
            (details, payment_data.as_ref())
        }
        BankResult::Challenge(status) => challenge_details(*status, &request.acquirer_data),
    };
    let mut body = json!({"details": details});
    if let Some(payment_data) = payment_data {
        body["paymentData"] = json!(payment_data);
    }
    body
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

#[cfg(test)]
mod tests;
