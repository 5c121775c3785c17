//! The test cards: which number does what. A table and nothing else; a new behaviour is a new row.

pub use crate::refusal::Refusal;

/// One card that test mode knows. Its `Debug` shows the last four digits only.
#[derive(Clone, Copy)]
pub struct TestCard {
    /// Digits only.
    pub number: &'static str,
    /// Whose card it is.
    pub brand: Brand,
    /// Whose it is, too: the payer may choose this brand instead.
    pub second_brand: Option<Brand>,
    /// What happens when it is typed in.
    pub behaviour: Behaviour,
    /// What happens when it was stored and is charged again.
    pub stored: StoredBehaviour,
    /// What becomes of money given back to it.
    pub refunds: RefundBehaviour,
}

/// A card brand, as far as the processor's answers name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brand {
    /// Visa.
    Visa,
    /// Mastercard.
    Mastercard,
    /// American Express, whose security code has four digits.
    AmericanExpress,
    /// UnionPay.
    UnionPay,
    /// Discover.
    Discover,
}

/// What happens when a card is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// The issuer answers at once.
    Immediate(Verdict),
    /// The issuer wants a 3-D Secure challenge first; this is what it says after the payer passed it.
    Challenge(Verdict),
}

/// What happens when a stored card is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredBehaviour {
    /// On session: the payer is there and can be asked.
    pub on_session: Behaviour,
    /// Off session: the merchant charges alone, so there is no challenge.
    pub off_session: Verdict,
}

/// What becomes of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundBehaviour {
    /// It succeeds at once.
    AtOnce,
    /// It is pending until somebody says what became of it.
    OnceTold,
    /// It is told as succeeded and then as failed: the money stays with the merchant.
    FailsAfterwards,
}

/// The issuer's word on a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The money is taken.
    Approved,
    /// It is not.
    Refused(Refusal),
}

impl Brand {
    /// The name on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Visa => "visa",
            Self::Mastercard => "mc",
            Self::AmericanExpress => "amex",
            Self::UnionPay => "cup",
            Self::Discover => "discover",
        }
    }

    /// The name on a page.
    pub fn display_name(self) -> &'static str {
        match self {
            Self::Visa => "Visa",
            Self::Mastercard => "Mastercard",
            Self::AmericanExpress => "American Express",
            Self::UnionPay => "UnionPay",
            Self::Discover => "Discover",
        }
    }

    /// Digits of the security code.
    pub fn security_code_digits(self) -> usize {
        match self {
            Self::Visa | Self::Mastercard | Self::UnionPay | Self::Discover => 3,
            Self::AmericanExpress => 4,
        }
    }
}

impl TestCard {
    /// The part of the number that may be shown.
    pub fn last_four(&self) -> &'static str {
        &self.number[self.number.len() - 4..]
    }

    /// This card, with another behaviour once it is stored.
    const fn when_stored(self, on_session: Behaviour, off_session: Verdict) -> Self {
        let stored = StoredBehaviour {
            on_session,
            off_session,
        };
        Self { stored, ..self }
    }

    /// This card, with a second brand that the payer may choose.
    const fn or(self, second: Brand) -> Self {
        Self {
            second_brand: Some(second),
            ..self
        }
    }

    /// This card, with another behaviour of its refunds.
    const fn when_refunded(self, refunds: RefundBehaviour) -> Self {
        Self { refunds, ..self }
    }
}

impl std::fmt::Debug for TestCard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_tuple("TestCard")
            .field(&self.last_four())
            .finish()
    }
}

/// The card with this number, if test mode knows it.
pub fn find(number: &str) -> Option<&'static TestCard> {
    TEST_CARDS.iter().find(|card| card.number == number)
}

/// A card whose issuer says about a stored charge what it says about a typed one. It asks for no challenge when the
/// payer is not there: the payer passed it when the card was stored.
const fn row(number: &'static str, brand: Brand, behaviour: Behaviour) -> TestCard {
    let (Immediate(off_session) | Challenge(off_session)) = behaviour;
    TestCard {
        number,
        brand,
        second_brand: None,
        behaviour,
        stored: StoredBehaviour {
            on_session: behaviour,
            off_session,
        },
        refunds: RefundBehaviour::AtOnce,
    }
}

