//! What each error means and what to do about it, for `docs/errors.md`. Answers carry only the catalogue's own text.

use crate::error_code::ErrorCode;

/// An error, for people who met it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What happened.
    pub meaning: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

macro_rules! explain {
    ($($variant:ident: $meaning:literal, $remedy:literal;)+) => {
        impl ErrorCode {
            /// What it means and what to do.
            #[must_use]
            pub const fn explained(self) -> Explained {
                match self {
                    $(Self::$variant => Explained { meaning: $meaning, remedy: $remedy }),+
                }
            }
        }
    };
}

explain! {
    MissingApiKey:
        "The request has no `Authorization` header.",
        "Send `Authorization: Bearer` and your key.";
    InvalidApiKey:
        "The key is mistyped, was revoked or rotated, or the header is not `Bearer` and a key.",
        "Copy the whole key from where it was shown, or make a new one. Do not try again with the same text: addresses that present wrong keys are slowed down.";
    InvalidClientSecret:
        "The client secret is none, or belongs to another session.",
        "Pass the page the `client_secret` that came with this session, unchanged.";
    PublishableKeyNotAllowed:
        "A publishable key was used for something else than creating an embedded session.",
        "Do it on your server, with a secret key.";
    SecretKeyInBrowser:
        "A request with a secret key had an `Origin` header, so the key is in a page where everyone can read it.",
        "Revoke the key at once. In pages, use a publishable key; on servers, do not send `Origin`.";
    LiveModeNotEnabled:
        "The key is a live one and the merchant is not verified yet.",
        "Use test keys until the merchant is verified.";
    InsufficientPermissions:
        "The caller is known and may not do this: a page named a field that only servers may set, a test key asked for a live key, or `X-Merchant-Id` is not the key's merchant. `param` says which.",
        "Leave the field or header out, or use a secret key of the right merchant and mode.";
    OriginNotAllowed:
        "A publishable key was used by a page whose origin is not in the key's `allowed_origins`, or without an origin; or a page shows a session that was made for another `origin`.",
        "Add the page's scheme, host and port to the key's `allowed_origins`; or make the session with the page's own `location.origin`.";
    MissingOrigin:
        "An embedded session was asked for with a secret key and without `origin`.",
        "Name the origin of the page that shows the checkout, such as `https://shop.example`.";
    MissingRedirectUrls:
        "A hosted session was asked for without `return_url`.",
        "Name the page that the payer comes to afterwards. For a checkout in your own page, send `\"mode\": \"embedded\"`.";
    RedirectUrlNotAllowed:
        "A redirect would lead neither to the session's own origin nor to one of the merchant's allowed redirect domains.",
        "Use a URL on one of them, or have the domain allowed for the merchant.";
    InvalidJson:
        "The body cannot be read as JSON, or is JSON and no object.",
        "Send one JSON object in UTF-8.";
    UnknownParameter:
        "A field of the body or a parameter of the query is not known here. `param` names it, and the message names those that are.",
        "Correct its spelling or leave it out.";
    MissingParameter:
        "A field that is needed is absent or `null`. `param` names it.",
        "Send it.";
    InvalidParameter:
        "A field or a parameter has a value it cannot have. `param` names it, and the message says what would be right.",
        "Correct the value.";
    InvalidAmount:
        "The amount is not a whole number from 1 to 9999999999, or is not what the payment collects.",
        "Send a number without quotes, in the currency's smallest unit: `1990` is 1.990 kr., and 19,90 € in euros.";
    UnsupportedCurrency:
        "The currency is not one of those that are taken.",
        "Use one that the message names.";
    BankInvoiceNotEnabled:
        "A bank invoice was asked for in an embedded session, or by a merchant that has not enabled it.",
        "Leave `bank_invoice` out of `enabled_methods`.";
    AccountingLinkRequired:
        "A bank invoice needs a link to the merchant's accounting, and there is none.",
        "Link the accounting, or leave `bank_invoice` out of `enabled_methods`.";
    ProviderNoBankInvoice:
        "The merchant's accounting provider cannot issue bank invoices.",
        "Leave `bank_invoice` out of `enabled_methods`.";
    InvalidKennitala:
        "The text is no kennitala.",
        "Send ten digits, such as `1212901899`; a hyphen after the sixth may stand or not.";
    KennitalaLocked:
        "The session was created with the payer's kennitala, and the payer sent another.",
        "Create the session without `customer_kennitala` when the payer may choose.";
    CustomerEmailLocked:
        "The session was created with the payer's e-mail address, and the payer sent another.",
        "Create the session without `customer_email` when the payer may choose.";
    InvalidIdempotencyKey:
        "The `Idempotency-Key` is empty, longer than 255 characters or has characters that are not printable ASCII.",
        "Use a fresh UUID, or the order's own number.";
    IdempotencyKeyReused:
        "The `Idempotency-Key` came before with another request.",
        "Use a new key for a new request, and the same request for a repeat.";
    IdempotencyKeyInUse:
        "The first request with this `Idempotency-Key` is not answered yet.",
        "Wait a moment and send the same request with the same key again.";
    ResourceNotFound:
        "There is no such thing for this merchant in this mode: the id is wrong, of another kind, of the other mode or another merchant's.",
        "Check the id, and that the key is of the mode in which it was made.";
    RouteNotFound:
        "There is no such URL.",
        "Compare the path with the API document.";
    MethodNotAllowed:
        "The URL exists and does not take this method.",
        "Use one of those that the `Allow` header names.";
    PayloadTooLarge:
        "The body is larger than this server takes.",
        "Send less: no field needs more than a few kilobytes.";
    UnsupportedMediaType:
        "The body came without `Content-Type: application/json`.",
        "Send JSON and say so in the header.";
    PaymentNotRefundable:
        "The payment was not collected, or has been given back as a whole.",
        "Read the payment: only `succeeded` and `partially_refunded` ones can be refunded.";
    RefundExceedsCapture:
        "The refund is larger than what is left of the payment, with refunds under way counted.",
        "Ask for less, or leave `amount` out to give back all that is left.";
    PaymentMethodNotUsable:
        "The saved card was detached, or belongs to another customer than the one that was named.",
        "Name a card of this customer, or collect the payment in a session.";
    CardPaymentSessionFailed:
        "The card processor did not take the session.",
        "Try again later with the same `Idempotency-Key`.";
    PollDisabled:
        "Polling for a session's status with its client secret is off.",
        "Read the session or the payment with a secret key.";
    SessionNotFound:
        "There is no such payment session.",
        "Pass the page the `id` that the session was created with.";
    SessionNotOpen:
        "The session is complete or expired, or the payment was collected already.",
        "Read the payment. Create a new session only if it is not paid.";
    SessionExpired:
        "The session's time is over.",
        "Create a new session of the same payment and pass the page its `client_secret`.";
    AttemptInProgress:
        "The payer, perhaps in another window, has an attempt whose outcome is open. Another one could charge twice.",
        "Wait for its outcome: the payment says it.";
    TooManyAttempts:
        "The session has had as many attempts as one may have.",
        "Create a new session, if you trust the payer.";
    TooLate:
        "The payer wanted to leave an attempt that is already being decided.",
        "Wait for its outcome.";
    ChallengeNotFound:
        "There is no such 3-D Secure challenge.",
        "Nothing that a merchant can do: the payer starts again from the checkout.";
    ChallengeMoved:
        "The payer continued the 3-D Secure challenge in another window.",
        "Nothing: the other window goes on.";
    InvalidResumeToken:
        "A page asked how a payment stands with a token that another page has used, or that is more than half an hour old.",
        "Ask your own server, which reads the payment or the session. Call `Borga.resume()` once for each way back.";
    InvalidCardData:
        "The encrypted card was not made by this session's form.",
        "Do not send cards yourself; the checkout's form does. If it did, load the page again.";
    InvalidSignature:
        "A notification came without a signature of the acquirer's, or with a wrong one.",
        "For operators: compare `webhook_hmac_key` with the acquirer's.";
    RateLimited:
        "More requests came than the limit allows.",
        "Wait as many seconds as `Retry-After` says; `RateLimit-Remaining` tells before it is too late.";
    TryAgain:
        "The database could not be reached or was too busy.",
        "Send the same request with the same `Idempotency-Key` again, after a second, then after longer.";
    InternalError:
        "Something went wrong on our side.",
        "Send the same request with the same `Idempotency-Key` again. If it stays, tell us its `Request-Id`.";
    CardDeclined:
        "The card's bank declined without a reason that may be told.",
        "The payer may try another card.";
    InsufficientFunds:
        "The card has not enough money for this.",
        "The payer may try another card.";
    LostCard:
        "The card is reported lost.",
        "Tell the payer only that it was declined.";
    StolenCard:
        "The card is reported stolen.",
        "Tell the payer only that it was declined.";
    ExpiredCard:
        "The card has expired.",
        "The payer corrects the date or tries another card.";
    IncorrectCvc:
        "The security code is wrong.",
        "The payer corrects it.";
    IncorrectNumber:
        "The card number is none.",
        "The payer corrects it.";
    CardNotSupported:
        "The card cannot be used for this kind of purchase or in this country.",
        "The payer may try another card.";
    VelocityExceeded:
        "The card has been used too often or for too much in a short time.",
        "The payer may try another card, or the same one later.";
    IssuerUnavailable:
        "The card's bank did not answer.",
        "The payer may try again in a moment.";
    ProcessingError:
        "The acquirer could not process the card just now.",
        "The payer may try again in a moment.";
    AuthenticationRequired:
        "The bank wants the card holder to take part: a charge of a saved card has nobody to ask, and in a session the bank wants it once more.",
        "Collect the payment in a session; there the payer presses Pay again and is asked.";
    AuthenticationFailed:
        "The payer did not pass the bank's 3-D Secure check.",
        "The payer may try again or use another card.";
    AuthenticationRejected:
        "The bank refused the 3-D Secure check itself.",
        "Do not try the same card again; the payer may use another.";
    AuthenticationUnavailable:
        "The bank's 3-D Secure check was not available.",
        "The payer may try again later or use another card.";
    AuthenticationCancelled:
        "The payer cancelled on the bank's page.",
        "The payer may try again.";
    ChallengeAbandoned:
        "The payer left the bank's page to try again.",
        "Nothing: another attempt follows, or none.";
    TestmodeUseTestCard:
        "In test mode a card was used that is no test card.",
        "Use the test cards of the documentation. If it was a real card, it was not charged.";
    FrameRefused:
        "The browser refused to show the checkout's frame. Seen only by the page.",
        "Create the session with the origin of the page that shows it, and allow the checkout's origin in `frame-src`.";
    FrameTimeout:
        "The checkout's frame did not load in time. Seen only by the page.",
        "Check the network, and that the page's Content-Security-Policy allows the checkout's origin in `frame-src`.";
    WasmFailed:
        "The checkout's program could not start in this browser. Seen only by the page.",
        "The payer tries again in the form, which keeps what was typed; if it is `fatal`, in another browser.";
    EncryptionFailed:
        "The browser could not encrypt the card. Seen only by the page.",
        "Serve the page over https.";
    NetworkError:
        "The checkout could not reach the server. Seen only by the page.",
        "The payer checks the connection and presses again: one press is charged once, however often it is sent.";
}
