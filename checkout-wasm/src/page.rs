//! What the merchant's page asks of the frame, and what it is answered.
//! Unknown notifications and unknown fields are ignored; what is asked and not understood is refused.

use checkout_protocol::api::session_view::SurfaceKind;
use checkout_protocol::checkout::Event;
use checkout_protocol::client_secret::ClientSecret;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::frame_message::{Attached, Canceled, FrameCall, PageCall, Theme};
use checkout_protocol::locale::Locale;
use checkout_ui::model::Scene;
use checkout_ui::snapshot;
use checkout_ui::update::Action;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::MessagePort;

use crate::api::{self, Failure};
use crate::clock::pause;
use crate::program::{self, Program};
use crate::{frame, object};

const METHOD_NOT_FOUND: i32 = -32_601;
const INVALID_PARAMS: i32 = -32_602;

/// How often a session is tried to be opened when the network fails.
const TRIES: u32 = 3;

/// Begins to speak: the program runs, and this is how it stands.
pub fn connect(program: &'static Program, port: MessagePort) {
    program.port.open(port);
    let test_mode = program.with(|model| model.test_mode);
    program.port.tell(&FrameCall::FrameReady { test_mode });
    program
        .port
        .tell(&FrameCall::StateChange(program.with(snapshot::of)));
    frame::tell_height(program);
}

/// Takes a message.
pub fn receive(program: &'static Program, message: &JsValue) {
    let Some(method) = object::text(message, "method") else {
        program.port.answered(message);
        return;
    };
    let id = object::get(message, "id").filter(|id| !id.is_null());
    match (read(&method, message), id) {
        (Ok(call), id) => answer(program, call, id),
        (Err(code), Some(id)) => {
            let text = if code == METHOD_NOT_FOUND { "Method not found" } else { "Invalid params" };
            program.port.refuse(&id, code, text);
        }
        (Err(_), None) => {}
    }
}

/// By hand: a derived reader of this type costs the payer more bytes than everything it reads.
fn read(method: &str, message: &JsValue) -> Result<PageCall, i32> {
    let params = object::get(message, "params").unwrap_or(JsValue::UNDEFINED);
    let text = |key| object::text(&params, key);
    match method {
        "session.attach" => text("client_secret").map(|client_secret| PageCall::SessionAttach { client_secret }),
        "options.update" => Some(PageCall::OptionsUpdate {
            locale: text("locale"),
            theme: text("theme").and_then(|theme| Theme::from_text(&theme)),
            three_ds: text("three_ds").and_then(|surface| SurfaceKind::from_text(&surface)),
        }),
        "payment.submit" => Some(PageCall::PaymentSubmit),
        "payment.cancel" => Some(PageCall::PaymentCancel),
        "field.focus" => Some(PageCall::FieldFocus),
        "host.visibility" => object::flag(&params, "hidden").map(|hidden| PageCall::HostVisibility {
            hidden,
            persisted: object::flag(&params, "persisted").unwrap_or_default(),
        }),
        _ => return Err(METHOD_NOT_FOUND),
    }
    .ok_or(INVALID_PARAMS)
}

fn answer(program: &'static Program, call: PageCall, id: Option<JsValue>) {
    let result = match call {
        PageCall::SessionAttach { client_secret } => return attach(program, client_secret, id),
        PageCall::OptionsUpdate {
            locale,
            theme,
            three_ds,
        } => apply(program, locale.as_deref(), theme, three_ds),
        PageCall::PaymentSubmit => {
            program::pay(program);
            object::from(&program.with(snapshot::of))
        }
        PageCall::PaymentCancel => {
            let accepted = program.with(|model| model.checkout.may_cancel());
            program.dispatch(Action::Happened(Event::CancelAsked, None));
            object::from(&Canceled { accepted })
        }
        PageCall::FieldFocus => {
            program.dispatch(Action::FocusAsked);
            JsValue::NULL
        }
        PageCall::HostVisibility { hidden, persisted } => {
            if !hidden {
                program.dispatch(Action::Happened(Event::Nudged { persisted }, None));
            }
            JsValue::NULL
        }
    };
    if let Some(id) = id {
        program.port.answer(&id, &result);
    }
}

/// `{applied, warnings}`: which options changed, and what was wrong with the others.
fn apply(
    program: &'static Program,
    locale: Option<&str>,
    theme: Option<Theme>,
    three_ds: Option<SurfaceKind>,
) -> JsValue {
    let (applied, warnings) = (Array::new(), Array::new());
    if let Some(tag) = locale {
        let known = Locale::from_tag(tag);
        if known.is_none() {
            warnings.push(&format!("there is no translation for `{tag}`; English is shown").into());
        }
        program.dispatch(Action::LocaleChosen(known.unwrap_or_default()));
        applied.push(&"locale".into());
    }
    if let Some(theme) = theme {
        frame::show_theme(theme);
        applied.push(&"theme".into());
    }
    if let Some(surface) = three_ds {
        program.dispatch(Action::Happened(Event::SurfaceChosen(surface), None));
        applied.push(&"three_ds".into());
    }
    object::of(&[("applied", &applied), ("warnings", &warnings)]).into()
}

fn attach(program: &'static Program, secret: String, id: Option<JsValue>) {
    let turn = program.attaching.next();
    spawn_local(async move {
        let opened = open(program, &secret).await;
        if program.attaching.is_on(turn) {
            match opened {
                Ok(view) => {
                    program.secret.replace(Some(secret));
                    program.dispatch(Action::Attached(view));
                }
                Err((code, trace)) => {
                    program.dispatch(Action::Happened(Event::AttachRefused(code), trace));
                    return reply(program, id, &Attached::Refused { code });
                }
            }
        }
        let attached = program.with(|model| match model.scene() {
            Scene::Expired => Attached::Refused {
                code: ErrorCode::SessionExpired,
            },
            _ => Attached::State {
                state: snapshot::of(model),
            },
        });
        reply(program, id, &attached);
    });
}

fn reply(program: &Program, id: Option<JsValue>, attached: &Attached) {
    if let Some(id) = id {
        program.port.answer(&id, &object::from(attached));
    }
}

type Opened = Result<checkout_protocol::api::session_view::SessionView, (ErrorCode, Option<String>)>;

async fn open(program: &'static Program, secret: &str) -> Opened {
    let is_ours = ClientSecret::parse(secret)
        .is_ok_and(|secret| secret.session.to_string() == program.session);
    if !is_ours {
        return Err((ErrorCode::InvalidClientSecret, None));
    }
    for failures in 0..TRIES {
        if failures > 0 {
            pause(program.limits.pause_ms(failures - 1)).await;
        }
        match api::session(program, secret).await {
            Ok(view) => return Ok(view),
            Err(Failure::Refused(code, trace)) => return Err((code, trace)),
            Err(Failure::Unanswered) => {}
        }
    }
    Err((ErrorCode::NetworkError, None))
}
