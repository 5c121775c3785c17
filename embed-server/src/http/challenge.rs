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
use crate::domain::bank_result::{BroughtBack, MAX_BYTES};
use crate::http::body::{JsonBody, read_bytes};
use crate::http::challenge_text::{self, Words};
use crate::http::error::ApiError;
use crate::http::lenient::{Asked, PathPart};
use crate::http::page;
use crate::http::request_id::note_merchant;
use crate::operations::OperationError;
use crate::operations::claim_challenge::claim_challenge;
use crate::operations::finish_challenge::{Finished, Returned, find, finish_challenge};
use crate::operations::finish_fingerprint::look_is_over;
use crate::operations::resume_session::mint_token;

pub(super) const START_SCRIPT: &str = include_str!("challenge_start.js");
pub(super) const RETURN_SCRIPT: &str = include_str!("challenge_return.js");
pub(super) const STYLES: &str = include_str!("challenge.css");

pub(super) fn words(headers: &HeaderMap) -> (Locale, &'static Words) {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let locale = Locale::choose(None, None, accepted);
    (locale, challenge_text::of(locale))
}

pub(super) fn parse(text: &str) -> Result<ChallengeId, ApiError> {
    Ok(text.parse().map_err(|_| ErrorCode::ChallengeNotFound)?)
}

/// `GET /3ds/{challenge}?n=…`: only renders; its script claims the way to the bank.
pub async fn start(
    State(app): State<App>,
    PathPart(challenge): PathPart,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let id = parse(&challenge)?;
    let opened = find(&app, id).await?;
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
        "const here = {};\n{START_SCRIPT}",
        json!(format!("/3ds/{id}"))
    );
    let html = markup(locale, words.going, &nonce, &body, Some(&script));
    let policy = policy(&app, &nonce, &ancestors(&opened));
    Ok(page::document(StatusCode::OK, &policy, html))
}

/// Who may frame the pages around the bank: the session's own page when it announced that it does, else nobody.
fn ancestors(opened: &Returned) -> String {
    let opening = opened.challenge.opening.as_ref();
    match opening.map(|opening| opening.surface) {
        Some(SurfaceKind::Inline) => own_page(opened),
        Some(SurfaceKind::Popup | SurfaceKind::Redirect) | None => "'none'".to_owned(),
    }
}

/// Our own pages and the session's.
pub(super) fn own_page(opened: &Returned) -> String {
    match opened.session.shown.origin() {
        Some(origin) => format!("'self' {origin}"),
        None => "'self'".to_owned(),
    }
}

/// Pages that meet the bank: they may send a form to any bank, also in a hidden frame that comes back to us.
pub(super) fn policy(app: &App, nonce: &str, ancestors: &str) -> String {
    let mut banks = String::new();
    for origin in &app.bank_origins {
        banks.push(' ');
        banks.push_str(origin.as_str());
    }
    policy_with(nonce, &banks, ancestors)
}

/// Which harm the policy prevents.
pub(super) const POLICY_PURPOSE: &str = "Only our own script runs, and it speaks only to us; forms and frames lead to banks \
    over https; nobody shows the page but, where the payer sees the bank there, the session's own page.";

/// `banks` are those that are not served over https, each after a space: test banks.
pub(super) fn policy_with(nonce: &str, banks: &str, ancestors: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; \
         form-action https:{banks}; frame-src 'self' https:{banks}; base-uri 'none'; frame-ancestors {ancestors}"
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

/// `POST /3ds/{challenge}/fingerprint`: the start page has waited long enough for the bank's look at the browser.
pub async fn look_over(
    State(app): State<App>,
    PathPart(challenge): PathPart,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = parse(&challenge)?;
    let nonce = body.tolerant().required_text("nonce", 26)?;
    let worker = app.clone();
    let work =
        app.spawn(async move { look_is_over(&worker, id, &nonce.to_ascii_lowercase()).await });
    work.await
        .map_err(|_| OperationError::Internal("the end of a look panicked"))??;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(json!({}))).into_response())
}

/// What a bank's page brings back in a query.
#[derive(Default, Deserialize)]
pub struct Brought {
    #[serde(rename = "redirectResult")]
    redirect_result: Option<String>,
}

/// `GET /3ds/{challenge}/return?redirectResult=…`
pub async fn returned(
    State(app): State<App>,
    PathPart(challenge): PathPart,
    Asked(brought): Asked<Brought>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let redirect_result = brought
        .redirect_result
        .filter(|result| (1..=MAX_BYTES).contains(&result.len()) && !result.contains('\0'));
    let brought = BroughtBack {
        redirect_result,
        ..BroughtBack::default()
    };
    finish(app, &challenge, brought, &headers).await
}

/// `POST /3ds/{challenge}/return`: the same as a form, or a challenge's response (`cres`), or what the first 3-D Secure
/// brought (`MD`, `PaRes`); from any origin and without a cookie.
pub async fn returned_by_post(
    State(app): State<App>,
    PathPart(challenge): PathPart,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, ApiError> {
    let body = read_bytes(request, &app).await?;
    let brought = BroughtBack::from_fields(url::form_urlencoded::parse(&body));
    finish(app, &challenge, brought, &headers).await
}

async fn finish(
    app: App,
    challenge: &str,
    brought: BroughtBack,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let id = parse(challenge)?;
    let worker = app.clone();
    // The payer may close the window at any moment; the acquirer is asked all the same.
    let Finished { returned, goes_on } = app
        .spawn(async move { finish_challenge(&worker, id, brought).await })
        .await
        .map_err(|_| OperationError::Internal("a return panicked"))??;
    note_merchant(returned.session.merchant_id, returned.session.mode);
    if let Some(nonce) = goes_on {
        return Ok(go(&format!("/3ds/{id}?n={nonce}")));
    }
    match way_back(&returned) {
        Some(url) => {
            let session = returned.session.id;
            let token = mint_token(&app, session).await?;
            let url = with_session(url, &session.to_string(), Some(&token));
            Ok(go(url.as_str()))
        }
        None => Ok(closing_page(&app, headers, &returned)),
    }
}

/// Where a redirected payer goes; nothing for a popup or a frame, and for a session that knows no way back.
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
fn go(url: &str) -> Response {
    match HeaderValue::from_str(url) {
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
    let policy = policy(app, &nonce, &ancestors(returned));
    page::document(StatusCode::OK, &policy, html)
}

pub(super) fn markup(
    locale: Locale,
    title: &str,
    nonce: &str,
    body: &Markup,
    script: Option<&str>,
) -> Markup {
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
