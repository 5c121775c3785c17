//! A merchant's server manages keys. A key's text is shown once; a revoked or rotated key stops within a second on every
//! process.

use checkout_protocol::api::api_key as wire;
use checkout_protocol::api_key::Mode;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::KeyId;

use crate::app::App;
use crate::domain::api_key::StoredKey;
use crate::operations::authenticate::Server;
use crate::operations::create_api_key::{NewKey, allowed_origins, make, proof, text_of_new};
use crate::operations::reply::{self, Answer, Reply};
use crate::operations::{OperationError, Refusal};
use crate::store::api_keys;
use crate::store::idempotency_keys::Claim;

/// Makes a key and shows its text, which nothing shows again.
///
/// # Errors
///
/// `insufficient_permissions` for a live key by a test key, `live_mode_not_enabled`, `invalid_parameter`.
pub async fn create(
    app: &App,
    caller: &Server,
    new: NewKey,
    claim: Option<&Claim>,
    render: impl Fn(&wire::ApiKeyWithText) -> Answer,
) -> Result<Reply, OperationError> {
    if caller.mode == Mode::Test && new.mode == Mode::Live {
        let problem = "must be \"test\": a test key can make only test keys";
        return Err(Refusal::about(ErrorCode::InsufficientPermissions, "mode", problem).into());
    }
    if new.mode == Mode::Live && !caller.merchant.live_enabled {
        return Err(ErrorCode::LiveModeNotEnabled.into());
    }
    let (text, key) = make(app.clock.as_ref(), &app.entropy, new).await?;
    let answer = render(&wire::ApiKeyWithText {
        api_key: key.view(),
        key: text.expose().to_owned().into(),
    });
    let mut tx = app.store.begin().await?;
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    api_keys::insert(&mut tx, &key).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

/// What is to be changed of a key.
#[derive(Clone, Debug)]
pub struct KeyChange {
    /// Its new name, if it gets one.
    pub label: Option<String>,
    /// Where a publishable key may be used from now on, if that changes.
    pub origins: Option<Vec<String>>,
}

/// Changes a key's name or origins.
///
/// # Errors
///
/// `resource_not_found`, `invalid_parameter`.
pub async fn update(
    app: &App,
    caller: &Server,
    id: KeyId,
    change: KeyChange,
    claim: Option<&Claim>,
    render: impl Fn(&wire::ApiKey) -> Answer,
) -> Result<Reply, OperationError> {
    let mut tx = app.store.begin().await?;
    let before = api_keys::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    let after = StoredKey {
        allowed_origins: match &change.origins {
            Some(origins) => allowed_origins(before.key_type, before.mode, origins)?,
            None => before.allowed_origins.clone(),
        },
        label: change.label.or(before.label.clone()),
        ..before
    };
    let answer = render(&after.view());
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    api_keys::save(&mut tx, &after, None).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

/// Gives the key a new text and shows it; the old one dies at this moment.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn rotate(
    app: &App,
    caller: &Server,
    id: KeyId,
    claim: Option<&Claim>,
    render: impl Fn(&wire::ApiKeyWithText) -> Answer,
) -> Result<Reply, OperationError> {
    let (merchant, mode) = (caller.merchant.id, caller.mode);
    let mut tx = app.store.read().await?;
    let known = api_keys::find(&mut tx, merchant, mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    drop(tx);
    // Hashing takes long, so it happens outside the transaction.
    let text = text_of_new(&app.entropy, known.key_type, known.mode);
    let proof = proof(&text).await?;
    let mut tx = app.store.begin().await?;
    let before = api_keys::find(&mut tx, merchant, mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    let old_public_part = before.public_part.clone();
    let after = StoredKey {
        public_part: text.public_part().to_owned(),
        last_four: text.last_four().to_owned(),
        proof,
        ..before
    };
    let answer = render(&wire::ApiKeyWithText {
        api_key: after.view(),
        key: text.expose().to_owned().into(),
    });
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    api_keys::save(&mut tx, &after, None).await?;
    tx.commit().await?;
    app.known_keys.forget(&old_public_part);
    Ok(Reply::Fresh(answer))
}

/// Stops a key for good.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn revoke(app: &App, caller: &Server, id: KeyId) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    let key = api_keys::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    api_keys::save(&mut tx, &key, Some(app.now())).await?;
    tx.commit().await?;
    app.known_keys.forget(&key.public_part);
    Ok(())
}
