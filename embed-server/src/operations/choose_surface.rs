//! The frame announces where it opens the bank: the newest announcement counts until the payer has left for the bank.

use checkout_protocol::api::session_view::{Surface, SurfaceKind, WindowSize};
use checkout_protocol::crockford;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::ChallengeId;
use url::Url;

use crate::app::App;
use crate::domain::allowed_redirect;
use crate::domain::challenge::{Challenge, Opening};
use crate::domain::payment_session::PaymentSession;
use crate::operations::{OperationError, Refusal};
use crate::store::{challenges, payments};

/// Notes the opening, which revokes an earlier one, and returns the start page's URL.
///
/// # Errors
///
/// `challenge_not_found`, `challenge_moved` when the payer has already left for the bank, `invalid_parameter`.
pub async fn choose_surface(
    app: &App,
    session: &PaymentSession,
    challenge: ChallengeId,
    wanted: Surface,
) -> Result<String, OperationError> {
    if crockford::decode_u128(&wanted.nonce).is_none() {
        let problem = "must be 128 random bits in base 32";
        return Err(Refusal::about(ErrorCode::InvalidParameter, "nonce", problem).into());
    }
    let page_url = wanted
        .page_url
        .as_deref()
        .map(|text| own_page(session, text))
        .transpose()?;
    let mut tx = app.store.begin().await?;
    payments::hold(
        &mut tx,
        session.merchant_id,
        session.mode,
        session.payment_id,
    )
    .await?;
    let before = challenges::find(&mut tx, challenge)
        .await?
        .filter(|challenge| challenge.session_id == session.id)
        .ok_or(ErrorCode::ChallengeNotFound)?;
    if before.opened_at.is_some() {
        return Err(ErrorCode::ChallengeMoved.into());
    }
    let url = format!("{}/3ds/{challenge}?n={}", app.checkout_origin, wanted.nonce);
    let after = Challenge {
        opening: Some(Opening {
            surface: wanted.surface,
            nonce: wanted.nonce,
            page_url,
            window_size: match wanted.surface {
                SurfaceKind::Popup | SurfaceKind::Redirect => WindowSize::Full,
                SurfaceKind::Inline => wanted.window_size.unwrap_or(WindowSize::S390x400),
            },
        }),
        ..before
    };
    challenges::save(&mut tx, &after).await?;
    tx.commit().await?;
    // A start page may be waiting for exactly this.
    app.changes.announce(session.id);
    Ok(url)
}

/// The merchant's page, for the way back of a session without `return_url`: only on the session's own origin.
fn own_page(session: &PaymentSession, text: &str) -> Result<Url, OperationError> {
    let mut url = allowed_redirect::check(text, session.mode, session.shown.origin(), &[])
        .map_err(|error| Refusal::about(ErrorCode::InvalidParameter, "page_url", error))?;
    url.set_fragment(None);
    Ok(url)
}
