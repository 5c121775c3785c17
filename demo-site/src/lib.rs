//! A small shop that sells through Borga Checkout, built from what every merchant has: the public API and one script.
//!
//! It must not use any other crate of this workspace: whatever it needs beyond the public surface is a gap in that
//! surface.
//!
//! `http` (routes) → `session` (the one payment session of an order) → `gateway` (the API), with `outcome` deciding
//! what an order's state is and `page` writing HTML. `catalog`, `price`, `locale`, `texts`, `origin` and `outcome`
//! are values in, values out.

mod catalog;
mod gateway;
mod http;
mod locale;
mod order;
mod origin;
mod outcome;
mod page;
mod price;
mod sandbox;
mod secret;
mod session;
mod settings;
mod texts;

pub use http::{ServeError, router, serve};
pub use origin::{Origin, OriginError};
pub use secret::Secret;
pub use settings::Settings;
