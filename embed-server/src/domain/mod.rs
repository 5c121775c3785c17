//! Rules: values in, values out. No clock, no database, no network.

pub mod allowed_redirect;
pub mod api_key;
pub mod attempt;
pub mod authentication;
pub mod bank_result;
pub mod browser_data;
pub mod card_envelope;
pub mod challenge;
pub mod client_address;
pub mod customer;
pub mod event;
pub mod hex;
pub mod in_app_browser;
pub mod look;
pub mod merchant;
pub mod payment;
pub mod payment_method;
pub mod payment_session;
pub mod public_address;
pub mod rate_limit;
pub mod refund;
pub mod time_limits;
pub mod trans_status;
pub mod webhook_delivery;
pub mod webhook_endpoint;
