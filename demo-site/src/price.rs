//! How an amount in whole krónur is written.
//!
//! Integers only; ISK has no smaller unit.

use crate::locale::Locale;

/// The currency of everything in the shop.
pub const CURRENCY: &str = "ISK";

/// Largest amount that one order may have, in krónur.
pub const LARGEST: i64 = 9_999_999;

/// Writes an amount the way its readers do: `24.500 kr.` in Icelandic, `ISK 24,500` in English, with a no-break
/// space so that number and unit stay on one line.
pub fn written(amount: i64, locale: Locale) -> String {
    let digits = amount.unsigned_abs().to_string();
    let separator = match locale {
        Locale::Icelandic => '.',
        Locale::English => ',',
    };
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    let sign = if amount < 0 { "-" } else { "" };
    match locale {
        Locale::Icelandic => format!("{sign}{grouped}\u{a0}kr."),
        Locale::English => format!("{sign}ISK\u{a0}{grouped}"),
    }
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::locale::Locale;

    #[test]
    fn amounts_are_grouped_as_each_language_does() {
        for (amount, icelandic, english) in [
            (0, "0\u{a0}kr.", "ISK\u{a0}0"),
            (999, "999\u{a0}kr.", "ISK\u{a0}999"),
            (1990, "1.990\u{a0}kr.", "ISK\u{a0}1,990"),
            (24500, "24.500\u{a0}kr.", "ISK\u{a0}24,500"),
            (9_999_999, "9.999.999\u{a0}kr.", "ISK\u{a0}9,999,999"),
        ] {
            assert_eq!(written(amount, Locale::Icelandic), icelandic);
            assert_eq!(written(amount, Locale::English), english);
        }
    }
}
