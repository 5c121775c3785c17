//! Brands beside the open reference `credit-card-type`, for every prefix of one to six digits. The fixture is made by
//! `fixtures/make-brand-ranges.mjs` from the package that the repository pins.

use std::path::Path;
use std::process::Command;

use checkout_protocol::card::brand::Brand;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    #[serde(rename = "credit-card-type")]
    version: String,
    runs: Vec<(usize, String, String, String, String)>,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("fixtures/brand-ranges.json")).unwrap()
}

/// Brands that the reference knows and we do not, and why.
const NOT_OURS: [(&str, &str); 7] = [
    (
        "elo",
        "issued in Brazil only; some of its ranges lie in Discover's, Maestro's and Visa's",
    ),
    ("hiper", "issued in Brazil only; in Maestro's range"),
    ("hipercard", "issued in Brazil only; in Maestro's range"),
    (
        "mir",
        "not accepted by acquirers in Europe; beside Mastercard's range",
    ),
    ("naranja", "issued in Argentina only; in Maestro's range"),
    (
        "troy",
        "issued in Turkey; its cards in Discover's range are accepted as Discover",
    ),
    (
        "verve",
        "issued in Nigeria; in Maestro's and Discover's ranges",
    ),
];

/// The reference's one answer, if it has one.
fn one(answer: &str) -> Option<Brand> {
    Some(match answer {
        "visa" => Brand::Visa,
        "mastercard" => Brand::Mastercard,
        "american-express" => Brand::Amex,
        "diners-club" => Brand::Diners,
        "discover" => Brand::Discover,
        "jcb" => Brand::Jcb,
        "unionpay" => Brand::Unionpay,
        "maestro" => Brand::Maestro,
        _ => return None,
    })
}

#[test]
fn every_prefix_has_the_brand_that_the_reference_gives_it() {
    let fixture = fixture();
    assert_eq!(fixture.version, "10.3.0");
    let mut compared = 0_usize;
    for (length, first, last, ours, _) in fixture.runs {
        let (first, last): (u32, u32) = (first.parse().unwrap(), last.parse().unwrap());
        for prefix in first..=last {
            let digits = format!("{prefix:0length$}");
            assert_eq!(Brand::of(&digits), one(&ours), "{digits}: {ours}");
            compared += 1;
        }
    }
    assert_eq!(compared, 1_111_110);
}

#[test]
fn what_the_reference_says_of_other_brands_is_the_only_difference() {
    let mut met = std::collections::BTreeSet::new();
    for (_, first, last, ours, all) in fixture().runs {
        if ours == all {
            continue;
        }
        let others: Vec<&str> = NOT_OURS
            .iter()
            .map(|(brand, _)| *brand)
            .filter(|brand| all.split(' ').any(|named| named == *brand))
            .collect();
        assert!(
            !others.is_empty(),
            "{first} to {last}: {ours:?} and {all:?}"
        );
        met.extend(others);
    }
    let listed = NOT_OURS.map(|(brand, _)| brand);
    assert!(met.iter().eq(&listed), "listed without need: {met:?}");
}

#[test]
fn the_fixture_is_what_the_pinned_package_says() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/make-brand-ranges.mjs");
    let output = Command::new("node").arg(script).arg("--check").output();
    let output = output.expect("node cannot be started: install Node, then run `npm ci`");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
