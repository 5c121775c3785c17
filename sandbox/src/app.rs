//! Everything that the routes share. Decides nothing itself.

use std::net::SocketAddr;
use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;

use crate::challenges::Challenges;
use crate::faults::Faults;
use crate::idempotency::Answers;
use crate::ledger::Ledger;
use crate::notifications::Notifications;
use crate::stored_cards::StoredCards;
use crate::{Clock, Refund, Settings, SettleRefundError, StartError};
use crate::{card_key::CardKey, refunds};

/// The state of one sandbox. All of it lives in memory and ends with the process.
#[derive(Debug)]
pub struct App {
    api_key: SecretString,
    pub(crate) merchant_account: String,
    /// Without a trailing slash.
    pub(crate) public_origin: String,
    pub(crate) card_key: CardKey,
    pub(crate) clock: Clock,
    pub(crate) ledger: Ledger,
    pub(crate) faults: Arc<Faults>,
    pub(crate) challenges: Challenges,
    pub(crate) stored_cards: StoredCards,
    pub(crate) answers: Answers,
    pub(crate) notifications: Notifications,
    pub(crate) stopped: watch::Receiver<bool>,
}

impl App {
    /// The state of a sandbox that listens on `address` and ends when `stopped` turns true.
    ///
    /// # Errors
    ///
    /// [`StartError`] when the card key file cannot be used.
    pub fn new(
        settings: Settings,
        address: SocketAddr,
        stopped: watch::Receiver<bool>,
    ) -> Result<Self, StartError> {
        let card_key = match &settings.card_key_file {
            Some(file) => CardKey::from_file(file)?,
            None => CardKey::generate()?,
        };
        let public_origin = match &settings.public_origin {
            Some(url) => url.origin().ascii_serialization(),
            None => format!("http://{address}"),
        };
        let faults = Arc::new(Faults::default());
        let notifications = Notifications::new(&settings, Arc::clone(&faults), stopped.clone())?;
        Ok(Self {
            api_key: settings.api_key,
            merchant_account: settings.merchant_account,
            public_origin,
            card_key,
            clock: settings.clock,
            ledger: Ledger::default(),
            faults,
            challenges: Challenges::default(),
            stored_cards: StoredCards::default(),
            answers: Answers::default(),
            notifications,
            stopped,
        })
    }

    /// What was really charged so far, oldest first.
    pub fn ledger(&self) -> Vec<crate::Entry> {
        self.ledger.entries()
    }

    /// Replaces the faults in force, as `POST /faults` does.
    pub fn set_faults(&self, settings: crate::FaultSettings) {
        self.faults.set(settings);
    }

    /// Says what became of a pending refund, as `POST /ledger/refunds/{reference}/settle` does: notes it in the ledger
    /// and sends the notification, with the faults in force. `reference` is the merchant's or the processor's; where
    /// several refunds have it, the oldest pending one is meant.
    ///
    /// # Errors
    ///
    /// [`SettleRefundError`] when there is no such refund, or it is settled already.
    pub fn settle_refund(
        &self,
        reference: &str,
        success: bool,
    ) -> Result<Refund, SettleRefundError> {
        refunds::settle(self, reference, success)
    }

    /// Compares in constant time.
    pub(crate) fn knows_api_key(&self, presented: &[u8]) -> bool {
        verify_slices_are_equal(self.api_key.expose_secret().as_bytes(), presented).is_ok()
    }
}
