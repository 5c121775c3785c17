//! E-mail addresses, as far as their form tells.

/// The longest address (RFC 5321, 4.5.3.1.3), in bytes.
pub const MAX_BYTES: usize = 254;

/// Whether `text` has the form of an e-mail address: one `@` with something on both sides, a dot after it, and neither
/// spaces nor control characters. Whether somebody reads it there, only a message can tell.
#[must_use]
pub fn is_email_address(text: &str) -> bool {
    let parts = text.split_once('@');
    text.len() <= MAX_BYTES
        && !text
            .chars()
            .any(|char| char.is_whitespace() || char.is_control())
        && parts.is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.contains('@')
                && domain.split('.').count() > 1
                && domain.split('.').all(|label| !label.is_empty())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_sign_with_a_name_and_a_domain() {
        for text in ["jon@shop.is", "þóra@dæmi.is", "a+b@c.d.e", "a.b@c-d.is"] {
            assert!(is_email_address(text), "{text}");
        }
        let long = format!("{}@shop.is", "a".repeat(250));
        for text in [
            "",
            "@",
            "jon",
            "jon@",
            "@shop.is",
            "jon@shop",
            "jon@shop.",
            "jon@.is",
            "a@b@c.is",
            "jon @shop.is",
            "jon@shop.is\n",
            &long,
        ] {
            assert!(!is_email_address(text), "{text}");
        }
    }
}
