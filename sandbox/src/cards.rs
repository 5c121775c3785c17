//! The test cards: which number does what. A table and nothing else; a new behaviour is a new row.

/// One card that test mode knows.
#[derive(Clone, Copy, Debug)]
pub struct TestCard {
    /// Digits only.
    pub number: &'static str,
    /// Whose card it is.
    pub brand: Brand,
    /// What happens when it is charged.
    pub behaviour: Behaviour,
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
}

/// What happens when a card is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// The issuer answers at once.
    Immediate(Verdict),
    /// The issuer wants a 3-D Secure challenge first; this is what it says after the payer passed it.
    Challenge(Verdict),
}

/// The issuer's word on a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The money is taken.
    Approved,
    /// It is not.
    Refused(Refusal),
}

/// Why a charge is refused: the contract's reason code with its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `refusalReasonCode`.
    pub code: &'static str,
    /// `refusalReason`.
    pub reason: &'static str,
}

impl Refusal {
    /// A decline without a stated cause.
    pub const DECLINED: Self = Self {
        code: "2",
        reason: "Refused",
    };
    /// Something failed between processor and issuer; may be tried again.
    pub const ACQUIRER_ERROR: Self = Self {
        code: "4",
        reason: "Acquirer Error",
    };
    /// Lost or stolen.
    pub const BLOCKED: Self = Self {
        code: "5",
        reason: "Blocked Card",
    };
    /// The expiry date has passed, or the issuer says so.
    pub const EXPIRED: Self = Self {
        code: "6",
        reason: "Expired Card",
    };
    /// Well-formed, but not in the table: perhaps a real card, which has no business here.
    pub const UNLISTED: Self = Self {
        code: "8",
        reason: "Unlisted test card",
    };
    /// The issuer does not answer; may be tried again.
    pub const ISSUER_UNAVAILABLE: Self = Self {
        code: "9",
        reason: "Issuer Unavailable",
    };
    /// The payer failed the challenge, or the issuer refused it.
    pub const NOT_AUTHENTICATED: Self = Self {
        code: "11",
        reason: "3D Not Authenticated",
    };
    /// Insufficient funds.
    pub const NOT_ENOUGH_BALANCE: Self = Self {
        code: "12",
        reason: "Not enough balance",
    };
    /// The payer pressed *Cancel* at the bank.
    pub const SHOPPER_CANCELLED: Self = Self {
        code: "16",
        reason: "Shopper Cancelled",
    };
    /// The security code is wrong.
    pub const CVC_DECLINED: Self = Self {
        code: "24",
        reason: "CVC Declined",
    };
    /// Not usable for this kind of purchase.
    pub const RESTRICTED: Self = Self {
        code: "25",
        reason: "Restricted Card",
    };
    /// Too many charges in too short a time.
    pub const COUNT_EXCEEDED: Self = Self {
        code: "29",
        reason: "Withdrawal count exceeded",
    };
    /// The challenge could not be carried out.
    pub const AUTHENTICATION_ERROR: Self = Self {
        code: "42",
        reason: "3DS Authentication Error",
    };
}

impl Brand {
    /// The name on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Visa => "visa",
            Self::Mastercard => "mc",
            Self::AmericanExpress => "amex",
        }
    }

    /// The name on a page.
    pub fn display_name(self) -> &'static str {
        match self {
            Self::Visa => "Visa",
            Self::Mastercard => "Mastercard",
            Self::AmericanExpress => "American Express",
        }
    }

    /// Digits of the security code.
    pub fn security_code_digits(self) -> usize {
        match self {
            Self::Visa | Self::Mastercard => 3,
            Self::AmericanExpress => 4,
        }
    }
}

/// The card with this number, if test mode knows it.
pub fn find(number: &str) -> Option<&'static TestCard> {
    TEST_CARDS.iter().find(|card| card.number == number)
}

const fn row(number: &'static str, brand: Brand, behaviour: Behaviour) -> TestCard {
    TestCard {
        number,
        brand,
        behaviour,
    }
}

use Behaviour::{Challenge, Immediate};
use Brand::{AmericanExpress, Mastercard, Visa};
use Verdict::{Approved, Refused};

/// Every card of test mode.
#[rustfmt::skip]
pub const TEST_CARDS: &[TestCard] = &[
    row("4242424242424242", Visa,            Immediate(Approved)),
    row("5555555555554444", Mastercard,      Immediate(Approved)),
    row("2223003122003222", Mastercard,      Immediate(Approved)),
    row("378282246310005",  AmericanExpress, Immediate(Approved)),

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
    fn an_unlisted_number_is_not_found() {
        assert!(find("4111111111111111").is_none());
    }
}
