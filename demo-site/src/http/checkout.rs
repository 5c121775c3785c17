//! The checkout pages, and what the one with the publishable key asks of the shop.
//!
//! A client secret passes through to the page of its order and is kept nowhere.

use std::sync::Arc;

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shop;
use super::failure::Failure;
use super::visit::Visit;
use crate::catalog::{self, PRODUCTS, Product};
use crate::order::{Kind, NewOrder, Order};
use crate::page::{self, Appearance, View};
use crate::price::LARGEST;
use crate::secret::Secret;
use crate::session::{self, Attached, Payable};

/// What may stand in the address of a checkout page.
#[derive(Deserialize)]
pub struct CheckoutQuery {
    order: Option<String>,
    product: Option<String>,
    amount: Option<String>,
    #[serde(flatten)]
    appearance: Appearance,
}

type Asked = Result<Query<CheckoutQuery>, QueryRejection>;

/// `GET /checkout/element`
pub async fn element(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    query: Asked,
) -> Result<Response, Failure> {
    with_secret_key(&shop, &visit, query, Kind::Element).await
}

/// `GET /checkout/returning`
pub async fn returning(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    query: Asked,
) -> Result<Response, Failure> {
    with_secret_key(&shop, &visit, query, Kind::Returning).await
}

/// `GET /checkout/react`
pub async fn react(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    query: Asked,
) -> Result<Response, Failure> {
    with_secret_key(&shop, &visit, query, Kind::React).await
}

/// `GET /checkout/vue`
pub async fn vue(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    query: Asked,
) -> Result<Response, Failure> {
    with_secret_key(&shop, &visit, query, Kind::Vue).await
}

/// `GET /checkout/routed`
pub async fn routed(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    query: Asked,
) -> Result<Response, Failure> {
    with_secret_key(&shop, &visit, query, Kind::Routed).await
}

/// `GET /checkout/modal`
pub async fn modal(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    query: Asked,
) -> Result<Response, Failure> {
    with_secret_key(&shop, &visit, query, Kind::Modal).await
}

async fn with_secret_key(
    shop: &Shop,
    visit: &Visit,
    query: Asked,
    kind: Kind,
) -> Result<Response, Failure> {
    let Query(query) = query.map_err(|_| Failure::Unreadable)?;
    let order = match the_order(shop, visit, &query, kind)? {
        Step::Pay(order) => order,
        Step::GoTo(there) => return Ok(there),
    };
    let view = visit.view_of(order.locale);
    let locale = visit.chosen.or(order.locale);
    Ok(
        match session::find_or_make(&shop.gateway, &order, locale).await? {
            Payable::Open(session) => {
                let secret = session.client_secret.as_ref().ok_or(Failure::GatewayDown)?;
                let checkout = match kind {
                    Kind::React | Kind::Vue | Kind::Routed | Kind::Modal => {
                        page::framework_checkout
                    }
                    Kind::Element | Kind::Returning | Kind::Publishable | Kind::Lab(_) => {
                        page::element_checkout
                    }
                };
                checkout(
                    &view,
                    &shop.settings,
                    &order,
                    &session.id,
                    secret,
                    &query.appearance,
                )
                .into_response()
            }
            Payable::Settled | Payable::Absent(_) => to_order(&view, &order),
        },
    )
}

/// `GET /checkout/publishable`
pub async fn publishable(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    query: Asked,
) -> Result<Response, Failure> {
    let Query(query) = query.map_err(|_| Failure::Unreadable)?;
    let order = match the_order(&shop, &visit, &query, Kind::Publishable)? {
        Step::Pay(order) => order,
        Step::GoTo(there) => return Ok(there),
    };
    let view = visit.view_of(order.locale);
    Ok(match session::find(&shop.gateway, &order).await? {
        Payable::Settled => to_order(&view, &order),
        Payable::Open(_) | Payable::Absent(_) => {
            page::publishable_checkout(&view, &shop.settings, &order, &query.appearance)
                .into_response()
        }
    })
}

/// `GET /orders/{id}/session`: whether the order has a session to pay with, and its secret while it has.
///
/// Whoever knows the order's unguessable id may pay it.
pub async fn session_state(
    State(shop): State<Arc<Shop>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Failure> {
    let order = shop.orders.find(&id).ok_or(Failure::NotFound)?;
    Ok(Json(match session::find(&shop.gateway, &order).await? {
        Payable::Open(session) => json!({
            "status": "open",
            "session_id": session.id,
            "client_secret": session.client_secret.as_ref().map(Secret::reveal),
        }),
        Payable::Settled => json!({ "status": "settled" }),
        Payable::Absent(_) => json!({ "status": "none" }),
    }))
}

/// The session that a page made.
#[derive(Deserialize)]
pub struct MadeSession {
    session_id: String,
}

/// `POST /orders/{id}/session`
pub async fn attach_session(
    State(shop): State<Arc<Shop>>,
    Path(id): Path<String>,
    made: Result<Json<MadeSession>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let order = shop.orders.find(&id).ok_or(Failure::NotFound)?;
    let Json(made) = made.map_err(|_| Failure::Unreadable)?;
    match session::attach(&shop.gateway, &order, &made.session_id).await? {
        Attached::Accepted => Ok(StatusCode::NO_CONTENT),
        Attached::AnotherIsKnown => Err(Failure::SessionKnown),
        Attached::NotForThisOrder => Err(Failure::ForeignSession),
    }
}

/// What a checkout page does first.
enum Step {
    Pay(Arc<Order>),
    GoTo(Response),
}

/// The order in the address; without one a new order is made and the visitor sent to its address, so that a reload
/// finds the same order again.
fn the_order(
    shop: &Shop,
    visit: &Visit,
    query: &CheckoutQuery,
    kind: Kind,
) -> Result<Step, Failure> {
    let Some(id) = &query.order else {
        let product = wanted_product(query)?;
        let order = shop.orders.place(NewOrder {
            product,
            amount: wanted_amount(query, product)?,
            origin: visit.origin.clone(),
            kind,
            locale: visit.chosen,
        });
        let address = query.appearance.added_to(page::checkout_address(&order));
        return Ok(Step::GoTo(
            Redirect::to(&visit.view().link(&address)).into_response(),
        ));
    };
    let order = shop.orders.find(id).ok_or(Failure::NotFound)?;
    if order.origin != visit.origin {
        // The session belongs to the origin on which the order was made; the frame would refuse any other.
        let address = visit.view().link(
            &query
                .appearance
                .added_to(format!("/checkout/{}?order={id}", kind.name())),
        );
        return Ok(Step::GoTo(
            Redirect::to(&format!("{}{address}", order.origin)).into_response(),
        ));
    }
    Ok(Step::Pay(order))
}

fn wanted_product(query: &CheckoutQuery) -> Result<&'static Product, Failure> {
    match &query.product {
        Some(id) => catalog::find(id).ok_or(Failure::UnknownProduct),
        None => Ok(&PRODUCTS[0]),
    }
}

/// The amount may be chosen here so that a test can call up any amount; the order form of the shop takes none.
fn wanted_amount(query: &CheckoutQuery, product: &Product) -> Result<i64, Failure> {
    let Some(text) = &query.amount else {
        return Ok(product.price);
    };
    let digits = (1..=7).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let amount = if digits { text.parse().ok() } else { None };
    amount
        .filter(|amount| (1..=LARGEST).contains(amount))
        .ok_or(Failure::InvalidAmount)
}

fn to_order(view: &View, order: &Order) -> Response {
    Redirect::to(&view.link(&format!("/orders/{}", order.id))).into_response()
}
