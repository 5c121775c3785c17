//! Expiry dates as payers type them, judged against a day that is passed in.

use std::fmt;

/// Month and year a card is valid through, the whole month included.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Expiry {
    month: u8,
    year: u16,
}

/// Why a text is not an expiry date of a card that works today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpiryError {
    /// Nothing typed.
    #[error("no expiry date")]
    Empty,
    /// Month or year is missing.
    #[error("the expiry date is not complete")]
    Incomplete,
    /// There is no such month, or the year is not in any card's reach.
    #[error("the expiry date is not right")]
    Invalid,
    /// The month is over.
    #[error("the card has expired")]
    Past,
}

/// Cards are issued for at most this many years (card-validator's limit too).
const FURTHEST_YEARS: u16 = 19;

impl Expiry {
    /// Reads `MM / YY`, also `M/YY`, `MMYY`, `MM/YYYY` and `YYYY-MM`, on a day in `today`'s (year, month).
    ///
    /// # Errors
    ///
    /// [`ExpiryError`].
    pub fn parse(text: &str, today: (u16, u8)) -> Result<Self, ExpiryError> {
        let (month, year) = split(text)?;
        let expiry = Self {
            month: month.parse().map_err(|_| ExpiryError::Invalid)?,
            year: full_year(&year, today.0)?,
        };
        if !(1..=12).contains(&expiry.month) || expiry.year > today.0 + FURTHEST_YEARS {
            Err(ExpiryError::Invalid)
        } else if (expiry.year, expiry.month) < today {
            Err(ExpiryError::Past)
        } else {
            Ok(expiry)
        }
    }

    /// 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// With its century.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }
}

impl fmt::Debug for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Expiry(…)")
    }
}

fn split(text: &str) -> Result<(String, String), ExpiryError> {
    let groups: Vec<String> = text
        .split(|char: char| !char.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .map(str::to_owned)
        .collect();
    match groups.as_slice() {
        [] if text.trim().is_empty() => Err(ExpiryError::Empty),
        [] => Err(ExpiryError::Invalid),
        [one] => match one.len() {
            3 if !one.starts_with(['0', '1']) => Ok(parted(one, 1)),
            4 | 6 => Ok(parted(one, 2)),
            0..=3 | 5 => Err(ExpiryError::Incomplete),
            _ => Err(ExpiryError::Invalid),
        },
        [year, month] if year.len() == 4 => Ok((month.clone(), year.clone())),
        [month, year] if month.len() <= 2 => match year.len() {
            2 | 4 => Ok((month.clone(), year.clone())),
            1 | 3 => Err(ExpiryError::Incomplete),
            _ => Err(ExpiryError::Invalid),
        },
        _ => Err(ExpiryError::Invalid),
    }
}

fn parted(digits: &str, at: usize) -> (String, String) {
    let (month, year) = digits.split_at_checked(at).unwrap_or((digits, ""));
    (month.to_owned(), year.to_owned())
}

fn full_year(year: &str, this_year: u16) -> Result<u16, ExpiryError> {
    let number: u16 = year.parse().map_err(|_| ExpiryError::Invalid)?;
    Ok(if year.len() == 2 {
        this_year / 100 * 100 + number
    } else {
        number
    })
}

/// `text` as it stands on a card while it is typed: `1` stays, `5` becomes `05`, the slash comes with the year.
///
/// The slash is only added when a digit of the year follows, so that backspace never fights it.
#[must_use]
pub fn formatted(text: &str) -> String {
    let has_separator = text
        .trim_start()
        .contains(|char: char| !char.is_ascii_digit());
    let groups: Vec<&str> = text
        .split(|char: char| !char.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let (month, year) = match groups.as_slice() {
        [] => return String::new(),
        [year, month, ..] if year.len() == 4 => ((*month).to_owned(), (*year).to_owned()),
        [month, year, ..] => ((*month).to_owned(), (*year).to_owned()),
        [one] => {
            let at = match one.as_bytes() {
                [b'2'..=b'9', ..] => 1,
                _ => one.len().min(2),
            };
            parted(one, at)
        }
    };
    let month = match month.as_bytes() {
        [digit @ b'2'..=b'9'] => format!("0{}", char::from(*digit)),
        [digit @ b'1'] if has_separator => format!("0{}", char::from(*digit)),
        _ => month.chars().take(2).collect(),
    };
    let year: String = match year.as_bytes() {
        [_, _, third, fourth, ..] => [*third, *fourth].map(char::from).iter().collect(),
        // A third digit belongs to a year such as 2030 that is being typed, or is one too many.
        [first, second, _] if [*first, *second] != *b"20" => {
            [*first, *second].map(char::from).iter().collect()
        }
        _ => year,
    };
    if year.is_empty() {
        month
    } else {
        format!("{month} / {year}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: (u16, u8) = (2026, 11);

    #[test]
    fn dates_are_read_in_every_usual_form() {
        for text in [
            "12 / 30", "12/30", "1230", "12/2030", "2030-12", "12-30", "122030",
        ] {
            let expiry = Expiry::parse(text, TODAY).unwrap();
            assert_eq!((expiry.month(), expiry.year()), (12, 2030), "{text}");
        }
        assert_eq!(Expiry::parse("5/27", TODAY).unwrap().month(), 5);
    }

    #[test]
    fn a_card_is_valid_through_its_month() {
        assert!(Expiry::parse("11/26", TODAY).is_ok());
        assert_eq!(Expiry::parse("10/26", TODAY), Err(ExpiryError::Past));
    }

    #[test]
    fn other_texts_say_what_is_wrong() {
        for (text, error) in [
            ("", ExpiryError::Empty),
            ("1", ExpiryError::Incomplete),
            ("12 / 3", ExpiryError::Incomplete),
            ("13/30", ExpiryError::Invalid),
            ("00/30", ExpiryError::Invalid),
            ("12/99", ExpiryError::Invalid),
            ("ab/cd", ExpiryError::Invalid),
            ("12/30/01", ExpiryError::Invalid),
        ] {
            assert_eq!(Expiry::parse(text, TODAY), Err(error), "{text}");
        }
    }

    #[test]
    fn typing_is_formatted_as_on_the_card() {
        for (typed, shown) in [
            ("1", "1"),
            ("5", "05"),
            ("12", "12"),
            ("123", "12 / 3"),
            ("1230", "12 / 30"),
            ("12 / 30", "12 / 30"),
            ("1/", "01"),
            ("12/2030", "12 / 30"),
            ("2030-12", "12 / 30"),
            ("530", "05 / 30"),
            ("", ""),
        ] {
            assert_eq!(formatted(typed), shown, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics_and_formatting_settles(text in "[0-9/ a.-]{0,9}") {
            let _ = Expiry::parse(&text, TODAY);
            let once = formatted(&text);
            prop_assert_eq!(formatted(&once), once);
        }
    }
}
