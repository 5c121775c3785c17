//! What leaves: calls on the page, answers to it, requests to the server.

use checkout_protocol::api::session_view::{Browser, Confirm, Surface};
use checkout_protocol::card::brand::Brand;
use checkout_protocol::error_code::ErrorType;
use checkout_protocol::frame_message::{
    Attached, Canceled, Field, FieldMistake, FieldProblem, FrameCall, PhaseName, Problem, Snapshot,
};

use super::value::Value;

/// A call on the page: its method and parameters.
#[must_use]
pub fn frame_call(call: &FrameCall) -> Value {
    let (method, params) = match call {
        FrameCall::FrameReady { test_mode } => (
            "frame.ready",
            Value::object(vec![("test_mode", Value::Bool(*test_mode))]),
        ),
        FrameCall::StateChange(state) => ("state.change", snapshot(state)),
        FrameCall::LayoutResize { height } => (
            "layout.resize",
            Value::object(vec![("height", Value::Number((*height).into()))]),
        ),
        FrameCall::SecretRequest { reason } => (
            "secret.request",
            Value::object(vec![("reason", Value::text(reason.as_str()))]),
        ),
        FrameCall::NavigateRequest { url } => (
            "navigate.request",
            Value::object(vec![("url", Value::text(url))]),
        ),
        FrameCall::HostReturnUrl => {
            return Value::object(vec![("method", Value::text("host.return_url"))]);
        }
        FrameCall::ChallengePresent { url, size } => {
            let place = Value::object(vec![("url", Value::text(url))]);
            let place = match size {
                Some(size) => place.with("size", Value::text(size.as_str())),
                None => place,
            };
            ("challenge.present", place)
        }
        FrameCall::ChallengeDismiss => {
            return Value::object(vec![("method", Value::text("challenge.dismiss"))]);
        }
        FrameCall::PaymentStarted { attempt_id } => ("payment.started", attempt(attempt_id)),
        FrameCall::PaymentChallenge { attempt_id } => ("payment.challenge", attempt(attempt_id)),
        FrameCall::PaymentCompleted {
            session_id,
            payment_id,
        } => ("payment.completed", payment(session_id, payment_id)),
        FrameCall::PaymentFailed(what) => ("payment.failed", problem(what)),
        FrameCall::PaymentCanceled { session_id } => (
            "payment.canceled",
            Value::object(vec![("session_id", Value::text(session_id))]),
        ),
        FrameCall::PaymentPending {
            session_id,
            payment_id,
        } => ("payment.pending", payment(session_id, payment_id)),
        FrameCall::SessionError(what) => ("session.error", problem(what)),
    };
    Value::object(vec![("method", Value::text(method)), ("params", params)])
}

fn attempt(attempt_id: &str) -> Value {
    Value::object(vec![("attempt_id", Value::text(attempt_id))])
}

fn payment(session_id: &str, payment_id: &str) -> Value {
    Value::object(vec![
        ("session_id", Value::text(session_id)),
        ("payment_id", Value::text(payment_id)),
    ])
}

fn problem(problem: &Problem) -> Value {
    let Problem {
        code,
        error_type,
        message,
        fatal,
        doc_url,
        trace_id,
    } = problem;
    let family = match error_type {
        ErrorType::InvalidRequestError => "invalid_request_error",
        ErrorType::AuthenticationError => "authentication_error",
        ErrorType::PermissionError => "permission_error",
        ErrorType::RateLimitError => "rate_limit_error",
        ErrorType::ApiError => "api_error",
        ErrorType::CardError => "card_error",
    };
    Value::object(vec![
        ("code", Value::text(code.as_str())),
        ("type", Value::text(family)),
        ("message", Value::text(message)),
        ("fatal", Value::Bool(*fatal)),
        ("doc_url", Value::text(doc_url)),
        ("trace_id", Value::text_or_null(trace_id.as_deref())),
    ])
}

/// Where the checkout stands.
#[must_use]
pub fn snapshot(snapshot: &Snapshot) -> Value {
    let Snapshot {
        phase,
        complete,
        empty,
        brand,
        errors,
    } = snapshot;
    Value::object(vec![
        ("phase", Value::text(phase_name(*phase))),
        ("complete", Value::Bool(*complete)),
        ("empty", Value::Bool(*empty)),
        ("brand", Value::text_or_null(brand.map(brand_name))),
        (
            "errors",
            Value::List(errors.iter().copied().map(field_problem).collect()),
        ),
    ])
}

