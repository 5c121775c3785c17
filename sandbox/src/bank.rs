//! The issuer's challenge page. It works without scripts and cookies, inside a frame or alone.
//!
//! It charges nothing: it only records what the payer did, and sends the browser back.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Deserialize;
use url::Url;

use crate::bank_browser::{CReq, cres, method_data, packed};
use crate::bank_faults::BankFault;
use crate::bank_text::{Language, Texts, amount};
use crate::cards::Brand;
use crate::cards::{Look, Meeting};
use crate::challenges::{Back, Move, Standing};
use crate::payment_request::Payment;
use crate::{App, random};

const STYLE: &str = include_str!("bank.css");

/// The bank's page.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/acs/{challenge}", get(show).post(take))
        .route("/acs/{challenge}/creq", post(meet))
        .route("/acs/{challenge}/method", post(look))
}

#[derive(Deserialize)]
struct Choice {
    lang: Option<String>,
    fault: Option<String>,
}

impl Choice {
    /// The fault in the address, else the one that is set.
    fn fault(&self, app: &App) -> BankFault {
        let chosen = self.fault.as_deref().and_then(BankFault::from_text);
        chosen.unwrap_or_else(|| app.faults.bank())
    }

    /// The same choice in an address.
    fn address(&self, language: Language) -> String {
        let fault = self.fault.as_deref().and_then(BankFault::from_text);
        match fault {
            Some(fault) => format!("?lang={}&fault={}", language.tag(), fault.name()),
            None => format!("?lang={}", language.tag()),
        }
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
    Query(choice): Query<Choice>,
    Form(looked): Form<Looked>,
) -> Response {
    let fault = choice.fault(&app);
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
    fault.of_page(posting(&data.notification_url, &fields))
}

#[derive(Deserialize)]
struct Met {
    creq: String,
}

/// A challenge request: from here on the payer meets the bank on its page.
async fn meet(
    State(app): State<Arc<App>>,
    Path(challenge): Path<String>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(met): Form<Met>,
) -> Response {
    let language = language(&choice, &headers);
    let known = app.challenges.native(&challenge);
    match (known, CReq::read(&met.creq)) {
        (Some(native), Some(creq))
            if creq.transaction == native.transaction
                && creq.acs_transaction == native.acs_transaction =>
        {
            let page = format!("/acs/{challenge}{}", choice.address(language));
            ([(CACHE_CONTROL, "no-store")], Redirect::to(&page)).into_response()
        }
        _ => page(
            StatusCode::BAD_REQUEST,
            language,
            &not_found(language.texts()),
        ),
    }
}

/// What the form sends: the code, and which button was pressed.
#[derive(Deserialize)]
struct Pressed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    action: String,
}

async fn show(
    State(app): State<Arc<App>>,
    Path(challenge): Path<String>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Response {
    let language = language(&choice, &headers);
    let fault = choice.fault(&app);
    let standing = app.challenges.standing(&challenge);
    fault.of_page(reply(standing, (language, &choice), false, fault))
}

async fn take(
    State(app): State<Arc<App>>,
    Path(challenge): Path<String>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(pressed): Form<Pressed>,
) -> Response {
    let language = language(&choice, &headers);
    let code = pressed.code.trim();
    let fault = choice.fault(&app);
    let native = app.challenges.native(&challenge);
    let is_deaf = native.is_some_and(|native| native.meeting == Meeting::NeverAnswers);
    let standing = if is_deaf || fault == BankFault::NeverAnswers {
        app.challenges.standing(&challenge)
    } else if pressed.action == "cancel" {
        app.challenges.take(&challenge, Move::Cancel)
    } else if code.is_empty() {
        // An empty field is a slip, not a try.
        app.challenges.standing(&challenge)
    } else {
        app.challenges.take(&challenge, Move::Code(code))
    };
    fault.of_page(reply(standing, (language, &choice), !is_deaf, fault))
}

fn language(choice: &Choice, headers: &HeaderMap) -> Language {
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Language::choose(choice.lang.as_deref(), accepted)
}

fn reply(
    standing: Option<Standing>,
    (language, choice): (Language, &Choice),
    refused: bool,
    fault: BankFault,
) -> Response {
    match standing {
        Some(Standing::Answered { .. }) if fault == BankFault::ReturnLost => {
            page(StatusCode::OK, language, &lost(language.texts()))
        }
        Some(Standing::Answered { back }) => lead(&back, fault),
        Some(Standing::Asking { payment, wrong }) => {
            let texts = language.texts();
            let mistake = refused.then_some(if wrong > 1 {
                texts.last_try
            } else {
                texts.wrong_code
            });
            page(
                StatusCode::OK,
                language,
                &challenge_form(&payment, (language, choice), mistake),
            )
        }
        None => page(
            StatusCode::NOT_FOUND,
            language,
            &not_found(language.texts()),
        ),
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
            BankFault::PostsGarbage => posting(url, &[("cres", "{garbage".to_owned())]),
            BankFault::PostsAnotherSession => {
                let foreign = cres(&random::token(), &random::token(), "Y");
                posting(url, &[("cres", foreign)])
            }
            BankFault::PostsTwice => posting_twice(url, fields),
            BankFault::None
            | BankFault::Coop
            | BankFault::NeverAnswers
            | BankFault::Error500
            | BankFault::ReturnLost => posting(url, fields),
        },
    }
}

