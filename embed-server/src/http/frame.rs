//! `/embed/{session}`: the frame's document. The form stands in it as ready HTML and can be typed into before the wasm
//! is there.
//!
//! Whoever knows the session's id can read this document, so it says nothing about the customer.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::Response;
use checkout_protocol::frame_message::Theme;
use checkout_protocol::id::SessionId;
use checkout_protocol::locale::Locale;
use checkout_protocol::origin::Origin;
use checkout_protocol::timestamp::Timestamp;
use checkout_ui::boot::{Boot, Limits};
use checkout_ui::text::{Sentence, Words};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Deserialize;

use crate::app::App;
use crate::domain::in_app_browser;
use crate::domain::look::Look;
use crate::domain::merchant::Merchant;
use crate::domain::payment::Payment;
use crate::domain::payment_session::PaymentSession;
use crate::domain::time_limits::LONG_POLL_S;
use crate::http::assets::Assets;
use crate::http::error::ApiError;
use crate::http::lenient::{Asked, PathPart};
use crate::http::page::FixedHeader;
use crate::http::{look, page};
use crate::operations::watch_session;

/// The query: what the element's attributes say, so that the first HTML is right.
#[derive(Default, Deserialize)]
pub struct Wishes {
    locale: Option<String>,
    theme: Option<String>,
    appearance: Option<String>,
}

/// `GET /embed/{session}`
pub async fn document(
    State(app): State<App>,
    Extension(assets): Extension<Arc<Assets>>,
    PathPart(id): PathPart,
    Asked(wishes): Asked<Wishes>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let session = match id.parse::<SessionId>() {
        Ok(id) => watch_session::for_frame(&app, id).await?,
        Err(_) => None,
    };
    let Some((session, payment, merchant)) = session else {
        return Ok(no_session(&app));
    };
    // A hosted session is shown in nobody's frame.
    let Some(parent) = session.shown.origin().cloned() else {
        return Ok(no_session(&app));
    };
    let locale = Locale::choose(
        wishes.locale.as_deref(),
        session.locale.as_deref(),
        text_of(&headers, &header::ACCEPT_LANGUAGE),
    );
    let look = look::wished(wishes.theme.as_deref(), wishes.appearance.as_deref());
    let boot = boot(
        &app,
        &assets,
        &parent,
        (&session, &payment, &merchant),
        (locale, look.theme),
        in_app_browser::opens_windows(text_of(&headers, &header::USER_AGENT)),
    );
    Ok(answer(&app, &assets, &parent, boot, &look))
}

/// How far the last time zone is behind UTC.
const LAST_ZONE_MS: i64 = 12 * 3_600_000;

/// Year and month, as they are where the month ends last. A card may be used to the end of its last month, which its issuer
/// counts: a form that went by the first of the month in UTC would refuse cards that still work.
fn month_everywhere(now: Timestamp) -> (u16, u8) {
    let (year, month, _) = now.plus_ms(-LAST_ZONE_MS).date();
    (
        u16::try_from(year).unwrap_or(u16::MAX),
        u8::try_from(month).unwrap_or(12),
    )
}

fn text_of<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn boot(
    app: &App,
    assets: &Assets,
    parent: &Origin,
    (session, payment, merchant): (&PaymentSession, &Payment, &Merchant),
    (locale, theme): (Locale, Theme),
    opens_windows: bool,
) -> Boot {
    let limits = app.limits(session.mode);
    let ms = |limit: i64| u32::try_from(limit).unwrap_or(u32::MAX);
    Boot {
        session: session.id.to_string(),
        parent: parent.as_str().to_owned(),
        amount: payment.amount.minor_units(),
        currency: payment.amount.currency(),
        merchant_name: merchant.name.clone(),
        locale,
        words: Words::of(locale),
        theme,
        shows_email: session.collect_email || session.customer_email.is_some(),
        opens_windows,
        test_mode: session.mode == checkout_protocol::api_key::Mode::Test,
        card_key: app.card_key.clone(),
        today: month_everywhere(app.now()),
        build: assets.build.clone(),
        limits: Limits {
            opening_ms: ms(limits.opening_ms),
            opening_with_handle_ms: ms(limits.opening_with_handle_ms),
            bank_ms: ms(limits.bank_ms),
            // Its page has to load before it counts.
            fingerprint_ms: ms(limits.fingerprint_ms + limits.opening_ms),
            poll_wait_s: LONG_POLL_S,
            retry_ms: 1_000,
        },
    }
}

