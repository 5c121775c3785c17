//! One try: a `POST` without redirects, and what came of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use checkout_protocol::api_key::Mode;
use checkout_protocol::origin::Origin;
use checkout_protocol::timestamp::Timestamp;
use reqwest::dns::Resolve;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Response};
use url::Url;

use crate::domain::webhook_delivery::Tried;
use crate::webhook::guard::{self, PublicOnly, ThisMachineOnly};

/// As much of an answer as is kept.
const ANSWER_BYTES: usize = 1_024;

/// Sends webhooks.
#[derive(Clone, Debug)]
pub struct Sender {
    internet: Client,
    this_machine: Client,
    test_origins: Arc<[Origin]>,
}

/// What is sent.
#[derive(Debug)]
pub struct Post<'a> {
    /// Where to.
    pub url: &'a Url,
    /// Test or live.
    pub mode: Mode,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The event, as JSON.
    pub body: Vec<u8>,
}

impl Sender {
    /// A sender that waits so long for an answer. `test_origins` are reached on this machine, in test mode.
    ///
    /// # Errors
    ///
    /// When no HTTP client can be made.
    pub fn new(timeout: Duration, test_origins: Vec<Origin>) -> Result<Self, reqwest::Error> {
        let client = |resolver: Arc<dyn Resolve>| {
            Client::builder()
                .timeout(timeout)
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .user_agent("Borga-Webhooks/1")
                .dns_resolver(resolver)
                .build()
        };
        Ok(Self {
            internet: client(Arc::new(PublicOnly(guard::system)))?,
            this_machine: client(Arc::new(ThisMachineOnly))?,
            test_origins: test_origins.into(),
        })
    }

    /// Whether an endpoint may be there.
    ///
    /// # Errors
    ///
    /// [`guard::NotATarget`].
    pub fn check(&self, url: &Url, mode: Mode) -> Result<(), guard::NotATarget> {
        if self.is_here(url, mode) {
            return Ok(());
        }
        guard::check(url)
    }

    fn is_here(&self, url: &Url, mode: Mode) -> bool {
        mode == Mode::Test && guard::is_test_origin(url, &self.test_origins)
    }

    /// Tries once. Never fails: what went wrong is what came of it.
    pub async fn send(&self, post: Post<'_>, at: Timestamp) -> Tried {
        let began = Instant::now();
        let sent = self.exchange(post).await;
        let took_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        match sent {
            Ok((http_status, retry_after_ms, answer)) => Tried {
                at,
                took_ms,
                http_status: Some(http_status),
                error: None,
                answer: Some(answer),
                retry_after_ms,
            },
            Err(error) => Tried {
                took_ms,
                ..Tried::not_sent(at, error)
            },
        }
    }

    async fn exchange(&self, post: Post<'_>) -> Result<(u16, Option<i64>, String), String> {
        // The settings may have changed since the endpoint was made.
        self.check(post.url, post.mode)
            .map_err(|error| format!("url {error}"))?;
        let client = if self.is_here(post.url, post.mode) {
            &self.this_machine
        } else {
            &self.internet
        };
        let mut request = client
            .post(post.url.clone())
            .header(CONTENT_TYPE, "application/json");
        for (name, value) in post.headers {
            request = request.header(name, value);
        }
        let answer = request
            .body(post.body)
            .send()
            .await
            .map_err(|error| reason(&error))?;
        let status = answer.status().as_u16();
        let retry_after_ms = retry_after(&answer);
        Ok((status, retry_after_ms, beginning(answer).await))
    }
}

/// In words for the merchant: no URL, no address.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    let what = if error.is_connect() {
        "cannot connect"
    } else {
        "broken off"
    };
    format!("{what}: {deepest}")
}

/// Seconds only: no server that wants fewer requests says so by a date.
fn retry_after(answer: &Response) -> Option<i64> {
    let text = answer.headers().get(RETRY_AFTER)?.to_str().ok()?;
    let seconds: u32 = text.trim().parse().ok()?;
    Some(i64::from(seconds) * 1_000)
}

/// What is not text is shown as replacement characters; a database takes no zero bytes.
async fn beginning(mut answer: Response) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < ANSWER_BYTES
        && let Ok(Some(chunk)) = answer.chunk().await
    {
        bytes.extend_from_slice(&chunk);
    }
    bytes.truncate(ANSWER_BYTES);
    String::from_utf8_lossy(&bytes).replace('\0', "\u{fffd}")
}
