//! Rules of payment cards as a payer types them. A card number exists only in the browser and in the acquirer's
//! systems; nothing here can be serialised or printed.

pub mod brand;
pub mod co_badge;
pub mod digit;
pub mod expiry;
pub mod holder_name;
pub mod number;
pub mod security_code;
