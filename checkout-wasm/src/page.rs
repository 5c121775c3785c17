//! What the merchant's page asks of the frame, and what it is answered.
//! Unknown notifications and unknown fields are ignored; what is asked and not understood is refused.

use std::cell::RefCell;
use std::rc::Rc;

use checkout_protocol::checkout::{Event, Phase};
use checkout_protocol::client_secret::ClientSecret;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::frame_message::{Attached, Canceled, FrameCall, PageCall, Problem, Theme};
use checkout_protocol::locale::Locale;
use checkout_ui::model::Scene;
use checkout_ui::snapshot;
use checkout_ui::update::Action;
use checkout_ui::wire::read::{self, BadCall};
use checkout_ui::wire::value::Value;
use checkout_ui::wire::write;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessagePort;

use crate::api::{self, Failure};
use crate::clock::{pause, spawn};
use crate::program::{self, Program};
use crate::{frame, object};

const METHOD_NOT_FOUND: i64 = -32_601;
const INVALID_PARAMS: i64 = -32_602;

/// What the merchant's server may take to make a new session.
const SECRET_MS: i32 = 30_000;

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

/// Takes a message, and with a client secret the promise of how its session stands, if that was asked already.
pub fn receive(program: &'static Program, message: &JsValue, early: Option<Promise>) {
    let value = object::read(message);
    let Some(method) = value.text_of("method") else {
        program.port.answered(&value);
        return;
    };
    let id = value.get("id").cloned();
    match (read::page_call(method, &value), id) {
        (Ok(call), id) => answer(program, call, id, early),
        (Err(BadCall::UnknownMethod), Some(id)) => {
            program
                .port
                .refuse(id, METHOD_NOT_FOUND, "Method not found");
        }
        (Err(BadCall::InvalidParams), Some(id)) => {
            program.port.refuse(id, INVALID_PARAMS, "Invalid params");
        }
        (Err(_), None) => {}
    }
}

fn answer(program: &'static Program, call: PageCall, id: Option<Value>, early: Option<Promise>) {
    let result = match call {
        PageCall::SessionAttach {
            client_secret,
            returned,
        } => {
            let secret = client_secret.expose().to_owned();
            return attach(program, secret, id, returned, early);
        }
        PageCall::OptionsUpdate {
            locale,
            theme,
            three_ds,
            appearance,
        } => {
            let answering = Rc::new(Options::new(program, id));
            if let Some(tag) = locale {
                choose(&answering, &tag);
            }
            if let Some(theme) = theme {
                frame::show_theme(theme);
                answering.applied("theme");
            }
            if let Some(surface) = three_ds {
                let surface = program.with(|model| model.suited(surface));
                program.dispatch(Action::Happened(Event::SurfaceChosen(surface), None));
                answering.applied("three_ds");
            }
            if let Some(appearance) = appearance {
                look(&answering, theme.unwrap_or_default(), appearance);
            }
            return;
        }
        PageCall::PaymentSubmit => {
            program::pay(program);
            write::snapshot(&program.with(snapshot::of))
        }
        PageCall::PaymentCancel => {
            let accepted = program.with(|model| model.checkout.may_cancel());
            program.dispatch(Action::Happened(Event::CancelAsked, None));
            if is_leaving(program) {
                // Only the server knows whether it is too late.
                program.cancels.borrow_mut().extend(id);
                return;
            }
            write::canceled(Canceled { accepted })
        }
        PageCall::FieldFocus => {
            program.dispatch(Action::FocusAsked);
            Value::Null
        }
        PageCall::HostVisibility { hidden, persisted } => {
            if !hidden {
                program.dispatch(Action::Happened(Event::Nudged { persisted }, None));
            }
            Value::Null
        }
        PageCall::ChallengeClosed => {
            program.dispatch(Action::Happened(Event::WindowClosed, None));
            Value::Null
        }
    };
    respond(program, id, result);
}

fn respond(program: &Program, id: Option<Value>, result: Value) {
    if let Some(id) = id {
        program.port.answer(id, result);
    }
}

fn is_leaving(program: &Program) -> bool {
    program.with(|model| matches!(model.checkout.phase, Phase::Leaving { .. }))
}

/// Answers those who asked to cancel, once the server has said whether the attempt is left.
pub fn answer_cancels(program: &Program) {
    if program.cancels.borrow().is_empty() || is_leaving(program) {
        return;
    }
    let accepted = program.with(|model| matches!(model.checkout.phase, Phase::Ready { .. }));
    for id in program.cancels.take() {
        program
            .port
            .answer(id, write::canceled(Canceled { accepted }));
    }
}

/// Which options changed, and what was wrong with the others. The page is answered when nobody works on them any more.
struct Options {
    program: &'static Program,
    id: Option<Value>,
    applied: RefCell<Vec<Value>>,
    warnings: RefCell<Vec<Value>>,
}

impl Options {
    fn new(program: &'static Program, id: Option<Value>) -> Self {
        Self {
            program,
            id,
            applied: RefCell::default(),
            warnings: RefCell::default(),
        }
    }

    fn applied(&self, name: &str) {
        self.applied.borrow_mut().push(Value::text(name));
    }

    fn warn(&self, warning: &str) {
        self.warnings.borrow_mut().push(Value::text(warning));
    }
}

