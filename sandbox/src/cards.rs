//! The test cards: which number does what. A table and nothing else; a new behaviour is a new row.

pub use crate::authentication::Authentication;
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
    /// What goes wrong around its payments.
    pub drill: Drill,
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
    /// The issuer speaks version 2 of 3-D Secure: natively where the merchant can, else by the processor's page.
    Native {
        /// Whether it looks at the browser first.
        look: Look,
        /// Whether it asks the payer then.
        meeting: Meeting,
        /// What it says after that.
        verdict: Verdict,
    },
    /// The issuer wants an authentication for what came without one, and passes it with a challenge.
    SoftDecline,
}

/// Whether the bank looks at the payer's browser (EMV 3-D Secure: the 3DS Method).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// There is no such step.
    None,
    /// There is one, and the bank has no page for it.
    NoPage,
    /// It says when it has.
    Answers,
    /// It never says so.
    Silent,
}

/// Whether the bank asks the payer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// No: it knows enough.
    Frictionless(Authentication),
    /// No, and the processor goes on with what came of it although nobody was authenticated.
    OnAnyway(Authentication),
    /// It does.
    Asks,
    /// It does, and its page never takes an answer.
    NeverAnswers,
}

/// What goes wrong around a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drill {
    /// Nothing.
    None,
    /// The answer gets lost, the money is taken, and the notification is late.
    LostAfterCharge,
    /// The request gets lost.
    LostBeforeCharge,
    /// HTTP 500 the first time.
    TroubleOnce,
    /// It is taken later: the answer is `Received`.
    SettlesLater,
    /// Once it is stored, its issuer has sent the shopper another one, which is good for longer.
    Renewed,
    /// A prepaid card that has half of the money.
    HalfApproved,
    /// Its notifications.
    Told(NotificationFault),
    /// What is told after the payment succeeded.
    Followed(&'static str),
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

    /// This card, with something that goes wrong.
    const fn with(self, drill: Drill) -> Self {
        Self { drill, ..self }
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
    let off_session = match behaviour {
        Immediate(verdict) | Challenge(verdict) | Native { verdict, .. } => verdict,
        SoftDecline => Approved,
    };
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
        drill: Drill::None,
    }
}

/// An approved card of an issuer that speaks version 2 of 3-D Secure.
const fn native(number: &'static str, look: Look, meeting: Meeting) -> TestCard {
    let behaviour = Native {
        look,
        meeting,
        verdict: Approved,
    };
    row(number, Visa, behaviour)
}

use crate::faults::NotificationFault;
use Behaviour::{Challenge, Immediate, Native, SoftDecline};
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

    native("4000003520000106", Look::Answers, Meeting::Frictionless(Authentication::Passed)),
    native("4000003520000205", Look::NoPage,  Meeting::Frictionless(Authentication::Attempted)),
    native("4000003520000304", Look::None,    Meeting::Frictionless(Authentication::Failed)),
    native("4000003520000403", Look::None,    Meeting::Frictionless(Authentication::Rejected)),
    native("4000003520000502", Look::Answers, Meeting::Frictionless(Authentication::Unavailable)),
    native("4000000000003055", Look::Answers, Meeting::Frictionless(Authentication::Passed)),
    native("4000000000003097", Look::None,    Meeting::OnAnyway(Authentication::Unavailable)),
    native("4000003520000601", Look::Silent,  Meeting::Asks),
    native("4000003520000700", Look::None,    Meeting::NeverAnswers),
    native("4000003520000809", Look::Answers, Meeting::Asks),
    row("4000003520000908", Visa, SoftDecline),

    row("4000003520001104", Visa, Immediate(Approved)).with(Drill::LostAfterCharge),
    row("4000003520001203", Visa, Immediate(Approved)).with(Drill::LostBeforeCharge),
    row("4000003520001302", Visa, Immediate(Approved)).with(Drill::TroubleOnce),
    row("4000003520001401", Visa, Immediate(Approved)).with(Drill::SettlesLater),
    row("4000003520001419", Visa, Challenge(Approved)).with(Drill::SettlesLater),
    row("4000003520001500", Visa, Immediate(Approved)).with(Drill::Followed("CAPTURE_FAILED")),
    row("4000003520001609", Visa, Immediate(Approved)).with(Drill::Told(NotificationFault::Thrice)),
    row("4000003520001708", Visa, Immediate(Approved)).with(Drill::Told(NotificationFault::OutOfOrder)),
    row("4000003520002300", Visa, Immediate(Approved)).with(Drill::HalfApproved),
    row("4000003520002607", Visa, Immediate(Approved)).with(Drill::Told(NotificationFault::BadSignatureOnce)),
    row("4000000000000259", Visa, Immediate(Approved)).with(Drill::Followed("CHARGEBACK")),
    row("4000000000001976", Visa, Immediate(Approved)).with(Drill::Followed("REQUEST_FOR_INFORMATION")),
    row("4000000000005423", Visa, Immediate(Approved)).with(Drill::Followed("NOTIFICATION_OF_FRAUD")),
    row("4000003520002409", Visa, Immediate(Approved))
        .when_stored(Immediate(Refused(Refusal::BLOCKED)), Refused(Refusal::BLOCKED)),
    row("4000003520002508", Visa, Immediate(Approved)).with(Drill::Renewed),

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
