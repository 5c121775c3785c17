//! The issuer's challenge page. It works without scripts and cookies, inside a frame or alone.
//!
//! It charges nothing: it only records what the payer did, and sends the browser back.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::{DOCTYPE, PreEscaped, html};
use serde::Deserialize;

use crate::bank_browser::{CReq, cres, method_data, packed};
use crate::bank_faults::BankFault;
use crate::bank_pages::{self as pages, View};
use crate::bank_text::Language;
use crate::bank_way::BankWay;
use crate::cards::{Look, Meeting};
use crate::challenges::{Back, Move, Standing};
use crate::{App, random};

/// The bank's page.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/acs/{challenge}", get(show).post(take))
        .route("/acs/{challenge}/creq", post(meet))
        .route("/acs/{challenge}/method", post(look))
        .route("/acs/{challenge}/detour", post(come_from_detour))
        .route("/acs/{challenge}/phone", get(show_phone).post(take_phone))
}

/// What stands in the address of a page.
#[derive(Deserialize)]
struct Choice {
    lang: Option<String>,
    fault: Option<String>,
    asks: Option<String>,
}

/// By what stands in the address, else by what is set, else by what the browser prefers.
impl FromRequestParts<Arc<App>> for View {
    type Rejection = QueryRejection;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        let Query(choice) = Query::<Choice>::try_from_uri(&parts.uri)?;
        let accepted = parts
            .headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        Ok(Self {
            language: Language::choose(choice.lang.as_deref(), accepted),
            chosen_fault: choice.fault.as_deref().and_then(BankFault::from_text),
            chosen_way: choice.asks.as_deref().and_then(BankWay::from_text),
            set: app.faults.settings(),
        })
    }
}

#[derive(Deserialize)]
struct Looked {
    #[serde(rename = "threeDSMethodData")]
    method_data: String,
}

/// The bank looks at the browser, in a hidden frame, and leads it to where the merchant waits.
async fn look(
    State(app): State<Arc<App>>,
    Path(challenge): Path<String>,
    view: View,
    Form(looked): Form<Looked>,
) -> Response {
    let fault = view.fault();
    let known = app.challenges.native(&challenge);
    let (Some(native), Some(data)) = (known, method_data(&looked.method_data)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if data.transaction != native.transaction {
        return StatusCode::NOT_FOUND.into_response();
    }
    if native.look == Look::Silent || fault == BankFault::NeverAnswers {
        return StatusCode::OK.into_response();
    }
    let message = packed(&serde_json::json!({"threeDSServerTransID": native.transaction}));
    let fields = vec![("threeDSMethodData", message)];
    fault.of_page(posting(data.notification_url.as_str(), &fields))
}

#[derive(Deserialize)]
struct Met {
    creq: String,
}

/// A challenge request: from here on the payer meets the bank on its page.
async fn meet(
    State(app): State<Arc<App>>,
    Path(challenge): Path<String>,
    view: View,
    Form(met): Form<Met>,
) -> Response {
    let known = app.challenges.native(&challenge);
    match (known, CReq::read(&met.creq)) {
        (Some(native), Some(creq))
            if creq.transaction == native.transaction
                && creq.acs_transaction == native.acs_transaction =>
        {
            to_page("", &challenge, &view)
        }
        _ => pages::not_found(StatusCode::BAD_REQUEST, &view),
    }
}

/// To the page where the payer is asked, on this origin or the browser's.
fn to_page(origin: &str, challenge: &str, view: &View) -> Response {
    let page = format!("{origin}/acs/{challenge}{}", view.address());
    ([(CACHE_CONTROL, "no-store")], Redirect::to(&page)).into_response()
}

/// What a form sends: the code, and which button was pressed.
#[derive(Deserialize)]
struct Pressed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    action: String,
}

async fn show(State(app): State<Arc<App>>, Path(challenge): Path<String>, view: View) -> Response {
    let standing = app.challenges.standing(&challenge);
    if view.way() == BankWay::Detour && matches!(standing, Some(Standing::Asking { .. })) {
        let there = format!(
            "{}/acs/{challenge}/detour{}",
            elsewhere(&app),
            view.address()
        );
        return view.fault().of_page(posting(&there, &[]));
    }
    view.fault()
        .of_page(reply(&challenge, standing, &view, false))
}

/// This machine by its other name, which is another site to a browser; anywhere else, the same.
fn elsewhere(app: &App) -> String {
    let origin = &app.public_origin;
    match origin.rsplit_once(':') {
        Some(("http://127.0.0.1", port)) => format!("http://localhost:{port}"),
        Some((host, port)) if host.ends_with("localhost") => format!("http://127.0.0.1:{port}"),
        _ => origin.clone(),
    }
}

/// The bank's other site leads back to the page, where a code is asked for.
async fn come_from_detour(
    State(app): State<Arc<App>>,
    Path(challenge): Path<String>,
    mut view: View,
) -> Response {
    view.chosen_way = Some(BankWay::Code);
    to_page(&app.public_origin, &challenge, &view)
}

async fn take(
    State(app): State<Arc<App>>,
    Path(challenge): Path<String>,
    view: View,
    Form(pressed): Form<Pressed>,
) -> Response {
    let made = match pressed.code.trim() {
        _ if pressed.action == "cancel" => Some(Move::Cancel),
        // An empty field is a slip, not a try. Where an app is waited for, there is none.
        "" => None,
        code => Some(Move::Code(code)),
    };
    let standing = hear(&app, &challenge, &view, made);
    let refused = !is_deaf(&app, &challenge, &view);
    view.fault()
        .of_page(reply(&challenge, standing, &view, refused))
}

