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

/// Has the bank look at the browser in a frame that nobody sees.
pub fn present_hidden(program: &'static Program, challenge: ChallengeId) {
    let nonce = Nonce(entropy::bits());
    spawn(async move {
        let is_known = take_surface(program, challenge, SurfaceKind::Inline, nonce, None).await;
        if !is_known || !is_shown(program, challenge, nonce, None).await {
            program.dispatch(Action::Happened(Event::FingerprintNotShown, None));
        }
    });
}

/// Shows what was presented and closed again: the way to the bank is given once more to the same opening.
pub fn show(program: &'static Program, challenge: ChallengeId, nonce: Nonce) {
    spawn(async move {
        if !is_shown(program, challenge, nonce, Some(size())).await {
            program.dispatch(Action::Happened(Event::PresentingRefused, None));
        }
    });
}

/// Asks the page to show it; without a size, hidden. A page that is isolated from other origins does not.
async fn is_shown(
    program: &'static Program,
    challenge: ChallengeId,
    nonce: Nonce,
    size: Option<WindowSize>,
) -> bool {
    let url = start_page(challenge, nonce);
    let ask = FrameCall::ChallengePresent { url, size };
    let answer = program.port.ask(&ask, ANSWER_MS).await;
    answer.and_then(|answer| answer.bool_of("shown")) == Some(true)
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
