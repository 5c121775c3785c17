//! Adyen Checkout v71: pure translation (`wire`, `refusal`, `notification`, `wire_amount`) and one executor (`client`).

pub mod client;
mod notification;
mod refusal;
mod wire;
mod wire_amount;

pub use client::Adyen;
