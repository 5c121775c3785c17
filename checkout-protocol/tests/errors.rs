//! Writes `docs/errors.md` from the catalogue, and fails when the committed file was not what it says.

use std::fmt::Write as _;
use std::path::Path;

use checkout_protocol::error_code::{ErrorCode, ErrorType};

const FAMILIES: [(ErrorType, &str); 6] = [
    (
        ErrorType::InvalidRequestError,
        "The request is wrong. Mend it before sending it again.",
    ),
    (
        ErrorType::AuthenticationError,
        "The key, the client secret or the signature is missing or wrong.",
    ),
    (
        ErrorType::PermissionError,
        "The caller is known and may not do this.",
    ),
    (
        ErrorType::RateLimitError,
        "Too many requests. Wait for `Retry-After`.",
    ),
    (
        ErrorType::ApiError,
        "Our side, or the way between. Sending it again with the same `Idempotency-Key` is safe.",
    ),
    (
        ErrorType::CardError,
        "The card was refused, and the payer can act. Merchants read these as a payment's `failure_code`; the status is \
         that of the answer to the checkout's own page.",
    ),
];

fn name(family: ErrorType) -> String {
    let name = serde_json::to_value(family).unwrap();
    name.as_str().unwrap().to_owned()
}

fn generated() -> String {
    let mut text = String::from(
        "<!-- Written by checkout-protocol/tests/errors.rs from the catalogue. Do not edit: change \
         checkout-protocol/src/error_code.rs or error_explained.rs and run `cargo test -p checkout-protocol --test errors`. -->\n\n\
         # Errors\n\n\
         Every error of the API is one JSON object, whatever its status:\n\n\
         ```json\n",
    );
    let example = serde_json::json!({"error": {
        "type": name(ErrorCode::InvalidAmount.error_type()),
        "code": ErrorCode::InvalidAmount.as_str(),
        "message": ErrorCode::InvalidAmount.text(),
        "param": "amount",
        "doc_url": ErrorCode::InvalidAmount.doc_url(),
    }});
    let _ = writeln!(
        text,
        "{}\n```\n\n\
         Decide by `code`, which does not change, or by `type` for codes that you do not know: more may be added. `message` is \
         for developers, may be more exact than here and may change. `param` names the field, parameter or header it is about, \
         or is `null`. `doc_url` leads to the code's heading here.\n",
        serde_json::to_string_pretty(&example).unwrap()
    );
    for (family, about) in FAMILIES {
        let _ = writeln!(text, "## Type `{}`\n\n{about}\n", name(family));
        for code in ErrorCode::ALL
            .iter()
            .filter(|code| code.error_type() == family)
        {
            let explained = code.explained();
            let _ = writeln!(
                text,
                "### {}\n\nHTTP {}. {}\n\n**What to do:** {}\n",
                code.as_str(),
                code.status(),
                explained.meaning,
                explained.remedy
            );
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[test]
fn the_errors_are_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors.md");
    let wanted = generated();
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if found != wanted {
        std::fs::write(&path, &wanted).unwrap();
        panic!(
            "docs/errors.md was stale and `cargo test -p checkout-protocol --test errors` has written it anew: look at it \
             and commit it"
        );
    }
}

/// A heading's anchor is its text, and `doc_url` ends in the same word.
#[test]
fn every_doc_url_has_its_heading() {
    let text = generated();
    for code in ErrorCode::ALL {
        let url = code.doc_url();
        let (_, anchor) = url.rsplit_once('/').unwrap();
        let heading = format!("\n### {anchor}\n");
        assert_eq!(text.matches(&heading).count(), 1, "{url}");
    }
}

#[test]
fn meanings_and_remedies_are_sentences() {
    for code in ErrorCode::ALL {
        let explained = code.explained();
        for words in [explained.meaning, explained.remedy] {
            assert!(words.ends_with('.'), "{code:?}: {words}");
        }
    }
}
