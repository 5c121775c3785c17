//! The life of a payment session: open, then complete or expired.

use std::collections::BTreeMap;

use checkout_protocol::api::payment_session as wire;
use checkout_protocol::api::payment_session::{SessionMode, SessionStatus};
use checkout_protocol::api_key::Mode;
use checkout_protocol::client_secret::ClientSecret;
use checkout_protocol::id::{CustomerId, MerchantId, PaymentId, SessionId};
use checkout_protocol::kennitala::Kennitala;
use checkout_protocol::money::Money;
use checkout_protocol::origin::Origin;
use checkout_protocol::timestamp::Timestamp;
use url::Url;

/// One checkout of one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentSession {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// What it collects.
    pub payment_id: PaymentId,
    /// Where it stands, as last written; see [`PaymentSession::is_due`].
    pub status: SessionStatus,
    /// Where it is shown.
    pub shown: Shown,
    /// Where the payer goes after a redirect.
    pub return_url: Option<Url>,
    /// Where the payer goes after cancelling at the bank.
    pub cancel_url: Option<Url>,
    /// The language that the merchant fixed.
    pub locale: Option<String>,
    /// The customer it belongs to.
    pub customer: Option<CustomerId>,
    /// The payer's e-mail address that the merchant fixed.
    pub customer_email: Option<String>,
    /// The payer's kennitala that the merchant fixed.
    pub customer_kennitala: Option<Kennitala>,
    /// Whether the payer is asked to let the merchant keep the card.
    pub save_payment_method: bool,
    /// Whether a saved card is charged only with its security code, typed anew.
    pub require_cvc_recollection: bool,
    /// Whether the payer is asked for an e-mail address when the merchant gave none.
    pub collect_email: bool,
    /// The methods the payer is offered.
    pub enabled_methods: Vec<String>,
    /// The merchant's own reference.
    pub external_reference: Option<String>,
    /// The merchant's own pairs.
    pub metadata: BTreeMap<String, String>,
    /// After which it can no longer be paid.
    pub expires_at: Timestamp,
    /// When it became complete or expired.
    pub ended_at: Option<Timestamp>,
    /// Rises with every change that a payer's frame should hear of.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where a session is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// In a frame on a page of this origin.
    Embedded(Origin),
    /// On a page of ours.
    Hosted,
}

impl Shown {
    /// The origin of the merchant's page that shows it.
    #[must_use]
    pub const fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Embedded(origin) => Some(origin),
            Self::Hosted => None,
        }
    }

    /// As the API names it.
    #[must_use]
    pub const fn mode(&self) -> SessionMode {
        match self {
            Self::Embedded(_) => SessionMode::Embedded,
            Self::Hosted => SessionMode::Hosted,
        }
    }
}

/// A session with what is mostly shown beside it, all of one moment.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The session.
    pub session: PaymentSession,
    /// What its payment collects.
    pub amount: Money,
    /// Whether somebody has tried to pay in it.
    pub was_tried: bool,
}

/// What can happen to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Its payment succeeded, by the acquirer's word.
    Paid,
    /// Its time is over and no attempt is in flight.
    DeadlinePassed,
}

impl PaymentSession {
    /// The session after `event`. The acquirer's truth wins over the clock: an expired session that was paid is
    /// complete. What is complete stays complete.
    #[must_use]
    pub fn after(self, event: Event, now: Timestamp) -> Self {
        let status = match (self.status, event) {
            (SessionStatus::Open | SessionStatus::Expired, Event::Paid) => SessionStatus::Complete,
            (SessionStatus::Open, Event::DeadlinePassed) => SessionStatus::Expired,
            (SessionStatus::Complete, _) | (SessionStatus::Expired, Event::DeadlinePassed) => {
                return self;
            }
        };
        Self {
            status,
            ended_at: Some(now),
            ..self
        }
    }

