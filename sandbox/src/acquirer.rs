//! Authorisation: asks the table what the issuer says, and writes ledger, stored cards and notification.
//!
//! It knows neither headers nor faults beyond the plan that it hands on.

use std::collections::BTreeMap;

use url::Url;

use crate::card_on_file::CardOnFile;
use crate::cards::{Behaviour, Brand, RefundBehaviour, Refusal, Verdict};
use crate::challenges::ChallengeResult;
use crate::faults::Plan;
use crate::notifications::Event;
use crate::payment_request::{self, Payment, PaymentRequest};
use crate::service_error::ServiceError;
use crate::wire::{AdditionalData, Fields, PaymentMethod, PaymentResponse};
use crate::wire::{RedirectAction, ThreeDs2Result};
use crate::{App, Entry, EntryStatus};

/// `POST /payments`: charges at once, declines, or asks for a challenge.
///
/// # Errors
///
/// [`ServiceError`] when the request cannot be understood; nothing happened then.
pub(crate) fn pay(app: &App, body: &[u8], plan: Plan) -> Result<PaymentResponse, ServiceError> {
    let PaymentRequest {
        payment,
        behaviour,
        return_url,
    } = payment_request::read(app, body)?;
    Ok(match behaviour {
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

/// The end of a payment: ledger and stored card first, then the notification, then the answer.
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
            let mut response = response(payment, "Authorised");
            response.additional_data.extend(store(app, payment));
            response
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
    tracing::info!(
        reference = payment.reference,
        psp_reference = payment.psp_reference,
        result = response.result_code,
        "payment settled"
    );
    app.notifications
        .send(authorisation(app, payment, &response), plan);
    // The contract of notifications has no place for the authentication.
    if let Some(result) = challenged {
        let status = trans_status(result);
        response
            .additional_data
            .insert("threeds2.transStatus", status.trans_status.to_owned());
        response.three_ds2_result = Some(status);
    }
    response
}

/// Keeps the card of an authorised payment if that was wished for; what the answer says about it.
fn store(app: &App, payment: &Payment) -> AdditionalData {
    let (CardOnFile::Store { shopper_reference }, Some(listed)) =
        (&payment.card_on_file, payment.listed)
    else {
        return AdditionalData::new();
    };
    let (card, operation) = app
        .stored_cards
        .store(shopper_reference, listed, payment.expiry);
    let operation = operation.wire_name();
    tracing::info!(reference = payment.reference, operation, "card stored");
    BTreeMap::from([
        ("expiryDate", card.expiry.date()),
        ("tokenization.shopperReference", card.shopper_reference),
        ("tokenization.store.operationType", operation.to_owned()),
        ("tokenization.storedPaymentMethodId", card.id),
    ])
}

fn entry(payment: &Payment) -> Entry {
    Entry {
        reference: payment.reference.clone(),
        amount: payment.minor_units,
        currency: payment.amount.currency.clone(),
        status: EntryStatus::Charged,
        brand: payment.brand().map(Brand::wire_name),
        psp_reference: payment.psp_reference.clone(),
        refunded: 0,
        refunds: Vec::new(),
        refund_behaviour: payment
            .listed
            .map_or(RefundBehaviour::AtOnce, |listed| listed.refunds),
    }
}

fn authorisation(app: &App, payment: &Payment, response: &PaymentResponse) -> Event {
    let additional_data = response.additional_data.iter();
    Event {
        code: "AUTHORISATION",
        payment_psp_reference: payment.psp_reference.clone(),
        modification_psp_reference: None,
        reference: payment.reference.clone(),
        amount: payment.amount.clone(),
        success: response.refusal_reason.is_none(),
        reason: response.refusal_reason,
        brand: payment.brand(),
        additional_data: additional_data
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
        date: app.clock.timestamp(),
    }
}

fn response(payment: &Payment, result_code: &'static str) -> PaymentResponse {
    let mut additional_data = BTreeMap::from([("cardSummary", payment.last_four.clone())]);
    if payment.card_on_file == CardOnFile::Use {
        additional_data.insert("expiryDate", payment.expiry.date());
    }
    PaymentResponse {
        action: None,
        additional_data,
        amount: payment.amount.clone(),
        merchant_reference: payment.reference.clone(),
        payment_method: PaymentMethod {
            brand: payment.brand().map(Brand::wire_name),
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
