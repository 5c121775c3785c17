//! Paths and queries that never fail by themselves: what cannot be read counts as absent, and the handler answers with
//! the documented error.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{Id, Kind};
use serde::de::DeserializeOwned;

/// The one part of the path that is not fixed; empty when it is not readable text, so that nothing is found by it.
pub struct PathPart(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathPart {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(text.map(|Path(text)| text).unwrap_or_default()))
    }
}

/// The id that a part of the path names. What cannot be an id names nothing, like one that is not there.
///
/// # Errors
///
/// `resource_not_found`.
pub fn resource_id<K: Kind>(text: &str) -> Result<Id<K>, ErrorCode> {
    text.parse().map_err(|_| ErrorCode::ResourceNotFound)
}

/// The two parts of the path that are not fixed; empty when they are not readable text.
pub struct TwoPathParts(pub String, pub String);

impl<S: Send + Sync> FromRequestParts<S> for TwoPathParts {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let texts = Path::<(String, String)>::from_request_parts(parts, state).await;
        let (first, second) = texts.map(|Path(texts)| texts).unwrap_or_default();
        Ok(Self(first, second))
    }
}

/// The query; empty when it is malformed or names something twice.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequestParts<S> for Asked<T> {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        Ok(Self(query.map(|Query(query)| query).unwrap_or_default()))
    }
}
