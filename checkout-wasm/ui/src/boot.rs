//! What the frame's document says about its session before any secret arrives.
//! Nothing about the customer may be added here: whoever knows the session's id can read it.

use checkout_protocol::api::session_view::CardKey;
use checkout_protocol::frame_message::Theme;
use checkout_protocol::locale::Locale;
use checkout_protocol::money::Currency;
use serde::{Deserialize, Serialize};

use crate::text::Words;

/// What the server writes into the document, for rendering and for hydrating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// `ps_…`
    pub session: String,
    /// Origin of the merchant's page, the only one that the frame speaks to.
    pub parent: String,
    /// In the currency's smallest unit.
    pub amount: i64,
    /// ISO 4217.
    pub currency: Currency,
    /// As payers know the shop.
    pub merchant_name: String,
    /// The language of the first HTML.
    pub locale: Locale,
    /// The sentences in it. They travel in a file of their own, which browsers keep.
    #[serde(skip)]
    pub words: Words,
    /// The colours of the first HTML.
    pub theme: Theme,
    /// Whether no money moves.
    pub test_mode: bool,
    /// Whether the payer's browser is one that opens windows of its own; the browsers inside of apps do not.
    pub opens_windows: bool,
    /// Whether the form has a place for the payer's e-mail address: one that was given or one that is asked for. Which
    /// of both, and the address, come after the client secret.
    pub shows_email: bool,
    /// The acquirer's public key.
    pub card_key: CardKey,
    /// Year and month by the server's clock, for judging expiry dates.
    pub today: (u16, u8),
    /// Which build of the frame this is.
    pub build: String,
    /// How long to wait for what.
    pub limits: Limits,
}

/// How long to wait for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Until a window that gave no handle should have been seen by the server.
    pub opening_ms: u32,
    /// The same for a window with a live handle, which may only be slow.
    pub opening_with_handle_ms: u32,
    /// Until a payer at the bank is taken to be gone.
    pub bank_ms: u32,
    /// Until a hidden frame has had its time: a little more than its page gives the bank.
    pub fingerprint_ms: u32,
    /// How long the server may hold a long poll.
    pub poll_wait_s: u32,
    /// The first pause before something is sent again; it doubles up to eight times this.
    pub retry_ms: u32,
}

impl Limits {
    /// The pause before sending again for the `failures`th time, counted from 0.
    #[must_use]
    pub fn pause_ms(&self, failures: u32) -> u32 {
        self.retry_ms.saturating_mul(1 << failures.min(3))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::text::Sentence;

    pub(crate) fn boot() -> Boot {
        Boot {
            session: "ps_00000000000000000000000001".to_owned(),
            parent: "https://shop.example".to_owned(),
            amount: 1990,
            currency: Currency::Isk,
            merchant_name: "Kaffihúsið".to_owned(),
            locale: Locale::Is,
            words: Words::of(Locale::Is),
            theme: Theme::Auto,
            test_mode: true,
            opens_windows: true,
            shows_email: false,
            card_key: CardKey {
                kty: "RSA".to_owned(),
                n: "AQAB".to_owned(),
                e: "AQAB".to_owned(),
                kid: "test".to_owned(),
            },
            today: (2026, 11),
            build: "test".to_owned(),
            limits: Limits {
                opening_ms: 2_000,
                opening_with_handle_ms: 8_000,
                bank_ms: 600_000,
                fingerprint_ms: 12_000,
                poll_wait_s: 25,
                retry_ms: 1_000,
            },
        }
    }

    #[test]
    fn pauses_double_up_to_eight_times_the_first() {
        let limits = boot().limits;
        let pauses: Vec<u32> = (0..6).map(|failures| limits.pause_ms(failures)).collect();
        assert_eq!(pauses, [1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    }

    #[test]
    fn what_the_server_writes_the_frame_reads() {
        let json = serde_json::to_string(&boot()).unwrap();
        assert!(!json.contains(boot().words.say(Sentence::Number)));
        let read = Boot {
            words: boot().words,
            ..serde_json::from_str(&json).unwrap()
        };
        assert_eq!(read, boot());
    }
}
