//! `/v1/customers`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use checkout_protocol::api::customer as wire;
use checkout_protocol::api::customer::BillingAddress;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::CustomerId;

use crate::app::App;
use crate::domain::customer::Details;
use crate::http::body::{Fields, JsonBody};
use crate::http::credentials::SecretKey;
use crate::http::error::ApiError;
use crate::http::idempotency::{IdempotencyKey, answer, concluded, earlier};
use crate::http::lenient::{PathPart, resource_id};
use crate::http::query::Query;
use crate::http::session_request::email;
use crate::http::shown::{shown, shown_list};
use crate::operations::change_customers::{
    CustomerChange, NewCustomer, create_customer, update_customer,
};
use crate::operations::reply::Reply;
use crate::operations::{Refusal, read_merchant_data};

/// What `POST /v1/customers` takes.
pub const CREATE: &[&str] = &[
    "billing_address",
    "billing_address_line1",
    "billing_address_line2",
    "billing_city",
    "billing_country",
    "billing_postal_code",
    "email",
    "external_id",
    "kennitala",
    "metadata",
    "name",
    "phone",
    "vat_number",
];

/// What an update takes besides.
pub const UPDATE: &[&str] = &["default_payment_method"];

/// The fields of `billing_address`.
pub const ADDRESS: &[&str] = &["city", "country", "line1", "line2", "postal_code"];

/// What a list can be filtered by.
pub const FILTERS: &[&str] = &["email"];

/// `POST /v1/customers`
pub async fn create(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    key: IdempotencyKey,
    body: JsonBody,
) -> Result<Reply, ApiError> {
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    let mut fields = body.strict(CREATE)?;
    let new = NewCustomer {
        email: email(&mut fields, "email")?
            .ok_or_else(|| Refusal::about(ErrorCode::MissingParameter, "email", "is required"))?,
        details: over(details(&mut fields)?, Details::default()),
        metadata: fields.metadata()?,
    };
    let render = |customer: &wire::Customer| answer(StatusCode::CREATED, customer);
    let outcome = create_customer(&app, &caller, new, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

/// `POST` and `PATCH /v1/customers/{id}`
pub async fn update(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    key: IdempotencyKey,
    body: JsonBody,
) -> Result<Reply, ApiError> {
    let id: CustomerId = resource_id(&id)?;
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    let mut fields = body.strict(&[CREATE, UPDATE].concat())?;
    let changed = details(&mut fields)?;
    let change = CustomerChange {
        email: email(&mut fields, "email")?,
        details: Box::new(move |before| over(changed.clone(), before)),
        metadata: fields.metadata()?,
        default_payment_method: fields.id("default_payment_method")?,
    };
    let render = |customer: &wire::Customer| answer(StatusCode::OK, customer);
    let outcome = update_customer(&app, &caller, id, change, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

fn details(fields: &mut Fields) -> Result<Details, ApiError> {
    Ok(Details {
        name: fields.text("name", 200)?,
        phone: fields.text("phone", 40)?,
        kennitala: kennitala(fields)?,
        external_id: fields.text("external_id", 200)?,
        vat_number: fields.text("vat_number", 40)?,
        billing_address: address(fields)?,
    })
}

/// Ten digits, as the documents' own examples have it, which satisfy no check digit.
fn kennitala(fields: &mut Fields) -> Result<Option<String>, ApiError> {
    let Some(text) = fields.text("kennitala", 20)? else {
        return Ok(None);
    };
    let digits: String = text
        .chars()
        .filter(|char| !matches!(char, ' ' | '-'))
        .collect();
    if digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Some(digits));
    }
    let problem = "must be ten digits, such as 1212901899";
    Err(Refusal::about(ErrorCode::InvalidKennitala, "kennitala", problem).into())
}

/// The address as one object or as flat fields, which win.
fn address(fields: &mut Fields) -> Result<BillingAddress, ApiError> {
    let flat = BillingAddress {
        line1: fields.text("billing_address_line1", 200)?,
        line2: fields.text("billing_address_line2", 200)?,
        city: fields.text("billing_city", 100)?,
        postal_code: fields.text("billing_postal_code", 20)?,
        country: country(fields, "billing_country")?,
    };
    match fields.object("billing_address", ADDRESS)? {
        None => Ok(flat),
        Some(mut object) => Ok(address_over(
            flat,
            BillingAddress {
                line1: object.text("line1", 200)?,
                line2: object.text("line2", 200)?,
                city: object.text("city", 100)?,
                postal_code: object.text("postal_code", 20)?,
                country: country(&mut object, "country")?,
            },
        )),
    }
}

fn country(fields: &mut Fields, name: &str) -> Result<Option<String>, ApiError> {
    match fields.text(name, 10)? {
        Some(text) if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            Ok(Some(text.to_ascii_uppercase()))
        }
        Some(_) => {
            let problem = "must be a country's two letters (ISO 3166-1 alpha-2), such as IS";
            Err(Refusal::about(ErrorCode::InvalidParameter, name, problem).into())
        }
        None => Ok(None),
    }
}

/// What is named, over what was there before.
fn over(named: Details, before: Details) -> Details {
    Details {
        name: named.name.or(before.name),
        phone: named.phone.or(before.phone),
        kennitala: named.kennitala.or(before.kennitala),
        external_id: named.external_id.or(before.external_id),
        vat_number: named.vat_number.or(before.vat_number),
        billing_address: address_over(named.billing_address, before.billing_address),
    }
}

fn address_over(named: BillingAddress, before: BillingAddress) -> BillingAddress {
    BillingAddress {
        line1: named.line1.or(before.line1),
        line2: named.line2.or(before.line2),
        city: named.city.or(before.city),
        postal_code: named.postal_code.or(before.postal_code),
        country: named.country.or(before.country),
    }
}

/// `GET /v1/customers/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_one()?;
    let id: CustomerId = resource_id(&id)?;
    let customer = read_merchant_data::customer(&app, &caller, id).await?;
    shown(&app, &caller, &asked, &customer).await
}

/// `GET /v1/customers`
pub async fn list(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_list(FILTERS)?;
    let email = asked.text("email").map(str::to_owned);
    let customers = read_merchant_data::customers(&app, &caller, email, asked.page()?).await?;
    shown_list(&app, &caller, &asked, &customers).await
}
