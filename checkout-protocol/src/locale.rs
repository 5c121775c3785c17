//! The languages of the checkout, and which one a payer gets.

use serde::{Deserialize, Serialize};

/// A language that every sentence of the checkout exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Icelandic.
    Is,
    /// English, also for every language we do not have.
    #[default]
    En,
    /// Polish.
    Pl,
}

/// Which form a word takes after a number, by the Unicode plural rules (CLDR 48) for whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// Icelandic and English: one of them. Icelandic also 21, 31, but not 11.
    One,
    /// The second form: Polish 2 to 4, 22 to 24, but not 12 to 14; in the other languages all but one.
    Second,
    /// The third form of Polish.
    Third,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::Is, Self::En, Self::Pl];

    /// Our language for a BCP 47 tag, by its primary subtag and in any case: `is-IS` → Icelandic. `None` when the tag's
    /// language is not ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|locale| primary.trim().eq_ignore_ascii_case(locale.tag()))
    }

    /// The first language of an `Accept-Language` header that is ours. The header's order is taken for the payer's
    /// order of preference, as browsers write it.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Option<Self> {
        header
            .split(',')
            .filter_map(|item| item.split(';').next())
            .find_map(Self::from_tag)
    }

    /// The tag to put in `lang`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::En => "en",
            Self::Pl => "pl",
        }
    }

    /// How many forms a counted word has.
    #[must_use]
    pub const fn plurals(self) -> usize {
        match self {
            Self::Is | Self::En => 2,
            Self::Pl => 3,
        }
    }

    /// The form that a word takes after `n`.
    #[must_use]
    pub const fn plural(self, n: u32) -> Plural {
        match (self, n % 10, n % 100) {
            (Self::Is, 1, 0..=10 | 12..=99) => Plural::One,
            (Self::En | Self::Pl, ..) if n == 1 => Plural::One,
            (Self::Is | Self::En, ..) | (Self::Pl, 2..=4, 0..=11 | 15..=99) => Plural::Second,
            (Self::Pl, ..) => Plural::Third,
        }
    }

    /// Attribute wins over session, session over browser; what is not ours counts as English where it was asked for by
    /// name, because a payer who was promised a language should not get a third one.
    #[must_use]
    pub fn choose(attribute: Option<&str>, session: Option<&str>, browser: Option<&str>) -> Self {
        attribute
            .or(session)
            .map(|tag| Self::from_tag(tag).unwrap_or_default())
            .or_else(|| browser.and_then(Self::from_accept_language))
            .unwrap_or_default()
    }
}

/// Whether `tag` has the form of a BCP 47 language tag: subtags of one to eight letters and digits, the first of
/// letters, at most 35 characters in all.
#[must_use]
pub fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    tag.len() <= 35
        && (2..=8).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len())
                && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_wish_wins() {
        for (attribute, session, browser, chosen) in [
            (Some("is"), Some("en"), Some("en"), Locale::Is),
            (None, Some("is-IS"), Some("en-GB,en;q=0.9"), Locale::Is),
            (None, None, Some("de-DE,is;q=0.8,en;q=0.7"), Locale::Is),
            (None, None, Some("de-DE"), Locale::En),
            (Some("xx"), Some("is"), Some("is"), Locale::En),
            (None, None, Some("pl-PL,en;q=0.5"), Locale::Pl),
            (None, None, None, Locale::En),
        ] {
            assert_eq!(Locale::choose(attribute, session, browser), chosen);
        }
    }

    #[test]
    fn only_language_tags_are_language_tags() {
        for tag in ["is", "en-GB", "zh-Hant-TW", "de-1996"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in ["", "i", "is_IS", "is-", "../etc", "en-<b>", "abcdefghi"] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }
}
