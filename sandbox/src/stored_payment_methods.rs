//! The routes by which a gateway lists and deletes the cards that a shopper let it keep.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{delete, get};
use serde::Deserialize;

use crate::App;
use crate::answering::{IDEMPOTENCY_KEY, answer};
use crate::card_on_file::{check_shopper_reference, not_stored};
use crate::service_error::ServiceError;
use crate::stored_cards::StoredCard;
use crate::wire::{StoredPaymentMethod, StoredPaymentMethods};

/// `/storedPaymentMethods` of the contract.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v71/storedPaymentMethods", get(list))
        .route("/v71/storedPaymentMethods/{id}", delete(forget))
}

type Asked = Result<Query<Parameters>, QueryRejection>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    merchant_account: Option<String>,
    shopper_reference: Option<String>,
}

async fn list(
    State(app): State<Arc<App>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    asked: Asked,
) -> Response {
    let work = move |app: &App, _| {
        let shopper_reference = shopper_reference(app, asked)?;
        let cards = app.stored_cards.of(&shopper_reference);
        Ok(StoredPaymentMethods {
            merchant_account: app.merchant_account.clone(),
            shopper_reference,
            stored_payment_methods: cards.into_iter().map(shown).collect(),
        })
    };
    let (path, headers) = (uri.path().to_owned(), without_key(headers));
    answer(app, path, headers, StatusCode::OK, work).await
}

async fn forget(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    asked: Asked,
) -> Response {
    let work = move |app: &App, _| {
        let shopper_reference = shopper_reference(app, asked)?;
        app.stored_cards
            .forget(&shopper_reference, &id)
            .map_err(not_stored)
    };
    let (path, headers) = (uri.path().to_owned(), without_key(headers));
    answer(app, path, headers, StatusCode::NO_CONTENT, work).await
}

/// The contract knows idempotency keys for `POST` only; a list must not be repeated from memory.
fn without_key(mut headers: HeaderMap) -> HeaderMap {
    headers.remove(IDEMPOTENCY_KEY);
    headers
}

fn shopper_reference(app: &App, asked: Asked) -> Result<String, ServiceError> {
    let Ok(Query(asked)) = asked else {
        let expected = "`shopperReference` and `merchantAccount`, each once";
        return Err(ServiceError::unreadable("the query", expected));
    };
    if asked.merchant_account.as_ref() != Some(&app.merchant_account) {
        return Err(ServiceError::invalid_merchant_account());
    }
    check_shopper_reference(asked.shopper_reference.filter(|text| !text.is_empty()))
}

fn shown(card: StoredCard) -> StoredPaymentMethod {
    StoredPaymentMethod {
        brand: card.listed.brand.wire_name(),
        expiry_month: card.expiry.month(),
        expiry_year: card.expiry.short_year(),
        id: card.id,
        last_four: card.listed.last_four(),
        name: card.listed.brand.display_name(),
        shopper_reference: card.shopper_reference,
        supported_recurring_processing_models: [
            "CardOnFile",
            "Subscription",
            "UnscheduledCardOnFile",
        ],
        kind: "scheme",
    }
}
