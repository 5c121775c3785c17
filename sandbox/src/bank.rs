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
use axum::routing::get;
use axum::{Form, Router};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Deserialize;

use crate::bank_text::{Language, Texts, amount};
use crate::cards::Brand;
use crate::challenges::{Move, Standing};
use crate::payment_request::Payment;
use crate::{App, random};

const STYLE: &str = include_str!("bank.css");

/// The bank's page.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/acs/{challenge}", get(show).post(take))
}

#[derive(Deserialize)]
struct Choice {
    lang: Option<String>,
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
    reply(app.challenges.standing(&challenge), language, false)
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
    let standing = if pressed.action == "cancel" {
        app.challenges.take(&challenge, Move::Cancel)
    } else if code.is_empty() {
        // An empty field is a slip, not a try.
        app.challenges.standing(&challenge)
    } else {
        app.challenges.take(&challenge, Move::Code(code))
    };
    reply(standing, language, true)
}

fn language(choice: &Choice, headers: &HeaderMap) -> Language {
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Language::choose(choice.lang.as_deref(), accepted)
}

fn reply(standing: Option<Standing>, language: Language, refused: bool) -> Response {
    match standing {
        Some(Standing::Answered { back }) => {
            ([(CACHE_CONTROL, "no-store")], Redirect::to(back.as_str())).into_response()
        }
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
                &challenge_form(&payment, language, mistake),
            )
        }
        None => page(
            StatusCode::NOT_FOUND,
            language,
            &not_found(language.texts()),
        ),
    }
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

fn challenge_form(payment: &Payment, language: Language, mistake: Option<&str>) -> Markup {
    let texts = language.texts();
    html! {
        h1 { (texts.title) }
        (summary(payment, language))
        form method="post" action={ "?lang=" (language.tag()) } {
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
