//! The sandbox over real HTTP, as a gateway, a payer's browser and a test use it.

mod bank_page;
mod bank_ways;
mod card_key;
mod cards;
mod drills;
mod faults;
mod idempotency;
mod logs;
mod modifications;
mod native;
mod notifications;
mod refund_faults;
mod refunds;
mod refused_requests;
mod shopper;
mod stored_payment_methods;
mod storing;
mod support;
mod three_d_secure;
mod tokens;
