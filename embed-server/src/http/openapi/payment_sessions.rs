//! `/v1/payment_sessions`

use checkout_protocol::api::payment_session::{PaymentSession, SessionMode};
use checkout_protocol::error_code::ErrorCode::{
    BankInvoiceNotEnabled, InvalidAmount, InvalidKennitala, InvalidParameter, MissingOrigin,
    MissingParameter, MissingRedirectUrls, RedirectUrlNotAllowed, ResourceNotFound, SessionNotOpen,
    UnsupportedCurrency,
};
use checkout_protocol::id::{CustomerId, PaymentId, SessionId};
use checkout_protocol::money::Currency;
use checkout_protocol::openapi::{Amount, Metadata};
use serde_json::json;
use utoipa::ToSchema;

use crate::http::openapi::call::{Resource, get, post};
use crate::http::openapi::parameters::query_id;
use crate::http::openapi::texts::{Email, PageOrigin};

/// What a payment session is made of.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct PaymentSessionCreate {
    /// `hosted` when it is left out; with a publishable key `embedded`, and nothing else.
    mode: Option<SessionMode>,
    /// The origin of the page that shows the checkout. Needed for embedded sessions made with a secret key; with a
    /// publishable key it is the page's own.
    origin: Option<PageOrigin>,
    /// Needed unless `payment` is named; beside it, it must be the payment's own.
    amount: Option<Amount>,
    /// ISO 4217. `ISK` when it is left out.
    currency: Option<Currency>,
    /// A payment to collect, instead of a new one. Only with a secret key.
    payment: Option<PaymentId>,
    /// The customer it belongs to, who also gets the saved card. Only with a secret key.
    customer: Option<CustomerId>,
    /// Asks the payer to let the merchant keep the card, which needs a customer. Only with a secret key.
    save_payment_method: Option<bool>,
    /// Asks for the security code of a saved card that the payer chooses; the card is not charged without it. Only with a
    /// secret key.
    require_cvc_recollection: Option<bool>,
    /// Asks the payer for an e-mail address, unless `customer_email` gives one. It goes to the acquirer with the payment.
    collect_email: Option<bool>,
    /// The payer's e-mail address, which the payer cannot change.
    customer_email: Option<Email>,
    /// The payer's kennitala, which the payer cannot change.
    #[schema(
        pattern = "^([0-7][0-9]{5}-?[0-9]{3}[089]|[89][0-9]{5}-?[0-9]{4})$",
        examples("1212901899")
    )]
    customer_kennitala: Option<String>,
    /// Where the payer goes afterwards, with the session in its query. Needed for hosted sessions. On the session's own
    /// origin or one of the merchant's allowed redirect domains.
    #[schema(
        format = "uri",
        max_length = 1000,
        examples("https://shop.example/thanks")
    )]
    return_url: Option<String>,
    /// Where the payer goes after giving up; on the same hosts.
    #[schema(
        format = "uri",
        max_length = 1000,
        examples("https://shop.example/cart")
    )]
    cancel_url: Option<String>,
    /// The methods that a hosted page offers; cards and wallets when it is left out. Embedded sessions offer cards.
    /// `bank_invoice` (also `krafa`) is refused until the merchant has enabled it.
    #[schema(min_items = 1, max_items = 10)]
    enabled_methods: Option<Vec<EnabledMethod>>,
    /// The language, as a BCP 47 tag; the payer's browser decides when it is left out. Other languages than Icelandic
    /// are shown English.
    #[schema(
        pattern = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
        max_length = 35,
        examples("is")
    )]
    locale: Option<String>,
    /// What the payer's invoice says.
    #[schema(min_length = 1, max_length = 500)]
    description: Option<String>,
    /// The merchant's own reference, also of the payment.
    #[schema(min_length = 1, max_length = 200)]
    external_reference: Option<String>,
    /// Also of the payment.
    metadata: Option<Metadata>,
}

/// A method that a payer can be offered.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its schema is used")]
pub enum EnabledMethod {
    Card,
    ApplePay,
    GooglePay,
}

/// The URLs.
pub fn resource() -> Resource {
    let create = post("createPaymentSession", "Make a payment session")
        .about(
            "By a server with a secret key, or by a page with a publishable key from one of the key's allowed origins. \
             The amount of a page's session was chosen in a browser: compare it before goods leave.",
        )
        .also_for_pages()
        .takes::<PaymentSessionCreate>(&[
            (
                "embedded in a page",
                json!({
                    "mode": "embedded",
                    "amount": 1990,
                    "currency": "ISK",
                    "origin": "https://shop.example",
                    "external_reference": "7782"
                }),
            ),
            (
                "of a payment that exists",
                json!({
                    "mode": "embedded",
                    "payment": "pay_01hx9z3k2mfq7nbvd4cw8ej5rt",
                    "origin": "https://shop.example"
                }),
            ),
            (
                "hosted",
                json!({"amount": 1990, "return_url": "https://shop.example/thanks"}),
            ),
        ])
        .refuses(&[
            BankInvoiceNotEnabled,
            InvalidAmount,
            InvalidKennitala,
            InvalidParameter,
            MissingOrigin,
            MissingParameter,
            MissingRedirectUrls,
            RedirectUrlNotAllowed,
            ResourceNotFound,
            SessionNotOpen,
            UnsupportedCurrency,
        ])
        .answers::<PaymentSession>(
            201,
            "The session, an embedded one with its `client_secret`",
        );
    let list = get("listPaymentSessions", "Payment sessions, newest first")
        .about("Lists have no client secrets.")
        .lists::<PaymentSession>(vec![query_id::<PaymentId>("payment", "Of this payment")]);
    let retrieve = get("retrievePaymentSession", "Read a payment session")
        .about("An embedded one with its `client_secret`, while it is open.")
        .of::<SessionId>()
        .reads::<PaymentSession>();
    Resource {
        name: "Payment sessions",
        about: "One checkout of one payment, in a frame on the merchant's page or on a page of ours.",
        paths: vec![
            ("/v1/payment_sessions", vec![create, list]),
            ("/v1/payment_sessions/{id}", vec![retrieve]),
        ],
    }
}
