//! Authorisation: asks the table what the issuer says, and writes ledger, stored cards and notification.
//!
//! It knows neither headers nor faults beyond the plan that it hands on.

use std::collections::BTreeMap;

use serde_json::json;
use url::Url;

use crate::authentication::{Authentication, VERSION};
use crate::bank_browser::{self, token};
use crate::bank_way::BankWay;
use crate::card_on_file::CardOnFile;
use crate::cards::{Behaviour, Brand, Drill, Look, Meeting, RefundBehaviour, Refusal, Verdict};
use crate::challenges::{Asked, Flow, Names, Native};
use crate::faults::{AnswerFault, NotificationFault, Plan};
use crate::notifications::Event;
use crate::payment_request::{self, Payment, PaymentRequest};
use crate::service_error::ServiceError;
use crate::wire::{Action, AdditionalData, Fields, PaymentMethod, PaymentResponse};
use crate::wire_amount::on_wire;
use crate::{App, Entry, EntryStatus, random};

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
        three_ds,
    } = payment_request::read(app, body)?;
    if drill(&payment) == Drill::TroubleOnce && app.faults.is_first(&payment.reference) {
        return Err(ServiceError::internal());
    }
    let by_redirect = |payment, verdict| redirect(app, payment, verdict, return_url.clone());
    Ok(match behaviour {
        Behaviour::Immediate(verdict) => settle(app, &payment, verdict, None, plan),
        Behaviour::Challenge(verdict) => by_redirect(&payment, verdict),
        Behaviour::SoftDecline if !three_ds.always => {
            let verdict = Verdict::Refused(Refusal::AUTHENTICATION_REQUIRED);
            settle(app, &payment, verdict, None, plan)
        }
        Behaviour::SoftDecline => match three_ds.native {
            Some(url) => native(
                app,
                &payment,
                Verdict::Approved,
                url,
                (Look::None, Meeting::Asks),
            ),
            None => by_redirect(&payment, Verdict::Approved),
        },
        Behaviour::Native {
            look: Look::None,
            meeting: meeting @ (Meeting::Frictionless(result) | Meeting::OnAnyway(result)),
            verdict,
        } => settle(
            app,
            &payment,
            silently(meeting, verdict),
            Some(result),
            plan,
        ),
        Behaviour::Native {
            look,
            meeting,
            verdict,
        } => match (three_ds.native, meeting) {
            (Some(url), _) => native(app, &payment, verdict, url, (look, meeting)),
            // The processor's own page looks at the browser.
            (None, Meeting::Frictionless(result) | Meeting::OnAnyway(result)) => settle(
                app,
                &payment,
                silently(meeting, verdict),
                Some(result),
                plan,
            ),
            (None, Meeting::Asks | Meeting::NeverAnswers) => by_redirect(&payment, verdict),
        },
    })
}

/// `POST /payments/details`: what a step came to. Only here is a challenged payment charged.
///
/// # Errors
///
/// [`ServiceError`] for what was never given out.
pub(crate) fn finish(app: &App, body: &[u8], plan: Plan) -> Result<PaymentResponse, ServiceError> {
    let mut fields = Fields::parse(body)?;
    let mut details = fields
        .object("details")?
        .ok_or_else(ServiceError::details_missing)?;
    if let Some(told) = details.text("threeds2.fingerprint")? {
        let payment_data = fields.text("paymentData")?;
        return looked(app, &told, payment_data.as_deref(), plan);
    }
    let (name, unknown) = match details.text("threeDSResult")? {
        Some(told) => {
            let told = bank_browser::told(&told).and_then(|told| told.authorisation_token);
            (told, ServiceError::payment_data_unknown())
        }
        None => match details.text("redirectResult")? {
            Some(result) => (Some(result), ServiceError::redirect_result_unknown()),
            // The first 3-D Secure: `MD` names nothing here.
            None => (details.text("PaRes")?, ServiceError::details_missing()),
        },
    };
    let name = name.ok_or(unknown)?;
    let once_more = once_more(app, &name);
    app.challenges
        .settle(&name, |payment, verdict, result| {
            once_more
                .unwrap_or_else(|| settle(app, payment, after(result, verdict), Some(result), plan))
        })
        .ok_or_else(ServiceError::redirect_result_unknown)
}