/// Where the challenge stands after what the payer did, if it is heard.
fn hear(app: &App, challenge: &str, view: &View, made: Option<Move<'_>>) -> Option<Standing> {
    match made {
        Some(made) if !is_deaf(app, challenge, view) => app.challenges.take(challenge, made),
        Some(_) | None => app.challenges.standing(challenge),
    }
}

/// Whether what the payer answers is not heard.
fn is_deaf(app: &App, challenge: &str, view: &View) -> bool {
    let native = app.challenges.native(challenge);
    view.fault() == BankFault::NeverAnswers
        || native.is_some_and(|native| native.meeting == Meeting::NeverAnswers)
}

/// The bank's app, as the payer's phone shows it.
async fn show_phone(
    State(app): State<Arc<App>>,
    Path(challenge): Path<String>,
    view: View,
) -> Response {
    phone(app.challenges.standing(&challenge), &view)
}

async fn take_phone(
    State(app): State<Arc<App>>,
    Path(challenge): Path<String>,
    view: View,
    Form(pressed): Form<Pressed>,
) -> Response {
    let made = match pressed.action.as_str() {
        "approve" => Some(Move::Approve),
        "refuse" => Some(Move::Refuse),
        _ => None,
    };
    let standing = hear(&app, &challenge, &view, made);
    phone(standing, &view)
}

fn phone(standing: Option<Standing>, view: &View) -> Response {
    match standing {
        Some(Standing::Asking { payment, .. }) => pages::phone(&payment, view),
        Some(Standing::Answered { .. }) => pages::phone_done(view),
        None => pages::not_found(StatusCode::NOT_FOUND, view),
    }
}

fn reply(challenge: &str, standing: Option<Standing>, view: &View, refused: bool) -> Response {
    match standing {
        Some(Standing::Answered { .. }) if view.fault() == BankFault::ReturnLost => {
            pages::lost(view)
        }
        Some(Standing::Answered { back }) => lead(&back, view.fault()),
        Some(Standing::Asking { payment, wrong }) => match view.way() {
            BankWay::Code | BankWay::Detour | BankWay::Twice => {
                pages::code(&payment, view, refused.then_some(wrong))
            }
            BankWay::App => pages::app(&payment, view, challenge, refused),
            BankWay::Choice => pages::choice(&payment, view),
        },
        None => pages::not_found(StatusCode::NOT_FOUND, view),
    }
}

/// Leads the browser back, with what the fault makes of it.
fn lead(back: &Back, fault: BankFault) -> Response {
    match back {
        Back::To(url) => {
            let mut url = url.clone();
            match fault {
                BankFault::PostsGarbage => url.set_query(Some("redirectResult=%7Bgarbage")),
                BankFault::PostsAnotherSession => {
                    url.set_query(Some(&format!("redirectResult={}", random::token())));
                }
                BankFault::None
                | BankFault::Coop
                | BankFault::NeverAnswers
                | BankFault::Error500
                | BankFault::PostsTwice
                | BankFault::ReturnLost => {}
            }
            ([(CACHE_CONTROL, "no-store")], Redirect::to(url.as_str())).into_response()
        }
        Back::Post { url, fields } => match fault {
            BankFault::PostsGarbage => posting(url.as_str(), &[("cres", "{garbage".to_owned())]),
            BankFault::PostsAnotherSession => {
                let foreign = cres(&random::token(), &random::token(), "Y");
                posting(url.as_str(), &[("cres", foreign)])
            }
            BankFault::PostsTwice => posting_twice(url.as_str(), fields),
            BankFault::None
            | BankFault::Coop
            | BankFault::NeverAnswers
            | BankFault::Error500
            | BankFault::ReturnLost => posting(url.as_str(), fields),
        },
    }
}

type FormFields = [(&'static str, String)];

/// A page that posts a form by itself, or by its button where there are no scripts.
fn posting(url: &str, fields: &FormFields) -> Response {
    forwarding(url, fields, "document.forms[0].submit()")
}

/// The same two times, the first time by the side.
fn posting_twice(url: &str, fields: &FormFields) -> Response {
    let script = "const form = document.forms[0]; const body = new URLSearchParams(new FormData(form)); \
                  fetch(form.action, { method: 'POST', mode: 'no-cors', body }).finally(() => form.submit())";
    forwarding(url, fields, script)
}

fn forwarding(url: &str, fields: &FormFields, script: &str) -> Response {
    let nonce = random::token();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; connect-src http: https:; form-action http: https:; base-uri 'none'"
    );
    let content = html! {
        (DOCTYPE)
        html {
            head { meta charset="utf-8"; meta name="robots" content="noindex"; title { "…" } }
            body {
                form method="post" action=(url) {
                    @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                    noscript { button { "→" } }
                }
                script nonce=(nonce) { (PreEscaped(script)) }
            }
        }
    };
    // Without a referrer policy of its own: banks send an origin with the form.
    let headers = [
        (CONTENT_SECURITY_POLICY, policy.as_str()),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (StatusCode::OK, headers, content).into_response()
}
