//! Ids: a prefix that says what the thing is, and 128 bits as 26 characters.
//!
//! Each kind is its own type, so a payment id cannot be passed where a session id is meant. The bits come from the
//! server (time-ordered, UUID version 7); nothing here makes one.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::crockford;

/// What an id names: its prefix, and the prefixes that documents also use for it.
pub trait Kind {
    /// The prefix we write, without the underscore.
    const PREFIX: &'static str;
    /// Prefixes accepted on input besides it.
    const ALIASES: &'static [&'static str];
    /// The name of such an id in the OpenAPI document.
    #[cfg(feature = "openapi")]
    const SCHEMA: &'static str;
}

/// An id of one kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<K> {
    bits: u128,
    kind: std::marker::PhantomData<K>,
}

/// A text that is not an id of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not an id that begins with `{prefix}_`")]
pub struct NotAnId {
    /// The prefix that was wanted.
    pub prefix: &'static str,
}

impl<K: Kind> Id<K> {
    /// The id with these 128 bits.
    #[must_use]
    pub const fn from_bits(bits: u128) -> Self {
        Self {
            bits,
            kind: std::marker::PhantomData,
        }
    }

    /// Its 128 bits.
    #[must_use]
    pub const fn bits(self) -> u128 {
        self.bits
    }
}

impl<K: Kind> FromStr for Id<K> {
    type Err = NotAnId;

    /// Ignores case and accepts the kind's aliases.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = NotAnId { prefix: K::PREFIX };
        let (prefix, body) = text.split_once('_').ok_or(wrong)?;
        let named = std::iter::once(&K::PREFIX)
            .chain(K::ALIASES)
            .any(|known| known.eq_ignore_ascii_case(prefix));
        let bits = crockford::decode_u128(body).ok_or(wrong)?;
        if named {
            Ok(Self::from_bits(bits))
        } else {
            Err(wrong)
        }
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", K::PREFIX, crockford::encode_u128(self.bits))
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident, $name:ident, $prefix:literal, [$($alias:literal),*];)+) => {$(
        /// Marks ids of this kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind {}

        impl Kind for $kind {
            const PREFIX: &'static str = $prefix;
            const ALIASES: &'static [&'static str] = &[$($alias),*];
            #[cfg(feature = "openapi")]
            const SCHEMA: &'static str = stringify!($name);
        }

        $(#[$doc])*
        pub type $name = Id<$kind>;
    )+};
}

kinds! {
    /// A merchant. The API reference writes `mer_`, the integration guide `merch_`.
    MerchantKind, MerchantId, "mer", ["merch"];
    /// An API key (its row, not its text).
    KeyKind, KeyId, "key", [];
    /// A payment: one amount to collect once.
    PaymentKind, PaymentId, "pay", [];
    /// A payment session. The API reference writes `pses_`, the integration guide `ps_`.
    SessionKind, SessionId, "ps", ["pses"];
    /// One try of a payment at the acquirer.
    AttemptKind, AttemptId, "att", [];
    /// One 3-D Secure challenge of an attempt.
    ChallengeKind, ChallengeId, "chl", [];
    /// An event that a merchant can be told of.
    EventKind, EventId, "evt", [];
    /// A refund: money given back of one payment.
    RefundKind, RefundId, "ref", [];
    /// A customer of a merchant.
    CustomerKind, CustomerId, "cus", [];
    /// A saved card of a customer.
    PaymentMethodKind, PaymentMethodId, "pm", [];
    /// Where a merchant is told of events.
    WebhookEndpointKind, WebhookEndpointId, "we", [];
    /// One event on its way to one endpoint.
    WebhookDeliveryKind, WebhookDeliveryId, "whd", [];
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_is_read_as_it_was_written(bits: u128) {
            let id = PaymentId::from_bits(bits);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            prop_assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = text.parse::<SessionId>();
        }
    }

    #[test]
    fn documents_aliases_name_the_same_thing() {
        let ours: SessionId = "ps_01hx9z3k2mfq7nbvd4cw8ej5rt".parse().unwrap();
        assert_eq!("pses_01HX9Z3K2MFQ7NBVD4CW8EJ5RT".parse(), Ok(ours));
        assert_eq!(ours.to_string(), "ps_01hx9z3k2mfq7nbvd4cw8ej5rt");
    }

    #[test]
    fn another_kind_is_refused() {
        assert!(
            "pay_01hx9z3k2mfq7nbvd4cw8ej5rt"
                .parse::<SessionId>()
                .is_err()
        );
        assert!("ps01hx9z3k2mfq7nbvd4cw8ej5rt".parse::<SessionId>().is_err());
    }
}
