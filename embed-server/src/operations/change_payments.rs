//! A merchant's server changes what it says of a payment. The money stays as it is.

use std::collections::BTreeMap;

use checkout_protocol::api::payment as wire;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::PaymentId;

use crate::app::App;
use crate::domain::payment::Payment;
use crate::operations::OperationError;
use crate::operations::authenticate::Server;
use crate::operations::change_customers::merged;
use crate::operations::reply::{self, Answer, Reply};
use crate::store::idempotency_keys::Claim;
use crate::store::payments;

/// What is to be changed of a payment.
#[derive(Clone, Debug)]
pub struct PaymentChange {
    /// What the payer's invoice says.
    pub description: Option<String>,
    /// The merchant's own reference.
    pub external_reference: Option<String>,
    /// Pairs to set; an empty value removes its key.
    pub metadata: BTreeMap<String, String>,
}

/// Changes a payment; what is not named stays.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn update_payment(
    app: &App,
    caller: &Server,
    id: PaymentId,
    change: PaymentChange,
    claim: Option<&Claim>,
    render: impl Fn(&wire::Payment) -> Answer,
) -> Result<Reply, OperationError> {
    let mut tx = app.store.begin().await?;
    let before = payments::hold(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    let after = Payment {
        description: change.description.or(before.description),
        external_reference: change.external_reference.or(before.external_reference),
        metadata: merged(before.metadata, change.metadata),
        ..before
    };
    let answer = render(&after.view());
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    payments::save(&mut tx, &after).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}
