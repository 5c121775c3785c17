//! Authorisation: reads a payment request, asks the table what the issuer says, and writes ledger and notification.
//!
//! It knows neither headers nor faults beyond the plan that it hands on.

use std::collections::BTreeMap;

use url::Url;

use crate::card::{Card, CardDataError};
use crate::card_cipher::{self, CardCipherError};
use crate::cards::{self, Behaviour, Brand, Refusal, TestCard, Verdict};
use crate::challenges::ChallengeResult;
use crate::faults::Plan;
use crate::notifications::Event;
use crate::service_error::ServiceError;
use crate::wire::{Amount, Fields, PaymentMethod, PaymentResponse, RedirectAction, ThreeDs2Result};
use crate::wire_amount::{self, WireAmountError};
use crate::{App, Entry, EntryStatus, random};

/// A payment as far as it may be remembered: of its card only what may be shown.
#[derive(Clone, Debug)]
pub(crate) struct Payment {
    pub(crate) psp_reference: String,
    pub(crate) reference: String,
    pub(crate) merchant_account: String,
    pub(crate) amount: Amount,
    /// The amount in ISO 4217 minor units.
    pub(crate) minor_units: i64,
    pub(crate) brand: Option<Brand>,
    pub(crate) last_four: String,
}

/// `POST /payments`: charges at once, declines, or asks for a challenge.
///
/// # Errors
///
/// [`ServiceError`] when the request cannot be understood; nothing happened then.
pub(crate) fn pay(app: &App, body: &[u8], plan: Plan) -> Result<PaymentResponse, ServiceError> {
    let mut fields = Fields::parse(body)?;
    check_merchant_account(app, &mut fields)?;
    let amount = fields.amount()?.ok_or_else(ServiceError::amount_missing)?;
    let minor_units = minor_units(&amount)?;
    let reference = fields
        .text("reference")?
        .filter(|text| text.chars().count() <= 80);
    let reference = reference.ok_or_else(ServiceError::reference_invalid)?;
    let return_url = return_url(&mut fields)?;
    let card = card(app, &mut fields)?;

    let listed = cards::find(card.number());
    let payment = Payment {
        psp_reference: random::psp_reference(),
        reference,
        merchant_account: app.merchant_account.clone(),
        amount,
        minor_units,
        brand: listed.map(|listed| listed.brand),
        last_four: card.last_four().to_owned(),
    };
    Ok(match behaviour(&card, listed, app.clock.year_and_month()) {
        Behaviour::Immediate(verdict) => settle(app, &payment, verdict, None, plan),
        Behaviour::Challenge(verdict) => challenge(app, payment, verdict, return_url),
    })
}

/// `POST /payments/details`: what the challenge came to. Only here is a challenged payment charged.
///
/// # Errors
///
/// [`ServiceError`] for a `redirectResult` that was never given out.
pub(crate) fn finish(app: &App, body: &[u8], plan: Plan) -> Result<PaymentResponse, ServiceError> {
    let mut fields = Fields::parse(body)?;
    let mut details = fields
        .object("details")?
        .ok_or_else(ServiceError::details_missing)?;
    let redirect_result = details
        .text("redirectResult")?
        .ok_or_else(ServiceError::details_missing)?;
    app.challenges
        .settle(&redirect_result, |payment, verdict, result| {
            settle(app, payment, after(result, verdict), Some(result), plan)
        })
        .ok_or_else(ServiceError::redirect_result_unknown)
}

pub(crate) fn check_merchant_account(app: &App, fields: &mut Fields) -> Result<(), ServiceError> {
    match fields.text("merchantAccount")? {
        Some(account) if account == app.merchant_account => Ok(()),
        Some(_) | None => Err(ServiceError::invalid_merchant_account()),
    }
}

pub(crate) fn minor_units(amount: &Amount) -> Result<i64, ServiceError> {
    wire_amount::minor_units(amount).map_err(|error| match error {
        WireAmountError::Currency => ServiceError::currency_invalid(),
        WireAmountError::Value => ServiceError::amount_invalid(),
    })
}

fn return_url(fields: &mut Fields) -> Result<Url, ServiceError> {
    let text = fields
        .text("returnUrl")?
        .ok_or_else(ServiceError::return_url_missing)?;
    Url::parse(&text)
        .ok()
        .filter(|url| text.len() <= 1024 && matches!(url.scheme(), "http" | "https"))
        .ok_or_else(ServiceError::return_url_invalid)
}

fn card(app: &App, fields: &mut Fields) -> Result<Card, ServiceError> {
    let method = fields.object("paymentMethod")?;
    let mut method = method.ok_or_else(ServiceError::payment_method_missing)?;
    let (kind, encrypted) = (method.text("type")?, method.text("encryptedCard")?);
    let (Some("scheme"), Some(jwe)) = (kind.as_deref(), encrypted) else {
        return Err(ServiceError::payment_method_unsupported());
    };
    card_cipher::decrypt(&app.card_key, &jwe).map_err(|error| match error {
        CardCipherError::UnknownKey => ServiceError::card_key_unknown(),
        CardCipherError::Form | CardCipherError::Undecryptable => {
            ServiceError::card_undecryptable()
        }
        CardCipherError::Card(CardDataError::Malformed) => ServiceError::card_unreadable(),
        CardCipherError::Card(CardDataError::Number) => ServiceError::card_number_invalid(),
        CardCipherError::Card(CardDataError::Expiry) => ServiceError::expiry_invalid(),
    })
}

