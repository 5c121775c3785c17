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
            .pattern(Some(ALLOWED))
            .examples(["https://shop.example", "https://*.shop.example"])
            .into()
    }
}

impl ToSchema for AllowedOrigin {}

const ALLOWED: &str = r"^(https://(\*\.)?([A-Za-z0-9-]+\.)*[A-Za-z][A-Za-z0-9-]*|http://(\*\.)?([A-Za-z0-9-]+\.)*localhost|https?://(127\.0\.0\.1|\[::1\]))(:[0-9]{1,5})?$";
