//! Cards that carry two brands, between which the payer may choose (Regulation (EU) 2015/751, article 8(6)).
//!
//! The table has the ranges whose second brand follows from the number alone. Where only the issuer's records tell, the
//! first brand is charged.

use crate::card::brand::Brand;

/// First and last six digits of a range, and its brands: the one that is charged unless the payer chooses the other.
const CO_BADGED: &[(u32, u32, [Brand; 2])] = &[
    // Discover's network takes UnionPay's cards of this range as its own; the open reference `credit-card-type` listed
    // it under both brands for years.
    (622_126, 622_925, [Brand::Unionpay, Brand::Discover]),
];

const DIGITS: usize = 6;

/// The two brands of a card of whose number `digits` have been typed; `None` for a card with one brand, and while too
/// few digits are known.
#[must_use]
pub fn brands(digits: &str) -> Option<[Brand; 2]> {
    let start: u32 = digits.get(..DIGITS)?.parse().ok()?;
    CO_BADGED
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&start))
        .map(|(_, _, brands)| *brands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_ranges_have_two_brands() {
        let both = Some([Brand::Unionpay, Brand::Discover]);
        for (digits, expected) in [
            ("", None),
            ("62212", None),
            ("622125", None),
            ("622126", both),
            ("6229250000000000", both),
            ("622926", None),
            ("424242", None),
            ("62212x", None),
            ("62212é", None),
        ] {
            assert_eq!(brands(digits), expected, "{digits}");
        }
    }

    #[test]
    fn the_first_brand_is_the_one_that_the_number_is_known_by() {
        for (first, last, [brand, other]) in CO_BADGED {
            assert_ne!(brand, other);
            for start in *first..=*last {
                assert_eq!(Brand::of(&start.to_string()), Some(*brand), "{start}");
            }
        }
    }
}
