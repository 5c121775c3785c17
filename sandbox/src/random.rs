//! The only source of randomness: references, tokens, nonces.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Thirty-two signs, so that five random bits choose one without bias.
const REFERENCE_SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A processor's reference: sixteen upper-case letters and digits.
pub(crate) fn psp_reference() -> String {
    bytes::<16>()
        .iter()
        .map(|byte| char::from(REFERENCE_SIGNS[usize::from(byte & 31)]))
        .collect()
}

/// An unguessable token of 192 bits that needs no escaping in a URL.
pub(crate) fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<24>())
}

/// `N` random bytes.
///
/// # Panics
///
/// When the operating system has no randomness to give; nothing here could go on safely.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_psp_reference_is_sixteen_upper_case_letters_and_digits() {
        let reference = psp_reference();

        assert_eq!(reference.len(), 16);
        assert!(
            reference
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        );
    }
}
