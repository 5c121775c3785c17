//! The API, the frame's document, the 3-D Secure pages and the payments of the Borga checkout.
//!
//! `http` (only axum) calls `operations` (one file per thing that can happen; only these open transactions), which use
//! `domain` (values in, values out), `store` (the only SQL) and `acquirer`. `tests/tidy.rs` holds the arrows.

pub mod clock;
pub mod config;
pub mod entropy;
pub mod logging;
pub mod metrics;
pub mod server_secret;
pub mod telemetry;

pub mod domain;

pub mod acquirer;
pub mod session_reader;
pub mod session_writer;
pub mod store;
pub mod webhook;

mod buckets;
mod changes;
mod in_flight;
mod known_keys;

pub mod app;

pub mod operations;

pub mod http;

mod together;
pub mod workers;

pub mod check;
pub mod serve;
pub mod stop_signals;
