//! `/public/payment_sessions/{id}`: what the frame calls, by the session's client secret alone.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use checkout_protocol::api::session_view::{Browser, Surface};
use checkout_protocol::card::brand::Brand;
use checkout_protocol::crockford;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::ChallengeId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::acquirer::BrowserFacts;
use crate::app::App;
use crate::domain::attempt::Press;
use crate::domain::browser_data;
use crate::domain::card_envelope::MAX_BYTES;
use crate::domain::client_address::client_address;
use crate::domain::payment_session::Overview;
use crate::domain::time_limits::LONG_POLL_S;
use crate::http::body::{Fields, JsonBody};
use crate::http::client_secret::OpenedSession;
use crate::http::error::ApiError;
use crate::http::session_request::email;
use crate::operations::cancel_attempt::cancel_attempt;
use crate::operations::change_payment_methods::detach_by_payer;
use crate::operations::choose_surface::choose_surface;
use crate::operations::confirm_payment::{ChosenCard, Confirmation, confirm_payment};
use crate::operations::open_session::check_same_place;
use crate::operations::{OperationError, Refusal, finish_fingerprint, watch_session};

const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The query of a read.
#[derive(Deserialize)]
pub struct Poll {
    after: Option<u64>,
    wait: Option<u64>,
    /// The session whose document the frame shows, when it wants to go on with this one.
    instead_of: Option<String>,
}

fn uncached(body: impl Serialize) -> Response {
    (NO_STORE, Json(body)).into_response()
}

/// `GET /public/payment_sessions/{id}`: at once, or when the version passes `after`.
pub async fn view(
    State(app): State<App>,
    OpenedSession(opened): OpenedSession,
    poll: Result<Query<Poll>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(poll) = poll.map_err(|_| {
        Refusal::about(
            ErrorCode::InvalidParameter,
            "after",
            "and `wait` must be whole numbers",
        )
    })?;
    if let Some(first) = poll.instead_of {
        let first = first.parse().map_err(|_| ErrorCode::InvalidClientSecret)?;
        check_same_place(&app, first, &opened.session).await?;
    }
    let view = match (poll.after, poll.wait) {
        (Some(after), Some(wait)) if wait > 0 => {
            let wait = Duration::from_secs(wait.min(u64::from(LONG_POLL_S)));
            let id = opened.session.id;
            // It is read again when it has changed.
            drop(opened);
            watch_session::wait(&app, id, after, wait).await?
        }
        _ => watch_session::view_of(&app, opened).await?,
    };
    Ok(uncached(view))
}

/// `POST …/confirm`
pub async fn confirm(
    State(app): State<App>,
    OpenedSession(Overview { session, .. }): OpenedSession,
    connection: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let mut fields = body.tolerant();
    let client_attempt = press(&fields.required_text("attempt_id", 26)?)?;
    let email = email(&mut fields, "email")?;
    if email.is_some() && session.customer_email.is_some() && email != session.customer_email {
        return Err(ErrorCode::CustomerEmailLocked.into());
    }
    let confirmation = Confirmation {
        client_attempt,
        card: chosen_card(&mut fields, session.require_cvc_recollection)?,
        email,
        browser: browser(
            fields.required_object("browser")?.into_typed("browser")?,
            &headers,
            client_address(
                connection.map(|Extension(ConnectInfo(address))| address.ip()),
                headers
                    .get("x-forwarded-for")
                    .and_then(|value| value.to_str().ok()),
                &app.trusted_proxies,
            ),
        ),
    };
    // A payer who closes the page must not stop a charge half-way: the work goes on without the connection.
    let worker = app.clone();
    let work = app.spawn(async move { confirm_payment(&worker, session.id, confirmation).await });
    let outcome = work
        .await
        .map_err(|_| OperationError::Internal("a confirmation panicked"))??;
    Ok(uncached(outcome))
}