/// A phase by its name on the wire.
#[must_use]
pub const fn phase_name(phase: PhaseName) -> &'static str {
    match phase {
        PhaseName::Loading => "loading",
        PhaseName::Ready => "ready",
        PhaseName::Submitting => "submitting",
        PhaseName::Challenging => "challenging",
        PhaseName::Processing => "processing",
        PhaseName::Succeeded => "succeeded",
        PhaseName::Expired => "expired",
        PhaseName::Unknown => "unknown",
        PhaseName::Broken => "broken",
    }
}

/// A brand as the page knows it.
#[must_use]
pub const fn brand_name(brand: Brand) -> &'static str {
    match brand {
        Brand::Visa => "visa",
        Brand::Mastercard => "mastercard",
        Brand::Amex => "amex",
        Brand::Diners => "diners",
        Brand::Discover => "discover",
        Brand::Jcb => "jcb",
        Brand::Unionpay => "unionpay",
        Brand::Maestro => "maestro",
    }
}

fn field_problem(field_problem: FieldProblem) -> Value {
    let FieldProblem { field, problem } = field_problem;
    let field = match field {
        Field::Number => "number",
        Field::Expiry => "expiry",
        Field::SecurityCode => "security_code",
        Field::Name => "name",
        Field::Email => "email",
    };
    let problem = match problem {
        FieldMistake::Empty => "empty",
        FieldMistake::Incomplete => "incomplete",
        FieldMistake::Invalid => "invalid",
        FieldMistake::Past => "past",
    };
    Value::object(vec![
        ("field", Value::text(field)),
        ("problem", Value::text(problem)),
    ])
}

/// The answer to `session.attach`.
#[must_use]
pub fn attached(attached: &Attached) -> Value {
    match attached {
        Attached::State { state } => Value::object(vec![("state", snapshot(state))]),
        Attached::Refused(why) => problem(why),
    }
}

/// The answer to `payment.cancel`.
#[must_use]
pub fn canceled(canceled: Canceled) -> Value {
    Value::object(vec![("accepted", Value::Bool(canceled.accepted))])
}

/// A confirmation.
#[must_use]
pub fn confirm(confirm: &Confirm) -> Value {
    let Confirm {
        attempt_id,
        encrypted_card,
        brand,
        payment_method,
        encrypted_security_code,
        save_card,
        email,
        browser,
    } = confirm;
    let mut value = Value::object(vec![
        ("attempt_id", Value::text(attempt_id)),
        ("browser", self::browser(browser)),
    ]);
    for (name, text) in [
        ("encrypted_card", encrypted_card),
        ("payment_method", payment_method),
        ("encrypted_security_code", encrypted_security_code),
        ("email", email),
    ] {
        if let Some(text) = text {
            value = value.with(name, Value::text(text));
        }
    }
    if let Some(brand) = brand {
        value = value.with("brand", Value::text(brand_name(*brand)));
    }
    if *save_card {
        value = value.with("save_card", Value::Bool(true));
    }
    value
}

fn browser(browser: &Browser) -> Value {
    let Browser {
        color_depth,
        language,
        screen_width,
        screen_height,
        time_zone_offset,
        java_enabled,
    } = browser;
    Value::object(vec![
        ("color_depth", Value::Number((*color_depth).into())),
        ("language", Value::text(language)),
        ("screen_width", Value::Number((*screen_width).into())),
        ("screen_height", Value::Number((*screen_height).into())),
        (
            "time_zone_offset",
            Value::Number((*time_zone_offset).into()),
        ),
        ("java_enabled", Value::Bool(*java_enabled)),
    ])
}

/// Where the payer will meet the bank.
#[must_use]
pub fn surface(surface: &Surface) -> Value {
    let Surface {
        surface,
        nonce,
        page_url,
        window_size,
    } = surface;
    let value = Value::object(vec![
        ("surface", Value::text(surface.as_str())),
        ("nonce", Value::text(nonce)),
    ]);
    let value = match page_url {
        Some(url) => value.with("page_url", Value::text(url)),
        None => value,
    };
    match window_size {
        Some(size) => value.with("window_size", Value::text(size.as_str())),
        None => value,
    }
}
