//! Crockford's base 32 in lower case: how ids and message authentication codes are written.
//!
//! Source: <https://www.crockford.com/base32.html>. Reading ignores case; the look-alikes `i l o u` are refused,
//! because an id is copied by machines and a repaired id would be another id.

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// `bits` as 26 characters, most significant first.
#[must_use]
pub fn encode_u128(bits: u128) -> String {
    let mut text = String::with_capacity(26);
    for place in (0..26).rev() {
        text.push(char::from(ALPHABET[((bits >> (place * 5)) & 31) as usize]));
    }
    text
}

/// The number that 26 characters write, or `None` when they are not its form.
#[must_use]
pub fn decode_u128(text: &str) -> Option<u128> {
    if text.len() != 26 || !matches!(text.as_bytes()[0], b'0'..=b'7') {
        return None;
    }
    text.bytes().try_fold(0_u128, |bits, byte| {
        Some((bits << 5) | u128::from(digit(byte)?))
    })
}

/// Bytes as characters of five bits each; the last character is filled up with zero bits.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity((bytes.len() * 8).div_ceil(5));
    let (mut buffer, mut held) = (0_u16, 0_u32);
    for byte in bytes {
        buffer = (buffer << 8) | u16::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(ALPHABET[usize::from((buffer >> held) & 31)]));
        }
    }
    if held > 0 {
        text.push(char::from(
            ALPHABET[usize::from((buffer << (5 - held)) & 31)],
        ));
    }
    text
}

/// The bytes that `text` writes, or `None` for a foreign character, a dangling character or filling bits that are set.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut buffer, mut held) = (0_u16, 0_u32);
    for byte in text.bytes() {
        buffer = (buffer << 5) | u16::from(digit(byte)?);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(buffer >> held).ok()?);
            buffer &= (1 << held) - 1;
        }
    }
    (held < 5 && buffer == 0).then_some(bytes)
}

fn digit(byte: u8) -> Option<u8> {
    let lower = byte.to_ascii_lowercase();
    let place = ALPHABET.iter().position(|letter| *letter == lower)?;
    u8::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(bits: u128, bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(decode_u128(&encode_u128(bits)), Some(bits));
            prop_assert_eq!(decode_u128(&encode_u128(bits).to_uppercase()), Some(bits));
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = decode_u128(&text);
            let _ = decode(&text);
        }
    }

    #[test]
    fn a_number_has_one_form_only() {
        assert_eq!(decode_u128("8zzzzzzzzzzzzzzzzzzzzzzzzz"), None, "129 bits");
        assert_eq!(
            decode_u128("0000000000000000000000000o"),
            None,
            "look-alike"
        );
        assert_eq!(decode("01"), None, "filling bits set");
        assert_eq!(decode("000"), None, "dangling character");
    }
}
