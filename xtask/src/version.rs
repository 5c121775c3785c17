//! Versions as tools print them.
//! Only the three numbers count; what a tool writes around them is dropped.

use std::fmt;

/// Major, minor, patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u64, pub u64, pub u64);

impl Version {
    /// The first version in a line such as `wasm-pack 0.15.1`, `v20.20.2` or
    /// `Chromium 156.0.8078.79 built on …`; a part that is missing counts as 0.
    pub fn find(line: &str) -> Option<Self> {
        line.split_whitespace().find_map(Self::parse)
    }

    fn parse(word: &str) -> Option<Self> {
        let word = word.trim_start_matches('v').trim_end_matches("esr");
        let numbers = word.split(['-', '+']).next()?;
        let mut parts = numbers.split('.').map(|part| part.parse::<u64>().ok());
        let major = parts.next()??;
        Some(Self(
            major,
            parts.next().unwrap_or(Some(0))?,
            parts.next().unwrap_or(Some(0))?,
        ))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<Version>) {
        assert_eq!(Version::find(line), expected, "{line}");
    }

    #[test]
    fn the_version_is_found_in_what_a_tool_prints() {
        check("wasm-bindgen 0.2.130", Some(Version(0, 2, 130)));
        check(
            "wasm-bindgen 0.2.130 (0123456789 2026-01-01)",
            Some(Version(0, 2, 130)),
        );
        check("Mozilla Firefox 153.7.0esr", Some(Version(153, 7, 0)));
        check("v20.20.2\n", Some(Version(20, 20, 2)));
        check(
            "Chromium 156.0.8078.79 built on Debian GNU/Linux 12",
            Some(Version(156, 0, 8078)),
        );
        check(
            "wasm-opt version 132 (version_132)",
            Some(Version(132, 0, 0)),
        );
        check("wasm-pack 0.16.0-rc.1", Some(Version(0, 16, 0)));
    }

    #[test]
    fn a_line_without_a_version_has_none() {
        check("", None);
        check("command not found", None);
        check("version x.y.z", None);
    }

    #[test]
    fn a_later_minor_is_later_whatever_the_patch() {
        assert!(Version(0, 16, 0) > Version(0, 15, 9));
    }
}
