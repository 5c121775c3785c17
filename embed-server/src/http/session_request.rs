//! The body of `POST /v1/payment_sessions`, from either kind of caller.

use checkout_protocol::api_key::Mode;
use checkout_protocol::email::{MAX_BYTES, is_email_address};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::kennitala::Kennitala;
use checkout_protocol::locale::is_language_tag;
use checkout_protocol::money::{Currency, Money};
use checkout_protocol::origin::Origin;
use url::Url;

use crate::domain::allowed_redirect::{self, RedirectError};
use crate::domain::payment_session::Shown;
use crate::http::body::{Fields, JsonBody};
use crate::http::credentials::AnyKey;
use crate::http::error::ApiError;
use crate::operations::Refusal;
use crate::operations::create_session::{Collect, NewSession};

/// What `POST /v1/payment_sessions` takes.
pub const KNOWN: &[&str] = &[
    "amount",
    "cancel_url",
    "collect_email",
    "currency",
    "customer",
    "customer_email",
    "customer_kennitala",
    "description",
    "enabled_methods",
    "external_reference",
    "locale",
    "metadata",
    "mode",
    "origin",
    "payment",
    "require_cvc_recollection",
    "return_url",
    "save_payment_method",
];

/// What a browser may not decide (its amount is not trusted either: merchants compare it before fulfilling).
const SERVER_ONLY: &[&str] = &[
    "customer",
    "payment",
    "require_cvc_recollection",
    "save_payment_method",
];

/// Reads and checks the body.
///
/// # Errors
///
/// The documented error of the first thing that is wrong, naming its field.
pub fn read(
    caller: &AnyKey,
    body: JsonBody,
    kennitala_enforced: bool,
) -> Result<NewSession, ApiError> {
    let mut fields = body.strict(KNOWN)?;
    let (merchant, mode) = match caller {
        AnyKey::Server(server) => (&server.merchant, server.mode),
        AnyKey::Page(page) => (&page.merchant, page.mode),
    };
    if let AnyKey::Page(_) = caller {
        refuse(
            &fields,
            SERVER_ONLY,
            ErrorCode::InsufficientPermissions,
            "needs a secret key",
        )?;
    }
    let embedded = match fields.text("mode", 20)?.as_deref() {
        Some("embedded") => true,
        Some("hosted") => false,
        None => matches!(caller, AnyKey::Page(_)),
        Some(_) => {
            return Err(about(
                ErrorCode::InvalidParameter,
                "mode",
                "must be \"hosted\" or \"embedded\"",
            ));
        }
    };
    let shown = if embedded {
        Shown::Embedded(origin(caller, mode, fields.text("origin", 300)?)?)
    } else {
        hosted(caller, &fields)?
    };
    let domains = &merchant.redirect_domains;
    let mut url = |name| redirect(&mut fields, name, mode, shown.origin(), domains);
    let (return_url, cancel_url) = (url("return_url")?, url("cancel_url")?);
    let named = fields.texts("enabled_methods", 10)?;
    Ok(NewSession {
        merchant_id: merchant.id,
        mode,
        what: collect(&mut fields)?,
        return_url,
        cancel_url,
        locale: locale(&mut fields)?,
        customer: fields.id("customer")?,
        customer_email: email(&mut fields, "customer_email")?,
        customer_kennitala: kennitala(&mut fields, kennitala_enforced)?,
        save_payment_method: fields.flag("save_payment_method")?.unwrap_or(false),
        require_cvc_recollection: fields.flag("require_cvc_recollection")?.unwrap_or(false),
        collect_email: fields.flag("collect_email")?.unwrap_or(false),
        enabled_methods: methods(&shown, named)?,
        description: fields.text("description", 500)?,
        external_reference: fields.text("external_reference", 200)?,
        metadata: fields.metadata()?,
        shown,
    })
}

fn about(code: ErrorCode, param: &str, problem: impl std::fmt::Display) -> ApiError {
    Refusal::about(code, param, problem).into()
}

fn refuse(fields: &Fields, names: &[&str], code: ErrorCode, problem: &str) -> Result<(), ApiError> {
    match names.iter().find(|name| fields.has(name)) {
        Some(name) => Err(about(code, name, problem)),
        None => Ok(()),
    }
}

/// A page of ours has no origin of the merchant's; it must know where the payer goes afterwards.
fn hosted(caller: &AnyKey, fields: &Fields) -> Result<Shown, ApiError> {
    match caller {
        AnyKey::Page(_) => Err(ErrorCode::PublishableKeyNotAllowed.into()),
        AnyKey::Server(_) if !fields.has("return_url") => Err(about(
            ErrorCode::MissingRedirectUrls,
            "return_url",
            "is required for a hosted session",
        )),
        AnyKey::Server(_) if fields.has("origin") => Err(about(
            ErrorCode::InvalidParameter,
            "origin",
            "belongs to embedded sessions only",
        )),
        AnyKey::Server(_) => Ok(Shown::Hosted),
    }
}

/// The page that will show the checkout: attested by the server, or the browser's own `Origin`.
fn origin(caller: &AnyKey, mode: Mode, sent: Option<String>) -> Result<Origin, ApiError> {
    let sent = sent
        .map(|text| {
            Origin::parse(&text, mode)
                .map_err(|error| about(ErrorCode::InvalidParameter, "origin", error))
        })
        .transpose()?;
    match (caller, sent) {
        (AnyKey::Server(_), Some(origin)) => Ok(origin),
        (AnyKey::Server(_), None) => Err(Refusal {
            param: Some("origin".to_owned()),
            ..Refusal::new(ErrorCode::MissingOrigin)
        }
        .into()),
        (AnyKey::Page(page), Some(origin)) if origin != page.origin => Err(about(
            ErrorCode::OriginNotAllowed,
            "origin",
            "must be the origin of the calling page; leave it out",
        )),
        (AnyKey::Page(page), Some(_) | None) => Ok(page.origin.clone()),
    }
}

