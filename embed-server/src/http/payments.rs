//! `/v1/payments`

use axum::Json;
use axum::extract::State;
use checkout_protocol::api::payment as wire;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::PaymentId;

use crate::app::App;
use crate::http::credentials::SecretKey;
use crate::http::error::ApiError;
use crate::http::lenient::LastPart;
use crate::operations::read_merchant_data;

/// `GET /v1/payments/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    LastPart(id): LastPart,
) -> Result<Json<wire::Payment>, ApiError> {
    let id: PaymentId = id.parse().map_err(|_| ErrorCode::ResourceNotFound)?;
    Ok(Json(read_merchant_data::payment(&app, &caller, id).await?))
}
