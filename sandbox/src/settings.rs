//! What one may choose when starting the sandbox. Knows nothing of flags or environment variables.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use crate::{Clock, HmacKey};

/// How a sandbox is set up. Secrets stay out of its `Debug`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Scheme, host and port under which a payer's browser reaches the bank page. `None`: the address listened on.
    pub public_origin: Option<Url>,
    /// What `X-API-Key` must carry.
    pub api_key: SecretString,
    /// The one merchant account that exists here.
    pub merchant_account: String,
    /// Where notifications go. `None`: nowhere.
    pub notification_url: Option<Url>,
    /// Signs notifications.
    pub hmac_key: HmacKey,
    /// Pause before a refused notification is sent again; it doubles each time, up to five seconds.
    pub notification_retry: Duration,
    /// How late a late notification is.
    pub late_notification: Duration,
    /// PKCS#8 (DER or PEM) of the card key, made on first start. `None`: a new key on every start.
    pub card_key_file: Option<PathBuf>,
    /// Decides which cards have expired, and dates notifications.
    pub clock: Clock,
}

impl Settings {
    /// A sandbox on a free loopback port, merchant account `BorgaDemo`, no notifications, a key of its own.
    pub fn local(api_key: &str, hmac_key: HmacKey) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_origin: None,
            api_key: SecretString::from(api_key),
            merchant_account: "BorgaDemo".to_owned(),
            notification_url: None,
            hmac_key,
            notification_retry: Duration::from_millis(500),
            late_notification: Duration::from_secs(30),
            card_key_file: None,
            clock: Clock::system(),
        }
    }
}
