//! How a notification is signed, so that its receiver knows who sent it.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::wire::NotificationItem;

/// The shared key of the notification signature. Its `Debug` does not show it.
#[derive(Clone)]
pub struct HmacKey(hmac::Key);

/// The text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the HMAC key must be hexadecimal, two digits per byte, at least 16 bytes; 32 are usual")]
pub struct HmacKeyError;

impl HmacKey {
    /// Reads the key as it is configured: hexadecimal, either case.
    ///
    /// # Errors
    ///
    /// [`HmacKeyError`] for anything but an even number of at least 32 hexadecimal digits.
    pub fn from_hex(text: &str) -> Result<Self, HmacKeyError> {
        let digits = text.trim().as_bytes();
        if digits.len() < 32 || !digits.len().is_multiple_of(2) {
            return Err(HmacKeyError);
        }
        let bytes: Option<Vec<u8>> = digits
            .chunks(2)
            .map(|pair| Some(nibble(pair[0])? << 4 | nibble(pair[1])?))
            .collect();
        let bytes = zeroize::Zeroizing::new(bytes.ok_or(HmacKeyError)?);
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// The signature of one notification item: base64 of HMAC-SHA-256 over its eight fields joined by colons.
    pub fn sign(&self, item: &NotificationItem) -> String {
        STANDARD.encode(hmac::sign(&self.0, signed_text(item).as_bytes()))
    }
}

impl std::fmt::Debug for HmacKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("HmacKey(hidden)")
    }
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

/// The fields and their order are the contract's; a missing one is empty.
fn signed_text(item: &NotificationItem) -> String {
    [
        item.psp_reference.as_str(),
        item.original_reference.as_deref().unwrap_or_default(),
        &item.merchant_account_code,
        &item.merchant_reference,
        &item.amount.value.to_string(),
        &item.amount.currency,
        &item.event_code,
        &item.success,
    ]
    .join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Amount;

    fn item(fields: [&str; 6], value: i64) -> NotificationItem {
        let [psp, original, account, reference, currency, event] = fields;
        NotificationItem {
            psp_reference: psp.to_owned(),
            original_reference: (!original.is_empty()).then(|| original.to_owned()),
            merchant_account_code: account.to_owned(),
            merchant_reference: reference.to_owned(),
            amount: Amount {
                currency: currency.to_owned(),
                value,
            },
            event_code: event.to_owned(),
            event_date: String::new(),
            success: "true".to_owned(),
            reason: None,
            payment_method: None,
            additional_data: std::collections::BTreeMap::default(),
        }
    }

    #[test]
    fn the_published_vector_without_an_original_reference_is_reproduced() {
        let key = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
        let fields = [
            "7914073381342284",
            "",
            "TestMerchant",
            "TestPayment-1407325143704",
            "EUR",
            "AUTHORISATION",
        ];

        let signature = HmacKey::from_hex(key).unwrap().sign(&item(fields, 1130));

        assert_eq!(signature, "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=");
    }

    #[test]
    fn the_published_vector_with_an_original_reference_is_reproduced() {
        let key = "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00";
        let fields = [
            "pspReference",
            "originalReference",
            "merchantAccount",
            "reference",
            "EUR",
            "REPORT_AVAILABLE",
        ];

        let signature = HmacKey::from_hex(key).unwrap().sign(&item(fields, 1000));

        assert_eq!(signature, "ZNBPtI+oDyyRrLyD1XirkKnQgIAlFc07Vj27TeHsDRE=");
    }

    #[test]
    fn a_key_that_is_not_hexadecimal_is_refused() {
        for text in ["", "ABC", "44782DEF", &"zz".repeat(32), &"ä".repeat(32)] {
            assert_eq!(HmacKey::from_hex(text).err(), Some(HmacKeyError), "{text}");
        }
    }

    #[test]
    fn debug_hides_the_key() {
        assert_eq!(
            format!("{:?}", HmacKey::from_hex(&"ab".repeat(32)).unwrap()),
            "HmacKey(hidden)"
        );
    }
}