fn redirect(
    fields: &mut Fields,
    name: &str,
    mode: Mode,
    origin: Option<&Origin>,
    domains: &[String],
) -> Result<Option<Url>, ApiError> {
    let Some(text) = fields.text(name, 1000)? else {
        return Ok(None);
    };
    match allowed_redirect::check(&text, mode, origin, domains) {
        Ok(url) => Ok(Some(url)),
        Err(error @ RedirectError::NotAUrl) => Err(about(ErrorCode::InvalidParameter, name, error)),
        Err(error @ RedirectError::Elsewhere) => {
            Err(about(ErrorCode::RedirectUrlNotAllowed, name, error))
        }
    }
}

fn collect(fields: &mut Fields) -> Result<Collect, ApiError> {
    if let Some(id) = fields.id("payment")? {
        let amount = fields.whole_number("amount", ErrorCode::InvalidAmount)?;
        currency(fields)?;
        return Ok(Collect::Existing(id, amount));
    }
    Ok(Collect::New(money(fields)?))
}

/// `amount` and `currency`, which is ISK when it is not named.
///
/// # Errors
///
/// `missing_parameter`, `invalid_amount`, `unsupported_currency`.
pub fn money(fields: &mut Fields) -> Result<Money, ApiError> {
    let amount = fields
        .whole_number("amount", ErrorCode::InvalidAmount)?
        .ok_or_else(|| {
            about(
                ErrorCode::MissingParameter,
                "amount",
                "is required, in the currency's smallest unit, such as 1990",
            )
        })?;
    Money::new(amount, currency(fields)?)
        .map_err(|error| about(ErrorCode::InvalidAmount, "amount", error))
}

fn currency(fields: &mut Fields) -> Result<Currency, ApiError> {
    match fields.text("currency", 20)? {
        None => Ok(Currency::Isk),
        Some(code) => Currency::from_code(&code).ok_or_else(|| {
            let known: Vec<&str> = Currency::ALL
                .iter()
                .map(|currency| currency.code())
                .collect();
            about(
                ErrorCode::UnsupportedCurrency,
                "currency",
                format!("must be one of {}", known.join(", ")),
            )
        }),
    }
}

fn kennitala(fields: &mut Fields, enforced: bool) -> Result<Option<Kennitala>, ApiError> {
    const NAME: &str = "customer_kennitala";
    let Some(text) = fields.text(NAME, 20)? else {
        return Ok(None);
    };
    let kennitala =
        Kennitala::parse(&text).map_err(|error| about(ErrorCode::InvalidKennitala, NAME, error))?;
    if enforced && !kennitala.checksum_fits() {
        let problem = "is not a valid Icelandic kennitala: its check digit does not fit";
        return Err(about(ErrorCode::InvalidKennitala, NAME, problem));
    }
    Ok(Some(kennitala))
}

fn locale(fields: &mut Fields) -> Result<Option<String>, ApiError> {
    match fields.text("locale", 35)? {
        Some(tag) if !is_language_tag(&tag) => Err(about(
            ErrorCode::InvalidParameter,
            "locale",
            "must be a language tag such as is or en",
        )),
        tag => Ok(tag),
    }
}

/// An e-mail address, as far as its form tells: one `@` with something on both sides and no spaces.
///
/// # Errors
///
/// `invalid_parameter`.
pub fn email(fields: &mut Fields, name: &str) -> Result<Option<String>, ApiError> {
    let Some(text) = fields.text(name, MAX_BYTES)? else {
        return Ok(None);
    };
    if is_email_address(&text) {
        Ok(Some(text))
    } else {
        Err(about(
            ErrorCode::InvalidParameter,
            name,
            "must be an e-mail address",
        ))
    }
}

/// Embedded sessions take cards; wallets may be named. A hosted page offers what was named, or cards and wallets. Bank
/// invoices need an accounting link, which no merchant has yet.
fn methods(shown: &Shown, named: Option<Vec<String>>) -> Result<Vec<String>, ApiError> {
    const NAME: &str = "enabled_methods";
    for method in named.iter().flatten() {
        match method.as_str() {
            "card" | "apple_pay" | "google_pay" => {}
            "bank_invoice" | "krafa" => {
                return Err(about(
                    ErrorCode::BankInvoiceNotEnabled,
                    NAME,
                    match shown {
                        Shown::Embedded(_) => "must not name bank_invoice in an embedded session",
                        Shown::Hosted => {
                            "must not name bank_invoice: the merchant has not enabled it"
                        }
                    },
                ));
            }
            _ => {
                return Err(about(
                    ErrorCode::InvalidParameter,
                    NAME,
                    "must name only card, apple_pay, google_pay or bank_invoice",
                ));
            }
        }
    }
    let texts = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    Ok(match (shown, named) {
        (Shown::Embedded(_), _) => texts(&["card"]),
        (Shown::Hosted, Some(named)) => named,
        (Shown::Hosted, None) => texts(&["card", "apple_pay", "google_pay"]),
    })
}
