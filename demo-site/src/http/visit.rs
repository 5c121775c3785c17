//! What the shop knows about a visitor before a handler runs: on which of its origins, and in which language.
//!
//! A `Host` that the shop was not told about gets no page: no origin is ever made from a header.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::failure::Failure;
use super::{Shop, policy};
use crate::locale::Locale;
use crate::origin::Origin;
use crate::page::View;

/// A visitor on one of the shop's origins.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The known origin on which the page was opened.
    pub origin: Origin,
    /// The language chosen with `?lang=`, if one was chosen.
    pub chosen: Option<Locale>,
    /// The language to use when none was chosen.
    accepted: Locale,
    /// Path and query without `lang`, for the language switch.
    address: String,
}

impl Visit {
    /// Path and query of the page.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// How pages are shown to this visitor.
    pub fn view(&self) -> View {
        self.view_of(None)
    }

    /// How pages are shown when an order remembers a language: an explicit choice still wins.
    pub fn view_of(&self, remembered: Option<Locale>) -> View {
        View {
            locale: self.chosen.or(remembered).unwrap_or(self.accepted),
            chosen: self.chosen.is_some(),
            address: self.address.clone(),
        }
    }
}

/// Lets known hosts in, turns failures into pages and sets the headers of every answer.
pub async fn receive(State(shop): State<Arc<Shop>>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let mut response = match shop.settings.origin_of_host(host(request.headers())) {
        Some(origin) => {
            let visit = visit(origin, &request);
            request.extensions_mut().insert(visit.clone());
            let response = next.run(request).await;
            match response.extensions().get::<Failure>() {
                Some(failure) => failure.page(&visit.view(), &path),
                None => response,
            }
        }
        None => elsewhere(&shop.settings.public_origin, &method),
    };
    let exceptions = response.extensions_mut().remove().unwrap_or_default();
    policy::apply(
        response.headers_mut(),
        &path,
        &shop.settings.checkout_origin,
        &exceptions,
    );
    tracing::info!(%method, path, status = response.status().as_u16(), "answered");
    response
}

fn host(headers: &HeaderMap) -> &str {
    text(headers, &header::HOST)
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn visit(origin: &Origin, request: &Request) -> Visit {
    let query = request.uri().query().unwrap_or_default();
    let (lang, rest): (Vec<_>, Vec<_>) = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .partition(|pair| pair.starts_with("lang="));
    // `//host` in a link would leave the shop.
    let path = format!("/{}", request.uri().path().trim_start_matches(['/', '\\']));
    Visit {
        origin: origin.clone(),
        chosen: lang
            .first()
            .and_then(|pair| Locale::from_tag(pair.trim_start_matches("lang="))),
        accepted: Locale::accepted(text(request.headers(), &header::ACCEPT_LANGUAGE)),
        address: if rest.is_empty() {
            path
        } else {
            format!("{path}?{}", rest.join("&"))
        },
    }
}

/// Sends a reader to the front page under the shop's own name; refuses anything else (RFC 9110 §15.5.20).
fn elsewhere(public_origin: &Origin, method: &Method) -> Response {
    if method.is_safe() {
        Redirect::temporary(&format!("{public_origin}/")).into_response()
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}
