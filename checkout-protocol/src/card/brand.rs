//! Which brand a number belongs to, and what follows from it: lengths, gaps, code.
//!
//! Source of the ranges: the open reference `credit-card-type` 10.3.0, without brands that are not issued in Europe
//! (their ranges overlap Maestro and Discover). `tests/brand_ranges.rs` compares prefix by prefix.

use serde::{Deserialize, Serialize};

/// A card brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the brands are their own names")]
pub enum Brand {
    Visa,
    Mastercard,
    Amex,
    Diners,
    Discover,
    Jcb,
    Unionpay,
    Maestro,
}

/// Numbers whose first digits lie between two prefixes of the same length, both included.
#[derive(Clone, Copy)]
struct Range {
    from: u32,
    to: u32,
    digits: usize,
}

const fn range(from: u32, to: u32) -> Range {
    Range {
        from,
        to,
        digits: decimal_places(from),
    }
}

const fn prefix(value: u32) -> Range {
    range(value, value)
}

const fn decimal_places(value: u32) -> usize {
    value.ilog10() as usize + 1
}

const VISA: &[Range] = &[prefix(4)];
const MASTERCARD: &[Range] = &[
    range(51, 55),
    range(2221, 2229),
    range(223, 229),
    range(23, 26),
    range(270, 271),
    prefix(2720),
];
const AMEX: &[Range] = &[prefix(34), prefix(37)];
const DINERS: &[Range] = &[range(300, 305), prefix(36), prefix(38), prefix(39)];
const DISCOVER: &[Range] = &[prefix(6011), range(644, 649), prefix(65)];
const JCB: &[Range] = &[prefix(2131), prefix(1800), range(3528, 3589)];
const UNIONPAY: &[Range] = &[
    prefix(620),
    range(62_100, 62_182),
    range(62_184, 62_187),
    range(62_185, 62_197),
    range(62_200, 62_205),
    range(622_010, 622_999),
    prefix(622_018),
    range(62_207, 62_209),
    range(623, 626),
    prefix(6270),
    prefix(6272),
    prefix(6276),
    range(627_700, 627_779),
    range(627_781, 627_799),
    range(6282, 6289),
    prefix(6291),
    prefix(6292),
    prefix(810),
    range(8110, 8131),
    range(8132, 8151),
    range(8152, 8163),
    range(8164, 8171),
];
const MAESTRO: &[Range] = &[
    prefix(493_698),
    range(500_000, 504_174),
    range(504_176, 506_698),
    range(506_779, 508_999),
    range(56, 59),
    prefix(63),
    prefix(67),
    prefix(6),
];

/// What digits say about one brand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// It is not this brand.
    Excluded,
    /// More digits are needed.
    Open,
    /// So many digits speak for it.
    Digits(usize),
}

impl Brand {
    /// Every brand.
    pub const ALL: [Self; 8] = [
        Self::Visa,
        Self::Mastercard,
        Self::Amex,
        Self::Diners,
        Self::Discover,
        Self::Jcb,
        Self::Unionpay,
        Self::Maestro,
    ];

    /// The brand of a number of which `digits` have been typed; `None` while it is open or when it is none of ours.
    ///
    /// Where one brand only is possible it is known at once. Among several, the longest matching range wins, once
    /// every brand still possible has enough digits to be judged.
    #[must_use]
    pub fn of(digits: &str) -> Option<Self> {
        if digits.is_empty() {
            return None;
        }
        let mut possible = Self::ALL
            .into_iter()
            .map(|brand| (brand.likeness(digits), brand))
            .filter(|(likeness, _)| *likeness != Likeness::Excluded);
        let first = possible.next()?;
        let rest: Vec<_> = possible.collect();
        if rest.is_empty() {
            return Some(first.1);
        }
        let mut best: Option<(usize, Self)> = None;
        for (likeness, brand) in std::iter::once(first).chain(rest) {
            let Likeness::Digits(strength) = likeness else {
                return None;
            };
            if best.is_none_or(|(other, _)| strength >= other) {
                best = Some((strength, brand));
            }
        }
        best.map(|(_, brand)| brand)
    }

