//! An operator makes a key. Its text is shown once; of a secret key only a bcrypt hash stays.

use checkout_protocol::api_key::{ApiKey, KeyType, Mode};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::MerchantId;
use checkout_protocol::origin::AllowedOrigin;

use crate::clock::Clock;
use crate::domain::api_key::StoredKey;
use crate::entropy::Entropy;
use crate::operations::{OperationError, Refusal};
use crate::store::{Store, api_keys, merchants};

/// bcrypt's cost: 47 ms a hash on the machine it was chosen on, paid once per key and process.
const COST: u32 = 10;

/// What is wanted.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// For whom.
    pub merchant_id: MerchantId,
    /// Secret or publishable.
    pub key_type: KeyType,
    /// Test or live.
    pub mode: Mode,
    /// The merchant's own name for it.
    pub label: Option<String>,
    /// Where a publishable key may be used.
    pub origins: Vec<String>,
}

/// Makes a key and returns its text with its row.
///
/// # Errors
///
/// `resource_not_found` for an unknown merchant, `invalid_parameter` for an origin that is none, or for origins of a
/// secret key.
pub async fn create_api_key(
    store: &Store,
    clock: &dyn Clock,
    entropy: &Entropy,
    new: NewKey,
) -> Result<(ApiKey, StoredKey), OperationError> {
    let merchant = new.merchant_id;
    let (text, key) = make(clock, entropy, new).await?;
    let mut tx = store.begin().await?;
    merchants::find(&mut tx, merchant)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    api_keys::insert(&mut tx, &key).await?;
    tx.commit().await?;
    Ok((text, key))
}

/// A key that is not written yet.
///
/// # Errors
///
/// `invalid_parameter`.
pub async fn make(
    clock: &dyn Clock,
    entropy: &Entropy,
    new: NewKey,
) -> Result<(ApiKey, StoredKey), OperationError> {
    let allowed_origins = allowed_origins(new.key_type, new.mode, &new.origins)?;
    let text = text_of_new(entropy, new.key_type, new.mode);
    let now = clock.now();
    let key = StoredKey {
        id: entropy.id(now),
        merchant_id: new.merchant_id,
        mode: new.mode,
        key_type: new.key_type,
        label: new.label,
        public_part: text.public_part().to_owned(),
        proof: proof(&text).await?,
        last_four: text.last_four().to_owned(),
        allowed_origins,
        revoked: false,
        version: 1,
        created_at: now,
    };
    Ok((text, key))
}

/// The text of a new key.
#[must_use]
pub fn text_of_new(entropy: &Entropy, key_type: KeyType, mode: Mode) -> ApiKey {
    let secret = (
        u128::from_be_bytes(entropy.bytes()),
        u64::from_be_bytes(entropy.bytes()),
    );
    let row = u64::from_be_bytes(entropy.bytes());
    ApiKey::assemble(key_type, mode, row, secret)
}

/// Where a key may be used; only pages have an origin.
///
/// # Errors
///
/// `invalid_parameter`.
pub fn allowed_origins(
    key_type: KeyType,
    mode: Mode,
    origins: &[String],
) -> Result<Vec<AllowedOrigin>, OperationError> {
    let about = |problem: &dyn std::fmt::Display| {
        Refusal::about(ErrorCode::InvalidParameter, "allowed_origins", problem)
    };
    match key_type {
        KeyType::Secret if !origins.is_empty() => {
            Err(about(&"belong to publishable keys only").into())
        }
        KeyType::Secret => Ok(vec![]),
        KeyType::Publishable => origins
            .iter()
            .map(|text| AllowedOrigin::parse(text, mode).map_err(|error| about(&error).into()))
            .collect(),
    }
}

/// What is kept of a key to know it again.
///
/// # Errors
///
/// `Internal` when bcrypt fails.
pub async fn proof(text: &ApiKey) -> Result<String, OperationError> {
    if text.key_type() == KeyType::Publishable {
        return Ok(text.expose().to_owned());
    }
    let text = text.clone();
    tokio::task::spawn_blocking(move || bcrypt::hash(text.expose(), COST))
        .await
        .ok()
        .and_then(Result::ok)
        .ok_or(OperationError::Internal("bcrypt failed"))
}
