//! An operator makes, verifies or changes a merchant.

use checkout_protocol::id::MerchantId;

use crate::clock::Clock;
use crate::domain::merchant::Merchant;
use crate::entropy::Entropy;
use crate::operations::{OperationError, Refusal};
use crate::store::{Store, merchants};

/// Makes a merchant; it works in test mode at once.
///
/// # Errors
///
/// [`OperationError`].
pub async fn create_merchant(
    store: &Store,
    clock: &dyn Clock,
    entropy: &Entropy,
    name: &str,
) -> Result<Merchant, OperationError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        let code = checkout_protocol::error_code::ErrorCode::InvalidParameter;
        return Err(Refusal::about(code, "name", "must have 1 to 100 characters").into());
    }
    let now = clock.now();
    let merchant = Merchant {
        id: entropy.id(now),
        name: name.to_owned(),
        live_enabled: false,
        redirect_domains: vec![],
        created_at: now,
    };
    let mut tx = store.begin().await?;
    merchants::insert(&mut tx, &merchant).await?;
    tx.commit().await?;
    Ok(merchant)
}

/// Lets a merchant take real money.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn verify_merchant(store: &Store, id: MerchantId) -> Result<Merchant, OperationError> {
    change(store, id, |merchant| Merchant {
        live_enabled: true,
        ..merchant
    })
    .await
}

/// Sets the domains that payers may be returned to.
///
/// # Errors
///
/// `resource_not_found`, `invalid_parameter` for something that is not a host name.
pub async fn set_redirect_domains(
    store: &Store,
    id: MerchantId,
    domains: Vec<String>,
) -> Result<Merchant, OperationError> {
    for domain in &domains {
        let is_host = url::Host::parse(domain)
            .is_ok_and(|host| matches!(host, url::Host::Domain(name) if name == *domain));
        if !is_host || domain.starts_with('.') || domain.ends_with('.') {
            let code = checkout_protocol::error_code::ErrorCode::InvalidParameter;
            let problem = "must be a host name in lower case, such as www.shop.example";
            return Err(Refusal::about(code, "redirect-domain", problem).into());
        }
    }
    change(store, id, |merchant| Merchant {
        redirect_domains: domains,
        ..merchant
    })
    .await
}

async fn change(
    store: &Store,
    id: MerchantId,
    apply: impl FnOnce(Merchant) -> Merchant,
) -> Result<Merchant, OperationError> {
    let mut tx = store.begin().await?;
    let before = merchants::find(&mut tx, id)
        .await?
        .ok_or(checkout_protocol::error_code::ErrorCode::ResourceNotFound)?;
    let after = apply(before);
    merchants::save(&mut tx, &after).await?;
    tx.commit().await?;
    Ok(after)
}