    /// The brand that the acquirer names so; `None` for one that is none of ours.
    #[must_use]
    pub fn from_acquirer(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|brand| brand.acquirer_name() == name)
    }

    /// What the acquirer calls it.
    #[must_use]
    pub const fn acquirer_name(self) -> &'static str {
        match self {
            Self::Visa => "visa",
            Self::Mastercard => "mc",
            Self::Amex => "amex",
            Self::Diners => "diners",
            Self::Discover => "discover",
            Self::Jcb => "jcb",
            Self::Unionpay => "cup",
            Self::Maestro => "maestro",
        }
    }

    fn likeness(self, digits: &str) -> Likeness {
        let range = self
            .ranges()
            .iter()
            .find(|range| range.may_begin_with(digits));
        match range {
            None => Likeness::Excluded,
            Some(range) if digits.len() >= range.digits => Likeness::Digits(range.digits),
            Some(_) => Likeness::Open,
        }
    }

    const fn ranges(self) -> &'static [Range] {
        match self {
            Self::Visa => VISA,
            Self::Mastercard => MASTERCARD,
            Self::Amex => AMEX,
            Self::Diners => DINERS,
            Self::Discover => DISCOVER,
            Self::Jcb => JCB,
            Self::Unionpay => UNIONPAY,
            Self::Maestro => MAESTRO,
        }
    }

    /// The numbers of digits its cards have, in rising order.
    #[must_use]
    pub const fn lengths(self) -> &'static [usize] {
        match self {
            Self::Visa => &[16, 18, 19],
            Self::Mastercard => &[16],
            Self::Amex => &[15],
            Self::Diners => &[14, 16, 19],
            Self::Discover => &[16, 19],
            Self::Jcb => &[16, 17, 18, 19],
            Self::Unionpay => &[14, 15, 16, 17, 18, 19],
            Self::Maestro => &[12, 13, 14, 15, 16, 17, 18, 19],
        }
    }

    /// After how many digits a gap is printed on the card.
    #[must_use]
    pub const fn gaps(self) -> &'static [usize] {
        match self {
            Self::Amex | Self::Diners => &[4, 10],
            Self::Visa
            | Self::Mastercard
            | Self::Discover
            | Self::Jcb
            | Self::Unionpay
            | Self::Maestro => DEFAULT_GAPS,
        }
    }

    /// How many digits its security code has.
    #[must_use]
    pub const fn security_code_digits(self) -> usize {
        match self {
            Self::Amex => 4,
            Self::Visa
            | Self::Mastercard
            | Self::Diners
            | Self::Discover
            | Self::Jcb
            | Self::Unionpay
            | Self::Maestro => 3,
        }
    }

    /// What the brand calls its security code.
    #[must_use]
    pub const fn security_code_name(self) -> &'static str {
        match self {
            Self::Visa | Self::Diners | Self::Jcb => "CVV",
            Self::Mastercard | Self::Maestro => "CVC",
            Self::Amex | Self::Discover => "CID",
            Self::Unionpay => "CVN",
        }
    }

    /// Whether its numbers end in a Luhn check digit. Those of `Unionpay` need not.
    #[must_use]
    pub const fn has_check_digit(self) -> bool {
        !matches!(self, Self::Unionpay)
    }

    /// Its name as payers know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visa => "Visa",
            Self::Mastercard => "Mastercard",
            Self::Amex => "American Express",
            Self::Diners => "Diners Club",
            Self::Discover => "Discover",
            Self::Jcb => "JCB",
            Self::Unionpay => "UnionPay",
            Self::Maestro => "Maestro",
        }
    }
}

/// The gaps of a card whose brand is not known yet.
pub const DEFAULT_GAPS: &[usize] = &[4, 8, 12];

impl Range {
    fn may_begin_with(self, digits: &str) -> bool {
        let known = digits.len().min(self.digits);
        let Some(Ok(typed)) = digits.get(..known).map(str::parse::<u32>) else {
            return digits.is_empty();
        };
        let cut = 10_u32.pow(u32::try_from(self.digits - known).unwrap_or_default());
        (self.from / cut..=self.to / cut).contains(&typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_brand_is_known_by_one_name_of_the_acquirer() {
        let names = [
            "visa", "mc", "amex", "diners", "discover", "jcb", "cup", "maestro",
        ];
        assert_eq!(names.map(Brand::from_acquirer), Brand::ALL.map(Some));
        assert_eq!(Brand::ALL.map(Brand::acquirer_name), names);
        assert_eq!(Brand::from_acquirer("Visa"), None);
    }

    #[test]
    fn boundaries_of_the_ranges_hold() {
        for (digits, brand) in [
            ("", None),
            ("4", None),
            ("42", Some(Brand::Visa)),
            ("222099", None),
            ("222100", Some(Brand::Mastercard)),
            ("272099", Some(Brand::Mastercard)),
            ("272100", None),
            ("34", Some(Brand::Amex)),
            ("306", None),
            ("3590", None),
            ("622126", Some(Brand::Unionpay)),
            ("8172", None),
            ("493698", Some(Brand::Maestro)),
        ] {
            assert_eq!(Brand::of(digits), brand, "{digits}");
        }
    }
}
