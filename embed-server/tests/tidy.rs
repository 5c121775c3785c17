//! Modules point one way, SQL lives in the store, and the pure parts stay pure.

use std::path::{Path, PathBuf};

/// `(files under, may not mention, because)`
const ARROWS: &[(&str, &[&str], &str)] = &[
    (
        "src/domain",
        &[
            "crate::app",
            "crate::clock",
            "crate::http",
            "crate::operations",
            "crate::store",
            "axum",
            "sqlx",
            "tokio",
            "reqwest",
            "crate::entropy",
            "aws_lc_rs",
            "std::fs",
            "std::time",
        ],
        "rules are pure",
    ),
    (
        "src/store",
        &[
            "crate::http",
            "crate::operations",
            "crate::acquirer",
            "axum",
        ],
        "rows do not know who asks",
    ),
    (
        "src/operations",
        &["crate::http", "axum", "sqlx", "reqwest", "maud"],
        "operations also run without a request",
    ),
    (
        "src/http",
        &[
            "sqlx",
            "reqwest",
            ".store.begin",
            "store::payments",
            "store::attempts",
            "store::challenges",
        ],
        "handlers call operations",
    ),
    (
        "src/http",
        &["tokio::spawn"],
        "the end of the process waits for what `App::spawn` starts",
    ),
    (
        "src/operations",
        &["tokio::spawn("],
        "the end of the process waits for what `App::spawn` starts",
    ),
    (
        "src/acquirer",
        &[
            "crate::http",
            "crate::store",
            "crate::operations",
            "axum",
            "sqlx",
        ],
        "an adapter only translates",
    ),
    (
        "../checkout-protocol/src",
        &[
            "std::time::",
            "std::fs",
            "std::net",
            "getrandom",
            "tokio",
            "web_sys",
            "js_sys",
        ],
        "the shared rules have no I/O, no clock and no randomness",
    ),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    assert!(!files.is_empty(), "{} has no Rust files", folder.display());
    files
}

#[test]
fn modules_point_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut broken = Vec::new();
    for (folder, forbidden, because) in ARROWS {
        for file in rust_files(&root.join(folder)) {
            let text = std::fs::read_to_string(&file).unwrap();
            let code: Vec<&str> = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            for word in *forbidden {
                if code.iter().any(|line| line.contains(word)) {
                    broken.push(format!("{} mentions `{word}`: {because}", file.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// What leads to a call to the acquirer.
const CALLS: &[&str] = &[
    "app.acquirer.",
    "call_acquirer(",
    "undo(app",
    "finish_challenge::send(",
    " send(app",
    "send_refund(",
    "forget(app",
    "charge_saved_card(",
];
/// What opens a transaction, and what ends one.
const OPENS: &[&str] = &["store.begin()", "store.read()"];
const ENDS: &[&str] = &["drop(tx)", "tx.commit()"];

/// No remote call happens inside a transaction: in every operation, what was opened before a call is ended before it.
#[test]
fn the_acquirer_is_never_called_inside_a_transaction() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/operations");
    let mut calls = 0;
    for file in rust_files(&root) {
        let text = std::fs::read_to_string(&file).unwrap();
        for body in text
            .split("async fn ")
            .skip(1)
            .filter_map(|part| part.split("\n}\n").next())
        {
            let body = body.split_once('{').map_or("", |(_, body)| body);
            for call in CALLS.iter().flat_map(|call| body.match_indices(call)) {
                calls += 1;
                let before = &body[..call.0];
                let last =
                    |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
                assert!(
                    last(OPENS) <= last(ENDS),
                    "{}: `{}` inside a transaction",
                    file.display(),
                    call.1
                );
            }
        }
    }
    assert!(calls >= 6, "this test sees only {calls} calls");
}