/// Exactly one card: typed or saved, the saved one with its code where the session wants it.
fn chosen_card(fields: &mut Fields, needs_code: bool) -> Result<ChosenCard, ApiError> {
    const CODE: &str = "encrypted_security_code";
    let code = fields.text(CODE, MAX_BYTES)?;
    let save = fields.flag("save_card")?.unwrap_or(false);
    let brand = brand(fields)?;
    match (
        fields.text("encrypted_card", MAX_BYTES)?,
        fields.id("payment_method")?,
    ) {
        (Some(_), None) if code.is_some() => {
            let problem = "belongs to a saved card; that of a typed one is in its envelope";
            Err(Refusal::about(ErrorCode::InvalidParameter, CODE, problem).into())
        }
        (Some(envelope), None) => Ok(ChosenCard::Typed {
            envelope,
            brand,
            save,
        }),
        (None, Some(_)) if needs_code && code.is_none() => {
            let problem = "is required: this session charges a saved card with its code only";
            Err(Refusal::about(ErrorCode::MissingParameter, CODE, problem).into())
        }
        (None, Some(method)) => Ok(ChosenCard::Saved { method, code }),
        (None, None) => {
            let problem = "or `payment_method` is required";
            let code = ErrorCode::MissingParameter;
            Err(Refusal::about(code, "encrypted_card", problem).into())
        }
        (Some(_), Some(_)) => {
            let problem = "must not stand beside `payment_method`";
            let code = ErrorCode::InvalidParameter;
            Err(Refusal::about(code, "encrypted_card", problem).into())
        }
    }
}

/// The brand that the payer chose, by our name for it.
fn brand(fields: &mut Fields) -> Result<Option<Brand>, ApiError> {
    let Some(name) = fields.text("brand", 20)? else {
        return Ok(None);
    };
    let brand = serde_json::from_value(json!(name)).map_err(|_| {
        let problem = "must be the name of a card brand such as visa";
        Refusal::about(ErrorCode::InvalidParameter, "brand", problem)
    })?;
    Ok(Some(brand))
}

fn press(text: &str) -> Result<String, ApiError> {
    if crockford::decode_u128(text).is_some() {
        return Ok(text.to_ascii_lowercase());
    }
    let problem = "must be 128 random bits in base 32 (26 characters)";
    Err(Refusal::about(ErrorCode::InvalidParameter, "attempt_id", problem).into())
}

fn browser(reported: Browser, headers: &HeaderMap, address: Option<IpAddr>) -> BrowserFacts {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    BrowserFacts {
        reported: browser_data::standardised(reported),
        accept: browser_data::header(text(header::ACCEPT), "*/*"),
        user_agent: browser_data::header(text(header::USER_AGENT), "unknown"),
        address,
    }
}

/// `POST …/cancel`
pub async fn cancel(
    State(app): State<App>,
    OpenedSession(Overview { session, .. }): OpenedSession,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let client_attempt = press(&body.tolerant().required_text("attempt_id", 26)?)?;
    let press = Press {
        session_id: session.id,
        client_attempt,
    };
    cancel_attempt(&app, &press).await?;
    Ok(uncached(watch_session::view(&app, session.id).await?))
}

/// `POST …/challenges/{challenge}/surface`
pub async fn surface(
    State(app): State<App>,
    OpenedSession(Overview { session, .. }): OpenedSession,
    Path((_, challenge)): Path<(String, String)>,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let challenge: ChallengeId = challenge
        .parse()
        .map_err(|_| ErrorCode::ChallengeNotFound)?;
    let wanted: Surface = body.tolerant().into_typed("surface")?;
    let url = choose_surface(&app, &session, challenge, wanted).await?;
    Ok(uncached(json!({ "url": url })))
}

/// `POST …/challenges/{challenge}/skip_fingerprint`: the bank does without its look at the browser.
pub async fn skip_fingerprint(
    State(app): State<App>,
    OpenedSession(Overview { session, .. }): OpenedSession,
    Path((_, challenge)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let id: ChallengeId = challenge
        .parse()
        .map_err(|_| ErrorCode::ChallengeNotFound)?;
    let worker = app.clone();
    let skipped = session.clone();
    let work =
        app.spawn(async move { finish_fingerprint::skip_fingerprint(&worker, &skipped, id).await });
    work.await
        .map_err(|_| OperationError::Internal("the end of a look panicked"))??;
    Ok(uncached(watch_session::view(&app, session.id).await?))
}

/// `POST …/payment_methods/{id}/detach`: the payer removes a card that the session offers.
pub async fn detach(
    State(app): State<App>,
    OpenedSession(Overview { session, .. }): OpenedSession,
    Path((_, method)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let method = method.parse().map_err(|_| ErrorCode::ResourceNotFound)?;
    detach_by_payer(&app, &session, method).await?;
    Ok(uncached(watch_session::view(&app, session.id).await?))
}

/// `…/poll_status`: documented for development without webhooks; the frame has its long poll and servers their GET.
pub async fn poll_status() -> ApiError {
    ErrorCode::PollDisabled.into()
}
