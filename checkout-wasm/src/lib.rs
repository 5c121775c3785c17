//! The program inside the checkout frame: takes over the form that the server rendered, and carries out what its
//! update asks for.
//!
//! It decides nothing: rules are in `checkout-protocol`, states and sentences in `checkout-ui`. The card's digits exist
//! here and in the encrypted message to the acquirer, nowhere else.
#![cfg(target_family = "wasm")]

mod program;

mod effects;
mod page;
mod presses;

mod api;
mod bank_window;
mod browser;
mod clock;
mod entropy;
mod frame;
mod jwe;
mod object;
mod overlay;
mod poll;
mod port;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::MessagePort;

use checkout_ui::update::Action;
use checkout_ui::view;

use crate::program::Program;

/// Takes over the form. The boot script has compared it with what the server sent, because hydration does not survive
/// nodes that somebody else put in. `words` is the list of sentences that the document's `words` link names.
///
/// # Errors
///
/// When the document is not the one the server writes.
#[wasm_bindgen]
#[expect(
    clippy::needless_pass_by_value,
    reason = "an exported function owns what it is called with"
)]
pub fn hydrate(words: JsValue) -> Result<(), JsValue> {
    let mut boot = frame::boot(&words)
        .ok_or("the document has no boot data, or its words are not of this build")?;
    boot.opens_windows &= !browser::is_standalone();
    let root = frame::root().ok_or("the document has no form")?;
    leptos::mount::hydrate_from(root.clone(), move || {
        let screen = Program::start(boot);
        view::checkout(screen)
    })
    .forget();
    let program = program::the();
    program.dispatch(Action::Started);
    // Only now: while it hydrated, every binding had to hold what the server rendered.
    frame::take_every_field(program);
    frame::judge_what_was_left(program);
    frame::refuse_corrections();
    presses::listen(program, &root);
    frame::watch(program, &root);
    Ok(())
}

/// Gives the program the port to the merchant's page.
#[wasm_bindgen]
pub fn connect(port: MessagePort) {
    page::connect(program::the(), port);
}

/// Gives the program a message that came on the port. `early` goes with a client secret that was offered before: the
/// promise of what the server says of its session, or of nothing.
#[wasm_bindgen]
#[expect(
    clippy::needless_pass_by_value,
    reason = "an exported function owns what it is called with"
)]
pub fn receive(message: JsValue, early: Option<Promise>) {
    page::receive(program::the(), &message, early);
}
