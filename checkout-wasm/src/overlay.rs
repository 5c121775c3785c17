//! The bank's page in a second frame, which the merchant's page lays over itself. The card form itself embeds nothing.

use checkout_protocol::api::session_view::{SurfaceKind, WindowSize};
use checkout_protocol::checkout::{Event, Nonce};
use checkout_protocol::frame_message::FrameCall;
use checkout_protocol::id::ChallengeId;
use checkout_ui::update::Action;

use crate::bank_window::start_page;
use crate::clock::spawn;
use crate::effects::take_surface;
use crate::port::ANSWER_MS;
use crate::program::Program;
use crate::{browser, entropy, object};

/// Opens the challenge there, once the server knows that its page may stand in the merchant's.
pub fn present(program: &'static Program, challenge: ChallengeId) {
    let nonce = Nonce(entropy::bits());
    program.bank.remember(nonce);
    spawn(async move {
        take_surface(program, challenge, SurfaceKind::Inline, nonce, Some(size())).await;
        show(program, challenge, nonce);
    });
}

/// Shows what was presented and closed again: the way to the bank is given once more to the same opening.
pub fn show(program: &'static Program, challenge: ChallengeId, nonce: Nonce) {
    spawn(async move {
        let url = start_page(challenge, nonce);
        let size = size();
        let ask = FrameCall::ChallengePresent { url, size };
        let answer = program.port.ask(&ask, ANSWER_MS).await;
        if answer.and_then(|answer| answer.bool_of("shown")) != Some(true) {
            program.dispatch(Action::Happened(Event::PresentingRefused, None));
        }
    });
}

/// On a screen that has room for it the page behind stays visible, and with it what is being paid for.
fn size() -> WindowSize {
    let screen = object::get(&browser::window(), "screen");
    let has = |side, pixels| {
        screen
            .as_ref()
            .is_some_and(|screen| object::whole(screen, side) >= pixels)
    };
    if has("width", 600) && has("height", 700) {
        WindowSize::S500x600
    } else {
        WindowSize::Full
    }
}