    /// Whether it is still written as open although its time is over.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.status == SessionStatus::Open && now >= self.expires_at
    }

    /// Whether its client secret still opens it: while it is open, then for `read_after_end_ms` more.
    #[must_use]
    pub fn is_readable(&self, now: Timestamp, read_after_end_ms: i64) -> bool {
        self.ended_at
            .is_none_or(|ended_at| now < ended_at.plus_ms(read_after_end_ms))
    }

    /// As the merchant API shows it: an embedded session with its client secret while it is open, a hosted one
    /// with its page.
    #[must_use]
    pub fn view(
        &self,
        amount: Money,
        checkout_origin: &Origin,
        client_secret: &ClientSecret,
    ) -> wire::PaymentSession {
        let is_open = self.status == SessionStatus::Open;
        let (url, client_secret) = match &self.shown {
            Shown::Embedded(_) => (None, is_open.then(|| client_secret.expose().into())),
            Shown::Hosted => (Some(format!("{checkout_origin}/{}", self.id)), None),
        };
        wire::PaymentSession {
            id: self.id,
            mode: self.shown.mode(),
            status: self.status,
            url,
            client_secret,
            payment: self.payment_id,
            amount: amount.minor_units(),
            currency: amount.currency(),
            origin: self.shown.origin().map(|origin| origin.as_str().to_owned()),
            customer: self.customer,
            save_payment_method: self.save_payment_method,
            require_cvc_recollection: self.require_cvc_recollection,
            collect_email: self.collect_email,
            enabled_methods: self.enabled_methods.clone(),
            customer_email: self.customer_email.clone(),
            customer_kennitala: self.customer_kennitala.as_ref().map(Kennitala::digits),
            return_url: self.return_url.as_ref().map(Url::to_string),
            cancel_url: self.cancel_url.as_ref().map(Url::to_string),
            locale: self.locale.clone(),
            external_reference: self.external_reference.clone(),
            metadata: self.metadata.clone(),
            expires_at: self.expires_at,
            created_at: self.created_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Origin {
        Origin::parse("http://localhost", Mode::Test).unwrap()
    }

    fn session(status: SessionStatus) -> PaymentSession {
        PaymentSession {
            id: SessionId::from_bits(1),
            merchant_id: MerchantId::from_bits(1),
            mode: Mode::Test,
            payment_id: PaymentId::from_bits(1),
            status,
            shown: Shown::Embedded(origin()),
            return_url: None,
            cancel_url: None,
            locale: None,
            customer: None,
            customer_email: None,
            customer_kennitala: None,
            save_payment_method: false,
            require_cvc_recollection: false,
            collect_email: false,
            enabled_methods: vec!["card".to_owned()],
            external_reference: None,
            metadata: BTreeMap::new(),
            expires_at: Timestamp(1_000),
            ended_at: None,
            version: 1,
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn a_session_ends_once_and_the_acquirers_truth_wins() {
        use SessionStatus::{Complete, Expired, Open};
        for (from, event, to) in [
            (Open, Event::Paid, Complete),
            (Open, Event::DeadlinePassed, Expired),
            (Complete, Event::Paid, Complete),
            (Complete, Event::DeadlinePassed, Complete),
            (Expired, Event::Paid, Complete),
            (Expired, Event::DeadlinePassed, Expired),
        ] {
            assert_eq!(
                session(from).after(event, Timestamp(5)).status,
                to,
                "{from:?} {event:?}"
            );
        }
    }

    #[test]
    fn the_client_secret_is_shown_only_while_the_session_is_open() {
        let amount = Money::new(1, checkout_protocol::money::Currency::Isk).unwrap();
        let secret = ClientSecret {
            key_version: 1,
            session: SessionId::from_bits(1),
            code: [0; 32],
        };

        assert!(
            session(SessionStatus::Open)
                .view(amount, &origin(), &secret)
                .client_secret
                .is_some()
        );
        assert_eq!(
            session(SessionStatus::Complete)
                .view(amount, &origin(), &secret)
                .client_secret,
            None
        );
        assert_eq!(
            session(SessionStatus::Expired)
                .view(amount, &origin(), &secret)
                .client_secret,
            None
        );
    }
}
