//! The calls to the server, under `/public/payment_sessions/{id}` on the frame's own origin.
//! The client secret travels in a header and never in a URL.

use std::pin::Pin;

use checkout_protocol::api::session_view::{Outcome, SessionView, Surface};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::frame_message::Theme;
use checkout_protocol::id::ChallengeId;
use checkout_protocol::locale::Locale;
use checkout_ui::text::Words;
use checkout_ui::wire::value::Value;
use checkout_ui::wire::{read, write};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Response};

use crate::program::Program;
use crate::{browser, frame, object};

/// The acquirer and the issuer may take their time over a confirmation.
const CONFIRM_MS: u32 = 60_000;
/// Everything else is answered at once. Three tries and their pauses stay below the 30 s that a page waits.
const ANSWER_MS: u32 = 8_000;
/// What a long poll may take beyond the time it asked the server to wait.
const POLL_GRACE_MS: u32 = 10_000;

/// A call without a usable answer.
pub enum Failure {
    /// The server said no.
    Refused(ErrorCode, Option<String>),
    /// Nothing usable came, or the server asks to try again: the same call may be sent again.
    Unanswered,
}

/// Where `session` stands, at once. For another session than the document's the server says whether it may stand in its
/// place.
///
/// # Errors
///
/// [`Failure`].
pub async fn session(
    program: &Program,
    session: &str,
    secret: &str,
) -> Result<SessionView, Failure> {
    let mut path = format!("/public/payment_sessions/{session}");
    if session != program.first_session {
        path.push_str("?instead_of=");
        path.push_str(&program.first_session);
    }
    let answer = send(secret.to_owned(), path, None, ANSWER_MS, None).await?;
    read::session_view(&answer).ok_or(Failure::Unanswered)
}

/// The words of another language.
///
/// # Errors
///
/// [`Failure`].
pub async fn words(locale: Locale) -> Result<Words, Failure> {
    let path = frame::words_url(locale).ok_or(Failure::Unanswered)?;
    let answer = send(String::new(), path, None, ANSWER_MS, None).await?;
    read::words(&answer).ok_or(Failure::Unanswered)
}

/// Where the session stands once it is newer than `after`, or when the time is up.
///
/// # Errors
///
/// [`Failure`].
pub async fn news(
    program: &Program,
    after: u64,
    abort: &AbortController,
) -> Result<SessionView, Failure> {
    let wait = program.limits.poll_wait_s;
    let path = path(program, &format!("?after={after}&wait={wait}"));
    let within = wait.saturating_mul(1_000).saturating_add(POLL_GRACE_MS);
    let answer = send(secret(program), path, None, within, Some(abort.clone())).await?;
    read::session_view(&answer).ok_or(Failure::Unanswered)
}

/// Confirms with a body that was made for it.
///
/// # Errors
///
/// [`Failure`].
pub async fn confirm(program: &Program, body: String) -> Result<Outcome, Failure> {
    let path = path(program, "/confirm");
    let answer = send(secret(program), path, Some(body), CONFIRM_MS, None).await?;
    read::outcome(&answer).ok_or(Failure::Unanswered)
}

/// Leaves a challenge.
pub fn cancel(program: &Program, attempt_id: &str) -> Answer {
    let attempt = Value::object(vec![("attempt_id", Value::text(attempt_id))]);
    post(program, "/cancel", &attempt)
}

/// Removes a saved card.
pub fn remove_card(program: &Program, id: &str) -> Answer {
    let rest = format!("/payment_methods/{id}/detach");
    post(program, &rest, &Value::object(vec![]))
}

/// Says where the payer will meet the bank.
pub fn surface(program: &Program, challenge: ChallengeId, surface: &Surface) -> Answer {
    let rest = format!("/challenges/{challenge}/surface");
    post(program, &rest, &write::surface(surface))
}

/// Lets the bank do without its look at the browser.
pub fn skip_fingerprint(program: &Program, challenge: ChallengeId) -> Answer {
    let rest = format!("/challenges/{challenge}/skip_fingerprint");
    post(program, &rest, &Value::object(vec![]))
}

/// What comes of a call. All are of one type: each type of future that is waited for is compiled into the one that waits.
pub type Answer = Pin<Box<dyn Future<Output = Result<Value, Failure>>>>;

fn post(program: &Program, rest: &str, body: &Value) -> Answer {
    let body = Some(object::json(body));
    send(secret(program), path(program, rest), body, ANSWER_MS, None)
}

fn path(program: &Program, rest: &str) -> String {
    format!(
        "/public/payment_sessions/{}{rest}",
        program.session.borrow()
    )
}

/// How the form shall look, by what the page wishes. It needs no secret.
pub fn look(theme: Theme, appearance: &str) -> Answer {
    let body = object::json(&Value::object(vec![
        ("theme", Value::text(theme.as_str())),
        ("appearance", Value::text(appearance)),
    ]));
    send(
        String::new(),
        "/public/look".to_owned(),
        Some(body),
        ANSWER_MS,
        None,
    )
}

fn secret(program: &Program) -> String {
    program.secret.borrow().clone().unwrap_or_default()
}

fn send(
    secret: String,
    path: String,
    body: Option<String>,
    within_ms: u32,
    abort: Option<AbortController>,
) -> Answer {
    Box::pin(async move {
        let response = fetch(&secret, &path, body, within_ms, abort)
            .await
            .map_err(|_| Failure::Unanswered)?;
        let answer = match response.json() {
            // An answer may be empty.
            Ok(json) => JsFuture::from(json)
                .await
                .map_or(Value::Null, |json| object::read(&json)),
            Err(_) => Value::Null,
        };
        match response.status() {
            200..300 => Ok(answer),
            // Too slow, too often: the same call may work later.
            408 | 429 => Err(Failure::Unanswered),
            400..500 => Err(refused(&response, &answer)),
            _ => Err(Failure::Unanswered),
        }
    })
}

async fn fetch(
    secret: &str,
    path: &str,
    body: Option<String>,
    within_ms: u32,
    abort: Option<AbortController>,
) -> Result<Response, JsValue> {
    let abort = match abort {
        Some(abort) => abort,
        None => AbortController::new()?,
    };
    let headers = object::of(&[]);
    let request = object::of(&[("headers", &headers), ("signal", &abort.signal())]);
    // What needs no secret may be kept.
    if !secret.is_empty() {
        object::set(
            &headers,
            "authorization",
            &format!("Bearer {secret}").into(),
        );
        object::set(&request, "cache", &"no-store".into());
    }
    if let Some(body) = body {
        object::set(&headers, "content-type", &"application/json".into());
        object::set(&request, "method", &"POST".into());
        object::set(&request, "body", &body.into());
    }
    let window = browser::window();
    let give_up = Closure::once_into_js(move || abort.abort());
    let timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(
        give_up.unchecked_ref(),
        i32::try_from(within_ms).unwrap_or(i32::MAX),
    )?;
    let response =
        JsFuture::from(window.fetch_with_str_and_init(path, request.unchecked_ref())).await;
    // The body of an answer that has begun may come in its own time, except that of a call that was aborted anyway.
    window.clear_timeout_with_handle(timer);
    Ok(response?.unchecked_into())
}

fn refused(response: &Response, answer: &Value) -> Failure {
    if answer.get("error").is_none() {
        // Not our server's word: something on the way refused, and what was sent may have arrived before.
        return Failure::Unanswered;
    }
    let trace = response.headers().get("request-id").ok().flatten();
    Failure::Refused(read::error_code(answer), trace)
}
