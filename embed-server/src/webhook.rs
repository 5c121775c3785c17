//! How an event reaches a merchant's server: signed, and nowhere but on the internet.

pub mod guard;
pub mod send;
pub mod sign;
