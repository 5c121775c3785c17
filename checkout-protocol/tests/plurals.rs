//! Plural forms beside a full ICU; the fixture is made by `fixtures/make-locale-vectors.mjs`.

use std::collections::BTreeMap;

use checkout_protocol::locale::{Locale, Plural};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    plurals: BTreeMap<String, Vec<String>>,
}

#[test]
fn numbers_take_the_plural_that_icu_gives_them() {
    let fixture: Fixture =
        serde_json::from_str(include_str!("fixtures/locale-vectors.json")).unwrap();
    for locale in Locale::ALL {
        for (n, name) in (0..).zip(&fixture.plurals[locale.tag()]) {
            let expected = match name.as_str() {
                "one" => Plural::One,
                "many" => Plural::Third,
                _ => Plural::Second,
            };
            assert_eq!(locale.plural(n), expected, "{locale:?} {n}");
        }
    }
}
