//! The month after which a card is no good any more.

use zeroize::Zeroize;

/// Year and month. A later expiry is a greater value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Zeroize)]
pub(crate) struct Expiry {
    year: u16,
    /// 1 to 12.
    month: u8,
}

impl Expiry {
    /// Reads a year of four digits and a month of one or two.
    pub(crate) fn parse(month: &str, year: &str) -> Option<Self> {
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || !all_digits(year) || !all_digits(month) {
            return None;
        }
        let month: u8 = month
            .parse()
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        let year = year.parse().ok()?;
        Some(Self { year, month })
    }

    /// That of the card which an issuer sends in place of this one.
    pub(crate) const fn renewed(self) -> Self {
        Self {
            year: self.year + 4,
            ..self
        }
    }

    /// A card is good to the end of the month printed on it.
    pub(crate) fn passed(self, (year, month): (u16, u8)) -> bool {
        (self.year, self.month) < (year, month)
    }

    /// As payments carry it: `3/2030`.
    pub(crate) fn date(self) -> String {
        format!("{}/{}", self.month, self.year)
    }

    /// As stored payment methods carry it: `03`.
    pub(crate) fn month(self) -> String {
        format!("{:02}", self.month)
    }

    /// As stored payment methods carry it: `30` for 2030.
    pub(crate) fn short_year(self) -> String {
        format!("{:02}", self.year % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_good_to_the_end_of_its_month() {
        let expiry = Expiry::parse("3", "2030").unwrap();

        assert!(!expiry.passed((2030, 3)));
        assert!(expiry.passed((2030, 4)));
        assert!(expiry.passed((2031, 1)));
    }

    #[test]
    fn the_contract_writes_it_in_two_ways() {
        let expiry = Expiry::parse("03", "2030").unwrap();

        assert_eq!(expiry.date(), "3/2030");
        assert_eq!(
            (expiry.month(), expiry.short_year()),
            ("03".into(), "30".into())
        );
    }
}
