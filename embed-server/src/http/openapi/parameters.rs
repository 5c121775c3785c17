//! Parameters that many operations have.

use checkout_protocol::id::MerchantId;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::{
    ArrayBuilder, ObjectBuilder, Ref, RefOr, Required, Schema, Type, schema::Object,
};
use utoipa::{PartialSchema, ToSchema};

use crate::http::query::{LIMIT_DEFAULT, LIMIT_MAX, PATHS_MAX};

/// The id in the path.
pub fn id<Id: ToSchema>() -> Parameter {
    part::<Id>("id")
}

/// Another id in the path.
pub fn part<Id: ToSchema>(name: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(Ref::from_schema_name(Id::name())))
        .build()
}

/// A filter or another part of the query that is not needed.
pub fn query(name: &str, about: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(schema))
        .build()
}

/// A filter by an id.
pub fn query_id<Id: ToSchema>(name: &str, about: &str) -> Parameter {
    query(name, about, Ref::from_schema_name(Id::name()))
}

/// A filter by a text.
pub fn query_text(name: &str, about: &str) -> Parameter {
    query(name, about, text())
}

fn text() -> Object {
    Object::with_type(Type::String)
}

/// Which page of a list of `T`.
pub fn paging<T: PartialSchema>() -> [Parameter; 3] {
    let id = || id_of::<T>();
    let limit = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(1))
        .maximum(Some(LIMIT_MAX))
        .default(Some(LIMIT_DEFAULT.into()));
    [
        query("limit", "Entries on the page at most", limit),
        query(
            "starting_after",
            "The last entry of the page before this one: what is older than it. Not beside `ending_before`",
            id(),
        ),
        query(
            "ending_before",
            "The first entry of the page after this one: what is newer than it. Not beside `starting_after`",
            id(),
        ),
    ]
}

/// The schema of the ids of `T`.
fn id_of<T: PartialSchema>() -> RefOr<Schema> {
    match T::schema() {
        RefOr::T(Schema::Object(mut object)) => object.properties.remove("id"),
        _ => None,
    }
    .unwrap_or_else(|| text().into())
}

/// What is to be expanded, of these paths.
pub fn expand(paths: &[String]) -> Parameter {
    let path = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(paths.iter().map(String::as_str)));
    let paths = ArrayBuilder::new()
        .items(path)
        .max_items(Some(PATHS_MAX))
        .build();
    ParameterBuilder::from(query(
        "expand[]",
        "Fields whose id becomes the whole thing it names; in a list, in each entry",
        paths,
    ))
    .style(Some(ParameterStyle::Form))
    .explode(Some(true))
    .build()
}

/// `Idempotency-Key`
pub fn idempotency_key() -> Parameter {
    let key = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(255))
        .pattern(Some(r"^[!#-~]([ -~]*[!-~])?$"))
        .examples(["order-7782"]);
    header(
        "Idempotency-Key",
        "Makes a repeat safe: for 24 hours the same key gets the same answer. Printable ASCII, such as a UUID",
        key,
    )
}

/// `X-Merchant-Id`
pub fn merchant_id() -> Parameter {
    header(
        "X-Merchant-Id",
        "Not needed: the key says whose it is. If it is sent, it must be the key's merchant",
        Ref::from_schema_name(MerchantId::name()),
    )
}

fn header(name: &str, about: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(schema))
        .build()
}
