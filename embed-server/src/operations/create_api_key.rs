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
    let allowed_origins = allowed_origins(&new)?;
    let secret = (
        u128::from_be_bytes(entropy.bytes()),
        u64::from_be_bytes(entropy.bytes()),
    );
    let row = u64::from_be_bytes(entropy.bytes());
    let text = ApiKey::assemble(new.key_type, new.mode, row, secret);
    let now = clock.now();
    let key = StoredKey {
        id: entropy.id(now),
        merchant_id: new.merchant_id,
        mode: new.mode,
        key_type: new.key_type,
        public_part: text.public_part().to_owned(),
        proof: proof(&text).await?,
        last_four: text.last_four().to_owned(),
        allowed_origins,
        revoked: false,
        version: 1,
        created_at: now,
    };
    let mut tx = store.begin().await?;
    merchants::find(&mut tx, new.merchant_id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    api_keys::insert(&mut tx, &key).await?;
    tx.commit().await?;
    Ok((text, key))
}

fn allowed_origins(new: &NewKey) -> Result<Vec<AllowedOrigin>, OperationError> {
    let about = |problem: &dyn std::fmt::Display| {
        Refusal::about(ErrorCode::InvalidParameter, "allowed_origins", problem)
    };
    match new.key_type {
        KeyType::Secret if !new.origins.is_empty() => {
            Err(about(&"belong to publishable keys only").into())
        }
        KeyType::Secret => Ok(vec![]),
        KeyType::Publishable => new
            .origins
            .iter()
            .map(|text| AllowedOrigin::parse(text, new.mode).map_err(|error| about(&error).into()))
            .collect(),
    }
}

async fn proof(text: &ApiKey) -> Result<String, OperationError> {
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
