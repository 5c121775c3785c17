//! Who is calling: a merchant's server by its secret key, or a merchant's page by its publishable key and origin.

use std::sync::Arc;

use checkout_protocol::api_key::{ApiKey, KeyType, Mode};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::origin::Origin;

use crate::app::App;
use crate::domain::api_key::StoredKey;
use crate::domain::merchant::Merchant;
use crate::known_keys::{FRESH_MS, KnownKey};
use crate::operations::{OperationError, Refusal};
use crate::store::{StoreError, api_keys, merchants};

/// A merchant's server.
#[derive(Clone)]
pub struct Server {
    /// Whose.
    pub merchant: Arc<Merchant>,
    /// Test or live.
    pub mode: Mode,
}

/// A merchant's page.
#[derive(Clone)]
pub struct Page {
    /// Whose.
    pub merchant: Arc<Merchant>,
    /// Test or live.
    pub mode: Mode,
    /// The key it carries, for the idempotency scope.
    pub key: Arc<StoredKey>,
    /// The page's origin, allowed by the key.
    pub origin: Origin,
}

/// The server that holds this secret key.
///
/// # Errors
///
/// `invalid_api_key`, `publishable_key_not_allowed`, `live_mode_not_enabled`.
pub async fn server(app: &App, presented: &ApiKey) -> Result<Server, OperationError> {
    if presented.key_type() == KeyType::Publishable {
        return Err(ErrorCode::PublishableKeyNotAllowed.into());
    }
    let (key, merchant) = match app.known_keys.get(presented.public_part()) {
        Some(known) if app.secret.proves(presented.expose(), &known.proof) => {
            still_good(app, known).await?
        }
        Some(_) | None => proven(app, presented).await?,
    };
    check_mode(&key, &merchant)?;
    Ok(Server {
        mode: key.mode,
        merchant,
    })
}

/// The page that carries this publishable key on `origin`.
///
/// # Errors
///
/// `invalid_api_key`, `origin_not_allowed`, `live_mode_not_enabled`.
pub async fn page(
    app: &App,
    presented: &ApiKey,
    origin: Option<&str>,
) -> Result<Page, OperationError> {
    let (key, merchant) = read(app, presented.public_part()).await?;
    // A publishable key is public: comparing it needs no care about time.
    if key.key_type != KeyType::Publishable || key.proof != presented.expose() {
        return Err(ErrorCode::InvalidApiKey.into());
    }
    let origin = origin
        .and_then(|text| Origin::parse(text, key.mode).ok())
        .filter(|origin| key.serves(origin))
        .ok_or(ErrorCode::OriginNotAllowed)?;
    check_mode(&key, &merchant)?;
    Ok(Page {
        mode: key.mode,
        merchant,
        key,
        origin,
    })
}

/// Whether a page of `origin` may use this publishable key, for the CORS header of a refusal.
pub async fn serves(app: &App, presented: &ApiKey, origin: &str) -> bool {
    page(app, presented, Some(origin)).await.is_ok()
}

fn check_mode(key: &StoredKey, merchant: &Merchant) -> Result<(), OperationError> {
    match key.mode {
        Mode::Live if !merchant.live_enabled => Err(ErrorCode::LiveModeNotEnabled.into()),
        Mode::Live | Mode::Test => Ok(()),
    }
}

async fn still_good(
    app: &App,
    known: KnownKey,
) -> Result<(Arc<StoredKey>, Arc<Merchant>), OperationError> {
    let now = app.now();
    if now.0 - known.checked_at.0 < FRESH_MS {
        return Ok((known.key, known.merchant));
    }
    let (key, merchant) = read(app, &known.key.public_part).await?;
    if key.version != known.key.version {
        app.known_keys.forget(&key.public_part);
        return Err(ErrorCode::InvalidApiKey.into());
    }
    app.known_keys.put(KnownKey {
        key: Arc::clone(&key),
        merchant: Arc::clone(&merchant),
        checked_at: now,
        ..known
    });
    Ok((key, merchant))
}

/// Compares with bcrypt, off the async threads and a few at a time.
async fn proven(
    app: &App,
    presented: &ApiKey,
) -> Result<(Arc<StoredKey>, Arc<Merchant>), OperationError> {
    let _turn = app
        .known_keys
        .bcrypt
        .acquire()
        .await
        .map_err(|_| OperationError::Internal("the bcrypt queue is closed"))?;
    // While we waited our turn, another request may have proven the same key.
    if let Some(known) = app.known_keys.get(presented.public_part())
        && app.secret.proves(presented.expose(), &known.proof)
    {
        return Ok((known.key, known.merchant));
    }
    let (key, merchant) = read(app, presented.public_part()).await?;
    let (text, hash) = (presented.clone(), key.proof.clone());
    let matches = tokio::task::spawn_blocking(move || bcrypt::verify(text.expose(), &hash))
        .await
        .map_err(|_| OperationError::Internal("the bcrypt thread died"))?;
    if key.key_type != KeyType::Secret || !matches.unwrap_or(false) {
        return Err(ErrorCode::InvalidApiKey.into());
    }
    app.known_keys.put(KnownKey {
        proof: app.secret.proof_of(presented.expose()),
        key: Arc::clone(&key),
        merchant: Arc::clone(&merchant),
        checked_at: app.now(),
    });
    Ok((key, merchant))
}

async fn read(
    app: &App,
    public_part: &str,
) -> Result<(Arc<StoredKey>, Arc<Merchant>), OperationError> {
    let mut tx = app.store.read().await?;
    let key = api_keys::find_by_public_part(&mut tx, public_part)
        .await?
        .filter(|key| !key.revoked)
        .ok_or_else(|| Refusal::new(ErrorCode::InvalidApiKey))?;
    let merchant = merchants::find(&mut tx, key.merchant_id).await?;
    let merchant = merchant.ok_or_else(|| StoreError::Corrupt {
        table: "api_keys",
        column: "merchant_id",
        id: key.id.to_string(),
    })?;
    Ok((Arc::new(key), Arc::new(merchant)))
}
