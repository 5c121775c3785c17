//! The long poll: one call after another while an attempt is under way, never two at once.

use std::cell::RefCell;

use checkout_protocol::checkout::AttemptRef;
use checkout_ui::update::Action;
use web_sys::AbortController;

use crate::api;
use crate::clock::{Turns, pause, spawn};
use crate::program::Program;

/// Between two calls when the first brought no news: a server that does not wait must not be asked without end.
const NO_NEWS_MS: u32 = 250;
/// How often one question is asked when its answer gets lost.
const TRIES: u32 = 4;

/// The running poll.
#[derive(Default)]
pub struct Poll {
    turns: Turns,
    abort: RefCell<Option<AbortController>>,
}

impl Poll {
    /// Ends it.
    pub fn stop(&self) {
        self.turns.next();
        if let Some(abort) = self.abort.take() {
            abort.abort();
        }
    }
}

/// Begins it anew: a call that was under way when the page slept or the network went would never be answered.
pub fn start(program: &'static Program) {
    let poll = &program.poll;
    poll.stop();
    let turn = poll.turns.next();
    spawn(async move {
        let mut failures = 0;
        while poll.turns.is_on(turn) {
            let Ok(abort) = AbortController::new() else {
                return;
            };
            poll.abort.replace(Some(abort.clone()));
            let after = program.with(|model| model.checkout.version);
            let asked_as = stage(program);
            let answer = api::news(program, after, &abort).await;
            if !poll.turns.is_on(turn) {
                return;
            }
            if stage(program) != asked_as {
                continue;
            }
            if let Ok(view) = answer {
                failures = 0;
                let is_news = view.version > after;
                program.dispatch(Action::Heard(view));
                if !is_news {
                    pause(NO_NEWS_MS).await;
                }
            } else {
                pause(program.limits.pause_ms(failures)).await;
                failures += 1;
            }
        }
    });
}

/// The attempt, and whether the server has answered it. An answer to a question that was asked at an earlier stage may not
/// know of the attempt yet, and would seem to say that it never was.
fn stage(program: &Program) -> (Option<AttemptRef>, bool) {
    program.with(|model| (model.checkout.attempt(), model.is_submitting()))
}

/// Asks once, at once.
pub fn ask_now(program: &'static Program) {
    spawn(async move {
        for failures in 0..TRIES {
            let Some(secret) = program.secret.borrow().clone() else {
                return;
            };
            let asked_as = stage(program);
            let session = program.session.borrow().clone();
            match api::session(program, &session, &secret).await {
                Ok(_) if stage(program) != asked_as => return,
                Ok(view) => return program.dispatch(Action::Heard(view)),
                Err(api::Failure::Refused(..)) => return,
                Err(api::Failure::Unanswered) => {
                    pause(program.limits.pause_ms(failures)).await;
                }
            }
        }
    });
}
