//! Adyen Checkout v71: pure translation (`wire` of requests, `answer` with `result_code`, `action` and `refusal`,
//! `notification`, `wire_amount`) and one executor (`client`).

mod action;
pub mod answer;
pub mod client;
pub mod notification;
mod refusal;
mod result_code;
mod wire;
mod wire_amount;

pub use client::Adyen;
pub use wire::ThreeDs;
