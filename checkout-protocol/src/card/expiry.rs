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
#[must_use]
pub fn formatted(text: &str) -> String {
    edited(text, text.chars().count()).0
}

/// `text` as it stands on a card while it is typed, and the caret in it, both counted in characters.
///
/// The slash is only added when a digit of the year follows, so that backspace never fights it. Who edits one of the two
/// changes that one alone: a month keeps its single digit until its other one is typed, a year stays when the month before
/// it is deleted, a digit too many pushes out the last of its own group, and one typed behind a whole month begins the year.
#[must_use]
pub fn edited(text: &str, caret: usize) -> (String, usize) {
    let is_at_the_end = caret >= text.chars().count();
    let mut digits = vec![];
    // How many digits are the month, if anything says so; whether something has stood between the last digit and here.
    let (mut gap, mut is_apart) = (None, false);
    let (mut before, mut is_behind) = (usize::MAX, false);
    for (place, char) in text.chars().enumerate() {
        if place == caret {
            (before, is_behind) = (digits.len(), is_apart);
        }
        if !char.is_ascii_digit() {
            is_apart |= char != ' ' || !digits.is_empty();
            // The month was deleted in front of it.
            if char == '/' && digits.is_empty() {
                gap = Some(0);
            }
            continue;
        }
        match gap {
            None if is_apart && !digits.is_empty() => gap = Some(digits.len()),
            Some(gap) if is_apart && digits.len() > gap => break,
            _ => {}
        }
        is_apart = false;
        digits.push(char);
        // Two dates would be more than anybody types.
        if digits.len() == 16 {
            break;
        }
    }
    if digits.is_empty() {
        return (String::new(), 0);
    }
    let count = digits.len();
    let mut before = before.min(count);
    let has_separator = gap.is_some() || is_apart;
    let mut month = match gap {
        // The year first, as programs write dates.
        Some(4) => {
            digits.rotate_left(4);
            count - 4
        }
        Some(0) if count > 2 && digits[..2] != ['2', '0'] => count.min(2),
        Some(gap) => gap,
        None if digits[0] > '1' => 1,
        None => count.min(2),
    };
    let mut is_in_year =
        count > month && (before > month || before == month && (is_behind || gap.is_none()));
    while month > 2 {
        month -= 1;
        if is_in_year {
            digits.remove(month);
            before -= 1;
        } else if before <= 2 {
            digits.remove(month);
        } else if month == 2 {
            is_in_year = true;
        }
    }
    let is_short = month == 1 && (digits[0] > '1' || digits[0] == '1' && has_separator);
    if is_at_the_end && is_short {
        digits.insert(0, '0');
        month = 2;
    }
    if digits.len() > month + 3 {
        digits.drain(month..month + 2);
        if is_in_year {
            before = before.saturating_sub(2).max(month);
        }
    }
    // A third digit belongs to a year such as 2030 that is being typed, or is one too many.
    if digits.len() > month + 2
        && (digits.len() > month + 3 || digits[month..month + 2] != ['2', '0'])
    {
        digits.truncate(month + 2);
    }
    let mut shown = String::new();
    for (place, digit) in digits.iter().enumerate() {
        if place == month {
            shown.push_str(" / ");
        }
        shown.push(*digit);
    }
    let caret = match before.min(digits.len()) {
        _ if is_at_the_end => shown.len(),
        before if is_in_year => before + 3,
        before => before.min(month),
    };
    let caret = caret.min(shown.len());
    (shown, caret)
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

    /// `|` is the caret.
    fn caret(typed: &str) -> String {
        let place = typed.find('|').unwrap();
        let (mut text, caret) = edited(&typed.replace('|', ""), place);
        text.insert(caret, '|');
        text
    }

    #[test]
    fn who_edits_one_of_the_two_changes_that_one_alone() {
        for (typed, shown) in [
            // The month, digit by digit.
            ("1| / 30", "1| / 30"),
            ("11| / 30", "11| / 30"),
            ("5| / 30", "5| / 30"),
            ("| / 27", "| / 27"),
            ("0| / 27", "0| / 27"),
            ("|2 / 30", "|2 / 30"),
            // One too many pushes out the last, or begins the year.
            ("0|12 / 30", "0|1 / 30"),
            ("03|1 / 30", "03| / 30"),
            ("124| / 30", "12 / 4|3"),
            // The year.
            ("03 / 3|27", "03 / 3|2"),
            ("03 / 30|2", "03 / 30|"),
            ("03 / 2|", "03 / 2|"),
            ("12 / |0", "12 / |0"),
            // Without the slash.
            ("12|30", "12 / |30"),
            ("1|0", "1|0"),
            ("10|2", "10 / |2"),
            // At the end there is nothing more to come.
            ("1 / 30|", "01 / 30|"),
            ("5|", "05|"),
            ("1|", "1|"),
        ] {
            assert_eq!(caret(typed), shown, "{typed}");
        }
    }

    /// Found by `fuzz/targets/card.rs`.
    #[test]
    fn a_long_row_of_digits_is_a_date_without_a_slash() {
        let (text, caret) = edited("32222003292930292 01", 0);
        assert_eq!((text.as_str(), caret), ("3 / 22", 0));
        assert_eq!(formatted(&text), "03 / 22");
    }

    #[test]
    fn a_month_of_one_digit_is_read_too() {
        assert_eq!(Expiry::parse("1 / 30", TODAY).unwrap().month(), 1);
        assert_eq!(Expiry::parse(" / 30", TODAY), Err(ExpiryError::Incomplete));
    }

    proptest! {
        /// A digit put into a whole date anywhere, or taken out of it: the other group stays, and the caret stays where it was
        /// worked.
        #[test]
        fn an_edit_of_one_group_leaves_the_other(
            month in 10..13_u8, year in 21..99_u8, in_month: bool, place in 0..2_usize, digit in proptest::option::of(0..10_u32),
        ) {
            let groups = [month.to_string(), year.to_string()];
            let mut changed = groups.clone();
            let which = usize::from(!in_month);
            let digits = if let Some(digit) = digit {
                changed[which].insert(place, char::from_digit(digit, 10).unwrap());
                place + 1
            } else {
                changed[which].remove(place);
                place
            };
            let typed = format!("{} / {}", changed[0], changed[1]);
            let at = if in_month { digits } else { changed[0].len() + 3 + digits };
            // At its end a date is complete, which is another story.
            prop_assume!(at < typed.len() && !changed[1].starts_with("20"));

            let (text, caret) = edited(&typed, at);

            let (shown_month, shown_year) = text.split_once(" / ").unwrap();
            let (shown, other) = if in_month { (shown_month, shown_year) } else { (shown_year, shown_month) };
            prop_assert_eq!(other, &groups[1 - which]);
            prop_assert_eq!(shown, changed[which].chars().take(2).collect::<String>());
            prop_assert_eq!(&text[..caret], &typed[..at]);
        }

        #[test]
        fn an_edit_settles(text in "[0-9/ a.-]{0,9}", caret in 0..10_usize) {
            let (once, place) = edited(&text, caret.min(text.len()));
            prop_assert!(place <= once.len());
            // A caret that comes to stand at the end may still give the month its zero.
            let (twice, place) = edited(&once, place);
            prop_assert!(twice == once || twice == format!("0{once}"), "{once} {twice}");
            prop_assert_eq!(edited(&twice, place), (twice, place));
        }

        #[test]
        fn no_text_panics_and_formatting_settles(text in "[0-9/ a.-]{0,9}") {
            let _ = Expiry::parse(&text, TODAY);
            let once = formatted(&text);
            prop_assert_eq!(formatted(&once), once);
        }
    }
}
