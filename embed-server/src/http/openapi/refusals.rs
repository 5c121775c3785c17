//! How operations refuse: the codes of the catalogue by status, in the one envelope.

use std::collections::BTreeMap;

use checkout_protocol::error_code::{ErrorBody, ErrorCode};
use utoipa::ToSchema;
use utoipa::openapi::schema::AllOfBuilder;
use utoipa::openapi::{
    ContentBuilder, Header, HeaderBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder,
    Type,
};

use ErrorCode::{
    IdempotencyKeyInUse, IdempotencyKeyReused, InsufficientPermissions, InternalError,
    InvalidApiKey, InvalidIdempotencyKey, InvalidJson, InvalidParameter, LiveModeNotEnabled,
    MethodNotAllowed, MissingApiKey, PayloadTooLarge, PublishableKeyNotAllowed, RateLimited,
    ResourceNotFound, RouteNotFound, SecretKeyInBrowser, TryAgain, UnknownParameter,
    UnsupportedMediaType,
};

/// Of everything that needs a secret key.
pub const OF_A_SECRET_KEY: &[ErrorCode] = &[
    MissingApiKey,
    InvalidApiKey,
    PublishableKeyNotAllowed,
    SecretKeyInBrowser,
    LiveModeNotEnabled,
    InsufficientPermissions,
    RateLimited,
    InternalError,
    TryAgain,
];

/// Of everything that can be repeated under a key.
pub const OF_AN_IDEMPOTENCY_KEY: &[ErrorCode] = &[
    InvalidIdempotencyKey,
    IdempotencyKeyReused,
    IdempotencyKeyInUse,
];

/// Of everything that has a body.
pub const OF_A_BODY: &[ErrorCode] = &[
    InvalidJson,
    UnknownParameter,
    PayloadTooLarge,
    UnsupportedMediaType,
];

/// Refusals that many operations have alike. The last two are of no operation: of other URLs and other methods.
const SHARED: &[(&str, &[ErrorCode])] = &[
    ("Unauthorized", &[MissingApiKey, InvalidApiKey]),
    (
        "Forbidden",
        &[
            PublishableKeyNotAllowed,
            SecretKeyInBrowser,
            LiveModeNotEnabled,
            InsufficientPermissions,
        ],
    ),
    ("InvalidQuery", &[UnknownParameter, InvalidParameter]),
    ("NotFound", &[ResourceNotFound]),
    (
        "IdempotencyConflict",
        &[IdempotencyKeyReused, IdempotencyKeyInUse],
    ),
    ("PayloadTooLarge", &[PayloadTooLarge]),
    ("UnsupportedMediaType", &[UnsupportedMediaType]),
    ("TooManyRequests", &[RateLimited]),
    ("InternalError", &[InternalError]),
    ("TryAgain", &[TryAgain]),
    ("RouteNotFound", &[RouteNotFound]),
    ("MethodNotAllowed", &[MethodNotAllowed]),
];

/// The shared refusals by their names.
pub fn shared() -> impl Iterator<Item = (String, RefOr<Response>)> {
    SHARED.iter().map(|(name, codes)| {
        let codes: Vec<ErrorCode> = codes.to_vec();
        ((*name).to_owned(), RefOr::T(refusal(&codes)))
    })
}

/// What an operation with these codes answers, by status.
pub fn by_status(codes: &[ErrorCode]) -> BTreeMap<u16, RefOr<Response>> {
    let mut groups: BTreeMap<u16, Vec<ErrorCode>> = BTreeMap::new();
    for code in ErrorCode::ALL.iter().filter(|code| codes.contains(code)) {
        groups.entry(code.status()).or_default().push(*code);
    }
    let named = |group: &[ErrorCode]| SHARED.iter().find(|(_, codes)| *codes == group);
    groups
        .into_iter()
        .map(|(status, group)| match named(&group) {
            Some((name, _)) => (status, Ref::from_response_name(*name).into()),
            None => (status, RefOr::T(refusal(&group))),
        })
        .collect()
}

/// All codes are of one status.
fn refusal(codes: &[ErrorCode]) -> Response {
    let status = codes.first().map_or(500, |code| code.status());
    let words = codes
        .iter()
        .map(|code| format!("- `{}`: {}", code.as_str(), code.text()));
    let only = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(codes.iter().map(|code| code.as_str())));
    let detail = ObjectBuilder::new().property("code", only);
    let envelope = AllOfBuilder::new()
        .item(Ref::from_schema_name(ErrorBody::name()))
        .item(ObjectBuilder::new().property("error", detail));
    let response = ResponseBuilder::new()
        .description(words.collect::<Vec<_>>().join("\n"))
        .content(
            "application/json",
            ContentBuilder::new().schema(Some(envelope)).build(),
        );
    // Refusals that would not change are kept for repeated requests.
    let replayed = matches!(status, 400 | 404 | 409 | 422);
    headers(status, replayed, status != 401)
        .fold(response, |response, (name, header)| {
            response.header(name, header)
        })
        .build()
}

/// The headers of an answer.
pub fn headers(
    status: u16,
    replayed: bool,
    counted: bool,
) -> impl Iterator<Item = (&'static str, Header)> {
    let number = |about: &str| {
        let number = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(0));
        let header = HeaderBuilder::new().schema(number);
        header.description(Some(about)).build()
    };
    let text = |about: &str, pattern: &str| {
        let text = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(pattern));
        let header = HeaderBuilder::new().schema(text);
        header.description(Some(about)).build()
    };
    let all = [
        (
            true,
            "Request-Id",
            text("Name it when you ask about a request", "^req_[0-9a-z]{24}$"),
        ),
        (
            replayed,
            "Idempotent-Replayed",
            text(
                "`true` when an earlier request with the `Idempotency-Key` got this answer",
                "^true$",
            ),
        ),
        (
            counted,
            "RateLimit-Limit",
            number("Requests that may be sent at once"),
        ),
        (
            counted,
            "RateLimit-Remaining",
            number("How many of them are left"),
        ),
        (
            counted,
            "RateLimit-Reset",
            number("Seconds until all of them are there again"),
        ),
        (status == 429, "Retry-After", number("Seconds to wait")),
    ];
    all.into_iter()
        .filter_map(|(there, name, header)| there.then_some((name, header)))
}
