//! The checkout's screens: one model, one pure update, and a view of it that the server renders and the frame takes
//! over.
//!
//! Nothing here fetches, posts, encrypts, opens windows or reads a clock: `update` says what is to be done, and the
//! frame's program does it. The view never changes its structure – everything that comes and goes is in the document
//! from the start and only hidden – so that what the server rendered is always what hydration finds.

pub mod boot;

pub mod edit;
pub mod focus;
pub mod form;
pub mod history;
pub mod model;
pub mod saved_cards;
pub mod snapshot;
pub mod update;

pub mod text;
pub mod wire;

pub mod view;

#[cfg(feature = "ssr")]
pub use render::render;

#[cfg(feature = "ssr")]
mod render;
