//! `/3ds/{challenge}/method`: where a bank says that it has looked at the payer's browser, in a hidden frame of the start
//! page.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::html;
use serde_json::json;

use crate::app::App;
use crate::http::body::read_bytes;
use crate::http::challenge::{markup, own_page, parse, policy, words};
use crate::http::error::ApiError;
use crate::http::lenient::PathPart;
use crate::http::page;
use crate::operations::OperationError;
use crate::operations::finish_fingerprint::method_notified;

/// Tells the start page, which is of our own origin, to go on.
pub(super) const SCRIPT: &str = "parent.postMessage({ borga: \"looked\" }, gateway);";

/// `POST /3ds/{challenge}/method`, from any origin and without a cookie: the acquirer hears of it before the start page
/// does.
pub async fn notified(
    State(app): State<App>,
    PathPart(challenge): PathPart,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, ApiError> {
    let id = parse(&challenge)?;
    let body = read_bytes(request, &app).await?;
    let data = url::form_urlencoded::parse(&body)
        .find(|(name, _)| name == "threeDSMethodData")
        .map(|(_, value)| value.into_owned());
    let worker = app.clone();
    let (opened, done) = app
        .spawn(async move { method_notified(&worker, id, data.as_deref()).await })
        .await
        .map_err(|_| OperationError::Internal("a notification of the method panicked"))??;
    let (locale, words) = words(&headers);
    let nonce = page::nonce(&app);
    let script = format!("const gateway = {};\n{SCRIPT}", json!(app.checkout_origin));
    let html = markup(
        locale,
        words.going,
        &nonce,
        &html! {},
        done.then_some(script.as_str()),
    );
    let policy = policy(&app, &nonce, &own_page(&opened));
    Ok(page::document(StatusCode::OK, &policy, html))
}