/// What the card does, after the checks that hold for every card.
fn behaviour(card: &Card, listed: Option<&TestCard>, today: (u16, u8)) -> Behaviour {
    let refused = |refusal| Behaviour::Immediate(Verdict::Refused(refusal));
    match listed {
        None => refused(Refusal::UNLISTED),
        Some(_) if card.expired(today) => refused(Refusal::EXPIRED),
        Some(listed) if !card.security_code_has(listed.brand.security_code_digits()) => {
            refused(Refusal::CVC_DECLINED)
        }
        Some(listed) => listed.behaviour,
    }
}

/// The issuer's verdict counts only when the challenge was passed.
fn after(result: ChallengeResult, verdict: Verdict) -> Verdict {
    match result {
        ChallengeResult::Passed => verdict,
        ChallengeResult::Failed | ChallengeResult::Rejected => {
            Verdict::Refused(Refusal::NOT_AUTHENTICATED)
        }
        ChallengeResult::Unavailable => Verdict::Refused(Refusal::AUTHENTICATION_ERROR),
        ChallengeResult::Cancelled => Verdict::Refused(Refusal::SHOPPER_CANCELLED),
    }
}

fn challenge(app: &App, payment: Payment, verdict: Verdict, return_url: Url) -> PaymentResponse {
    tracing::info!(
        reference = payment.reference,
        "the issuer asks for a challenge"
    );
    let mut response = response(&payment, "RedirectShopper");
    let id = app.challenges.ask(payment, verdict, return_url);
    response.action = Some(RedirectAction {
        method: "GET",
        payment_method_type: "scheme",
        kind: "redirect",
        url: format!("{}/acs/{id}", app.public_origin),
    });
    response
}

/// The end of a payment: ledger first, then the notification, then the answer.
fn settle(
    app: &App,
    payment: &Payment,
    verdict: Verdict,
    challenged: Option<ChallengeResult>,
    plan: Plan,
) -> PaymentResponse {
    let mut response = match verdict {
        Verdict::Approved => {
            app.ledger.charge(entry(payment));
            response(payment, "Authorised")
        }
        Verdict::Refused(refusal) => {
            let cancelled = challenged == Some(ChallengeResult::Cancelled);
            let code = if cancelled { "Cancelled" } else { "Refused" };
            PaymentResponse {
                refusal_reason: Some(refusal.reason),
                refusal_reason_code: Some(refusal.code),
                ..response(payment, code)
            }
        }
    };
    if let Some(result) = challenged {
        let status = trans_status(result);
        response
            .additional_data
            .insert("threeds2.transStatus", status.trans_status.to_owned());
        response.three_ds2_result = Some(status);
    }
    tracing::info!(
        reference = payment.reference,
        psp_reference = payment.psp_reference,
        result = response.result_code,
        "payment settled"
    );
    app.notifications
        .send(authorisation(app, payment, &response), plan);
    response
}

fn entry(payment: &Payment) -> Entry {
    Entry {
        reference: payment.reference.clone(),
        amount: payment.minor_units,
        currency: payment.amount.currency.clone(),
        status: EntryStatus::Charged,
        psp_reference: payment.psp_reference.clone(),
        refunded: 0,
    }
}

fn authorisation(app: &App, payment: &Payment, response: &PaymentResponse) -> Event {
    Event {
        code: "AUTHORISATION",
        payment_psp_reference: payment.psp_reference.clone(),
        modification_psp_reference: None,
        reference: payment.reference.clone(),
        amount: payment.amount.clone(),
        failure: response.refusal_reason,
        brand: payment.brand,
        additional_data: BTreeMap::new(),
        date: app.clock.timestamp(),
    }
}

fn response(payment: &Payment, result_code: &'static str) -> PaymentResponse {
    PaymentResponse {
        action: None,
        additional_data: BTreeMap::from([("cardSummary", payment.last_four.clone())]),
        amount: payment.amount.clone(),
        merchant_reference: payment.reference.clone(),
        payment_method: PaymentMethod {
            brand: payment.brand.map(Brand::wire_name),
            kind: "scheme",
        },
        psp_reference: payment.psp_reference.clone(),
        refusal_reason: None,
        refusal_reason_code: None,
        result_code,
        three_ds2_result: None,
    }
}

/// EMV 3-D Secure has no status for a cancelled challenge: it is `N` with a reason.
fn trans_status(result: ChallengeResult) -> ThreeDs2Result {
    let (trans_status, challenge_cancel) = match result {
        ChallengeResult::Passed => ("Y", None),
        ChallengeResult::Failed => ("N", None),
        ChallengeResult::Rejected => ("R", None),
        ChallengeResult::Unavailable => ("U", None),
        ChallengeResult::Cancelled => ("N", Some("01")),
    };
    ThreeDs2Result {
        trans_status,
        challenge_cancel,
    }
}
