//! The API over real HTTP, against a real database file and the sandbox's real contract. One file per noun.

#[expect(dead_code, reason = "this program needs only part of the scene")]
mod support;

mod challenges;
mod confirm;
mod crash;
mod frame;
mod keys;
mod notifications;
mod payment_sessions;
mod recovery;
mod wrong_input;
