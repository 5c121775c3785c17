//! The bank's window. Neither a handle, nor none, nor `closed` proves anything about it: what counts is what the server
//! sees of its page.

use std::cell::{Cell, RefCell};

use checkout_protocol::api::session_view::SurfaceKind;
use checkout_protocol::checkout::{Event, Nonce, Phase};
use checkout_protocol::id::ChallengeId;
use checkout_ui::update::Action;
use web_sys::Window;

use crate::clock::{Turns, pause, spawn};
use crate::program::Program;
use crate::{browser, entropy, object, overlay, poll};

const WIDTH: i32 = 480;
const HEIGHT: i32 = 720;
/// How often the handle is looked at.
const LOOK_MS: u32 = 500;

/// How long a window may take to close by itself.
const CLOSE_AFTER_MS: u32 = 1_000;

/// The window, if the browser gave a handle.
#[derive(Default)]
pub struct BankWindow {
    handle: RefCell<Option<Window>>,
    /// What the newest opening carries; with it the way to the bank is given again.
    nonce: Cell<Option<Nonce>>,
    watches: Turns,
}

impl BankWindow {
    /// Keeps what an opening carries.
    pub fn remember(&self, nonce: Nonce) {
        self.nonce.set(Some(nonce));
    }

    /// Looks no more, and closes it.
    ///
    /// The page that the bank returns to closes its own window, and Chromium loses both wishes when ours arrives while
    /// that page is arriving: a window that may be on its way back gets time to close by itself.
    pub fn close(&'static self, is_coming_back: bool) {
        let turn = self.watches.next();
        self.nonce.take();
        let Some(window) = self.handle.take() else {
            return;
        };
        // A window that went to the bank may no longer be ours to close.
        if !is_coming_back {
            let _ = window.close();
            return;
        }
        spawn(async move {
            pause(CLOSE_AFTER_MS).await;
            // The next attempt opens the same window again, by its name.
            let is_mine = self.watches.is_on(turn);
            if is_mine && !window.closed().unwrap_or(true) {
                let _ = window.close();
            }
        });
    }
}

/// The start page of `challenge` for the opening that `nonce` authorises.
pub fn start_page(challenge: ChallengeId, nonce: Nonce) -> String {
    let origin = browser::window().location().origin().unwrap_or_default();
    format!("{origin}/3ds/{challenge}?n={}", nonce.text())
}

/// Tries to open it without a new press, and reports.
pub fn try_window(program: &'static Program, challenge: ChallengeId) {
    let (nonce, handle) = open(program, challenge);
    program.dispatch(Action::Happened(Event::WindowTried { nonce, handle }, None));
}

/// The payer pressed *Continue to your bank*. Nothing may come before the window: an engine that lets a press open one
/// forgets the press at the first thing that is awaited.
pub fn continue_to_bank(program: &'static Program) {
    if program.with(|model| model.checkout.surface) != SurfaceKind::Popup {
        return program.dispatch(Action::Happened(Event::Continued, None));
    }
    let Phase::Challenging { challenge, .. } = program.with(|model| model.checkout.phase) else {
        return;
    };
    let (nonce, handle) = open(program, challenge);
    program.dispatch(Action::Happened(
        Event::ContinuePressed { nonce, handle },
        None,
    ));
}

/// The payer wants to see it again: it is brought to the front, or opened again where it was closed. As with
/// [`continue_to_bank`], nothing may come before the window.
pub fn finish_at_bank(program: &'static Program) {
    let bank = &program.bank;
    let is_there = bank
        .handle
        .borrow()
        .as_ref()
        .is_some_and(|window| !window.closed().unwrap_or(true) && window.focus().is_ok());
    let challenge = program.with(|model| match model.checkout.phase {
        Phase::Challenging { challenge, .. } => Some(challenge),
        _ => None,
    });
    let is_inline = program.with(|model| model.checkout.surface) == SurfaceKind::Inline;
    if let (false, Some(challenge)) = (is_there, challenge) {
        match bank.nonce.get() {
            Some(nonce) if is_inline => overlay::show(program, challenge, nonce),
            Some(nonce) => {
                bring_up(program, &start_page(challenge, nonce));
            }
            // Opened by an earlier document, which kept the nonce to itself: the window itself may still be there.
            None => find_again(program),
        }
    }
    poll::ask_now(program);
}

/// Finds the window by its name. One that the browser had to make for that is empty, and of no use.
fn find_again(program: &'static Program) {
    if !bring_up(program, "") {
        return;
    }
    let handle = program.bank.handle.borrow().clone();
    let is_empty = handle.as_ref().is_some_and(|window| {
        // A window at the bank does not let its address be read.
        window
            .location()
            .href()
            .is_ok_and(|address| address == "about:blank")
    });
    if let (true, Some(window)) = (is_empty, handle) {
        let _ = window.close();
    }
}

fn open(program: &'static Program, challenge: ChallengeId) -> (Nonce, bool) {
    let nonce = Nonce(entropy::bits());
    program.bank.nonce.set(Some(nonce));
    (nonce, bring_up(program, &start_page(challenge, nonce)))
}

/// Opens `url` in the window of this session; whether the browser gave a handle.
fn bring_up(program: &'static Program, url: &str) -> bool {
    let window = browser::window();
    let opened = window.open_with_url_and_target_and_features(
        url,
        &format!("borga-bank-{}", program.session.borrow()),
        &features(&window),
    );
    // Some engines throw where others answer null.
    let handle = opened.ok().flatten();
    let has_handle = handle.is_some();
    program.bank.handle.replace(handle);
    if has_handle {
        watch(program);
    }
    has_handle
}

/// Over the middle of the browser's window.
fn features(window: &Window) -> String {
    let side = |name| object::whole(window, name);
    let left = side("screenX") + (side("outerWidth") - WIDTH) / 2;
    let top = side("screenY") + (side("outerHeight") - HEIGHT) / 2;
    let (left, top) = (left.max(0), top.max(0));
    format!("popup,width={WIDTH},height={HEIGHT},left={left},top={top}")
}

fn watch(program: &'static Program) {
    let bank = &program.bank;
    let turn = bank.watches.next();
    spawn(async move {
        loop {
            pause(LOOK_MS).await;
            // Also while the acquirer is at work: the bank may ask once more in the same window.
            let is_under_way = program.with(|model| model.checkout.attempt().is_some());
            if !bank.watches.is_on(turn) || !is_under_way {
                return;
            }
            let is_closed = bank
                .handle
                .borrow()
                .as_ref()
                .is_none_or(|window| window.closed().unwrap_or(true));
            if is_closed {
                return program.dispatch(Action::Happened(Event::WindowClosed, None));
            }
        }
    });
}
