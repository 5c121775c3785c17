//! A merchant's server reads what is its own, in its mode: one thing, or a page of a list.

use checkout_protocol::api::list::List;
use checkout_protocol::api::{
    api_key as key_wire, customer as customer_wire, payment as payment_wire,
    payment_method as method_wire, payment_session as session_wire, refund as refund_wire,
};
use checkout_protocol::api_key::Mode;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{
    CustomerId, CustomerKind, Id, KeyId, KeyKind, Kind, MerchantId, PaymentId, PaymentKind,
    PaymentMethodId, PaymentMethodKind, RefundId, RefundKind, SessionId, SessionKind,
};
use checkout_protocol::money::Money;

use crate::app::App;
use crate::domain::payment_session::PaymentSession;
use crate::operations::authenticate::Server;
use crate::operations::expire_sessions::expire_if_due;
use crate::operations::{OperationError, Refusal};
use crate::store::listing::{Found, Page, Start};
pub use crate::store::payments::Filter as PaymentFilter;
use crate::store::{
    Transaction, api_keys, customers, payment_methods, payment_sessions, payments, refunds,
};

/// Which page of a list is wanted.
#[derive(Clone, Copy)]
pub struct Wanted<K> {
    /// At most so many, 1 to 100.
    pub limit: usize,
    /// From where; at the newest when nothing is named.
    pub from: Option<Cursor<K>>,
}

/// From where a page is wanted.
#[derive(Clone, Copy)]
pub enum Cursor<K> {
    /// What is older than this.
    After(Id<K>),
    /// What is newer than this.
    Before(Id<K>),
}

impl<K: Kind + Copy> Cursor<K> {
    /// The id that it names.
    pub(super) const fn id(self) -> Id<K> {
        match self {
            Self::After(id) | Self::Before(id) => id,
        }
    }

    const fn param(self) -> &'static str {
        match self {
            Self::After(_) => "starting_after",
            Self::Before(_) => "ending_before",
        }
    }
}

impl<K: Kind + Copy> Wanted<K> {
    pub(super) fn page(&self) -> Page {
        Page {
            limit: self.limit,
            start: match self.from {
                None => Start::Newest,
                Some(Cursor::After(id)) => Start::After(id.to_string()),
                Some(Cursor::Before(id)) => Start::Before(id.to_string()),
            },
        }
    }

    /// The cursor must be the caller's own.
    pub(super) fn check(&self, exists: bool) -> Result<(), OperationError> {
        match self.from {
            Some(cursor) if !exists => Err(Refusal::unknown(cursor.param()).into()),
            Some(_) | None => Ok(()),
        }
    }
}

/// The page as it is answered.
pub(super) fn list<T, U>(found: Found<T>, view: impl FnMut(T) -> U) -> List<U> {
    List {
        data: found.rows.into_iter().map(view).collect(),
        has_more: found.has_more,
    }
}

/// Whose rows a caller sees.
pub(super) fn whose(caller: &Server) -> (MerchantId, Mode) {
    (caller.merchant.id, caller.mode)
}

/// The merchant's payment.
///
/// # Errors
///
/// `resource_not_found`, also for another merchant's or the other mode's.
pub async fn payment(
    app: &App,
    caller: &Server,
    id: PaymentId,
) -> Result<payment_wire::Payment, OperationError> {
    let mut tx = app.store.read().await?;
    let payment = payments::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    Ok(payment.view())
}

/// A page of the merchant's payments.
///
/// # Errors
///
/// `resource_not_found` for a cursor or customer that is not the merchant's.
pub async fn payments(
    app: &App,
    caller: &Server,
    filter: PaymentFilter,
    wanted: Wanted<PaymentKind>,
) -> Result<List<payment_wire::Payment>, OperationError> {
    let (merchant, mode) = whose(caller);
    let mut tx = app.store.read().await?;
    check_customer(&mut tx, caller, filter.customer).await?;
    if let Some(cursor) = wanted.from {
        let known = payments::find(&mut tx, merchant, mode, cursor.id()).await?;
        wanted.check(known.is_some())?;
    }
    let found = payments::list(&mut tx, (merchant, mode), &filter, &wanted.page()).await?;
    Ok(list(found, |payment| payment.view()))
}

