//! Puts figures into a document, between two comments; what stands around them is a person's.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome};

const BEGIN: &str = "<!-- figures: written by `cargo xtask bench api --write` -->";
const END: &str = "<!-- end of figures -->";

/// Replaces the block in a file.
///
/// # Errors
/// When the file has no such block, or cannot be written.
pub fn write(path: &Path, figures: &str) -> Outcome {
    let explain = |error| Failure::from(format!("{}: {error}", path.display()));
    let text = fs::read_to_string(path).map_err(explain)?;
    let replaced = replaced(&text, figures).ok_or_else(|| {
        Failure::from(format!(
            "{} needs the lines {BEGIN} and {END}",
            path.display()
        ))
    })?;
    fs::write(path, replaced).map_err(explain)
}

fn replaced(text: &str, figures: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!(
        "{before}{BEGIN}\n\n{}\n\n{END}{after}",
        figures.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_block_is_replaced() {
        let text = format!("# Speed\n{BEGIN}\nold\n{END}\nwords\n");

        let new = replaced(&text, "new\n").unwrap();

        assert_eq!(new, format!("# Speed\n{BEGIN}\n\nnew\n\n{END}\nwords\n"));
        assert_eq!(replaced(&new, "new").unwrap(), new);
    }

    #[test]
    fn a_document_without_a_block_is_left_alone() {
        assert_eq!(replaced("# Speed\n", "new"), None);
        assert_eq!(replaced(&format!("{END}\n{BEGIN}\n"), "new"), None);
    }
}
