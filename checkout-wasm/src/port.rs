//! The private channel to the merchant's page: JSON-RPC 2.0. It knows no business.
//! A port whose other end is gone is silent in every engine, so every question has a deadline.

use std::cell::{Cell, RefCell};

use checkout_protocol::frame_message::FrameCall;
use checkout_ui::wire::value::Value;
use checkout_ui::wire::write;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessagePort;

use crate::{browser, object};

/// What a page can answer by itself.
pub const ANSWER_MS: i32 = 5_000;

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
        self.send(write::frame_call(call));
    }

    /// Asks the page. `None` when it refuses or does not answer in time.
    pub async fn ask(&self, call: &FrameCall, within_ms: i32) -> Option<Value> {
        let id = self.last_id.get().wrapping_add(1);
        self.last_id.set(id);
        let answer = Promise::new(&mut |resolve, _| {
            // A timer calls it without an argument, which is no answer.
            let timer = browser::window()
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, within_ms);
            debug_assert!(timer.is_ok(), "a window has timers");
            self.asked.borrow_mut().push((id, resolve));
        });
        self.send(write::frame_call(call).with("id", Value::Number(id.into())));
        let answer = JsFuture::from(answer).await.ok();
        self.asked.borrow_mut().retain(|(asked, _)| *asked != id);
        answer
            .filter(|answer| !answer.is_undefined())
            .map(|answer| object::read(&answer))
    }

    /// Passes on the answer to a question of ours; an error is no answer.
    pub fn answered(&self, message: &Value) {
        let id = message.number_of::<u32>("id");
        let asked = self.asked.borrow();
        let question = asked.iter().find(|(asked, _)| Some(*asked) == id);
        if let Some((_, resolve)) = question {
            let result = message
                .get("result")
                .map_or(JsValue::UNDEFINED, object::from);
            // Resolving a promise calls nothing of anybody else's.
            let _ = resolve.call1(&JsValue::UNDEFINED, &result);
        }
    }

    /// Answers a question of the page.
    pub fn answer(&self, id: Value, result: Value) {
        self.send(Value::object(vec![("id", id), ("result", result)]));
    }

    /// Answers a question that the frame cannot read.
    pub fn refuse(&self, id: Value, code: i64, message: &str) {
        let error = Value::object(vec![
            ("code", Value::Number(code)),
            ("message", Value::text(message)),
        ]);
        self.send(Value::object(vec![("id", id), ("error", error)]));
    }

    fn send(&self, message: Value) {
        if let Some(port) = self.end.borrow().as_ref() {
            let message = message.with("jsonrpc", Value::text("2.0"));
            let posted = port.post_message(&object::from(&message));
            debug_assert!(posted.is_ok(), "plain objects can be cloned");
        }
    }
}
