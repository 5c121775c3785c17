//! The one running program: the model, and the handles that its effects need.
//! Only `dispatch` changes the model.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;

use checkout_protocol::api::session_view::CardKey;
use checkout_protocol::checkout::AttemptRef;
use checkout_ui::boot::{Boot, Limits};
use checkout_ui::history::History;
use checkout_ui::model::Model;
use checkout_ui::update::{Action, update};
use checkout_ui::view::screen::Screen;
use checkout_ui::wire::value::Value;
use leptos::prelude::*;

use crate::bank_window::BankWindow;
use crate::clock::Turns;
use crate::poll::Poll;
use crate::port::Port;
use crate::{effects, entropy, frame, page};

/// Everything that lives as long as the document.
pub struct Program {
    /// What the view shows.
    model: RwSignal<Model>,
    /// The same, to read without the machinery that tells a view of changes: each reading of a signal is compiled anew.
    now: RefCell<Model>,
    waiting: RefCell<VecDeque<Action>>,
    is_running: Cell<bool>,
    /// The session of the document.
    pub first_session: String,
    /// Names the session in requests and in the encrypted card; another one once a client secret named it.
    pub session: RefCell<String>,
    /// How long to wait for what.
    pub limits: Limits,
    /// The acquirer's key.
    pub card_key: CardKey,
    /// The client secret, once the page has handed it over. Kept in memory only.
    pub secret: RefCell<Option<String>>,
    /// What fields showed before.
    pub history: RefCell<History>,
    /// Whether the focus was taken away while the payer was elsewhere, and is to be somewhere when they come back.
    pub focus_later: Cell<bool>,
    /// What was sent for an attempt, so that the very same can be sent again.
    pub confirmation: RefCell<Option<Confirmation>>,
    /// The way to the merchant's page.
    pub port: Port,
    /// Requests of the page to cancel, which the server has not decided yet.
    pub cancels: RefCell<Vec<Value>>,
    /// The bank's window.
    pub bank: BankWindow,
    /// The long poll.
    pub poll: Poll,
    /// Newest start counts: the session's end.
    pub expiry: Turns,
    /// Newest start counts: the start page's time to be seen.
    pub opening: Turns,
    /// Newest start counts: the bank's time.
    pub at_bank: Turns,
    /// Newest start counts: the bank's time to look at the browser.
    pub at_fingerprint: Turns,
    /// Newest start counts: asking how the form shall look.
    pub looking: Turns,
    /// Newest start counts: opening the session.
    pub attaching: Turns,
    /// Newest start counts: fetching the words of another language.
    pub words: Turns,
    /// Newest start counts: telling the server which opening of the bank counts.
    pub surface: Turns,
}

/// A confirmation that was sent.
pub struct Confirmation {
    /// Its attempt.
    pub attempt: AttemptRef,
    /// The request's body.
    pub body: String,
    /// How often its answer got lost.
    pub failures: u32,
}

thread_local! {
    static PROGRAM: OnceCell<&'static Program> = const { OnceCell::new() };
}

/// The running program.
///
/// # Panics
///
/// Before [`Program::start`]; the boot script calls nothing before `hydrate`.
pub fn the() -> &'static Program {
    PROGRAM.with(|program| *program.get().expect("hydrate comes first"))
}

impl Program {
    /// Makes the program, with the model exactly as the server had it when it rendered.
    pub fn start(boot: Boot) -> Screen {
        let session = boot.session.clone();
        let (limits, card_key) = (boot.limits, boot.card_key.clone());
        let model = Model::new(boot);
        let screen = Screen::new(model.clone());
        let program = Box::leak(Box::new(Self {
            model: screen.model,
            now: RefCell::new(model),
            waiting: RefCell::default(),
            is_running: Cell::default(),
            first_session: session.clone(),
            session: RefCell::new(session),
            limits,
            card_key,
            secret: RefCell::default(),
            history: RefCell::default(),
            focus_later: Cell::default(),
            confirmation: RefCell::default(),
            port: Port::default(),
            cancels: RefCell::default(),
            bank: BankWindow::default(),
            poll: Poll::default(),
            expiry: Turns::default(),
            opening: Turns::default(),
            at_bank: Turns::default(),
            at_fingerprint: Turns::default(),
            looking: Turns::default(),
            attaching: Turns::default(),
            words: Turns::default(),
            surface: Turns::default(),
        }));
        PROGRAM.with(|cell| cell.set(program).unwrap_or_default());
        screen
    }

    /// Reads the model.
    pub fn with<T>(&self, read: impl FnOnce(&Model) -> T) -> T {
        read(&self.now.borrow())
    }

    /// Lets something happen. Its effects are carried out before this returns, so that a window is still opened in the
    /// task that the browser allows it in; what they bring about comes after them, in order.
    pub fn dispatch(&'static self, action: Action) {
        self.waiting.borrow_mut().push_back(action);
        if self.is_running.replace(true) {
            return;
        }
        loop {
            // Not in the loop's condition: the borrow would last for its body.
            let Some(action) = self.waiting.borrow_mut().pop_front() else {
                break;
            };
            let before = self.now.borrow().clone();
            let (model, effects) = update(before, action);
            self.now.replace(model.clone());
            self.model.set(model);
            for effect in effects {
                effects::carry_out(self, effect);
            }
        }
        self.is_running.set(false);
        page::answer_cancels(self);
    }
}

/// As if Pay was pressed: what stands in the fields now is what counts, however it came there.
pub fn pay(program: &'static Program) {
    frame::take_every_field(program);
    program.dispatch(Action::PayPressed(AttemptRef(entropy::bits())));
}
