//! Queries of the merchant API: pages, filters and `expand[]`. What is not known is refused by name, as in bodies.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{Id, Kind};

use crate::http::error::ApiError;
use crate::operations::Refusal;
use crate::operations::expand::DEEPEST;
use crate::operations::read_merchant_data::{Cursor, Wanted};

/// Entries on a page when nothing is asked for.
pub const LIMIT_DEFAULT: usize = 20;
/// Entries on a page at most.
pub const LIMIT_MAX: usize = 100;
/// Paths that one request may expand.
pub const PATHS_MAX: usize = 20;

/// The pairs of a query, as they came.
pub struct Query(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        Ok(Self(pairs.into_owned().collect()))
    }
}

/// A query of which every name is known.
pub struct Asked {
    pairs: Vec<(String, String)>,
    /// What is to be expanded.
    pub expand: Vec<Vec<String>>,
}

/// What every list takes.
pub const PAGING: [&str; 3] = ["limit", "starting_after", "ending_before"];

impl Query {
    /// The query of a list, which takes these filters.
    ///
    /// # Errors
    ///
    /// `unknown_parameter`, `invalid_parameter`.
    pub fn of_list(self, filters: &[&str]) -> Result<Asked, ApiError> {
        let known: Vec<&str> = PAGING.iter().chain(filters).copied().collect();
        self.strict(&known)
    }

    /// The query of one thing.
    ///
    /// # Errors
    ///
    /// As [`Query::of_list`].
    pub fn of_one(self) -> Result<Asked, ApiError> {
        self.strict(&[])
    }

    fn strict(self, known: &[&str]) -> Result<Asked, ApiError> {
        let (mut pairs, mut expand) = (Vec::new(), Vec::new());
        for (name, value) in self.0 {
            if name == "expand[]" || name == "expand" {
                expand.push(path(&value)?);
            } else if !known.contains(&name.as_str()) {
                let problem = format!(
                    "is not a query parameter of this endpoint. Known are: {}",
                    [known, &["expand[]"]].concat().join(", ")
                );
                return Err(Refusal::about(ErrorCode::UnknownParameter, &name, problem).into());
            } else if pairs.iter().any(|(earlier, _)| *earlier == name) {
                return Err(invalid(&name, "must not be named twice"));
            } else {
                pairs.push((name, value));
            }
        }
        if expand.len() > PATHS_MAX {
            let problem = format!("must not name more than {PATHS_MAX} fields");
            return Err(invalid("expand[]", problem));
        }
        Ok(Asked { pairs, expand })
    }
}

fn invalid(name: &str, problem: impl std::fmt::Display) -> ApiError {
    Refusal::about(ErrorCode::InvalidParameter, name, problem).into()
}

/// `payment.session`, also as `data.payment.session`, which clients of lists write.
fn path(text: &str) -> Result<Vec<String>, ApiError> {
    let path: Vec<String> = text
        .strip_prefix("data.")
        .unwrap_or(text)
        .split('.')
        .map(str::to_owned)
        .collect();
    if path.len() > DEEPEST {
        let problem = format!("must not go deeper than {DEEPEST} fields");
        return Err(invalid("expand[]", problem));
    }
    Ok(path)
}

impl Asked {
    /// The value of a filter.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let pair = self.pairs.iter().find(|(known, _)| known == name)?;
        Some(&pair.1)
    }

    /// A filter by an id.
    ///
    /// # Errors
    ///
    /// `invalid_parameter`.
    pub fn id<K: Kind>(&self, name: &str) -> Result<Option<Id<K>>, ApiError> {
        self.text(name)
            .map(|text| text.parse().map_err(|error| invalid(name, error)))
            .transpose()
    }

    /// Which page.
    ///
    /// # Errors
    ///
    /// `invalid_parameter`.
    pub fn page<K: Kind>(&self) -> Result<Wanted<K>, ApiError> {
        let limit = match self.text("limit") {
            None => LIMIT_DEFAULT,
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=LIMIT_MAX).contains(limit))
                .ok_or_else(|| {
                    invalid(
                        "limit",
                        format!("must be a whole number from 1 to {LIMIT_MAX}"),
                    )
                })?,
        };
        let from = match (self.id("starting_after")?, self.id("ending_before")?) {
            (None, None) => None,
            (Some(id), None) => Some(Cursor::After(id)),
            (None, Some(id)) => Some(Cursor::Before(id)),
            (Some(_), Some(_)) => {
                return Err(invalid(
                    "ending_before",
                    "must not stand beside starting_after",
                ));
            }
        };
        Ok(Wanted { limit, from })
    }
}
