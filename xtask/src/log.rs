//! What a program wrote last before something went wrong.
//! It reads whole files: ours are those of one run.

use std::{fs, path::Path};

const LINES_SHOWN: usize = 20;

/// Where a log is and what stands last in it, as the second half of a sentence.
pub fn end_of(path: &Path) -> String {
    let log = fs::read(path).unwrap_or_default();
    let lines = last_lines(&String::from_utf8_lossy(&log), LINES_SHOWN);
    format!("the last lines of {}:\n{lines}", path.display())
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_lines_of_a_log_are_shown() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a\n", 2), "a");
        assert_eq!(last_lines("", 2), "");
    }
}
