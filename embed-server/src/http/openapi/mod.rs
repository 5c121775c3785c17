//! `/openapi.json`: the merchant API as an OpenAPI 3.1 document, made of the types that are sent and of what the handlers
//! say they take. What the checkout's own pages call is private to them and not in it.

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::Paths;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{Info, InfoBuilder, OpenApi, OpenApiBuilder, ServerBuilder};

use crate::http::openapi::schemas::Schemas;

mod api_keys;
mod call;
mod customers;
mod events;
pub mod expansions;
mod links;
mod merchants;
mod parameters;
mod payment_methods;
mod payment_sessions;
mod payments;
mod refunds;
mod refusals;
mod schemas;
mod texts;
mod this;
mod webhook_endpoints;

#[cfg(test)]
mod tests;

/// The name of the security scheme of servers.
const SECRET_KEY: &str = "secretKey";
/// The name of the security scheme of pages.
const PUBLISHABLE_KEY: &str = "publishableKey";

/// `GET /openapi.json`: for everyone, from every page.
pub async fn serve() -> Response {
    static TEXT: LazyLock<Bytes> = LazyLock::new(|| text().into());
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, TEXT.clone()).into_response()
}

/// The document, as it is served and as `docs/openapi.json` has it.
#[must_use]
pub fn text() -> String {
    let mut text = document().to_pretty_json().unwrap_or_default();
    text.push('\n');
    // In links the library writes this one field by its name in Rust.
    text.replace("\"operation_id\":", "\"operationId\":")
}

fn document() -> OpenApi {
    let resources = [
        payment_sessions::resource(),
        payments::resource(),
        refunds::resource(),
        customers::resource(),
        payment_methods::resource(),
        webhook_endpoints::resource(),
        events::resource(),
        api_keys::resource(),
        merchants::resource(),
        this::resource(),
    ];
    let tags = resources.iter().map(|resource| {
        TagBuilder::new()
            .name(resource.name)
            .description(Some(resource.about))
            .build()
    });
    let document = OpenApiBuilder::new()
        .info(info())
        .servers(Some([ServerBuilder::new()
            .url("/")
            .description(Some("The server that this document comes from"))
            .build()]))
        .tags(Some(tags.collect::<Vec<_>>()));
    let (mut paths, mut schemas) = (Paths::new(), Schemas::default());
    for resource in resources {
        resource.add_to(&mut paths, &mut schemas);
    }
    links::add_to(&mut paths);
    let mut components = schemas.into_components();
    components.responses = refusals::shared().collect();
    components.add_security_scheme(
        SECRET_KEY,
        bearer("A secret key (`sk_…`), on a merchant's server"),
    );
    components.add_security_scheme(
        PUBLISHABLE_KEY,
        bearer("A publishable key (`pk_…`), on a page of one of its allowed origins"),
    );
    document.paths(paths).components(Some(components)).build()
}

fn info() -> Info {
    InfoBuilder::new()
        .title("Borga Checkout API")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(include_str!("about.md").trim_end()))
        .build()
}

fn bearer(about: &str) -> SecurityScheme {
    let mut scheme = Http::new(HttpAuthScheme::Bearer);
    scheme.description = Some(about.to_owned());
    SecurityScheme::Http(scheme)
}
