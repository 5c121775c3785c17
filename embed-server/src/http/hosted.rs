//! `/{session}`: the address of a hosted session. The page itself is not there yet: it says so, and leads back to the
//! shop.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::SessionId;
use checkout_protocol::locale::Locale;
use maud::{DOCTYPE, html};

use crate::app::App;
use crate::domain::allowed_redirect::with_session;
use crate::domain::payment_session::Shown;
use crate::http::error::ApiError;
use crate::http::lenient::PathPart;
use crate::http::page;
use crate::operations::watch_session;

/// The page of a hosted session; every other path of one part is no URL of ours.
pub async fn page(
    State(app): State<App>,
    PathPart(session): PathPart,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let id: SessionId = session.parse().map_err(|_| ErrorCode::RouteNotFound)?;
    let found = watch_session::for_frame(&app, id).await?;
    let (session, _, merchant) = found.ok_or(ErrorCode::SessionNotFound)?;
    if session.shown != Shown::Hosted {
        return Err(ErrorCode::RouteNotFound.into());
    }
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let locale = Locale::choose(None, session.locale.as_deref(), accepted);
    let (title, sentence, back) = match locale {
        Locale::Is => (
            "Greiðslusíðan er ekki tilbúin",
            "Ekki er hægt að greiða á þessari síðu enn. Ekkert var gjaldfært.",
            "Til baka til",
        ),
        Locale::En => (
            "This payment page is not open yet",
            "You cannot pay on this page yet. Nothing was charged.",
            "Back to",
        ),
        Locale::Pl => (
            "Ta strona płatności nie jest jeszcze gotowa",
            "Na tej stronie nie można jeszcze zapłacić. Nic nie zostało pobrane.",
            "Powrót do",
        ),
    };
    let way_back = session.cancel_url.or(session.return_url);
    let html = html! {
        (DOCTYPE)
        html lang=(locale.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
            }
            body {
                main {
                    h1 { (title) }
                    p { (sentence) }
                    @if let Some(url) = way_back {
                        p { a href=(with_session(url, &id.to_string(), None)) { (back) " " (merchant.name) } }
                    }
                }
            }
        }
    };
    let policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    Ok(page::document(StatusCode::NOT_IMPLEMENTED, policy, html))
}
