//! Figures in thousandths, because the project knows no floats, and the middle of several.

use std::fmt;
use std::time::Duration;

/// A quotient, or an amount of some unit, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure(pub u64);

impl Figure {
    /// `part` as a share of `whole`; what is a share of nothing is nothing.
    pub fn quotient(part: u64, whole: u64) -> Self {
        let thousandths = (u128::from(part) * 1_000)
            .checked_div(u128::from(whole))
            .unwrap_or(0);
        Self(u64::try_from(thousandths).unwrap_or(u64::MAX))
    }

    /// With one digit after the point, rounded.
    pub fn one_digit(self) -> String {
        let tenths = (self.0 + 50) / 100;
        format!("{}.{}", tenths / 10, tenths % 10)
    }

    /// Without digits after the point, rounded.
    pub fn whole(self) -> String {
        thousands((self.0 + 500) / 1_000)
    }
}

impl fmt::Display for Figure {
    /// With two digits after the point, rounded.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 + 5) / 10;
        write!(f, "{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

/// The middle of several, the lower one of two; nothing of nothing is the smallest value there is.
pub fn median<T: Copy + Default + Ord>(values: impl IntoIterator<Item = T>) -> T {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort_unstable();
    let middle = values.len().saturating_sub(1) / 2;
    values.get(middle).copied().unwrap_or_default()
}

/// How many in a second.
pub fn per_second(count: u64, window: Duration) -> u64 {
    let rate = u128::from(count) * 1_000_000_000 / window.as_nanos().max(1);
    u64::try_from(rate).unwrap_or(u64::MAX)
}

/// A number with a comma after the thousands.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Microseconds as people read a latency: in milliseconds, with a digit where it says something.
pub fn milliseconds(us: u64) -> String {
    if us < 20_000 {
        format!("{} ms", Figure(us).one_digit())
    } else {
        format!("{} ms", Figure(us).whole())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_rounded_where_they_are_shown() {
        for (part, whole, shown) in [
            (1, 1, "1.00"),
            (2, 3, "0.67"),
            (996, 1_000, "1.00"),
            (1_234, 100, "12.34"),
            (5, 0, "0.00"),
            (0, 7, "0.00"),
        ] {
            assert_eq!(Figure::quotient(part, whole).to_string(), shown);
        }
        assert_eq!(Figure(23_649).one_digit(), "23.6");
        assert_eq!(Figure(23_650).one_digit(), "23.7");
        assert_eq!(Figure(1_234_500).whole(), "1,235");
    }

    #[test]
    fn the_middle_is_of_the_sorted_values() {
        assert_eq!(median([5, 1, 9]), 5);
        assert_eq!(median([4, 1, 3, 2]), 2);
        assert_eq!(median::<u64>([]), 0);
    }

    #[test]
    fn rates_and_numbers_are_read_easily() {
        assert_eq!(per_second(3_000, Duration::from_millis(1_500)), 2_000);
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(93_000), "93,000");
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(milliseconds(2_345), "2.3 ms");
        assert_eq!(milliseconds(52_345), "52 ms");
    }
}
