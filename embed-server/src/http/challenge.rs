//! `/3ds/{challenge}`: the pages before and after the bank.
//!
//! They are authorised by a nonce or by nothing: no cookie, no `Origin`, no fetch metadata, and they carry no COOP,
//! which would cut them off from the frame that opened them. What comes back from the bank is only a hint to go and
//! ask the acquirer.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use checkout_protocol::api::session_view::SurfaceKind;
use checkout_protocol::attempt::State as AttemptState;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::ChallengeId;
use checkout_protocol::locale::Locale;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::app::App;
use crate::domain::allowed_redirect::with_session;
use crate::domain::payment_session::PaymentSession;
use crate::http::body::{JsonBody, read_bytes};
use crate::http::challenge_text::{self, Words};
use crate::http::error::ApiError;
use crate::http::lenient::{Asked, PathPart};
use crate::http::page;
use crate::http::request_id::note_merchant;
use crate::operations::OperationError;
use crate::operations::claim_challenge::claim_challenge;
use crate::operations::find_challenge::find_session;
use crate::operations::finish_challenge::{Returned, finish_challenge};
use crate::operations::resume_session::mint_token;

const START_SCRIPT: &str = include_str!("challenge_start.js");
const RETURN_SCRIPT: &str = include_str!("challenge_return.js");
const STYLES: &str = include_str!("challenge.css");

/// Longest result that a bank's page may bring back.
const RESULT_MAX_BYTES: usize = 16_384;

fn words(headers: &HeaderMap) -> (Locale, &'static Words) {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let locale = Locale::choose(None, None, accepted);
    (locale, challenge_text::of(locale))
}

fn parse(text: &str) -> Result<ChallengeId, ApiError> {
    Ok(text.parse().map_err(|_| ErrorCode::ChallengeNotFound)?)
}

/// `GET /3ds/{challenge}?n=…`: only renders; its script claims the way to the bank.
pub async fn start(
    State(app): State<App>,
    PathPart(challenge): PathPart,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let id = parse(&challenge)?;
    let (locale, words) = words(&headers);
    let nonce = page::nonce(&app);
    let body = html! {
        p id="going" role="status" { (words.going) }
        p id="moved" hidden { (words.moved) }
        p id="failed" role="alert" hidden { (words.failed) }
        button id="again" type="button" hidden { (words.again) }
        noscript { p { (words.needs_script) } }
    };
    let script = format!(
        "const claim = {};\n{START_SCRIPT}",
        json!(format!("/3ds/{id}/claim"))
    );
    let html = markup(locale, words.going, &nonce, &body, Some(&script));
    let merchant = find_session(&app, id).await?;
    let policy = policy(&app, &nonce, merchant.as_ref());
    Ok(page::document(StatusCode::OK, &policy, html))
}

/// Pages that meet the bank: they may send a form to any bank and hold its page in a frame, and stand in no frame but our
/// own on the page of the session's merchant.
fn policy(app: &App, nonce: &str, session: Option<&PaymentSession>) -> String {
    let embedding = match session.map(|session| session.shown.origin()) {
        Some(Some(origin)) => format!("'self' {origin}"),
        _ => "'none'".to_owned(),
    };
    let mut banks = String::new();
    for origin in &app.bank_origins {
        banks.push(' ');
        banks.push_str(origin.as_str());
    }
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; \
         form-action https:{banks}; frame-src 'self' https:{banks}; base-uri 'none'; frame-ancestors {embedding}"
    )
}

/// `POST /3ds/{challenge}/claim`: where the start page goes, once.
pub async fn claim(
    State(app): State<App>,
    PathPart(challenge): PathPart,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = parse(&challenge)?;
    let nonce = body.tolerant().required_text("nonce", 26)?;
    let visit = claim_challenge(&app, id, &nonce.to_ascii_lowercase()).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(visit)).into_response())
}

/// What a bank's page brings back in a query.
#[derive(Default, Deserialize)]
pub struct BroughtBack {
    #[serde(rename = "redirectResult")]
    redirect_result: Option<String>,
}

