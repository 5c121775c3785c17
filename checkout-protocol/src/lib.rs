//! What the checkout's frame and its server must agree on: the words they exchange and the rules both apply.
//!
//! No I/O, no clock and no randomness: time and entropy come in as arguments, so that every rule here is a function
//! from values to values and runs the same on a server and in a browser.

pub mod crockford;

pub mod id;
pub mod money;
pub mod timestamp;

pub mod api_key;
pub mod client_secret;
pub mod email;
pub mod kennitala;
pub mod locale;
pub mod origin;
pub mod secret_text;

pub mod card;

pub mod api;
pub mod appearance;
pub mod attempt;
pub mod checkout;
pub mod error_code;
pub mod error_explained;
pub mod frame_message;

#[cfg(feature = "openapi")]
pub mod openapi;
