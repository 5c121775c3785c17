//! The private channel to the merchant's page: JSON-RPC 2.0. It knows no business.
//! A port whose other end is gone is silent in every engine, so every question has a deadline.

use std::cell::{Cell, RefCell};

use checkout_protocol::frame_message::FrameCall;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessagePort;

use crate::{browser, object};

const ANSWER_MS: i32 = 5_000;

/// The frame's end.
#[derive(Default)]
pub struct Port {
    end: RefCell<Option<MessagePort>>,
    last_id: Cell<u32>,
    asked: RefCell<Vec<(u32, Function)>>,
}

impl Port {
    /// Takes the port over. There is one for each document.
    pub fn open(&self, port: MessagePort) {
        self.end.replace(Some(port));
    }

    /// Tells the page; nothing when there is none.
    pub fn tell(&self, call: &FrameCall) {
        self.send(&object::from(call));
    }

    /// Asks the page. `None` when it refuses or does not answer in time.
    pub async fn ask(&self, call: &FrameCall) -> Option<JsValue> {
        let id = self.last_id.get().wrapping_add(1);
        self.last_id.set(id);
        let message = object::from(call);
        object::set(&message, "id", &id.into());
        let answer = Promise::new(&mut |resolve, _| {
            // A timer calls it without an argument, which is no answer.
            let timer = browser::window()
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ANSWER_MS);
            debug_assert!(timer.is_ok(), "a window has timers");
            self.asked.borrow_mut().push((id, resolve));
        });
        self.send(&message);
        let answer = JsFuture::from(answer).await.ok();
        self.asked.borrow_mut().retain(|(asked, _)| *asked != id);
        answer.filter(|answer| !answer.is_undefined())
    }

    /// Passes on the answer to a question of ours.
    pub fn answered(&self, message: &JsValue) {
        let id = object::get(message, "id").and_then(|id| id.as_f64());
        let asked = self.asked.borrow();
        let question = asked.iter().find(|(asked, _)| Some(f64::from(*asked)) == id);
        if let Some((_, resolve)) = question {
            let result = object::get(message, "result").unwrap_or(JsValue::UNDEFINED);
            // Resolving a promise calls nothing of anybody else's.
            let _ = resolve.call1(&JsValue::UNDEFINED, &result);
        }
    }

    /// Answers a question of the page.
    pub fn answer(&self, id: &JsValue, result: &JsValue) {
        self.send(&object::of(&[("id", id), ("result", result)]));
    }

    /// Answers a question that the frame cannot read.
    pub fn refuse(&self, id: &JsValue, code: i32, message: &str) {
        let error = object::of(&[("code", &code.into()), ("message", &message.into())]);
        self.send(&object::of(&[("id", id), ("error", &error)]));
    }

    fn send(&self, message: &JsValue) {
        if let Some(port) = self.end.borrow().as_ref() {
            object::set(message, "jsonrpc", &"2.0".into());
            let posted = port.post_message(message);
            debug_assert!(posted.is_ok(), "plain objects can be cloned");
        }
    }
}