/// `GET /3ds/{challenge}/return?redirectResult=…`
pub async fn returned(
    State(app): State<App>,
    PathPart(challenge): PathPart,
    Asked(brought): Asked<BroughtBack>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    finish(app, &challenge, brought.redirect_result, &headers).await
}

/// `POST /3ds/{challenge}/return`: the same as a form, from any origin and without a cookie.
pub async fn returned_by_post(
    State(app): State<App>,
    PathPart(challenge): PathPart,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, ApiError> {
    let body = read_bytes(request, &app).await?;
    let result = url::form_urlencoded::parse(&body)
        .find(|(name, _)| name == "redirectResult")
        .map(|(_, value)| value.into_owned());
    finish(app, &challenge, result, &headers).await
}

async fn finish(
    app: App,
    challenge: &str,
    result: Option<String>,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let id = parse(challenge)?;
    let result = result.filter(|result| (1..=RESULT_MAX_BYTES).contains(&result.len()));
    let worker = app.clone();
    // The payer may close the window at any moment; the acquirer is asked all the same.
    let returned = app
        .spawn(async move { finish_challenge(&worker, id, result).await })
        .await
        .map_err(|_| OperationError::Internal("a return panicked"))??;
    note_merchant(returned.session.merchant_id, returned.session.mode);
    match way_back(&returned) {
        Some(url) => {
            let session = returned.session.id;
            let token = mint_token(&app, session).await?;
            Ok(go(&with_session(url, &session.to_string(), Some(&token))))
        }
        None => Ok(closing_page(&app, headers, &returned)),
    }
}

/// Where a redirected payer goes; nothing for a popup and an overlay, and for a session that knows no way back.
fn way_back(returned: &Returned) -> Option<Url> {
    let opening = returned.challenge.opening.as_ref()?;
    match opening.surface {
        SurfaceKind::Popup | SurfaceKind::Inline => return None,
        SurfaceKind::Redirect => {}
    }
    let cancelled = returned.attempt.state == AttemptState::Declined
        && returned.attempt.decline_code == Some(ErrorCode::AuthenticationCancelled);
    let session = &returned.session;
    let url = match (&session.cancel_url, &session.return_url, &opening.page_url) {
        (Some(cancel_url), _, _) if cancelled => cancel_url,
        (_, Some(return_url), _) => return_url,
        (_, None, Some(page_url)) => page_url,
        (_, None, None) => return None,
    };
    Some(url.clone())
}

/// 303, so that the bank's POST is not repeated by a reload.
fn go(url: &Url) -> Response {
    match HeaderValue::from_str(url.as_str()) {
        Ok(url) => (StatusCode::SEE_OTHER, [(header::LOCATION, url)]).into_response(),
        Err(_) => ApiError::from(ErrorCode::InternalError).into_response(),
    }
}

/// Tells the frame that opened it to ask, and closes. Where it may not close itself, it says that the payer can.
fn closing_page(app: &App, headers: &HeaderMap, returned: &Returned) -> Response {
    let (locale, words) = words(headers);
    let sentence = match returned.attempt.state {
        AttemptState::Abandoned => words.moved,
        AttemptState::Calling
        | AttemptState::ActionRequired
        | AttemptState::Authorised
        | AttemptState::Declined
        | AttemptState::Unknown => words.done,
    };
    let nonce = page::nonce(app);
    let script = format!(
        "const gateway = {};\n{RETURN_SCRIPT}",
        json!(app.checkout_origin)
    );
    let body = html! { p role="status" { (sentence) } };
    let html = markup(locale, sentence, &nonce, &body, Some(&script));
    let policy = policy(app, &nonce, Some(&returned.session));
    page::document(StatusCode::OK, &policy, html)
}

fn markup(locale: Locale, title: &str, nonce: &str, body: &Markup, script: Option<&str>) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(locale.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style nonce=(nonce) { (PreEscaped(STYLES)) }
            }
            body {
                main { (body) }
                @if let Some(script) = script {
                    script type="module" nonce=(nonce) { (PreEscaped(script)) }
                }
            }
        }
    }
}
