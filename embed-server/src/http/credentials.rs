//! Who is calling: `Authorization: Bearer …` with a secret or a publishable key.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use checkout_protocol::api_key::{ApiKey, KeyType};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::MerchantId;

use crate::app::App;
use crate::domain::client_address::client_address;
use crate::http::error::ApiError;
use crate::http::rate_limit;
use crate::http::request_id::note_merchant;
use crate::operations::Refusal;
use crate::operations::authenticate::{self, Page, Server};
use crate::operations::limit_rate::Counted;

/// Proof that a merchant's server is calling.
pub struct SecretKey(pub Server);

/// Proof that a merchant's server, or a merchant's page on an allowed origin, is calling.
pub enum AnyKey {
    /// By a secret key.
    Server(Server),
    /// By a publishable key and the browser's `Origin`.
    Page(Page),
}

impl FromRequestParts<App> for SecretKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let address = caller_address(parts, app);
        let server = guarded(app, address, async {
            Ok(authenticate::server(app, &presented(&parts.headers)?).await?)
        })
        .await?;
        refuse_browser(&parts.headers)?;
        check_merchant(&parts.headers, server.merchant.id)?;
        note_merchant(server.merchant.id, server.mode);
        rate_limit::admit(app, Counted::Request(server.merchant.id, server.mode)).await?;
        Ok(Self(server))
    }
}

/// Where the request comes from, by the connection or a trusted proxy.
pub fn caller_address(parts: &Parts, app: &App) -> Option<IpAddr> {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(address)| address.ip());
    let forwarded = parts
        .headers
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok());
    client_address(peer, forwarded, &app.trusted_proxies)
}

/// Lets an address that has guessed too often wait before its next key is looked at.
async fn guarded<T>(
    app: &App,
    address: Option<IpAddr>,
    authenticated: impl Future<Output = Result<T, ApiError>>,
) -> Result<T, ApiError> {
    let Some(address) = address else {
        return authenticated.await;
    };
    let (allowance, now_us) = (app.allowances.failures, app.now_us());
    let standing = app.failures.look(&address, allowance, now_us);
    if !standing.admitted {
        rate_limit::note(standing)?;
    }
    let authenticated = authenticated.await;
    if let Err(error) = &authenticated
        && error.code() == Some(ErrorCode::InvalidApiKey)
    {
        app.failures.take(address, allowance, now_us);
    }
    authenticated
}

impl FromRequestParts<App> for AnyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        // A key that is none is counted where it is looked at.
        let Ok(key) = presented(&parts.headers) else {
            let SecretKey(server) = SecretKey::from_request_parts(parts, app).await?;
            return Ok(Self::Server(server));
        };
        match key.key_type() {
            KeyType::Secret => {
                let SecretKey(server) = SecretKey::from_request_parts(parts, app).await?;
                Ok(Self::Server(server))
            }
            KeyType::Publishable => {
                let address = caller_address(parts, app);
                let page = guarded(app, address, async {
                    Ok(authenticate::page(app, &key, origin(&parts.headers)).await?)
                })
                .await?;
                check_merchant(&parts.headers, page.merchant.id)?;
                note_merchant(page.merchant.id, page.mode);
                Ok(Self::Page(page))
            }
        }
    }
}

/// The browser's `Origin`, when there is one.
pub fn origin(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN)?.to_str().ok()
}

/// The text after `Bearer`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn presented(headers: &HeaderMap) -> Result<ApiKey, ApiError> {
    if !headers.contains_key(header::AUTHORIZATION) {
        return Err(ErrorCode::MissingApiKey.into());
    }
    let text = bearer(headers).ok_or(ErrorCode::InvalidApiKey)?;
    ApiKey::parse(text).map_err(|error| {
        Refusal {
            message: format!("Invalid API key provided: {error}."),
            ..Refusal::new(ErrorCode::InvalidApiKey)
        }
        .into()
    })
}

/// A secret key in a page is a leak, whatever it asks for.
fn refuse_browser(headers: &HeaderMap) -> Result<(), ApiError> {
    if headers.contains_key(header::ORIGIN) {
        return Err(ErrorCode::SecretKeyInBrowser.into());
    }
    Ok(())
}

/// `X-Merchant-Id` is optional; if sent, it must be the key's merchant.
fn check_merchant(headers: &HeaderMap, merchant: MerchantId) -> Result<(), ApiError> {
    let Some(sent) = headers.get("x-merchant-id") else {
        return Ok(());
    };
    let same = sent
        .to_str()
        .ok()
        .and_then(|text| text.parse::<MerchantId>().ok())
        .is_some_and(|sent| sent == merchant);
    if same {
        return Ok(());
    }
    let problem = "is not the merchant that this key belongs to; leave the header out";
    Err(Refusal::about(ErrorCode::InsufficientPermissions, "X-Merchant-Id", problem).into())
}