use Behaviour::{Challenge, Immediate};
use Brand::{AmericanExpress, Discover, Mastercard, UnionPay, Visa};
use RefundBehaviour::{FailsAfterwards, OnceTold};
use Verdict::{Approved, Refused};

/// Every card of test mode.
#[rustfmt::skip]
pub const TEST_CARDS: &[TestCard] = &[
    row("4242424242424242", Visa,            Immediate(Approved)),
    row("5555555555554444", Mastercard,      Immediate(Approved)),
    row("2223003122003222", Mastercard,      Immediate(Approved)),
    row("378282246310005",  AmericanExpress, Immediate(Approved)),
    row("6223000000000016", UnionPay,        Immediate(Approved)).or(Discover),

    row("4000000000000002", Visa, Immediate(Refused(Refusal::DECLINED))),
    row("4000000000009995", Visa, Immediate(Refused(Refusal::NOT_ENOUGH_BALANCE))),
    row("4000000000009987", Visa, Immediate(Refused(Refusal::BLOCKED))),
    row("4000000000009979", Visa, Immediate(Refused(Refusal::BLOCKED))),
    row("4000000000000069", Visa, Immediate(Refused(Refusal::EXPIRED))),
    row("4000000000000127", Visa, Immediate(Refused(Refusal::CVC_DECLINED))),
    row("4000000000000119", Visa, Immediate(Refused(Refusal::ACQUIRER_ERROR))),
    row("4000000000006975", Visa, Immediate(Refused(Refusal::COUNT_EXCEEDED))),
    row("4000003520002102", Visa, Immediate(Refused(Refusal::ISSUER_UNAVAILABLE))),
    row("4000003520002201", Visa, Immediate(Refused(Refusal::RESTRICTED))),
    row("4000008400001280", Visa, Immediate(Refused(Refusal::AUTHENTICATION_ERROR))),

    row("4000002500003155", Visa, Challenge(Approved)),
    row("4000000000003220", Visa, Challenge(Approved)),
    row("4000008400001629", Visa, Challenge(Refused(Refusal::DECLINED))),
    row("4000008260003178", Visa, Challenge(Refused(Refusal::NOT_ENOUGH_BALANCE))),

    row("4000003800000446", Visa, Challenge(Approved))
        .when_stored(Challenge(Approved), Approved),
    row("4000002760003184", Visa, Challenge(Approved))
        .when_stored(Challenge(Approved), Refused(Refusal::AUTHENTICATION_REQUIRED)),
    row("4000000000000341", Visa, Immediate(Approved))
        .when_stored(Immediate(Refused(Refusal::DECLINED)), Refused(Refusal::DECLINED)),

    row("4000000000007726", Visa, Immediate(Approved)).when_refunded(OnceTold),
    row("4000000000005126", Visa, Immediate(Approved)).when_refunded(FailsAfterwards),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_number_is_a_well_formed_card_number() {
        for card in TEST_CARDS {
            let payload = serde_json::json!({
                "number": card.number, "expiryMonth": "03", "expiryYear": "2030", "cvc": "737",
            });

            let read = crate::card::Card::from_json(payload.to_string().as_bytes());

            assert!(read.is_ok(), "{}", card.number);
        }
    }

    #[test]
    fn no_number_is_listed_twice() {
        let numbers: std::collections::BTreeSet<_> =
            TEST_CARDS.iter().map(|card| card.number).collect();

        assert_eq!(numbers.len(), TEST_CARDS.len());
    }

    #[test]
    fn debug_shows_no_number() {
        for card in TEST_CARDS {
            assert_eq!(
                format!("{card:?}"),
                format!("TestCard({:?})", card.last_four())
            );
        }
    }

    #[test]
    fn an_unlisted_number_is_not_found() {
        assert!(find("4111111111111111").is_none());
    }
}
