//! The sandbox over real HTTP, as a gateway, a payer's browser and a test use it.

mod bank_page;
mod card_key;
mod cards;
mod faults;
mod idempotency;
mod logs;
mod modifications;
mod notifications;
mod refused_requests;
mod support;
mod three_d_secure;
