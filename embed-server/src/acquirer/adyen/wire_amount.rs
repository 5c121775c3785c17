//! Amounts on Adyen's wire. Its exponents are its own: ISK has two decimals there and none in ISO 4217, so 2790 kr.
//! travel as 279000 (Adyen, "Currency codes and minor units").

use checkout_protocol::money::{Currency, Money};
use serde::{Deserialize, Serialize};

/// An amount as Adyen writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireAmount {
    pub currency: String,
    pub value: i64,
}

/// Adyen's minor units in one of ours.
const fn factor(currency: Currency) -> i64 {
    match currency {
        Currency::Isk => 100,
        Currency::Eur
        | Currency::Usd
        | Currency::Gbp
        | Currency::Dkk
        | Currency::Nok
        | Currency::Sek
        | Currency::Chf
        | Currency::Pln
        | Currency::Jpy => 1,
    }
}

impl From<Money> for WireAmount {
    fn from(money: Money) -> Self {
        Self {
            currency: money.currency().code().to_owned(),
            value: money.minor_units() * factor(money.currency()),
        }
    }
}

impl WireAmount {
    /// The amount in our units; `None` for currencies, fractions and sizes that we never send.
    pub fn money(&self) -> Option<Money> {
        let currency = Currency::from_code(&self.currency)?;
        let factor = factor(currency);
        if self.value % factor != 0 {
            return None;
        }
        Money::new(self.value / factor, currency).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kronur_travel_with_two_decimals_and_others_as_they_are() {
        for (minor_units, currency, value) in [
            (2_790, Currency::Isk, 279_000),
            (1, Currency::Isk, 100),
            (1_990, Currency::Eur, 1_990),
            (500, Currency::Jpy, 500),
        ] {
            let money = Money::new(minor_units, currency).unwrap();
            let wire = WireAmount::from(money);
            assert_eq!(wire.value, value);
            assert_eq!(wire.money(), Some(money));
        }
    }

    #[test]
    fn fractions_of_a_krona_are_no_amount() {
        let wire = WireAmount {
            currency: "ISK".to_owned(),
            value: 150,
        };
        assert_eq!(wire.money(), None);
    }
}
