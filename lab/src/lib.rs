//! Every way in which a payment with 3-D Secure can go wrong, by name.
//!
//! A [`Case`] says on what page it happens, what is made to fail, what the payer does, and how it must end. The demo site
//! lists the cases and judges them (`/lab`), a person plays them by hand, and `cargo xtask lab` plays them all in three
//! engines. Nothing here drives a browser or serves a page.

pub mod act;
pub mod case;
pub mod cases;
mod faults;
pub mod verdict;

pub use act::{Act, Place};
pub use case::{Case, Fate, Group, MerchantPage};
pub use cases::{all, find};
pub use verdict::{Facts, Verdict, judge};