/// Another step for a payer who has passed, where the bank is set to ask twice.
fn once_more(app: &App, token: &str) -> Option<PaymentResponse> {
    if app.faults.settings().bank_asks != BankWay::Twice {
        return None;
    }
    let passed = app.challenges.passed_once(token)?;
    let flow = match passed.flow {
        Flow::Native(Native {
            notification_url,
            look,
            meeting,
            ..
        }) => Flow::Native(Native::new(notification_url, look, meeting)),
        Flow::Redirect { return_url } => Flow::Redirect { return_url },
    };
    let asked = Asked {
        flow,
        again: true,
        ..passed
    };
    let names = app.challenges.ask(asked.clone());
    Some(match &asked.flow {
        Flow::Native(native) => meeting(app, &asked.payment, native, &names),
        Flow::Redirect { .. } => leading_to(app, &asked.payment, &names),
    })
}

/// The bank has looked at the browser, or not: it decides whether it asks the payer.
fn looked(
    app: &App,
    told: &str,
    payment_data: Option<&str>,
    plan: Plan,
) -> Result<PaymentResponse, ServiceError> {
    let completion = bank_browser::told(told).and_then(|told| told.completion);
    let known = payment_data.and_then(|data| app.challenges.by_payment_data(data));
    let (Some(_), Some((names, asked))) = (
        completion.filter(|letter| matches!(letter.as_str(), "Y" | "N" | "U")),
        known,
    ) else {
        return Err(ServiceError::payment_data_unknown());
    };
    let Flow::Native(native) = &asked.flow else {
        return Err(ServiceError::payment_data_unknown());
    };
    match native.meeting {
        Meeting::Asks | Meeting::NeverAnswers => Ok(meeting(app, &asked.payment, native, &names)),
        Meeting::Frictionless(result) | Meeting::OnAnyway(result) => app
            .challenges
            .settle_silently(&names.id, result, |payment, verdict, result| {
                let verdict = silently(native.meeting, verdict);
                settle(app, payment, verdict, Some(result), plan)
            })
            .ok_or_else(ServiceError::payment_data_unknown),
    }
}

/// The issuer's verdict counts only when the authentication was passed.
fn after(result: Authentication, verdict: Verdict) -> Verdict {
    match result {
        Authentication::Passed | Authentication::Attempted => verdict,
        Authentication::Failed | Authentication::Rejected => {
            Verdict::Refused(Refusal::NOT_AUTHENTICATED)
        }
        Authentication::Unavailable => Verdict::Refused(Refusal::AUTHENTICATION_ERROR),
        Authentication::Cancelled => Verdict::Refused(Refusal::SHOPPER_CANCELLED),
    }
}

/// The same of one without the payer.
fn silently(meeting: Meeting, verdict: Verdict) -> Verdict {
    match meeting {
        Meeting::Frictionless(result) => after(result, verdict),
        Meeting::OnAnyway(_) | Meeting::Asks | Meeting::NeverAnswers => verdict,
    }
}

fn drill(payment: &Payment) -> Drill {
    payment.listed.map_or(Drill::None, |listed| listed.drill)
}

fn redirect(app: &App, payment: &Payment, verdict: Verdict, return_url: Url) -> PaymentResponse {
    tracing::info!(
        reference = payment.reference,
        "the issuer asks for a challenge"
    );
    let names = app.challenges.ask(Asked {
        payment: payment.clone(),
        verdict,
        flow: Flow::Redirect { return_url },
        again: false,
    });
    leading_to(app, payment, &names)
}

/// The payer's browser goes to the bank by way of our page.
fn leading_to(app: &App, payment: &Payment, names: &Names) -> PaymentResponse {
    let mut response = response(payment, "RedirectShopper");
    response.action = Some(Action {
        kind: "redirect",
        payment_method_type: "scheme",
        method: Some("GET"),
        url: Some(format!("{}/acs/{}", app.public_origin, names.id)),
        ..Action::default()
    });
    response
}

fn native(
    app: &App,
    payment: &Payment,
    verdict: Verdict,
    notification_url: Url,
    (look, met): (Look, Meeting),
) -> PaymentResponse {
    tracing::info!(
        reference = payment.reference,
        "the issuer asks for a native authentication"
    );
    let native = Native::new(notification_url, look, met);
    let names = app.challenges.ask(Asked {
        payment: payment.clone(),
        verdict,
        flow: Flow::Native(native.clone()),
        again: false,
    });
    if look == Look::None {
        return meeting(app, payment, &native, &names);
    }
    let mut message = json!({
        "threeDSServerTransID": native.transaction,
        "threeDSMethodNotificationURL": format!("{}/acs/method/{}", app.public_origin, names.id),
    });
    if look != Look::NoPage {
        let url = format!("{}/acs/{}/method", app.public_origin, names.id);
        message["threeDSMethodUrl"] = json!(url);
    }
    let mut response = response(payment, "IdentifyShopper");
    response.action = Some(Action {
        kind: "threeDS2",
        payment_method_type: "scheme",
        subtype: Some("fingerprint"),
        token: Some(token(&message)),
        payment_data: Some(names.payment_data),
        authorisation_token: Some(names.token),
        ..Action::default()
    });
    response
}

