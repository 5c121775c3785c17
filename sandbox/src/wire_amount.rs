//! Amounts on the processor's wire against ISO 4217. Knows no locale.

use crate::wire::Amount;

/// Currencies without a minor unit in ISO 4217.
const WITHOUT_MINOR_UNIT: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];
/// Currencies with thousandths in ISO 4217.
const WITH_THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Why an amount on the wire is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireAmountError {
    /// Not three upper-case letters.
    Currency,
    /// Zero or less, or a fraction of a króna.
    Value,
}

/// Decimals of the minor unit in ISO 4217: 0 for ISK. `None` for what is no currency code.
pub fn iso_exponent(currency: &str) -> Option<u32> {
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code.then(|| {
        if WITHOUT_MINOR_UNIT.contains(&currency) {
            0
        } else if WITH_THOUSANDTHS.contains(&currency) {
            3
        } else {
            2
        }
    })
}

/// Decimals on the processor's wire: as in ISO 4217, but 2 for ISK.
pub fn wire_exponent(currency: &str) -> Option<u32> {
    if currency == "ISK" {
        Some(2)
    } else {
        iso_exponent(currency)
    }
}

/// What the card holder pays, in ISO 4217 minor units: 199000 on the wire is 1990 krónur.
///
/// # Errors
///
/// [`WireAmountError`] for an unknown form of currency, zero, less than zero, and a fraction of a króna.
pub fn minor_units(amount: &Amount) -> Result<i64, WireAmountError> {
    let iso = iso_exponent(&amount.currency).ok_or(WireAmountError::Currency)?;
    let wire = wire_exponent(&amount.currency).ok_or(WireAmountError::Currency)?;
    let factor = 10_i64.pow(wire.saturating_sub(iso));
    if amount.value <= 0 || amount.value % factor != 0 {
        return Err(WireAmountError::Value);
    }
    Ok(amount.value / factor)
}

/// The amount on the wire for ISO 4217 minor units; the currency must be one that [`minor_units`] accepted.
pub(crate) fn on_wire(minor_units: i64, currency: &str) -> Amount {
    let exponent = |exponent: Option<u32>| exponent.unwrap_or_default();
    let more = exponent(wire_exponent(currency)) - exponent(iso_exponent(currency));
    Amount {
        currency: currency.to_owned(),
        value: minor_units * 10_i64.pow(more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(value: i64, currency: &str) -> Amount {
        Amount {
            currency: currency.to_owned(),
            value,
        }
    }

    #[test]
    fn krónur_have_two_decimals_on_the_wire_and_none_for_the_payer() {
        assert_eq!(minor_units(&amount(199_000, "ISK")), Ok(1990));
    }

    #[test]
    fn a_fraction_of_a_króna_is_refused() {
        assert_eq!(
            minor_units(&amount(199_050, "ISK")),
            Err(WireAmountError::Value)
        );
    }

    #[test]
    fn other_currencies_are_the_same_on_both_sides() {
        for (value, currency) in [(1130, "EUR"), (500, "JPY"), (1234, "KWD")] {
            assert_eq!(
                minor_units(&amount(value, currency)),
                Ok(value),
                "{currency}"
            );
        }
    }

    #[test]
    fn the_way_back_to_the_wire_gives_the_same_amount() {
        for (value, currency) in [(199_000, "ISK"), (1130, "EUR"), (500, "JPY"), (1234, "KWD")] {
            let amount = amount(value, currency);

            assert_eq!(on_wire(minor_units(&amount).unwrap(), currency), amount);
        }
    }

    #[test]
    fn nothing_and_less_than_nothing_are_refused() {
        for value in [0, -100, i64::MIN] {
            assert_eq!(
                minor_units(&amount(value, "ISK")),
                Err(WireAmountError::Value)
            );
        }
    }

    #[test]
    fn a_currency_is_three_upper_case_letters() {
        for currency in ["", "isk", "KRÓ", "EURO", "E1R"] {
            let refused = minor_units(&amount(100, currency));
            assert_eq!(refused, Err(WireAmountError::Currency), "{currency}");
        }
    }
}