/// The merchant's session, with its client secret while it is open.
///
/// # Errors
///
/// `resource_not_found`, also for another merchant's or the other mode's.
pub async fn session(
    app: &App,
    caller: &Server,
    id: SessionId,
) -> Result<session_wire::PaymentSession, OperationError> {
    let (merchant, mode) = (caller.merchant.id, caller.mode);
    let seen = app
        .store
        .look(async |mut tx| payment_sessions::overview(&mut tx, merchant, mode, id).await)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    let session = expire_if_due(app, seen.session).await?;
    let secret = app.secret.client_secret(session.id);
    Ok(session.view(seen.amount, &app.checkout_origin, &secret))
}

/// A page of the merchant's sessions. Client secrets are not in lists.
///
/// # Errors
///
/// `resource_not_found` for a cursor or payment that is not the merchant's.
pub async fn sessions(
    app: &App,
    caller: &Server,
    payment: Option<PaymentId>,
    wanted: Wanted<SessionKind>,
) -> Result<List<session_wire::PaymentSession>, OperationError> {
    let (merchant, mode) = whose(caller);
    let mut tx = app.store.read().await?;
    check_payment(&mut tx, caller, payment).await?;
    if let Some(cursor) = wanted.from {
        let known = payment_sessions::find(&mut tx, merchant, mode, cursor.id()).await?;
        wanted.check(known.is_some())?;
    }
    let found = payment_sessions::list(&mut tx, (merchant, mode), payment, &wanted.page()).await?;
    let mut data = Vec::with_capacity(found.rows.len());
    for session in found.rows {
        data.push(view_without_secret(app, &mut tx, &session).await?);
    }
    Ok(List {
        data,
        has_more: found.has_more,
    })
}

/// A session as lists and expanded fields show it.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn view_without_secret(
    app: &App,
    tx: &mut Transaction,
    session: &PaymentSession,
) -> Result<session_wire::PaymentSession, OperationError> {
    let amount = amount(tx, session).await?;
    let secret = app.secret.client_secret(session.id);
    Ok(session_wire::PaymentSession {
        client_secret: None,
        ..session.view(amount, &app.checkout_origin, &secret)
    })
}

async fn amount(tx: &mut Transaction, session: &PaymentSession) -> Result<Money, OperationError> {
    let payment = payments::find(tx, session.merchant_id, session.mode, session.payment_id)
        .await?
        .ok_or(OperationError::Internal("a session's payment vanished"))?;
    Ok(payment.amount)
}

/// The merchant's refund.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn refund(
    app: &App,
    caller: &Server,
    id: RefundId,
) -> Result<refund_wire::Refund, OperationError> {
    let mut tx = app.store.read().await?;
    let refund = refunds::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    Ok(refund.view())
}

/// A page of the merchant's refunds.
///
/// # Errors
///
/// `resource_not_found` for a cursor or payment that is not the merchant's.
pub async fn refunds(
    app: &App,
    caller: &Server,
    payment: Option<PaymentId>,
    wanted: Wanted<RefundKind>,
) -> Result<List<refund_wire::Refund>, OperationError> {
    let (merchant, mode) = whose(caller);
    let mut tx = app.store.read().await?;
    check_payment(&mut tx, caller, payment).await?;
    if let Some(cursor) = wanted.from {
        let known = refunds::find(&mut tx, merchant, mode, cursor.id()).await?;
        wanted.check(known.is_some())?;
    }
    let found = refunds::list(&mut tx, (merchant, mode), payment, &wanted.page()).await?;
    Ok(list(found, |refund| refund.view()))
}

