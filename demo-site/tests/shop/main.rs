//! The shop from outside: real HTTP against a shop on its own port, with a stand-in for the payment API behind it.
//!
//! Nothing here waits for a time; every test makes its own shop and its own API.

mod api;
mod checkout_pages;
mod framework_pages;
mod hosts;
mod lab;
mod order_pages;
mod publishable;
mod refusals;
mod scene;
mod webhook;
