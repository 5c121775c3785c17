//! Waiting, and what became of it meanwhile.

use std::cell::Cell;
use std::pin::Pin;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::browser;

/// Carries on with `task` after the present one. All tasks are of one type, because each type of task that is spawned
/// brings its own copy of the executor.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    spawn_local(Box::pin(task) as Pin<Box<dyn Future<Output = ()>>>);
}

/// Waits.
pub async fn pause(ms: u32) {
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _| {
        let set =
            browser::window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        debug_assert!(set.is_ok(), "a window has timers");
    });
    // A timer's promise is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// Does `then` soon, outside of every task. Firefox lets other events happen while it opens a window; those of our tasks
/// would find their executor at work on the one that opens it, and be lost.
pub fn outside_tasks(then: impl FnOnce() + 'static) {
    let then = Closure::once_into_js(then);
    let set = browser::window().set_timeout_with_callback(then.unchecked_ref());
    debug_assert!(set.is_ok(), "a window has timers");
}

/// Starts of the same thing, of which only the newest counts.
#[derive(Default)]
pub struct Turns(Cell<u32>);

/// One of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Turn(u32);

impl Turns {
    /// A new one; all before it are over.
    pub fn next(&self) -> Turn {
        self.0.set(self.0.get().wrapping_add(1));
        Turn(self.0.get())
    }

    /// Whether `turn` is the newest.
    pub fn is_on(&self, turn: Turn) -> bool {
        self.0.get() == turn.0
    }

    /// Does `then` after `ms`, unless another turn has begun.
    pub fn after(&'static self, ms: u32, then: impl FnOnce() + 'static) {
        let turn = self.next();
        spawn(async move {
            pause(ms).await;
            if self.is_on(turn) {
                then();
            }
        });
    }
}
