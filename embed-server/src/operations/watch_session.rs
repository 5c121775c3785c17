//! A frame reads its session, or waits for it to change.

use std::time::Duration;

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api::session_view::{AttemptView, ChallengeView, SavedCard, SessionView};
use checkout_protocol::attempt::State;
use checkout_protocol::id::SessionId;
use checkout_protocol::money::Money;

use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::merchant::Merchant;
use crate::domain::payment::Payment;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::payment_session::{Overview, PaymentSession};
use crate::metrics::LongPoll;
use crate::operations::OperationError;
use crate::store::listing::{Page, Start};
use crate::store::{
    Transaction, attempts, challenges, customers, merchants, payment_methods, payment_sessions,
    payments,
};

/// The session as its frame sees it, by an overview of this moment if that is all there is to see.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn view_of(app: &App, seen: Overview) -> Result<SessionView, OperationError> {
    if is_all_there_is(&seen) {
        Ok(shown(app, seen.session, seen.amount, None, vec![]))
    } else {
        Box::pin(view(app, seen.session.id)).await
    }
}

/// Whether the session has no attempts and no saved cards, which an overview does not have either.
const fn is_all_there_is(seen: &Overview) -> bool {
    !seen.was_tried && seen.session.customer.is_none()
}

/// The session as its frame sees it now.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn view(app: &App, id: SessionId) -> Result<SessionView, OperationError> {
    let mut tx = app.store.read().await?;
    let session = payment_sessions::find_public(&mut tx, id)
        .await?
        .ok_or(OperationError::Internal("a session vanished"))?;
    let payment = payments::find(
        &mut tx,
        session.merchant_id,
        session.mode,
        session.payment_id,
    )
    .await?
    .ok_or(OperationError::Internal("a session's payment vanished"))?;
    let last_attempt = match attempts::find_newest(&mut tx, id).await? {
        Some(attempt) => Some(attempt_view(app, &mut tx, &attempt).await?),
        None => None,
    };
    let saved_cards = saved_cards(&mut tx, &session).await?;
    Ok(shown(
        app,
        session,
        payment.amount,
        last_attempt,
        saved_cards,
    ))
}

fn shown(
    app: &App,
    session: PaymentSession,
    amount: Money,
    last_attempt: Option<AttemptView>,
    saved_cards: Vec<SavedCard>,
) -> SessionView {
    let left_ms = session.expires_at.0 - app.now().0;
    SessionView {
        id: session.id.to_string(),
        status: session.status,
        version: u64::try_from(session.version).unwrap_or_default(),
        payment: session.payment_id.to_string(),
        amount: amount.minor_units(),
        currency: amount.currency(),
        asks_email: session.collect_email && session.customer_email.is_none(),
        customer_email: session.customer_email,
        expires_in_ms: u64::try_from(left_ms).unwrap_or_default(),
        last_attempt,
        saved_cards,
        asks_saved_card_code: session.require_cvc_recollection,
        offers_saving: session.save_payment_method && session.customer.is_some(),
    }
}

/// The cards that the session's customer saved, the default one first.
async fn saved_cards(
    tx: &mut Transaction,
    session: &PaymentSession,
) -> Result<Vec<SavedCard>, OperationError> {
    let whose = (session.merchant_id, session.mode);
    let Some(customer) = session
        .customer
        .filter(|_| session.status == SessionStatus::Open)
    else {
        return Ok(vec![]);
    };
    let default = customers::find(tx, whose.0, whose.1, customer)
        .await?
        .and_then(|customer| customer.default_payment_method);
    let page = Page {
        limit: OFFERED_CARDS,
        start: Start::Newest,
    };
    let mut found = payment_methods::list(tx, whose, Some(customer), &page)
        .await?
        .rows;
    found.sort_by_key(|method| Some(method.id) != default);
    Ok(found.iter().map(PaymentMethod::offer).collect())
}

/// More cards than this are no help in a form.
const OFFERED_CARDS: usize = 10;

/// The session once its version has passed `after`, or as it is when `wait` is over.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn wait(
    app: &App,
    id: SessionId,
    after: u64,
    wait: Duration,
) -> Result<SessionView, OperationError> {
    let deadline = tokio::time::Instant::now() + wait;
    let _counted = LongPoll::open();
    let changed = app.changes.of(id);
    loop {
        let notified = changed.notified();
        tokio::pin!(notified);
        // Before reading, so that a change after the reading is not missed.
        notified.as_mut().enable();
        // On the heap while it reads: thousands wait here, and each keeps what its future may hold.
        let view = Box::pin(view(app, id)).await?;
        let over = view.version > after || app.changes.are_stopping();
        if over || tokio::time::timeout_at(deadline, notified).await.is_err() {
            return Ok(view);
        }
    }
}

/// An attempt with what is open of it.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn attempt_view(
    app: &App,
    tx: &mut Transaction,
    attempt: &Attempt,
) -> Result<AttemptView, OperationError> {
    Ok(attempt.view(open_challenge(app, tx, attempt).await?))
}

async fn open_challenge(
    app: &App,
    tx: &mut Transaction,
    attempt: &Attempt,
) -> Result<Option<ChallengeView>, OperationError> {
    if attempt.state != State::ActionRequired {
        return Ok(None);
    }
    let challenge = challenges::find_by_attempt(tx, attempt.id).await?;
    Ok(challenge.map(|challenge| challenge.view(app.checkout_origin.as_str(), app.now())))
}

/// What the frame's document is made of, before any secret is shown; `None` for a session that does not exist.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn for_frame(
    app: &App,
    id: SessionId,
) -> Result<Option<(PaymentSession, Payment, Merchant)>, OperationError> {
    let mut tx = app.store.read().await?;
    let Some(session) = payment_sessions::find_public(&mut tx, id).await? else {
        return Ok(None);
    };
    let payment = payments::find(
        &mut tx,
        session.merchant_id,
        session.mode,
        session.payment_id,
    )
    .await?
    .ok_or(OperationError::Internal("a session's payment vanished"))?;
    let merchant = merchants::find(&mut tx, session.merchant_id)
        .await?
        .ok_or(OperationError::Internal("a session's merchant vanished"))?;
    Ok(Some((session, payment, merchant)))
}
