//! Schemas of texts that several bodies have.

use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// An e-mail address, as far as its form tells.
pub enum Email {}

impl PartialSchema for Email {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("An e-mail address"))
            .pattern(Some(
                r"^[^@\s\x00-\x1f\x7f-\x9f]+@[^@\s\x00-\x1f\x7f-\x9f]*\.[^@\s\x00-\x1f\x7f-\x9f]*$",
            ))
            .max_length(Some(254))
            .examples(["payer@example.com"])
            .into()
    }
}

impl ToSchema for Email {}

/// The origin of a page.
pub enum PageOrigin {}

impl PartialSchema for PageOrigin {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "Scheme, host and port of a page, as its browser sends them in `Origin`. `http` only for this machine's own \
                 names, in test mode",
            ))
            .pattern(Some(origins("")))
            .max_length(Some(300))
            .examples(["https://shop.example"])
            .into()
    }
}

impl ToSchema for PageOrigin {}

/// Where a publishable key may be used.
pub enum AllowedOrigin {}

impl PartialSchema for AllowedOrigin {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "Scheme, host and port of a page; one leading `*.` label stands for every subdomain. `http` only for this \
                 machine's own names, in test mode",
            ))
            .pattern(Some(origins(r"(\*\.)?")))
            .examples(["https://shop.example", "https://*.shop.example"])
            .into()
    }
}

impl ToSchema for AllowedOrigin {}

/// The pattern of origins whose names may begin with `first`. Names of other alphabets are written in Punycode.
fn origins(first: &str) -> String {
    let labels = r"([A-Za-z0-9-]+\.)*";
    let https = format!(r"https://{first}{labels}[A-Za-z][A-Za-z0-9-]*");
    let http = format!(r"http://{first}{labels}localhost");
    let addresses = r"https?://(127\.0\.0\.1|\[::1\])";
    let port =
        "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";
    format!("^({https}|{http}|{addresses})(:({port}))?$")
}