/// What the frame's document has besides what every document has.
pub(super) const HEADERS: [FixedHeader; 2] = [
    FixedHeader {
        name: "cross-origin-embedder-policy",
        value: "require-corp",
        purpose: "Isolated merchants' pages can embed nothing else.",
    },
    FixedHeader {
        name: "cross-origin-resource-policy",
        value: "cross-origin",
        purpose: "Merchants' pages may embed the document; which ones, the policy's frame-ancestors says.",
    },
];

/// Which harm the policy prevents.
pub(super) const POLICY_PURPOSE: &str = "Only our own scripts run, and they speak only to us, write no HTML and send no form; \
    only the session's own page shows the card form; what was tried against that is reported.";

/// The frame's policy in pages of `parent`.
pub(super) fn policy(nonce: &str, parent: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'nonce-{nonce}'; connect-src 'self'; img-src 'self' data:; form-action 'none'; \
         base-uri 'none'; frame-ancestors {parent}; require-trusted-types-for 'script'; trusted-types 'none'; \
         report-uri /public/csp-reports"
    )
}

fn answer(app: &App, assets: &Assets, parent: &Origin, boot: Boot, look: &Look) -> Response {
    let nonce = page::nonce(app);
    let policy = policy(&nonce, parent.as_str());
    let mut response = page::document(StatusCode::OK, &policy, markup(assets, &nonce, boot, look));
    page::set(response.headers_mut(), &HEADERS);
    response
}

fn markup(assets: &Assets, nonce: &str, boot: Boot, look: &Look) -> Markup {
    let (locale, theme) = (boot.locale, boot.theme);
    let title = boot.words.say(Sentence::DocumentTitle).to_owned();
    // `<` could end the script element; JSON reads it all the same.
    let json = serde_json::to_string(&boot)
        .unwrap_or_default()
        .replace('<', "\\u003c");
    let form = PreEscaped(checkout_ui::render(boot));
    html! {
        (DOCTYPE)
        html lang=(locale.tag()) data-theme=(theme.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style nonce=(nonce) { (PreEscaped(&*assets.styles)) }
                @if !look.properties.is_empty() || !look.warnings.is_empty() {
                    style id="look" nonce=(nonce) data-advice=(look.warnings.join("\n")) { (PreEscaped(look.css())) }
                }
                // The small ones first: they wait no longer than they must, and the large one hardly later.
                link id="glue" rel="modulepreload" nonce=(nonce) href=(assets.glue_url);
                link id="words" rel="preload" as="fetch" crossorigin href=(assets.words_url(locale));
                link id="wasm" rel="preload" as="fetch" crossorigin type="application/wasm" href=(assets.wasm_url);
                // For no medium until the boot script says so: nothing waits for it.
                link id="late" rel="stylesheet" media="print" nonce=(nonce) href=(assets.late_styles_url);
            }
            body {
                // No white space around the form: hydration walks exactly these nodes.
                div id="root" { (form) }
                template id="pristine" { (form) }
                script type="application/json" id="boot" { (PreEscaped(json)) }
                script type="module" nonce=(nonce) { (PreEscaped(&*assets.boot_script)) }
            }
        }
    }
}

fn no_session(app: &App) -> Response {
    let nonce = page::nonce(app);
    let policy = format!("default-src 'none'; style-src 'nonce-{nonce}'; frame-ancestors 'none'");
    let html = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "No such payment session" } }
            body { p { "There is no such payment session." } }
        }
    };
    page::document(StatusCode::NOT_FOUND, &policy, html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_over_when_it_is_over_everywhere() {
        // 2026-12-01T00:00:00Z.
        let first = Timestamp(1_796_083_200_000);
        assert_eq!(first.to_string(), "2026-12-01T00:00:00Z");
        assert_eq!(month_everywhere(first), (2026, 11));
        assert_eq!(
            month_everywhere(first.plus_ms(LAST_ZONE_MS - 1)),
            (2026, 11)
        );
        assert_eq!(month_everywhere(first.plus_ms(LAST_ZONE_MS)), (2026, 12));
    }
}
