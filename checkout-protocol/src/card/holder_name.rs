//! The name on the card, in any script.

/// Why a text is not a name on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolderNameError {
    /// Nothing typed.
    #[error("no name")]
    Empty,
    /// Only digits, spaces and hyphens: most likely a card number in the wrong field.
    #[error("the name has no letters")]
    NoLetters,
    /// Longer than the schemes carry.
    #[error("the name is longer than {MAX_CHARS} characters")]
    TooLong,
}

/// The longest name, in characters.
pub const MAX_CHARS: usize = 255;

/// The name without spaces around it.
///
/// # Errors
///
/// [`HolderNameError`].
pub fn parse(text: &str) -> Result<&str, HolderNameError> {
    let name = text.trim();
    if name.is_empty() {
        Err(HolderNameError::Empty)
    } else if name.chars().count() > MAX_CHARS {
        Err(HolderNameError::TooLong)
    } else if name
        .chars()
        .all(|char| char.is_ascii_digit() || char.is_whitespace() || char == '-')
    {
        Err(HolderNameError::NoLetters)
    } else {
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_script_is_a_name_and_a_number_is_not() {
        for name in ["Jón Þór", "O'Brien-Smith", "王小明", "Åsa 2"] {
            assert_eq!(parse(&format!(" {name} ")), Ok(name));
        }
        assert_eq!(parse(" "), Err(HolderNameError::Empty));
        assert_eq!(parse("4242 4242-4242"), Err(HolderNameError::NoLetters));
        assert_eq!(parse(&"a".repeat(256)), Err(HolderNameError::TooLong));
    }
}
