//! `expand[]`: ids in an answer become what they name, also within what was expanded.

use std::future::Future;
use std::pin::Pin;

use checkout_protocol::error_code::ErrorCode;
use serde::Serialize;
use serde_json::Value;

use crate::app::App;
use crate::operations::authenticate::Server;
use crate::operations::read_merchant_data::view_without_secret;
use crate::operations::{OperationError, Refusal};
use crate::store::{Transaction, customers, payment_methods, payment_sessions, payments};

/// How many fields may be expanded into each other.
pub const DEEPEST: usize = 4;

/// Fields that hold an id which can be expanded.
pub const EXPANDABLE: [&str; 5] = [
    "customer",
    "default_payment_method",
    "payment",
    "payment_method",
    "session",
];

/// The answer with every path expanded. In a list, each entry.
///
/// # Errors
///
/// `invalid_parameter` for a path that is none of the answer.
pub async fn expand(
    app: &App,
    caller: &Server,
    answer: &impl Serialize,
    paths: &[Vec<String>],
) -> Result<Value, OperationError> {
    let mut answer = serde_json::to_value(answer)
        .map_err(|_| OperationError::Internal("an answer is no JSON"))?;
    if paths.is_empty() {
        return Ok(answer);
    }
    let mut tx = app.store.read().await?;
    for path in paths {
        match answer.get_mut("data").and_then(Value::as_array_mut) {
            Some(entries) => {
                for entry in entries {
                    one(app, caller, &mut tx, entry, path).await?;
                }
            }
            None => one(app, caller, &mut tx, &mut answer, path).await?,
        }
    }
    Ok(answer)
}

type Expanding<'a> = Pin<Box<dyn Future<Output = Result<(), OperationError>> + Send + 'a>>;

fn one<'a>(
    app: &'a App,
    caller: &'a Server,
    tx: &'a mut Transaction,
    object: &'a mut Value,
    path: &'a [String],
) -> Expanding<'a> {
    Box::pin(async move {
        let Some((field, rest)) = path.split_first() else {
            return Ok(());
        };
        let value = match object.get_mut(field) {
            Some(value) if EXPANDABLE.contains(&field.as_str()) => value,
            _ => {
                let problem = format!("cannot expand `{field}` here");
                return Err(
                    Refusal::about(ErrorCode::InvalidParameter, "expand[]", problem).into(),
                );
            }
        };
        if let Some(id) = value.as_str() {
            *value = load(app, caller, tx, field, id).await?;
        }
        if value.is_object() {
            one(app, caller, tx, value, rest).await?;
        }
        Ok(())
    })
}

/// What an id of the caller's names. It stands in one of its own rows, so it exists.
async fn load(
    app: &App,
    caller: &Server,
    tx: &mut Transaction,
    field: &str,
    id: &str,
) -> Result<Value, OperationError> {
    const VANISHED: OperationError = OperationError::Internal("what an id names vanished");
    let (merchant, mode) = (caller.merchant.id, caller.mode);
    let json = |view: serde_json::Result<Value>| view.map_err(|_| VANISHED);
    match field {
        "customer" => {
            let id = id.parse().map_err(|_| VANISHED)?;
            let customer = customers::find(tx, merchant, mode, id).await?;
            json(serde_json::to_value(customer.ok_or(VANISHED)?.view()))
        }
        "payment" => {
            let id = id.parse().map_err(|_| VANISHED)?;
            let payment = payments::find(tx, merchant, mode, id).await?;
            json(serde_json::to_value(payment.ok_or(VANISHED)?.view()))
        }
        "session" => {
            let id = id.parse().map_err(|_| VANISHED)?;
            let session = payment_sessions::find(tx, merchant, mode, id).await?;
            let view = view_without_secret(app, tx, &session.ok_or(VANISHED)?).await?;
            json(serde_json::to_value(view))
        }
        _ => {
            let id = id.parse().map_err(|_| VANISHED)?;
            let method = payment_methods::find_with_detached(tx, merchant, mode, id).await?;
            json(serde_json::to_value(method.ok_or(VANISHED)?.view()))
        }
    }
}
