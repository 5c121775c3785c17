//! `/v1/api_keys`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use checkout_protocol::api::api_key as wire;
use checkout_protocol::api_key::{KeyType, Mode};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::KeyId;

use crate::app::App;
use crate::http::body::{Fields, JsonBody, OptionalBody};
use crate::http::credentials::SecretKey;
use crate::http::error::ApiError;
use crate::http::idempotency::{IdempotencyKey, answer, concluded, earlier};
use crate::http::lenient::{PathPart, resource_id};
use crate::http::query::Query;
use crate::http::shown::{shown, shown_list};
use crate::operations::change_api_keys::{self, KeyChange};
use crate::operations::create_api_key::NewKey;
use crate::operations::reply::Reply;
use crate::operations::{Refusal, read_merchant_data};

/// What `POST /v1/api_keys` takes.
pub const CREATE: &[&str] = &["allowed_origins", "label", "mode", "type"];

/// What an update takes.
pub const UPDATE: &[&str] = &["allowed_origins", "label"];

/// What a list can be filtered by.
pub const FILTERS: &[&str] = &[];

/// Origins of one key at most.
const ORIGINS_MAX: usize = 100;

/// `POST /v1/api_keys`
pub async fn create(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    key: IdempotencyKey,
    body: JsonBody,
) -> Result<Reply, ApiError> {
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    let mut fields = body.strict(CREATE)?;
    let new = NewKey {
        merchant_id: caller.merchant.id,
        key_type: named(
            &mut fields,
            "type",
            KeyType::from_text,
            "secret or publishable",
        )?,
        mode: named(&mut fields, "mode", Mode::from_text, "test or live")?,
        label: fields.text("label", 100)?,
        origins: fields
            .texts("allowed_origins", ORIGINS_MAX)?
            .unwrap_or_default(),
    };
    let render = |key: &wire::ApiKeyWithText| answer(StatusCode::CREATED, key);
    let outcome = change_api_keys::create(&app, &caller, new, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

fn named<T>(
    fields: &mut Fields,
    name: &str,
    read: impl Fn(&str) -> Option<T>,
    known: &str,
) -> Result<T, ApiError> {
    let text = fields.required_text(name, 20)?;
    read(&text).ok_or_else(|| {
        let problem = format!("must be {known}");
        Refusal::about(ErrorCode::InvalidParameter, name, problem).into()
    })
}

/// `POST` and `PATCH /v1/api_keys/{id}`
pub async fn update(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    key: IdempotencyKey,
    body: JsonBody,
) -> Result<Reply, ApiError> {
    let id: KeyId = resource_id(&id)?;
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    let mut fields = body.strict(UPDATE)?;
    let change = KeyChange {
        label: fields.text("label", 100)?,
        origins: fields.texts("allowed_origins", ORIGINS_MAX)?,
    };
    let render = |key: &wire::ApiKey| answer(StatusCode::OK, key);
    let outcome = change_api_keys::update(&app, &caller, id, change, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

/// `POST /v1/api_keys/{id}/rotate`
pub async fn rotate(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    key: IdempotencyKey,
    OptionalBody(body): OptionalBody,
) -> Result<Reply, ApiError> {
    let id: KeyId = resource_id(&id)?;
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    body.strict(&[])?;
    let render = |key: &wire::ApiKeyWithText| answer(StatusCode::OK, key);
    let outcome = change_api_keys::rotate(&app, &caller, id, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

/// `DELETE /v1/api_keys/{id}`
pub async fn revoke(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
) -> Result<StatusCode, ApiError> {
    let id: KeyId = resource_id(&id)?;
    change_api_keys::revoke(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /v1/api_keys/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_one()?;
    let id: KeyId = resource_id(&id)?;
    let key = read_merchant_data::api_key(&app, &caller, id).await?;
    shown(&app, &caller, &asked, &key).await
}

/// `GET /v1/api_keys`
pub async fn list(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_list(FILTERS)?;
    let keys = read_merchant_data::api_keys(&app, &caller, asked.page()?).await?;
    shown_list(&app, &caller, &asked, &keys).await
}
