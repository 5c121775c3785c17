//! Making, showing and listing orders.
//!
//! The session ids that a return address carries are not read: the shop knows its order's session itself.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shop;
use super::failure::Failure;
use super::visit::Visit;
use crate::catalog;
use crate::order::{Kind, NewOrder, Order};
use crate::page;
use crate::session::{self, OrderFacts};

/// The order form.
#[derive(Deserialize)]
pub struct OrderForm {
    product: String,
    kind: String,
}

/// `POST /orders`
pub async fn place(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    form: Result<Form<OrderForm>, FormRejection>,
) -> Result<Redirect, Failure> {
    let Form(form) = form.map_err(|_| Failure::Unreadable)?;
    let product = catalog::find(&form.product).ok_or(Failure::UnknownProduct)?;
    let kind = Kind::from_name(&form.kind).ok_or(Failure::UnknownKind)?;
    let order = shop.orders.place(NewOrder {
        product,
        amount: product.price,
        origin: visit.origin.clone(),
        kind,
        locale: visit.chosen,
    });
    Ok(Redirect::to(
        &visit.view().link(&page::checkout_address(&order)),
    ))
}

/// `GET /orders/{id}` for people, `GET /orders/{id}.json` for programs.
pub async fn show(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let (id, as_json) = name
        .strip_suffix(".json")
        .map_or((name.as_str(), false), |id| (id, true));
    let order = shop.orders.find(id).ok_or(Failure::NotFound)?;
    let facts = session::facts(&shop.gateway, &order).await;
    Ok(if as_json {
        Json(described(&order, &facts)).into_response()
    } else {
        page::order(&visit.view_of(order.locale), &order, &facts).into_response()
    })
}

/// `GET /orders.json`: every order, newest first. Only what the shop itself knows: the API is not asked.
///
/// A real shop would keep such a list behind its staff's login.
pub async fn list(State(shop): State<Arc<Shop>>) -> Json<Value> {
    let mut orders = Vec::new();
    for order in shop.orders.all() {
        let session = order.session.lock().await.id.clone();
        orders.push(json!({
            "id": order.id,
            "product": order.product.id,
            "amount": order.amount,
            "currency": order.currency,
            "kind": order.kind.name(),
            "origin": order.origin.as_str(),
            "session": session,
        }));
    }
    Json(json!({ "data": orders }))
}

fn described(order: &Order, facts: &OrderFacts) -> Value {
    let payment = facts.payment.as_ref();
    json!({
        "id": order.id,
        "product": order.product.id,
        "amount": order.amount,
        "currency": order.currency,
        "status": facts.outcome.name(),
        "delivered_by": order.delivered_by.get(),
        "session": facts.session,
        "payment": payment.map(|it| it.id.as_str()),
        "payment_status": payment.map(|it| it.status.as_str()),
        "payment_amount": payment.map(|it| it.amount),
        "payment_currency": payment.map(|it| it.currency.as_str()),
        "failure_code": payment.and_then(|it| it.failure_code.as_deref()),
    })
}