type FormFields = [(&'static str, String)];

/// A page that posts a form by itself, or by its button where there are no scripts.
fn posting(url: &Url, fields: &FormFields) -> Response {
    forwarding(url, fields, "document.forms[0].submit()")
}

/// The same two times, the first time by the side.
fn posting_twice(url: &Url, fields: &FormFields) -> Response {
    let script = "const form = document.forms[0]; const body = new URLSearchParams(new FormData(form)); \
                  fetch(form.action, { method: 'POST', mode: 'no-cors', body }).finally(() => form.submit())";
    forwarding(url, fields, script)
}

fn forwarding(url: &Url, fields: &FormFields, script: &str) -> Response {
    let nonce = random::token();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; connect-src http: https:; form-action http: https:; base-uri 'none'"
    );
    let content = html! {
        (DOCTYPE)
        html {
            head { meta charset="utf-8"; meta name="robots" content="noindex"; title { "…" } }
            body {
                form method="post" action=(url.as_str()) {
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

/// The document around `content`, with the headers that protect it.
///
/// `form-action` allows every web address, because browsers hold it against the redirects after a form too and the
/// way back leads over pages of the gateway and the merchant. There is no `frame-ancestors`: any shop may frame a bank.
fn page(status: StatusCode, language: Language, content: &Markup) -> Response {
    let nonce = random::token();
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; form-action http: https:; base-uri 'none'"
    );
    let headers = [
        (CONTENT_SECURITY_POLICY, policy.as_str()),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, document(language, &nonce, content)).into_response()
}

fn document(language: Language, nonce: &str, content: &Markup) -> Markup {
    let texts = language.texts();
    let other = language.other().tag();
    html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (texts.title) " – " (texts.bank) }
                style nonce=(nonce) { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    p.notice { (texts.test_notice) }
                    div.bar {
                        span.bank { (emblem()) (texts.bank) }
                        a href={ "?lang=" (other) } lang=(other) hreflang=(other) { (texts.other_language) }
                    }
                }
                main { (content) }
            }
        }
    }
}

fn challenge_form(
    payment: &Payment,
    (language, choice): (Language, &Choice),
    mistake: Option<&str>,
) -> Markup {
    let texts = language.texts();
    html! {
        h1 { (texts.title) }
        (summary(payment, language))
        form method="post" action=(choice.address(language)) {
            p.lead #lead { (texts.lead) }
            label for="code" { (texts.code) }
            input #code name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="8"
                required autofocus spellcheck="false"
                aria-describedby=(if mistake.is_some() { "mistake lead" } else { "lead" })
                aria-invalid=[mistake.map(|_| "true")];
            @if let Some(mistake) = mistake {
                p.mistake #mistake role="alert" { (mistake) }
            }
            // Pressing Enter takes the first button.
            button #confirm name="action" value="confirm" { (texts.confirm) }
            button #cancel .quiet name="action" value="cancel" formnovalidate { (texts.cancel) }
        }
        (test_codes(texts))
    }
}

fn summary(payment: &Payment, language: Language) -> Markup {
    let texts = language.texts();
    html! {
        dl {
            div.amount {
                dt { (texts.amount) }
                dd { (amount(&payment.amount, language)) }
            }
            div {
                dt { (texts.merchant) }
                dd { (payment.merchant_account) }
            }
            div {
                dt { (texts.card) }
                dd {
                    @if let Some(brand) = payment.brand() { (Brand::display_name(brand)) " " }
                    span.dots aria-hidden="true" { "••••" } " " (payment.last_four)
                }
            }
        }
    }
}

fn test_codes(texts: &Texts) -> Markup {
    html! {
        section.codes aria-labelledby="codes" {
            h2 #codes { (texts.codes_title) }
            ul {
                @for (code, effect) in texts.codes {
                    li { code { (code) } span { (effect) } }
                }
            }
        }
    }
}

fn lost(texts: &Texts) -> Markup {
    html! {
        h1 { (texts.title) }
        p.lead { "–" }
    }
}

fn not_found(texts: &Texts) -> Markup {
    html! {
        h1 { (texts.not_found) }
        p.lead { (texts.not_found_advice) }
    }
}

/// An invented bank's sign: a shield with a tick.
fn emblem() -> Markup {
    html! {
        svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false" {
            path fill="currentColor" d="M12 1.5 3 5v6.2c0 5.3 3.7 9.6 9 11.3 5.3-1.7 9-6 9-11.3V5z" {}
            path fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"
                d="m7.8 12.2 3 3 5.6-6" {}
        }
    }
}
