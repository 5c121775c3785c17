//! The lab: every way in which a payment can go wrong, to be played by hand or by a program, and judged.
//!
//! What a case is stands in `borga-embed-lab`. This serves its page, makes the sandbox fail, and collects what is judged.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::rejection::{FormRejection, JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form, Json};
use borga_embed_lab::{Case, Facts, MerchantPage, Verdict, judge};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shop;
use super::failure::Failure;
use super::policy::Exceptions;
use super::visit::Visit;
use crate::catalog::PRODUCTS;
use crate::gateway::Session;
use crate::order::{Kind, NewOrder, Order};
use crate::origin::Origin;
use crate::page;
use crate::sandbox::Sandbox;
use crate::session;

/// The first run costs this and one króna, and each run one more than the one before, so that the ledger can be asked
/// for one run's charges.
const LEAST_AMOUNT: i64 = 1_000;

/// `GET /lab`
pub async fn list(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
) -> Result<Response, Failure> {
    sandbox(&shop)?;
    Ok(page::lab_list(&visit.view()).into_response())
}

/// `GET /lab/cases.json`, for programs.
pub async fn cases(State(shop): State<Arc<Shop>>) -> Result<Json<Value>, Failure> {
    sandbox(&shop)?;
    let cases: Vec<Value> = borga_embed_lab::all().map(described).collect();
    Ok(Json(json!({ "data": cases })))
}

fn described(case: &Case) -> Value {
    json!({
        "name": case.name,
        "group": case.group,
        "about": case.about,
        "card": case.card,
        "three_ds": case.surface(),
        "page": case.page,
        "faults": if case.faults.is_empty() { "{}" } else { case.faults },
        "steps": case.steps().collect::<Vec<_>>(),
        "endings": case.endings,
        "fate": case.fate,
        "time_divisor": case.time_divisor,
    })
}

/// What may stand in the address of a case's page.
#[derive(Deserialize)]
pub struct Run {
    order: Option<String>,
    checkout: Option<String>,
    framed: Option<String>,
}

/// `GET /lab/{case}`: what it is, or with an order its page.
pub async fn show(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
    query: Result<Query<Run>, QueryRejection>,
) -> Result<Response, Failure> {
    sandbox(&shop)?;
    let Query(run) = query.map_err(|_| Failure::Unreadable)?;
    let case = borga_embed_lab::find(&name).ok_or(Failure::NotFound)?;
    let view = visit.view();
    let Some(order) = &run.order else {
        let checkout = run.checkout.as_deref();
        return Ok(page::lab_start(&view, case, checkout).into_response());
    };
    let order = shop.orders.find(order).ok_or(Failure::NotFound)?;
    let other_checkout = other_checkout(run.checkout.as_deref())?;
    let exceptions = Exceptions {
        checkout: other_checkout.clone(),
        frames_itself: case.page == MerchantPage::Sandboxed,
    };
    let mut response = if exceptions.frames_itself && run.framed.is_none() {
        let frame = format!("{}&framed=yes", visit.address());
        page::lab_frame(&view, case, &frame).into_response()
    } else {
        let session = session::of_lab(&shop.gateway, &order).await?;
        play_page(&shop, case, &order, &session, other_checkout.as_ref())
    };
    response.extensions_mut().insert(exceptions);
    Ok(response)
}

fn play_page(
    shop: &Shop,
    case: &Case,
    order: &Order,
    session: &Session,
    checkout: Option<&Origin>,
) -> Response {
    let checkout = checkout.unwrap_or(&shop.settings.checkout_origin);
    let mut response = page::lab_run(case, order, session, checkout).into_response();
    let policies: &[(&'static str, &'static str)] = match case.page {
        MerchantPage::Plain | MerchantPage::Sandboxed => &[],
        MerchantPage::OpenerPolicy => &[("cross-origin-opener-policy", "same-origin")],
        MerchantPage::Isolated => &[
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
        ],
    };
    for (name, value) in policies {
        response.headers_mut().insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    response
}

/// Another address of the same checkout, with a network in between that can be cut. Only on this machine: a page of the
/// shop's must not load its checkout from anywhere.
fn other_checkout(text: Option<&str>) -> Result<Option<Origin>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let origin: Origin = text.parse().map_err(|_| Failure::Unreadable)?;
    if origin.is_on_this_machine() {
        Ok(Some(origin))
    } else {
        Err(Failure::Unreadable)
    }
}

/// What begins a run.
#[derive(Deserialize)]
pub struct Start {
    #[serde(default)]
    checkout: String,
}

/// `POST /lab/{case}`: makes the sandbox fail as the case wants it, and goes to the page of a new order.
pub async fn start(
    State(shop): State<Arc<Shop>>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
    form: Result<Form<Start>, FormRejection>,
) -> Result<Redirect, Failure> {
    let sandbox = sandbox(&shop)?;
    let Form(start) = form.map_err(|_| Failure::Unreadable)?;
    let case = borga_embed_lab::find(&name).ok_or(Failure::NotFound)?;
    sandbox.fail(case.faults).await?;
    let runs = shop.lab_runs.fetch_add(1, Ordering::Relaxed) + 1;
    let order = shop.orders.place(NewOrder {
        product: &PRODUCTS[0],
        amount: LEAST_AMOUNT + runs,
        origin: visit.origin.clone(),
        kind: Kind::Lab(case.name),
        locale: visit.chosen,
    });
    let mut address = page::checkout_address(&order);
    if !start.checkout.is_empty() {
        address = format!("{address}&checkout={}", start.checkout);
    }
    Ok(Redirect::to(&visit.view().link(&address)))
}

/// `POST /lab/mend`: acquirer and bank work again.
pub async fn mend(State(shop): State<Arc<Shop>>) -> Result<StatusCode, Failure> {
    sandbox(&shop)?.fail("").await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a page has heard.
#[derive(Deserialize)]
pub struct Heard {
    order: String,
    heard: Vec<String>,
}

/// `POST /lab/{case}/verdict`
pub async fn verdict(
    State(shop): State<Arc<Shop>>,
    Path(name): Path<String>,
    heard: Result<Json<Heard>, JsonRejection>,
) -> Result<Json<Verdict>, Failure> {
    let sandbox = sandbox(&shop)?;
    let Json(heard) = heard.map_err(|_| Failure::Unreadable)?;
    let case = borga_embed_lab::find(&name).ok_or(Failure::NotFound)?;
    let order = shop.orders.find(&heard.order).ok_or(Failure::NotFound)?;
    let facts = session::facts(&shop.gateway, &order).await;
    let session = match &facts.session {
        Some(id) => shop.gateway.session(id).await?.status,
        None => String::new(),
    };
    Ok(Json(judge(
        case,
        &Facts {
            heard: heard.heard,
            order: facts.outcome.name().to_owned(),
            session,
            ledger: sandbox.charges_of(order.amount).await?,
        },
    )))
}

/// Without a sandbox there is no lab.
fn sandbox(shop: &Shop) -> Result<&Sandbox, Failure> {
    shop.sandbox.as_ref().ok_or(Failure::NotFound)
}
