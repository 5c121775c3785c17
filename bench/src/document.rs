//! Puts figures into a document, between two comments; what stands around them is a person's.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome};

const END: &str = "<!-- end of figures -->";

/// Replaces the block of one kind of measurement, such as `api`, in a file.
///
/// # Errors
/// When the file has no such block, or cannot be written.
pub fn write(path: &Path, kind: &str, figures: &str) -> Outcome {
    let explain = |error| Failure::from(format!("{}: {error}", path.display()));
    let begin = format!("<!-- figures: written by `cargo xtask bench {kind} --write` -->");
    let text = fs::read_to_string(path).map_err(explain)?;
    let replaced = replaced(&text, &begin, figures).ok_or_else(|| {
        Failure::from(format!(
            "{} needs the lines {begin} and {END}",
            path.display()
        ))
    })?;
    fs::write(path, replaced).map_err(explain)
}

fn replaced(text: &str, begin: &str, figures: &str) -> Option<String> {
    let (before, rest) = text.split_once(begin)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!(
        "{before}{begin}\n\n{}\n\n{END}{after}",
        figures.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = "<!-- ours -->";

    #[test]
    fn only_the_block_is_replaced() {
        let other = format!("<!-- theirs -->\nkept\n{END}");
        let text = format!("# Speed\n{other}\n{BEGIN}\nold\n{END}\nwords\n{other}\n");

        let new = replaced(&text, BEGIN, "new\n").unwrap();

        assert_eq!(
            new,
            format!("# Speed\n{other}\n{BEGIN}\n\nnew\n\n{END}\nwords\n{other}\n")
        );
        assert_eq!(replaced(&new, BEGIN, "new").unwrap(), new);
    }

    #[test]
    fn a_document_without_a_block_is_left_alone() {
        assert_eq!(replaced("# Speed\n", BEGIN, "new"), None);
        assert_eq!(replaced(&format!("{END}\n{BEGIN}\n"), BEGIN, "new"), None);
    }
}
