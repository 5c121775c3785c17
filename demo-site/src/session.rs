//! The one payment session of an order: found again while it lives, made anew only after it expired unpaid.
//!
//! It keeps ids only. A client secret is read from the API when a page needs it and forgotten at once.

use crate::gateway::{Gateway, GatewayError, Payment, Session};
use crate::locale::Locale;
use crate::order::{Kind, Order, OrderSession};
use crate::outcome::{self, Outcome};

/// What a checkout page can do for an order.
#[derive(Debug)]
pub enum Payable {
    /// There is nothing to pay any more, or a payment is on its way: show the order instead.
    Settled,
    /// Pay with this session.
    Open(Session),
    /// There is no session that could be used; the next one would be number `n`.
    Absent(u32),
}

/// What became of a session that a page made with the publishable key.
#[derive(Debug, PartialEq, Eq)]
pub enum Attached {
    /// It is now the order's session.
    Accepted,
    /// The order has a session that is in use; pay with that one.
    AnotherIsKnown,
    /// The API knows no such session, or it is not for this order.
    NotForThisOrder,
}

/// What the API says about an order.
#[derive(Debug)]
pub struct OrderFacts {
    /// The order's state.
    pub outcome: Outcome,
    /// The session's id, if there is one.
    pub session: Option<String>,
    /// The payment, if it could be read.
    pub payment: Option<Payment>,
}

/// Finds the order's session or makes it, with the shop's secret key. At most one per order is alive: the order's
/// lock is held while the API is asked, so a second page load waits and finds the first one's session.
///
/// # Errors
///
/// When the API does not say yes.
pub async fn find_or_make(
    gateway: &Gateway,
    order: &Order,
    locale: Option<Locale>,
) -> Result<Payable, GatewayError> {
    let mut known = order.session.lock().await;
    match find_known(gateway, &mut known).await? {
        Payable::Absent(n) => {
            let customer = match order.kind {
                Kind::Returning => Some(gateway.returning_customer().await?),
                Kind::Element
                | Kind::Publishable
                | Kind::React
                | Kind::Vue
                | Kind::Routed
                | Kind::Modal
                | Kind::Lab(_) => None,
            };
            let session = gateway
                .create_session(order, n, customer.as_ref(), locale)
                .await?;
            known.id = Some(session.id.clone());
            Ok(Payable::Open(session))
        }
        found => Ok(found),
    }
}

/// Finds a lab order's session, whatever became of it, or makes it.
///
/// # Errors
///
/// When the API does not say yes.
pub async fn of_lab(gateway: &Gateway, order: &Order) -> Result<Session, GatewayError> {
    let mut known = order.session.lock().await;
    if let Some(id) = &known.id {
        let session = gateway.session(id).await?;
        return Ok(Session {
            client_secret: known.lab_secret.clone(),
            ..session
        });
    }
    let session = gateway.create_session(order, 1, None, None).await?;
    known.id = Some(session.id.clone());
    known.lab_secret.clone_from(&session.client_secret);
    Ok(session)
}

/// Finds the order's session without making one.
///
/// # Errors
///
/// When the API does not say yes.
pub async fn find(gateway: &Gateway, order: &Order) -> Result<Payable, GatewayError> {
    find_known(gateway, &mut *order.session.lock().await).await
}

async fn find_known(gateway: &Gateway, known: &mut OrderSession) -> Result<Payable, GatewayError> {
    let Some(id) = &known.id else {
        return Ok(Payable::Absent(known.expired + 1));
    };
    let session = gateway.session(id).await?;
    if outcome::is_payable(&session) {
        return Ok(Payable::Open(session));
    }
    if session.status != "expired" || may_have_paid(gateway, &session).await? {
        return Ok(Payable::Settled);
    }
    known.expired += 1;
    known.id = None;
    Ok(Payable::Absent(known.expired + 1))
}

/// Whether money moved, or may still move, for an expired session. A new session then could charge twice.
async fn may_have_paid(gateway: &Gateway, session: &Session) -> Result<bool, GatewayError> {
    let Some(id) = &session.payment else {
        return Ok(false);
    };
    let payment = gateway.payment(id).await?;
    Ok(!matches!(payment.status.as_str(), "created" | "failed"))
}

/// Takes a session that a page made with the publishable key, if it is for this order and none is in use.
///
/// # Errors
///
/// When the API does not answer.
pub async fn attach(
    gateway: &Gateway,
    order: &Order,
    session_id: &str,
) -> Result<Attached, GatewayError> {
    let mut known = order.session.lock().await;
    if known.id.as_deref() == Some(session_id) {
        return Ok(Attached::Accepted);
    }
    if !matches!(find_known(gateway, &mut known).await?, Payable::Absent(_)) {
        return Ok(Attached::AnotherIsKnown);
    }
    match is_for_order(gateway, order, session_id).await {
        Ok(true) => {
            known.id = Some(session_id.to_owned());
            Ok(Attached::Accepted)
        }
        Ok(false) => Ok(Attached::NotForThisOrder),
        Err(error) if error.is_not_found() => Ok(Attached::NotForThisOrder),
        Err(error) => Err(error),
    }
}

/// The amount is not asked here: what counts is what was paid in the end, and `outcome` compares that.
async fn is_for_order(
    gateway: &Gateway,
    order: &Order,
    session_id: &str,
) -> Result<bool, GatewayError> {
    let session = gateway.session(session_id).await?;
    let Some(payment) = &session.payment else {
        return Ok(false);
    };
    let payment = gateway.payment(payment).await?;
    Ok(payment.external_reference.as_deref() == Some(order.id.as_str()))
}

/// Asks the API what became of an order. Never fails: not knowing is an answer too.
pub async fn facts(gateway: &Gateway, order: &Order) -> OrderFacts {
    let known = order.session.lock().await.id.clone();
    let Some(id) = known else {
        return OrderFacts {
            outcome: Outcome::Open,
            session: None,
            payment: None,
        };
    };
    let payment = match gateway.session(&id).await {
        Ok(Session {
            payment: Some(payment),
            ..
        }) => gateway.payment(&payment).await.ok(),
        Ok(_) | Err(_) => None,
    };
    OrderFacts {
        outcome: payment.as_ref().map_or(Outcome::Unknown, |payment| {
            outcome::of_payment(order, payment)
        }),
        session: Some(id),
        payment,
    }
}
