//! The API over real HTTP, against a real database file and the sandbox's real contract. One file per noun.

mod payer;
mod program;
mod receiver;
mod support;

mod api_keys;
mod browser_files;
mod challenges;
mod confirm;
mod crash;
mod crash_of_one;
mod customers;
mod documents;
mod drills;
mod frame;
mod idempotency;
mod isolation;
mod keys;
mod lists;
mod look;
mod native_3ds;
mod notifications;
mod openapi;
mod payment_methods;
mod payment_sessions;
mod payments;
mod processes;
mod rate_limits;
mod recovery;
mod refunds;
mod remote_calls;
mod renewal;
mod session_batches;
mod webhooks;
mod webhooks_after_kills;
mod wrong_input;
