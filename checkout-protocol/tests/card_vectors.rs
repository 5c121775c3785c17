//! The card rules beside the open reference `card-validator` 10.0.4, case by case; brands are in `brand_ranges.rs`. The
//! fixture is made by `fixtures/make-card-vectors.mjs`.

use checkout_protocol::card::brand::Brand;
use checkout_protocol::card::expiry::Expiry;
use checkout_protocol::card::holder_name;
use checkout_protocol::card::number::{CardNumber, CardNumberError};
use checkout_protocol::card::security_code::SecurityCode;
use serde_json::Value;

fn vectors(name: &str) -> Vec<Vec<Value>> {
    let text = include_str!("fixtures/card-vectors.json");
    let all: Value = serde_json::from_str(text).unwrap();
    let rows: Vec<Vec<Value>> = serde_json::from_value(all[name].clone()).unwrap();
    assert!(rows.len() >= 10, "{name}");
    rows
}

#[test]
fn the_same_numbers_are_good() {
    let mut different = Vec::new();
    for row in vectors("numbers") {
        let number = row[0].as_str().unwrap();
        let ours = CardNumber::parse(number);
        let (good, may_become_good) = (row[1].as_bool().unwrap(), row[2].as_bool().unwrap());
        // What can never become good must be called wrong, not incomplete.
        let agrees =
            ours.is_ok() == good && (may_become_good || ours == Err(CardNumberError::Invalid));
        if !agrees {
            different.push((number.to_owned(), ours.map(|_| ()), good, may_become_good));
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
fn the_same_security_codes_are_good() {
    for row in vectors("codes") {
        let brand = if row[1] == 4 {
            Brand::Amex
        } else {
            Brand::Visa
        };
        let good = SecurityCode::parse(row[0].as_str().unwrap(), Some(brand)).is_ok();
        assert_eq!(Value::Bool(good), row[2], "{row:?}");
    }
}

#[test]
fn the_same_expiry_dates_are_good() {
    for row in vectors("expiries") {
        let ours = Expiry::parse(row[0].as_str().unwrap(), (2026, 11));
        assert_eq!(Value::Bool(ours.is_ok()), row[1], "{row:?}");
        if let Ok(expiry) = ours {
            assert_eq!(row[2], expiry.month(), "{row:?}");
        }
    }
}

#[test]
fn the_same_names_are_good() {
    for row in vectors("names") {
        let good = holder_name::parse(row[0].as_str().unwrap()).is_ok();
        assert_eq!(Value::Bool(good), row[1], "{row:?}");
    }
}
