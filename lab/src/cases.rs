//! The cases, group by group.

mod acquirer;
mod asking;
mod bank;
mod payer;
mod surroundings;
mod ways;

use crate::case::Case;

/// All of them, in the order in which they are listed.
pub fn all() -> impl Iterator<Item = &'static Case> {
    [
        ways::CASES,
        asking::CASES,
        bank::CASES,
        acquirer::CASES,
        surroundings::CASES,
        payer::CASES,
    ]
    .into_iter()
    .flatten()
}

/// The case with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Case> {
    all().find(|case| case.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::act::Act;

    #[test]
    fn names_are_different_and_fit_into_an_address() {
        let mut seen = HashSet::new();
        for case in all() {
            assert!(seen.insert(case.name), "{} twice", case.name);
            let fits =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            assert!(case.name.bytes().all(fits), "{}", case.name);
        }
        assert!(seen.len() > 50, "{}", seen.len());
    }

    #[test]
    fn what_needs_the_labs_own_page_is_not_played_anywhere() {
        let anywhere = |name| find(name).is_some_and(Case::plays_anywhere);
        assert!(anywhere("popup"));
        assert!(anywhere("bank-posts-twice-inline"));
        for name in [
            "redirect",
            "page-isolated-popup",
            "reload-at-bank-popup",
            "bank-takes-too-long",
        ] {
            assert!(!anywhere(name), "{name}");
        }
    }

    #[test]
    fn groups_stand_together_and_every_case_says_what_it_is() {
        let groups: Vec<_> = all().map(|case| case.group).collect();
        assert!(groups.is_sorted(), "{groups:?}");
        for case in all() {
            assert!(case.about.ends_with('.'), "{}", case.name);
            assert!(
                case.acts.iter().any(|act| matches!(act, Act::Pay)),
                "{}",
                case.name
            );
        }
    }
}
