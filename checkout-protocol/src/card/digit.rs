//! Digits as keyboards and clipboards bring them.

/// `char` as an ASCII digit when it is a decimal digit of a script whose keyboards are common: full-width (East Asian
/// input methods), Arabic-Indic, Persian. Anything else stays what it is.
#[must_use]
pub fn ascii(char: char) -> char {
    let zero = match char {
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        other => return other,
    };
    char::from_digit(u32::from(char) - u32::from(zero), 10).unwrap_or(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_are_digits() {
        let text: String = "４２٤٢۴۲ ab9".chars().map(ascii).collect();
        assert_eq!(text, "424242 ab9");
    }
}
