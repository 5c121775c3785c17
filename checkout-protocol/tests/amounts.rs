//! Icelandic and Polish amounts beside a full ICU: the fixtures were printed by Node's `Intl.NumberFormat`.

use checkout_protocol::locale::Locale;
use checkout_protocol::money::{Currency, Money};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    out: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    locale: Option<String>,
    currency: Option<String>,
    value: Option<f64>,
    text: Option<String>,
}

/// Minor units of a decimal text such as `1234.5`, without a float in between.
fn minor_units(value: f64, currency: Currency) -> Option<i64> {
    let text = value.to_string();
    let (major, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let width = currency.exponent() as usize;
    if fraction.len() > width {
        return None;
    }
    format!("{major}{fraction:0<width$}").parse().ok()
}

/// How many amounts of `fixture` in the language of `tag` were compared; each reads as ICU writes it.
fn compared(fixture: &str, tag: &str, locale: Locale) -> usize {
    let fixture: Fixture = serde_json::from_str(fixture).unwrap();
    let mut compared = 0;
    for vector in fixture.out {
        let (Some(vector_tag), Some(code), Some(value), Some(text)) =
            (vector.locale, vector.currency, vector.value, vector.text)
        else {
            continue;
        };
        let Some(currency) = Currency::from_code(&code) else {
            continue;
        };
        let Some(Ok(money)) = minor_units(value, currency).map(|units| Money::new(units, currency))
        else {
            continue;
        };
        if vector_tag == tag {
            assert_eq!(money.format(locale), text, "{value} {code}");
            compared += 1;
        }
    }
    compared
}

// Zero, negative and fractional krónur are no amounts of ours: they are left out.

#[test]
fn icelandic_amounts_read_as_icu_writes_them() {
    let fixture = include_str!("fixtures/is-IS-amounts.json");
    assert_eq!(compared(fixture, "is-IS", Locale::Is), 63);
}

#[test]
fn polish_amounts_read_as_icu_writes_them() {
    let fixture = include_str!("fixtures/locale-vectors.json");
    assert_eq!(compared(fixture, "pl-PL", Locale::Pl), 136);
}
