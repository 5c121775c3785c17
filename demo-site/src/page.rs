//! The shop's pages as HTML.
//!
//! Nothing inline: no style, no script, no handler. Every page passes the policy in `http::policy` without an exception.

mod checkout;
mod framework;
mod lab;
mod layout;
mod notice;
mod order;
mod products;
mod view;

pub use checkout::{Appearance, element_checkout, publishable_checkout};
pub use framework::framework_checkout;
pub use lab::{lab_frame, lab_list, lab_run, lab_start};
pub use notice::notice;
pub use order::order;
pub use products::products;
pub use view::{View, checkout_address};
