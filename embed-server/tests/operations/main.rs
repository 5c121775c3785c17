//! What an operator does with the real program: sets it, checks it, watches it, stops it.

#[path = "../api/support.rs"]
#[expect(dead_code, reason = "this program needs only part of the scene")]
mod support;

mod program;

mod check;
mod health;
mod logs;
mod metrics;
mod settings;
mod shutdown;