/// The bank asks the payer.
fn meeting(app: &App, payment: &Payment, native: &Native, names: &Names) -> PaymentResponse {
    let message = json!({
        "acsReferenceNumber": "SANDBOX",
        "acsTransID": native.acs_transaction,
        "acsURL": format!("{}/acs/{}/creq", app.public_origin, names.id),
        "messageVersion": VERSION,
        "threeDSNotificationURL": native.notification_url,
        "threeDSServerTransID": native.transaction,
    });
    let mut response = response(payment, "ChallengeShopper");
    response.action = Some(Action {
        kind: "threeDS2",
        payment_method_type: "scheme",
        subtype: Some("challenge"),
        token: Some(token(&message)),
        authorisation_token: Some(names.token.clone()),
        ..Action::default()
    });
    response
}

/// The end of a payment: ledger and stored card first, then the notification, then the answer.
fn settle(
    app: &App,
    payment: &Payment,
    verdict: Verdict,
    authenticated: Option<Authentication>,
    plan: Plan,
) -> PaymentResponse {
    let drill = drill(payment);
    let plan = Plan {
        notifications: notified(drill, plan),
        ..plan
    };
    let mut response = match verdict {
        Verdict::Approved if drill == Drill::LostBeforeCharge => {
            return PaymentResponse {
                fault: Some(AnswerFault::DropAfterCharge),
                ..response(payment, "Authorised")
            };
        }
        Verdict::Approved => approved(app, payment, drill),
        Verdict::Refused(refusal) => {
            let cancelled = authenticated == Some(Authentication::Cancelled);
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
    tell(app, &authorisation(app, payment, &response), drill, plan);
    // The contract of notifications has no place for the authentication.
    if let Some(result) = authenticated {
        let beside = result.beside(payment.brand());
        response.additional_data.extend(beside);
        response.three_ds2_result = Some(result.result());
    }
    response
}

/// The money is taken, and what the card's row says goes wrong.
fn approved(app: &App, payment: &Payment, drill: Drill) -> PaymentResponse {
    let mut charged = entry(payment);
    let mut answer = response(payment, "Authorised");
    match drill {
        Drill::HalfApproved => {
            charged.amount = payment.minor_units / 2;
            answer.amount = on_wire(charged.amount, &charged.currency);
            answer.result_code = "PartiallyAuthorised";
        }
        Drill::SettlesLater => answer.result_code = "Received",
        Drill::LostAfterCharge => answer.fault = Some(AnswerFault::DropAfterCharge),
        Drill::None
        | Drill::Renewed
        | Drill::LostBeforeCharge
        | Drill::TroubleOnce
        | Drill::Told(_)
        | Drill::Followed(_) => {}
    }
    app.ledger.charge(charged);
    answer.additional_data.extend(store(app, payment));
    answer
}

/// What becomes of a payment's notifications: what was set, else what the card's row says.
fn notified(drill: Drill, plan: Plan) -> NotificationFault {
    match (plan.notifications, drill) {
        (NotificationFault::Send, Drill::Told(fault)) => fault,
        (NotificationFault::Send, Drill::LostAfterCharge | Drill::SettlesLater) => {
            NotificationFault::Late
        }
        (set, _) => set,
    }
}

/// Tells of an authorisation, and of what goes before and after it.
fn tell(app: &App, authorisation: &Event, drill: Drill, plan: Plan) {
    let beside = |code| Event {
        code,
        modification_psp_reference: Some(random::psp_reference()),
        reason: None,
        additional_data: BTreeMap::new(),
        ..authorisation.clone()
    };
    let success = authorisation.success;
    if success && plan.notifications == NotificationFault::OutOfOrder {
        app.notifications.send(beside("CAPTURE"), plan);
    }
    app.notifications.send(authorisation.clone(), plan);
    if let (Drill::Followed(code), true) = (drill, success) {
        app.notifications.send(beside(code), plan);
    }
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
        amount: response.amount.clone(),
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
        fault: None,
    }
}
