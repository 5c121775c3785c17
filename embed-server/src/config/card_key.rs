//! The file with the key that cards are encrypted to.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use checkout_protocol::api::session_view::CardKey;

/// NIST SP 800-131A: shorter RSA keys protect nothing any more.
const BITS_MIN: usize = 2048;

/// The key, or what is wrong with the file.
pub(super) fn read(path: &Path) -> Result<CardKey, String> {
    if path.as_os_str().is_empty() {
        return Err("must name the file with the key that cards are encrypted to".to_owned());
    }
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    parse(&text)
}

fn parse(text: &str) -> Result<CardKey, String> {
    let key: CardKey = serde_json::from_str(text)
        .map_err(|_| "must hold one JWK with kty, n, e and kid".to_owned())?;
    if key.kty != "RSA" || key.kid.is_empty() {
        return Err("must hold an RSA key with a kid".to_owned());
    }
    let bits = bits(&key.n).ok_or("the key's n must be base64url")?;
    if bits < BITS_MIN {
        return Err(format!(
            "must hold an RSA key of at least {BITS_MIN} bits; this one has {bits}"
        ));
    }
    if bits_of_odd(&key.e).is_none_or(|bits| bits < 2) {
        return Err("the key's e must be base64url of an odd number above 1".to_owned());
    }
    Ok(key)
}

fn bits(number: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(number).ok()?;
    let leading_zeros: usize = match bytes.iter().position(|byte| *byte != 0) {
        Some(at) => at * 8 + usize::try_from(bytes[at].leading_zeros()).ok()?,
        None => bytes.len() * 8,
    };
    Some(bytes.len() * 8 - leading_zeros)
}

fn bits_of_odd(number: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(number).ok()?;
    bytes.last().filter(|last| **last % 2 == 1)?;
    bits(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kty: &str, n: &[u8], e: &[u8]) -> Result<usize, String> {
        let (n, e) = (URL_SAFE_NO_PAD.encode(n), URL_SAFE_NO_PAD.encode(e));
        let text = serde_json::json!({"kty": kty, "n": n, "e": e, "kid": "k1"});
        parse(&text.to_string()).map(|key| bits(&key.n).unwrap())
    }

    #[test]
    fn only_rsa_keys_that_protect_cards_are_taken() {
        let modulus = |bytes: usize| vec![0xff; bytes];
        assert_eq!(key("RSA", &modulus(256), &[1, 0, 1]), Ok(2048));
        assert_eq!(key("RSA", &modulus(512), &[3]), Ok(4096));
        let padded = [vec![0, 0x7f], modulus(255)].concat();
        for (kty, n, e, part) in [
            ("RSA", modulus(128), vec![1, 0, 1], "this one has 1024"),
            ("RSA", padded, vec![1, 0, 1], "this one has 2047"),
            ("RSA", vec![0; 256], vec![1, 0, 1], "this one has 0"),
            ("EC", modulus(256), vec![1, 0, 1], "an RSA key"),
            ("RSA", modulus(256), vec![1], "odd number"),
            ("RSA", modulus(256), vec![2], "odd number"),
            ("RSA", modulus(256), vec![], "odd number"),
        ] {
            let problem = key(kty, &n, &e).unwrap_err();
            assert!(problem.contains(part), "{problem}");
        }
        assert!(parse("[]").unwrap_err().contains("one JWK"));
    }
}
