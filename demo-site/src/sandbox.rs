//! The acquirer's sandbox, which the lab makes fail and asks what was really charged. No shop talks to its acquirer.

use std::time::Duration;

use reqwest::Client;
use serde::Deserialize;

use crate::Origin;

const PATIENCE: Duration = Duration::from_secs(5);

/// The sandbox did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox: {0}")]
pub struct SandboxError(#[from] reqwest::Error);

/// The sandbox of this demo.
#[derive(Debug, Clone)]
pub struct Sandbox {
    client: Client,
    url: Origin,
}

#[derive(Deserialize)]
struct Entry {
    amount: i64,
    status: String,
}

impl Sandbox {
    /// Prepares the client; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up on this machine.
    pub fn new(url: Origin) -> Result<Self, reqwest::Error> {
        let client = Client::builder().timeout(PATIENCE).no_proxy().build()?;
        Ok(Self { client, url })
    }

    /// Makes it fail in these ways, as `POST /faults` takes them, and in no other; nothing for none.
    ///
    /// # Errors
    ///
    /// When it does not answer.
    pub async fn fail(&self, faults: &'static str) -> Result<(), SandboxError> {
        let url = format!("{}/faults", self.url);
        let request = if faults.is_empty() {
            self.client.delete(url)
        } else {
            self.client.post(url).body(faults)
        };
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// Status of each charge of exactly `amount`, in whole krónur.
    ///
    /// # Errors
    ///
    /// When it does not answer.
    pub async fn charges_of(&self, amount: i64) -> Result<Vec<String>, SandboxError> {
        let url = format!("{}/ledger", self.url);
        let entries: Vec<Entry> = self
            .client
            .get(url)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        let ours = entries.into_iter().filter(|entry| entry.amount == amount);
        Ok(ours.map(|entry| entry.status).collect())
    }
}
