//! A merchant's server chooses a customer's default card, or takes a card from a customer; so does the payer.

use checkout_protocol::api::payment_method as wire;
use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api_key::Mode;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{CustomerId, MerchantId, PaymentMethodId};

use crate::acquirer::StoredCard;
use crate::app::App;
use crate::domain::customer::Customer;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::payment_session::PaymentSession;
use crate::operations::OperationError;
use crate::operations::authenticate::Server;
use crate::operations::change_customers::save;
use crate::operations::reply::{self, Answer, Reply};
use crate::store::events::EventType;
use crate::store::idempotency_keys::Claim;
use crate::store::{customers, events, payment_methods};

const BATCH: i64 = 100;

/// Makes the card the one that is charged when none is named.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn set_default(
    app: &App,
    caller: &Server,
    id: PaymentMethodId,
    claim: Option<&Claim>,
    render: impl Fn(&wire::PaymentMethod) -> Answer,
) -> Result<Reply, OperationError> {
    let (merchant, mode) = (caller.merchant.id, caller.mode);
    let mut tx = app.store.begin().await?;
    let method = payment_methods::find(&mut tx, merchant, mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    let before = customers::hold(&mut tx, merchant, mode, method.customer)
        .await?
        .ok_or(OperationError::Internal("a saved card's customer vanished"))?;
    // It may have been detached while we waited for the customer.
    payment_methods::find(&mut tx, merchant, mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    let answer = render(&method.view());
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    if before.default_payment_method != Some(id) {
        let view_before = before.view();
        let after = Customer {
            default_payment_method: Some(id),
            ..before
        };
        save(app, &mut tx, &view_before, &after).await?;
    }
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

/// Takes the card from its customer for good. The acquirer forgets it, too; if it cannot be told now, the sweeper tells
/// it later.
///
/// # Errors
///
/// `resource_not_found`, also for a card that was detached before.
pub async fn detach(app: &App, caller: &Server, id: PaymentMethodId) -> Result<(), OperationError> {
    detach_from(app, (caller.merchant.id, caller.mode), None, id).await
}

/// The payer removes a card of theirs in an open session that offers it.
///
/// # Errors
///
/// `session_not_open`, `resource_not_found` for a card that is not the session's customer's.
pub async fn detach_by_payer(
    app: &App,
    session: &PaymentSession,
    id: PaymentMethodId,
) -> Result<(), OperationError> {
    if session.status != SessionStatus::Open {
        return Err(ErrorCode::SessionNotOpen.into());
    }
    let customer = session.customer.ok_or(ErrorCode::ResourceNotFound)?;
    detach_from(app, (session.merchant_id, session.mode), Some(customer), id).await
}

/// Detaches a card; with a customer, only one of theirs.
async fn detach_from(
    app: &App,
    (merchant, mode): (MerchantId, Mode),
    customer: Option<CustomerId>,
    id: PaymentMethodId,
) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    let method = payment_methods::find(&mut tx, merchant, mode, id)
        .await?
        .filter(|method| customer.is_none_or(|customer| method.customer == customer))
        .ok_or(ErrorCode::ResourceNotFound)?;
    let before = customers::hold(&mut tx, merchant, mode, method.customer)
        .await?
        .ok_or(OperationError::Internal("a saved card's customer vanished"))?;
    if !payment_methods::detach(&mut tx, &method, app.now()).await? {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    if before.default_payment_method == Some(id) {
        let view_before = before.view();
        let after = Customer {
            default_payment_method: None,
            ..before
        };
        save(app, &mut tx, &view_before, &after).await?;
    }
    let happened = app.happened(merchant, mode);
    let event_type = EventType::PaymentMethodDetached;
    events::insert(&mut tx, happened, event_type, &method.view(), None).await?;
    tx.commit().await?;
    forget(app, &method).await
}

/// Tells the acquirer of every detached card that it has not forgotten yet.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn forget_detached(app: &App) -> Result<(), OperationError> {
    let mut tx = app.store.read().await?;
    let methods = payment_methods::find_unforgotten(&mut tx, BATCH).await?;
    drop(tx);
    for method in methods {
        forget(app, &method).await?;
    }
    Ok(())
}

async fn forget(app: &App, method: &PaymentMethod) -> Result<(), OperationError> {
    let card = StoredCard {
        token: method.acquirer_token.clone(),
        customer: method.customer,
    };
    match app.acquirer.forget(&card).await {
        Ok(()) => {
            let mut tx = app.store.begin().await?;
            payment_methods::note_forgotten(&mut tx, method).await?;
            Ok(tx.commit().await?)
        }
        Err(error) => {
            tracing::warn!(payment_method = %method.id, %error, "the acquirer has not forgotten a card yet");
            Ok(())
        }
    }
}
