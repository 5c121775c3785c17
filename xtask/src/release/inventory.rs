//! `inventory.json`: what payers' browsers get, as the server says it, and what else is in a release.

use std::path::Path;

use serde_json::{Value, json};

use super::{
    artefacts::{BROWSER, PACKAGES, SERVER},
    compare,
};
use crate::{
    build::{self, integrity},
    failure::Outcome,
    process,
};

const FILE: &str = "inventory.json";

/// Writes the inventory of a release beside it.
///
/// # Errors
/// When the server does not build, or refuses a file that nothing justifies.
pub fn write(release: &Path, with_server: bool) -> Outcome {
    let mut server = if with_server {
        process::program(&release.join(SERVER))
    } else {
        // The same list from a build that takes no ten minutes.
        process::cargo(&["run", "--quiet", "--package", SERVER, "--bin", SERVER, "--"])?
    };
    server
        .args(["inventory", "--as-built"])
        .arg(release.join(BROWSER));
    let mut inventory: Value = serde_json::from_str(&process::output(server)?)
        .map_err(|error| format!("the server's inventory is not JSON: {error}"))?;
    inventory["artefacts"] = artefacts(release)?;
    inventory["left_out"] = if with_server {
        json!([])
    } else {
        json!([SERVER])
    };
    let text = format!("{inventory:#}\n");
    build::write(&release.join(FILE), text.as_bytes())
}

/// What no browser loads from a checkout.
fn artefacts(release: &Path) -> Outcome<Value> {
    let names = compare::files(release)
        .map_err(|error| format!("cannot read {}: {error}", release.display()))?;
    let mut all = Vec::new();
    for name in names.iter().filter(|it| !it.starts_with(BROWSER)) {
        let bytes = build::read(&release.join(name))?;
        let purpose = if name.starts_with(PACKAGES) {
            "A package for npm."
        } else {
            "The server's program."
        };
        all.push(json!({
            "file": name.to_string_lossy(),
            "purpose": purpose,
            "bytes": bytes.len(),
            "integrity": integrity::of(&bytes),
        }));
    }
    Ok(Value::Array(all))
}
