//! `/v1/merchants`

use axum::Json;
use checkout_protocol::api::merchant as wire;

use crate::http::credentials::SecretKey;

/// `GET /v1/merchants/current`
pub async fn current(SecretKey(caller): SecretKey) -> Json<wire::Merchant> {
    Json(caller.merchant.view())
}
