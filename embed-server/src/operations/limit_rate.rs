//! Whether a caller may go on, by how much it has asked for.
//!
//! Where money or card testing is at stake, every process counts in the database; the rest is counted by each process
//! for itself.

use std::net::IpAddr;

use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{KeyId, MerchantId};

use crate::app::App;
use crate::domain::rate_limit::{Allowance, Standing};
use crate::operations::OperationError;
use crate::store::rate_limits;

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub enum Counted {
    /// Every request of a merchant's servers.
    Request(MerchantId, Mode),
    /// A session, made by a merchant's server.
    Session(MerchantId, Mode),
    /// A payment or a refund, made by a merchant's server.
    Money(MerchantId, Mode),
    /// A session, made by a page with a publishable key from one address.
    Page(KeyId, Option<IpAddr>),
}

/// Counts, and says where the caller stands now.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn count(app: &App, counted: Counted) -> Result<Standing, OperationError> {
    let now_us = app.now_us();
    Ok(match counted {
        Counted::Request(merchant, mode) => {
            let key = (merchant, mode);
            app.requests.take(key, app.allowances.requests, now_us)
        }
        Counted::Session(merchant, mode) => {
            let key = (merchant, mode);
            app.hot_sessions.take(key, app.allowances.hot, now_us)
        }
        Counted::Money(merchant, mode) => {
            let bucket = format!("money {merchant} {}", mode.as_str());
            count_everywhere(app, &bucket, app.allowances.hot).await?
        }
        Counted::Page(key, address) => {
            let address = address.map_or_else(|| "-".to_owned(), |address| address.to_string());
            let bucket = format!("page {key} {address}");
            count_everywhere(app, &bucket, app.allowances.page).await?
        }
    })
}

/// Takes a request back that was a repeated one: replays are free.
pub fn uncount(app: &App, counted: Counted) {
    match counted {
        Counted::Request(merchant, mode) => {
            let key = (merchant, mode);
            app.requests.give_back(&key, app.allowances.requests);
        }
        Counted::Session(merchant, mode) => {
            let key = (merchant, mode);
            app.hot_sessions.give_back(&key, app.allowances.hot);
        }
        // A repeated request is known before these are counted.
        Counted::Money(..) | Counted::Page(..) => {}
    }
}

async fn count_everywhere(
    app: &App,
    bucket: &str,
    allowance: Allowance,
) -> Result<Standing, OperationError> {
    let now_us = app.now_us();
    let (interval, tolerance) = (allowance.interval_us(), allowance.tolerance_us());
    let mut tx = app.store.begin().await?;
    if let Some(after) = rate_limits::take(&mut tx, bucket, now_us, interval, tolerance).await? {
        tx.commit().await?;
        return Ok(allowance.standing(true, after, now_us));
    }
    let empty_at = rate_limits::empty_at(&mut tx, bucket).await?;
    Ok(allowance.standing(false, empty_at.unwrap_or(now_us), now_us))
}
