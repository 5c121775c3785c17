//! Bodies of the API, one file per noun. Responses only: requests are read field by field on the server, so that an
//! error can name its field.

pub mod api_key;
pub mod customer;
pub mod list;
pub mod merchant;
pub mod payment;
pub mod payment_method;
pub mod payment_session;
pub mod refund;
pub mod session_view;
pub mod webhook_endpoint;
