//! Schemas of the OpenAPI document that cannot be derived: types that are written as something else than they are.

use std::borrow::Cow;

use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, Object, ObjectBuilder, OneOfBuilder, Schema, SchemaType,
    Type,
};
use utoipa::openapi::{KnownFormat, Ref, RefOr, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

use crate::api::api_key::{ApiKey, ApiKeyWithText};
use crate::api::customer::Customer;
use crate::api::list::List;
use crate::api::payment::Payment;
use crate::api::payment_method::PaymentMethod;
use crate::api::payment_session::PaymentSession;
use crate::api::webhook_endpoint::{WebhookEndpoint, WebhookEndpointWithSecret};
use crate::error_code::ErrorCode;
use crate::id::{CustomerId, Id, Kind, PaymentId, PaymentMethodId, SessionId};
use crate::money::Money;
use crate::timestamp::Timestamp;

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

impl<K: Kind> PartialSchema for Id<K> {
    fn schema() -> RefOr<Schema> {
        text()
            .description(Some(format!("An id that begins with `{}_`", K::PREFIX)))
            .pattern(Some(format!(
                "^{}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$",
                K::PREFIX
            )))
            .examples([format!("{}_01hx9z3k2mfq7nbvd4cw8ej5rt", K::PREFIX)])
            .into()
    }
}

impl<K: Kind> ToSchema for Id<K> {
    fn name() -> Cow<'static, str> {
        K::SCHEMA.into()
    }
}

impl PartialSchema for Timestamp {
    fn schema() -> RefOr<Schema> {
        text()
            .description(Some("ISO 8601 in UTC, to the second"))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .pattern(Some("Z$"))
            .examples(["2026-05-15T12:00:00Z"])
            .into()
    }
}

impl ToSchema for Timestamp {}

impl PartialSchema for ErrorCode {
    fn schema() -> RefOr<Schema> {
        text()
            .description(Some(
                "What happened, by its stable name. More may be added; treat one that you do not know by its `type`.",
            ))
            .enum_values(Some(Self::ALL.iter().map(|code| code.as_str())))
            .into()
    }
}

impl ToSchema for ErrorCode {}

/// An amount that can be collected or given back, in answers and requests.
pub enum Amount {}

impl PartialSchema for Amount {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .description(Some(
                "A whole number in the currency's smallest unit: 1990 ISK is 1.990 kr., 1990 EUR is 19,90 €. Without quotes, decimal point or exponent",
            ))
            .minimum(Some(1))
            .maximum(Some(isize::try_from(Money::MAX_MINOR_UNITS).unwrap_or(isize::MAX)))
            .examples([1990])
            .into()
    }
}

impl ToSchema for Amount {}

/// The merchant's own pairs.
pub enum Metadata {}

impl PartialSchema for Metadata {
    fn schema() -> RefOr<Schema> {
        let key = text().min_length(Some(1)).max_length(Some(40)).build();
        ObjectBuilder::new()
            .description(Some(
                "The merchant's own pairs: at most 50, keys to 40 and values to 500 characters",
            ))
            .property_names(Some(Schema::Object(key)))
            .additional_properties(Some(AdditionalProperties::RefOr(
                text().max_length(Some(500)).into(),
            )))
            .max_properties(Some(50))
            .into()
    }
}

impl ToSchema for Metadata {}

impl<T: ToSchema> PartialSchema for List<T> {
    fn schema() -> RefOr<Schema> {
        let entries = ArrayBuilder::new()
            .items(reference::<T>())
            .description(Some("What is on the page, newest first"))
            .build();
        let has_more = ObjectBuilder::new()
            .schema_type(Type::Boolean)
            .description(Some(
                "Whether there is more in the direction that was asked for",
            ));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("A page of a list"))
            .property("data", entries)
            .property("has_more", has_more)
            .into()
    }
}

impl<T: ToSchema> ToSchema for List<T> {
    fn name() -> Cow<'static, str> {
        format!("{}List", T::name()).into()
    }
}

/// One flat object: generators of clients make less of a composed one.
impl PartialSchema for ApiKeyWithText {
    fn schema() -> RefOr<Schema> {
        let RefOr::T(Schema::Object(key)) = ApiKey::schema() else {
            return reference::<ApiKey>();
        };
        let shown_once = text()
            .description(Some("The whole text, which is shown this once"))
            .pattern(Some("^(sk|pk)_(test|live)_[0-9A-Za-z]{50}$"));
        let mut object: Object = key;
        object.description = Some("A key with its text".to_owned());
        object
            .properties
            .insert("key".to_owned(), RefOr::T(shown_once.into()));
        Schema::Object(object).into()
    }
}

impl ToSchema for ApiKeyWithText {}

impl PartialSchema for WebhookEndpointWithSecret {
    fn schema() -> RefOr<Schema> {
        let RefOr::T(Schema::Object(endpoint)) = WebhookEndpoint::schema() else {
            return reference::<WebhookEndpoint>();
        };
        let mut object: Object = endpoint;
        object.description = Some("An endpoint with its secret".to_owned());
        for name in ["signing_secret", "secret"] {
            let shown_once = text()
                .description(Some("What signs, which is shown this once"))
                .pattern(Some("^whsec_[0-9A-Za-z+/]{43}=$"));
            object
                .properties
                .insert(name.to_owned(), RefOr::T(shown_once.into()));
        }
        Schema::Object(object).into()
    }
}

impl ToSchema for WebhookEndpointWithSecret {}

fn reference<T: ToSchema>() -> RefOr<Schema> {
    Ref::from_schema_name(T::name()).into()
}

macro_rules! expandable {
    ($($name:ident, $id:ty, $whole:ty;)+) => {$(
        /// An id, or with `expand[]` the whole thing in its place.
        pub enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                OneOfBuilder::new()
                    .schema_type(SchemaType::AnyValue)
                    .description(Some("An id, or with `expand[]` the whole thing in its place"))
                    .item(reference::<$id>())
                    .item(reference::<$whole>())
                    .into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

expandable! {
    ExpandableCustomer, CustomerId, Customer;
    ExpandablePayment, PaymentId, Payment;
    ExpandablePaymentMethod, PaymentMethodId, PaymentMethod;
    ExpandablePaymentSession, SessionId, PaymentSession;
}