impl Drop for Options {
    fn drop(&mut self) {
        let answer = Value::object(vec![
            ("applied", Value::List(self.applied.take())),
            ("warnings", Value::List(self.warnings.take())),
        ]);
        respond(self.program, self.id.take(), answer);
    }
}

/// Asks the server how the form shall look, and shows that unless a newer wish is on its way.
fn look(options: &Rc<Options>, theme: Theme, appearance: String) {
    let options = Rc::clone(options);
    let looking = &options.program.looking;
    let turn = looking.next();
    spawn(async move {
        match api::look(theme, &appearance).await {
            Ok(look) if looking.is_on(turn) => {
                frame::show_look(&look);
                if let Some(Value::List(warnings)) = look.get("warnings") {
                    options.warnings.borrow_mut().extend_from_slice(warnings);
                }
                options.applied("appearance");
            }
            Ok(_) => {}
            Err(_) => options.warn("appearance is not used: the checkout could not be reached"),
        }
    });
}

/// Shows the form in another language, once its words are there and unless a newer wish is on its way.
fn choose(options: &Rc<Options>, tag: &str) {
    let options = Rc::clone(options);
    let program = options.program;
    let locale = Locale::from_tag(tag).unwrap_or_else(|| {
        options.warn(&format!(
            "there is no translation for `{tag}`; English is shown"
        ));
        Locale::default()
    });
    let turn = program.words.next();
    if program.with(|model| model.locale) == locale {
        return options.applied("locale");
    }
    spawn(async move {
        match api::words(locale).await {
            Ok(words) if program.words.is_on(turn) => {
                program.dispatch(Action::LocaleChosen(locale, words));
                options.applied("locale");
            }
            Ok(_) => {}
            // Without a network, or from a server of another build: the language that is shown stays.
            Err(_) => options.warn("locale is not used: its words could not be loaded"),
        }
    });
}

/// Asks the page for a client secret, and opens its session.
pub fn ask_secret(program: &'static Program, reason: ErrorCode) {
    spawn(async move {
        let ask = FrameCall::SecretRequest { reason };
        let answer = program.port.ask(&ask, SECRET_MS).await;
        match answer.and_then(|answer| answer.text_of("client_secret").map(str::to_owned)) {
            Some(secret) => attach(program, secret, None, false, None),
            None => program.dispatch(Action::RenewFailed),
        }
    });
}

fn attach(
    program: &'static Program,
    secret: String,
    id: Option<Value>,
    returned: bool,
    early: Option<Promise>,
) {
    let turn = program.attaching.next();
    spawn(async move {
        let mut opened = open(program, &secret, early).await;
        if program.attaching.is_on(turn) {
            // The payer may have pressed Pay meanwhile.
            if matches!(&opened, Ok(view) if !may_open(program, &view.id)) {
                opened = Err((ErrorCode::InvalidClientSecret, None));
            }
            match opened {
                Ok(view) => {
                    program.session.replace(view.id.clone());
                    program.secret.replace(Some(secret));
                    program.dispatch(Action::Attached(view, frame::is_in_a_field()));
                    if returned {
                        program.dispatch(Action::Happened(Event::Returned, None));
                    }
                }
                Err((code, trace)) => {
                    let why = Problem::new(code, true, trace.clone());
                    program.dispatch(Action::Happened(Event::AttachRefused(code), trace));
                    return reply(program, id, &Attached::Refused(why));
                }
            }
        }
        let attached = program.with(|model| match model.scene() {
            Scene::Expired => {
                Attached::Refused(Problem::new(ErrorCode::SessionExpired, true, None))
            }
            _ => Attached::State {
                state: snapshot::of(model),
            },
        });
        reply(program, id, &attached);
    });
}

fn reply(program: &Program, id: Option<Value>, attached: &Attached) {
    if let Some(id) = id {
        program.port.answer(id, write::attached(attached));
    }
}

/// A session that can still be paid is not changed for another.
fn may_open(program: &Program, session: &str) -> bool {
    *program.session.borrow() == session
        || program.with(|model| model.checkout.may_change_session())
}

type Opened =
    Result<checkout_protocol::api::session_view::SessionView, (ErrorCode, Option<String>)>;

async fn open(program: &'static Program, secret: &str, early: Option<Promise>) -> Opened {
    let Ok(named) = ClientSecret::parse(secret) else {
        return Err((ErrorCode::InvalidClientSecret, None));
    };
    let session = named.session.to_string();
    if !may_open(program, &session) {
        return Err((ErrorCode::InvalidClientSecret, None));
    }
    if let Some(early) = early {
        let view = JsFuture::from(early).await.ok();
        let view = view.and_then(|view| read::session_view(&object::read(&view)));
        if let Some(view) = view.filter(|view| view.id == session) {
            return Ok(view);
        }
    }
    for failures in 0..TRIES {
        if failures > 0 {
            pause(program.limits.pause_ms(failures - 1)).await;
        }
        match api::session(program, &session, secret).await {
            Ok(view) => return Ok(view),
            Err(Failure::Refused(code, trace)) => return Err((code, trace)),
            Err(Failure::Unanswered) => {}
        }
    }
    Err((ErrorCode::NetworkError, None))
}
