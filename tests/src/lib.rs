//! Plays payer, merchant and bank in a real browser, against the real demo on three sites.
//!
//! It knows the product from outside only: pages, the public API and the sandbox's ledger. Of the code it takes nothing but
//! the list of languages.

pub mod accessibility;
pub mod bank_page;
pub mod browser;
pub mod checkout_page;
pub mod demo;
pub mod engine;
pub mod held_back;
pub mod lab;
pub mod look;
pub mod merchant_page;
pub mod network;
pub mod ports;
pub mod scene;
pub mod slow_network;
pub mod states;
pub mod watched_page;

pub use engine::Engine;
pub use scene::{
    Failure, Scene, by_port, play, play_elsewhere, play_imitating, play_in, play_with,
};
