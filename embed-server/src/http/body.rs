//! Request bodies, read field by field so that an error can name its field and what would be right.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{Id, Kind};
use serde_json::{Map, Value};

use crate::http::error::ApiError;
use crate::operations::Refusal;

/// A JSON object and the bytes it came as.
pub struct JsonBody {
    /// For the fingerprint of an idempotent request.
    pub bytes: axum::body::Bytes,
    fields: Map<String, Value>,
}

/// The body of an action that needs none: absent, or a JSON object.
pub struct OptionalBody(pub JsonBody);

impl<S: Send + Sync> FromRequest<S> for OptionalBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let has_type = request.headers().contains_key(header::CONTENT_TYPE);
        if has_type {
            return JsonBody::from_request(request, state).await.map(Self);
        }
        let bytes = read_bytes(request, state).await?;
        if !bytes.is_empty() {
            return Err(ErrorCode::UnsupportedMediaType.into());
        }
        Ok(Self(JsonBody {
            bytes,
            fields: Map::new(),
        }))
    }
}

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(ErrorCode::UnsupportedMediaType.into());
        }
        let bytes = read_bytes(request, state).await?;
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(fields)) => Ok(Self { bytes, fields }),
            Ok(_) | Err(_) => Err(ErrorCode::InvalidJson.into()),
        }
    }
}

/// The body as it came, up to the limit.
///
/// # Errors
///
/// `payload_too_large`, or `invalid_json` for a body that broke off.
pub async fn read_bytes<S: Send + Sync>(
    request: Request,
    state: &S,
) -> Result<axum::body::Bytes, ApiError> {
    axum::body::Bytes::from_request(request, state)
        .await
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::PayloadTooLarge.into(),
            _ => ErrorCode::InvalidJson.into(),
        })
}

impl JsonBody {
    /// The fields, when every one of them is `known`.
    ///
    /// # Errors
    ///
    /// `unknown_parameter`, naming the first one that is not.
    pub fn strict(self, known: &[&str]) -> Result<Fields, ApiError> {
        match self
            .fields
            .keys()
            .find(|name| !known.contains(&name.as_str()))
        {
            Some(unknown) => {
                let problem = format!(
                    "is not a parameter of this endpoint. Known are: {}",
                    known.join(", ")
                );
                Err(Refusal::about(ErrorCode::UnknownParameter, unknown, problem).into())
            }
            None => Ok(Fields(self.fields)),
        }
    }

    /// The fields; unknown ones are ignored, so that a newer frame still works with this server.
    #[must_use]
    pub fn tolerant(self) -> Fields {
        Fields(self.fields)
    }
}

/// Fields of a body; `null` counts as absent.
pub struct Fields(Map<String, Value>);

fn invalid(name: &str, problem: impl std::fmt::Display) -> ApiError {
    Refusal::about(ErrorCode::InvalidParameter, name, problem).into()
}