/// The merchant's customer.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn customer(
    app: &App,
    caller: &Server,
    id: CustomerId,
) -> Result<customer_wire::Customer, OperationError> {
    let mut tx = app.store.read().await?;
    let customer = customers::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    Ok(customer.view())
}

/// A page of the merchant's customers.
///
/// # Errors
///
/// `resource_not_found` for a cursor that is not the merchant's.
pub async fn customers(
    app: &App,
    caller: &Server,
    email: Option<String>,
    wanted: Wanted<CustomerKind>,
) -> Result<List<customer_wire::Customer>, OperationError> {
    let (merchant, mode) = whose(caller);
    let mut tx = app.store.read().await?;
    if let Some(cursor) = wanted.from {
        let known = customers::find(&mut tx, merchant, mode, cursor.id()).await?;
        wanted.check(known.is_some())?;
    }
    let found = customers::list(&mut tx, (merchant, mode), email, &wanted.page()).await?;
    Ok(list(found, |customer| customer.view()))
}

/// The merchant's payment method, unless it was detached.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn payment_method(
    app: &App,
    caller: &Server,
    id: PaymentMethodId,
) -> Result<method_wire::PaymentMethod, OperationError> {
    let mut tx = app.store.read().await?;
    let method = payment_methods::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    Ok(method.view())
}

/// A page of the merchant's payment methods.
///
/// # Errors
///
/// `resource_not_found` for a cursor or customer that is not the merchant's.
pub async fn payment_methods(
    app: &App,
    caller: &Server,
    customer: Option<CustomerId>,
    wanted: Wanted<PaymentMethodKind>,
) -> Result<List<method_wire::PaymentMethod>, OperationError> {
    let (merchant, mode) = whose(caller);
    let mut tx = app.store.read().await?;
    check_customer(&mut tx, caller, customer).await?;
    if let Some(cursor) = wanted.from {
        // A page may go on from a card that was detached since the page before.
        let id = cursor.id();
        let known = payment_methods::find_with_detached(&mut tx, merchant, mode, id).await?;
        wanted.check(known.is_some())?;
    }
    let page = wanted.page();
    let found = payment_methods::list(&mut tx, (merchant, mode), customer, &page).await?;
    Ok(list(found, |method| method.view()))
}

/// The merchant's key, unless it was revoked.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn api_key(
    app: &App,
    caller: &Server,
    id: KeyId,
) -> Result<key_wire::ApiKey, OperationError> {
    let mut tx = app.store.read().await?;
    let key = api_keys::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    Ok(key.view())
}

/// A page of the merchant's keys.
///
/// # Errors
///
/// `resource_not_found` for a cursor that is not the merchant's.
pub async fn api_keys(
    app: &App,
    caller: &Server,
    wanted: Wanted<KeyKind>,
) -> Result<List<key_wire::ApiKey>, OperationError> {
    let (merchant, mode) = whose(caller);
    let mut tx = app.store.read().await?;
    if let Some(cursor) = wanted.from {
        let known = api_keys::find(&mut tx, merchant, mode, cursor.id()).await?;
        wanted.check(known.is_some())?;
    }
    let found = api_keys::list(&mut tx, (merchant, mode), &wanted.page()).await?;
    Ok(list(found, |key| key.view()))
}

async fn check_customer(
    tx: &mut Transaction,
    caller: &Server,
    id: Option<CustomerId>,
) -> Result<(), OperationError> {
    if let Some(id) = id {
        customers::find(tx, caller.merchant.id, caller.mode, id)
            .await?
            .ok_or_else(|| Refusal::unknown("customer"))?;
    }
    Ok(())
}

async fn check_payment(
    tx: &mut Transaction,
    caller: &Server,
    id: Option<PaymentId>,
) -> Result<(), OperationError> {
    if let Some(id) = id {
        payments::find(tx, caller.merchant.id, caller.mode, id)
            .await?
            .ok_or_else(|| Refusal::unknown("payment"))?;
    }
    Ok(())
}
