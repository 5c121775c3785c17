//! What the payer sees, as a function of the model.
//!
//! Every element is in the document from the first HTML on and only hidden or shown, so that hydration always finds
//! what it expects; only the saved cards, which nobody may see before the client secret, are put in by the program. It
//! binds no event handlers: the program listens once, on the root, and tells by the id what was pressed or typed into.
//! Bound one by one they cost the payer 6 KB more. Nested elements carry at least one block, because wholly literal ones
//! are built through a markup sink that the frame's Trusted Types policy refuses.

pub mod saved_cards;
pub mod screen;

mod brand_choice;
mod card_form;
mod checkout;
mod consent;
mod field;
mod notices;
mod panel;
mod pay_button;
mod summary;

pub use brand_choice::ID as BRAND_CHOICE;
pub use checkout::checkout;
pub use field::id as field_id;
