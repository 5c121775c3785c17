//! Every sentence that a payer reads, in every language.
//!
//! A language is one file with one `match` over [`Sentence`]: a sentence that is missing does not compile. The frame loads
//! the one language that it shows beside its program, and another when the page wants one, so that a payer never downloads
//! a language that they do not read.

use std::sync::Arc;

use checkout_protocol::locale::Locale;
use serde::{Deserialize, Serialize};

pub mod advice;
mod mistake;
pub mod sentence;

mod en;
mod is;
mod pl;

pub use mistake::mistake;
pub use sentence::Sentence;

/// The sentences of one language, in the order of [`Sentence::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(Arc<[String]>);

impl Words {
    /// The sentences of `locale`. Only servers and tests call it; the frame is handed its words.
    #[must_use]
    pub fn of(locale: Locale) -> Self {
        let say = language(locale);
        Self(Sentence::ALL.iter().map(|it| say(*it).to_owned()).collect())
    }

    /// Takes sentences that were handed over. `None` when they are not as many as there must be, which is how those of
    /// another build are told.
    #[must_use]
    pub fn from_list(list: Vec<String>) -> Option<Self> {
        (list.len() == Sentence::ALL.len()).then(|| Self(list.into()))
    }

    /// One sentence.
    #[must_use]
    pub fn say(&self, sentence: Sentence) -> &str {
        self.0.get(sentence as usize).map_or("", String::as_str)
    }

    /// One sentence with values in place of the names in braces.
    #[must_use]
    pub fn fill(&self, sentence: Sentence, values: &[(&str, &str)]) -> String {
        filled(self.say(sentence), values)
    }

    /// One sentence about `n` things. It has a form for each of the language's plurals, of which `locale` chooses.
    #[must_use]
    pub fn count(&self, sentence: Sentence, locale: Locale, n: u32) -> String {
        let forms = self.say(sentence);
        let form = forms.split('|').nth(locale.plural(n) as usize);
        filled(form.unwrap_or(forms), &[("n", &n.to_string())])
    }
}

/// Goes through the text once: a value that has braces itself stays as it is.
fn filled(mut text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    while let Some((before, rest)) = text.split_once('{') {
        let (name, after) = rest.split_once('}').unwrap_or_default();
        filled.push_str(before);
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        text = after;
    }
    filled.push_str(text);
    filled
}

fn language(locale: Locale) -> fn(Sentence) -> &'static str {
    match locale {
        Locale::Is => is::say,
        Locale::En => en::say,
        Locale::Pl => pl::say,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names in braces and the number of plural forms.
    fn shape(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn every_language_fills_the_same_values_into_a_sentence() {
        for sentence in Sentence::ALL {
            let shapes = Locale::ALL.map(|locale| shape(language(locale)(*sentence)));
            assert!(
                shapes.iter().all(|shape| *shape == shapes[0]),
                "{sentence:?}: {shapes:?}"
            );
        }
    }

    #[test]
    fn a_sentence_that_counts_has_every_plural_of_its_language() {
        for locale in Locale::ALL {
            for sentence in Sentence::ALL {
                let forms = language(locale)(*sentence).split('|').count();
                let counts = shape(language(locale)(*sentence)).contains(&"n");
                let expected = if counts { locale.plurals() } else { 1 };
                assert_eq!(forms, expected, "{locale:?} {sentence:?}");
            }
        }
    }

    #[test]
    fn no_sentence_is_empty_or_of_two_languages() {
        for sentence in Sentence::ALL {
            let said = Locale::ALL.map(|locale| language(locale)(*sentence));
            assert!(said.iter().all(|text| !text.is_empty()), "{sentence:?}");
            // A word may be the same by chance; a whole sentence is not.
            if said[0].ends_with('.') {
                assert!(
                    said[0] != said[1] && said[1] != said[2] && said[0] != said[2],
                    "{sentence:?}"
                );
            }
        }
    }

    #[test]
    fn values_are_filled_in_once() {
        let merchant = "{amount} & Co";
        let text = filled(
            "{merchant}: {amount}.",
            &[("merchant", merchant), ("amount", "1")],
        );
        assert_eq!(text, "{amount} & Co: 1.");
        assert_eq!(filled("a {b", &[]), "a ");
    }

    #[test]
    fn polish_counts_in_three_ways() {
        let words = Words::of(Locale::Pl);
        for (n, text) in [
            (1, "1 cyfrę."),
            (3, "3 cyfry."),
            (5, "5 cyfr."),
            (22, "22 cyfry."),
        ] {
            let said = words.count(Sentence::CodeDigits, Locale::Pl, n);
            assert!(said.ends_with(text), "{said}");
        }
    }

    #[test]
    fn words_of_another_build_are_no_words() {
        assert_eq!(Words::from_list(vec!["a".to_owned()]), None);
    }
}