impl Fields {
    fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    /// Whether a field is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    /// A text of 1 to `max_chars` characters.
    ///
    /// # Errors
    ///
    /// `invalid_parameter`.
    pub fn text(&mut self, name: &str, max_chars: usize) -> Result<Option<String>, ApiError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => {
                Err(invalid(name, "must not be empty; leave it out instead"))
            }
            Some(Value::String(text)) if text.chars().count() > max_chars => Err(invalid(
                name,
                format!("must have at most {max_chars} characters"),
            )),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(name, "must be a text in quotes")),
        }
    }

    /// A text that must be there.
    ///
    /// # Errors
    ///
    /// `missing_parameter`, `invalid_parameter`.
    pub fn required_text(&mut self, name: &str, max_chars: usize) -> Result<String, ApiError> {
        self.text(name, max_chars)?
            .ok_or_else(|| Refusal::about(ErrorCode::MissingParameter, name, "is required").into())
    }

    /// A whole number.
    ///
    /// # Errors
    ///
    /// `code` when it is anything else, with words that say what would be right.
    pub fn whole_number(&mut self, name: &str, code: ErrorCode) -> Result<Option<i64>, ApiError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Number(number)) if number.is_i64() => Ok(number.as_i64()),
            Some(Value::String(_)) => Err(Refusal::about(
                code,
                name,
                "must be a whole number without quotes, in the currency's smallest unit, such as 1990",
            )
            .into()),
            Some(_) => Err(Refusal::about(
                code,
                name,
                "must be a whole number from 1 to 9999999999, in the currency's smallest unit, such as 1990",
            )
            .into()),
        }
    }

    /// `true` or `false`.
    ///
    /// # Errors
    ///
    /// `invalid_parameter`.
    pub fn flag(&mut self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => Err(invalid(name, "must be true or false, without quotes")),
        }
    }

    /// An id of one kind.
    ///
    /// # Errors
    ///
    /// `invalid_parameter`.
    pub fn id<K: Kind>(&mut self, name: &str) -> Result<Option<Id<K>>, ApiError> {
        self.text(name, 100)?
            .map(|text| text.parse().map_err(|error| invalid(name, error)))
            .transpose()
    }

    /// A list of texts.
    ///
    /// # Errors
    ///
    /// `invalid_parameter`.
    pub fn texts(&mut self, name: &str, max_items: usize) -> Result<Option<Vec<String>>, ApiError> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let texts: Option<Vec<String>> = value.as_array().and_then(|items| {
            items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect()
        });
        match texts {
            Some(texts) if (1..=max_items).contains(&texts.len()) => Ok(Some(texts)),
            _ => Err(invalid(
                name,
                format!("must be a list of 1 to {max_items} texts"),
            )),
        }
    }

    /// The merchant's own pairs: at most 50, keys to 40 and values to 500 characters.
    ///
    /// # Errors
    ///
    /// `invalid_parameter`.
    pub fn metadata(&mut self) -> Result<BTreeMap<String, String>, ApiError> {
        const NAME: &str = "metadata";
        let pairs = match self.take(NAME) {
            None => return Ok(BTreeMap::new()),
            Some(Value::Object(pairs)) => pairs,
            Some(_) => return Err(invalid(NAME, "must be an object of texts")),
        };
        if pairs.len() > 50 {
            return Err(invalid(NAME, "must have at most 50 keys"));
        }
        pairs
            .into_iter()
            .map(|(key, value)| {
                let about = format!("{NAME}[{key}]");
                match value {
                    _ if !(1..=40).contains(&key.chars().count()) => {
                        Err(invalid(NAME, "must have keys of 1 to 40 characters"))
                    }
                    Value::String(text) if text.chars().count() <= 500 => Ok((key, text)),
                    Value::String(_) => Err(invalid(&about, "must have at most 500 characters")),
                    _ => Err(invalid(&about, "must be a text in quotes")),
                }
            })
            .collect()
    }

    /// An object with fields of its own, of which every one is `known`.
    ///
    /// # Errors
    ///
    /// `unknown_parameter`, `invalid_parameter`.
    pub fn object(&mut self, name: &str, known: &[&str]) -> Result<Option<Self>, ApiError> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let Value::Object(fields) = value else {
            return Err(invalid(name, "must be an object"));
        };
        match fields.keys().find(|field| !known.contains(&field.as_str())) {
            Some(unknown) => {
                let field = format!("{name}[{unknown}]");
                let problem = format!("is not known. Known are: {}", known.join(", "));
                Err(Refusal::about(ErrorCode::UnknownParameter, &field, problem).into())
            }
            None => Ok(Some(Self(fields))),
        }
    }

    /// An object with fields of its own.
    ///
    /// # Errors
    ///
    /// `missing_parameter`, `invalid_parameter`.
    pub fn required_object(&mut self, name: &str) -> Result<Self, ApiError> {
        match self.take(name) {
            Some(Value::Object(fields)) => Ok(Self(fields)),
            Some(_) => Err(invalid(name, "must be an object")),
            None => Err(Refusal::about(ErrorCode::MissingParameter, name, "is required").into()),
        }
    }

    /// The rest as one typed value, for bodies of our own frame.
    ///
    /// # Errors
    ///
    /// `invalid_parameter`, naming `name`.
    pub fn into_typed<T: serde::de::DeserializeOwned>(self, name: &str) -> Result<T, ApiError> {
        serde_json::from_value(Value::Object(self.0))
            .map_err(|_| invalid(name, "is not what this endpoint takes"))
    }
}
