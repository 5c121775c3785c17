//! One page with all pictures of the form, side by side: a row for each state, for a person to look at.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use crate::failure::Outcome;

/// Where the browser tests put the pictures of the form, in the folder of all pictures.
const FOLDER: &str = "look";
/// The page's name.
const SHEET: &str = "contact-sheet.html";

/// Writes the page beside the pictures; nothing where there are none.
///
/// # Errors
/// When the folder cannot be read or the page cannot be written.
pub fn write(pictures: &Path) -> Outcome<Option<PathBuf>> {
    let folder = pictures.join(FOLDER);
    if !folder.is_dir() {
        return Ok(None);
    }
    let explain = |error| format!("cannot read {}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(explain)? {
        let name = entry.map_err(explain)?.file_name();
        names.extend(
            name.to_str()
                .and_then(|name| name.strip_suffix(".png"))
                .map(str::to_owned),
        );
    }
    names.sort();
    let sheet = folder.join(SHEET);
    fs::write(&sheet, page(&names))
        .map_err(|error| format!("cannot write {}: {error}", sheet.display()))?;
    Ok(Some(sheet))
}

fn page(names: &[String]) -> String {
    let mut rows: BTreeMap<&str, String> = BTreeMap::new();
    for name in names {
        let (state, variant) = parts(name);
        let _ = writeln!(
            rows.entry(state).or_default(),
            "<figure><img src=\"{name}.png\" alt=\"\" loading=\"lazy\"><figcaption>{variant}</figcaption></figure>"
        );
    }
    let mut html = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Every state of the form</title>\n\
         <style>body{font:14px system-ui;background:#8a8f98;margin:16px}section{margin-bottom:32px}\
         div{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}figure{margin:0}</style>\n",
    );
    for (state, figures) in rows {
        let _ = writeln!(
            html,
            "<section><h2>{state}</h2><div>\n{figures}</div></section>"
        );
    }
    html
}

/// `bank-open-is-dark-400` is the state `bank-open` in `is dark 400`; what has another form is a row of its own.
fn parts(name: &str) -> (&str, &str) {
    let Some((first, _)) = name.rmatch_indices('-').nth(2) else {
        return (name, "");
    };
    name.split_at_checked(first)
        .map_or((name, ""), |(state, rest)| {
            (state, rest.trim_start_matches('-'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_state_and_holds_its_pictures() {
        assert_eq!(parts("bank-open-is-dark-400"), ("bank-open", "is-dark-400"));
        assert_eq!(parts("appearance-accent"), ("appearance-accent", ""));
        let names =
            ["paid-en-dark-280", "paid-en-light-280", "ready-en-dark-280"].map(str::to_owned);
        let page = page(&names);
        assert_eq!(page.matches("<h2>").count(), 2);
        assert_eq!(page.matches("<img").count(), 3);
    }
}
