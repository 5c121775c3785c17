//! The cards that need not be typed, each a radio button, and the choice of typing another.
//!
//! What is inside the group is the one part that is not in the document from the start: only who shows the client secret
//! may see it. The program puts it in; a list that the view makes itself costs the payer 6 KB more.

use std::fmt::Write as _;

use checkout_protocol::api::session_view::SavedCard;
use leptos::prelude::*;

use super::screen::Screen;
use crate::model::{Model, Removal};
use crate::saved_cards::brand;
use crate::text::Sentence;
use crate::wire::write;

/// The id of the choice of another card. A saved card has its own id.
pub const ANOTHER: &str = "another-card";

/// The group, of which the style shows nothing while there is nothing to choose.
pub fn saved_cards(screen: Screen) -> impl IntoView {
    view! {
        <fieldset
            id="saved-cards"
            class="saved-cards"
            disabled=screen.flag(Model::is_submitting)
        ></fieldset>
        <div class="removal" hidden=screen.flag(|model| model.removal == Removal::Idle && model.is_typed())>
            <button
                id="remove-card"
                class="button button--third"
                type="button"
                hidden=screen.flag(Model::is_typed)
                aria-disabled=screen.text(|model| (model.removal == Removal::Running).to_string())
            >
                {screen.text(remove)}
            </button>
            <p id="removal" role="status">{screen.text(removal)}</p>
        </div>
    }
}

/// What the button does to the card that is chosen.
pub fn remove(model: &Model) -> String {
    // The sentence says that it is a card.
    let card = model.saved.chosen_card();
    let card = card.map_or_else(String::new, |card| short(card, ""));
    let sentence = match model.removal {
        Removal::Asked | Removal::Running => Sentence::RemoveSurely,
        Removal::Idle | Removal::Done | Removal::Failed => Sentence::RemoveCard,
    };
    model.words.fill(sentence, &[("card", &card)])
}

/// What came of it.
fn removal(model: &Model) -> String {
    match model.removal {
        Removal::Idle | Removal::Asked | Removal::Running => return String::new(),
        Removal::Done => model.words.say(Sentence::Removed),
        Removal::Failed => model.words.say(Sentence::RemoveFailed),
    }
    .to_owned()
}

/// One radio button and what stands beside it.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// `pm_…`, or [`ANOTHER`].
    pub id: String,
    /// What the payer reads.
    pub label: String,
    /// By this the style shows the brand's mark; empty where there is none.
    pub brand: &'static str,
    /// Whether it is the one that counts.
    pub is_chosen: bool,
}

/// The saved cards, and another one.
#[must_use]
pub fn choices(model: &Model) -> Vec<Choice> {
    let mut choices = vec![];
    for (place, card) in model.saved.cards.iter().enumerate() {
        choices.push(Choice {
            id: card.id.clone(),
            label: label(model, card),
            brand: brand(card).map_or("", write::brand_name),
            is_chosen: model.saved.chosen == Some(place),
        });
    }
    choices.push(Choice {
        id: ANOTHER.to_owned(),
        label: model.words.say(Sentence::AnotherCard).to_owned(),
        brand: "",
        is_chosen: model.is_typed(),
    });
    choices
}

/// Brand, or what stands for one that is not known, and last digits.
fn short(card: &SavedCard, unknown: &str) -> String {
    let mut short = brand(card).map_or(unknown, |brand| brand.name()).to_owned();
    if let Some(last4) = &card.last4 {
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str("••••\u{a0}");
        short.push_str(last4);
    }
    short
}

fn label(model: &Model, card: &SavedCard) -> String {
    let words = &model.words;
    let mut label = short(card, words.say(Sentence::Card));
    if let (Some(month), Some(year)) = (card.exp_month, card.exp_year) {
        label.push_str(if model.saved.is_expired(card) {
            words.say(Sentence::ExpiredOn)
        } else {
            ", "
        });
        let year = u8::try_from(year % 100).unwrap_or_default();
        let _ = write!(label, "{month:02}/{year:02}");
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boot::tests::boot;
    use crate::saved_cards::tests::{card, cards};
    use crate::text::Words;
    use checkout_protocol::locale::Locale;

    fn model(cards: Vec<SavedCard>) -> Model {
        let mut model = Model::new(boot());
        model.saved.arrived(cards, false);
        model
    }

    fn labels(model: &Model) -> Vec<String> {
        let choices = choices(model);
        choices.into_iter().map(|choice| choice.label).collect()
    }

    #[test]
    fn each_card_is_named_in_the_payers_language_and_another_comes_last() {
        let mut model = model(cards());
        let icelandic = [
            "Mastercard ••••\u{a0}4444, útrunnið\u{a0}10/26",
            "Visa ••••\u{a0}4242, 11/26",
            "American Express ••••\u{a0}0005, 03/30",
            "Annað kort",
        ];
        assert_eq!(labels(&model), icelandic);
        model.words = Words::of(Locale::En);
        let english = labels(&model);
        assert_eq!(english[0], "Mastercard ••••\u{a0}4444, expired\u{a0}10/26");
        assert_eq!(english[3], "Another card");
    }

    #[test]
    fn the_style_learns_the_brands_that_have_a_mark() {
        let mut saved = cards();
        saved[2].brand = Some("girocard".to_owned());
        let choices = choices(&model(saved));
        let brands: Vec<&str> = choices.iter().map(|choice| choice.brand).collect();
        assert_eq!(brands, ["mastercard", "visa", "", ""]);
    }

    #[test]
    fn what_is_not_known_of_a_card_is_not_said() {
        let unknown = SavedCard {
            brand: Some("girocard".to_owned()),
            ..card("pm_1", "", "1234", (1, 2030))
        };
        let nothing = SavedCard {
            brand: None,
            last4: None,
            exp_month: None,
            exp_year: None,
            ..unknown.clone()
        };
        let labels = labels(&model(vec![unknown, nothing]));
        assert_eq!(labels[..2], ["Kort ••••\u{a0}1234, 01/30", "Kort"]);
    }

    #[test]
    fn removing_a_card_of_an_unknown_brand_is_asked_in_a_sentence() {
        let mut model = model(vec![SavedCard {
            brand: None,
            ..card("pm_1", "", "1234", (1, 2030))
        }]);
        model.saved.choose(Some("pm_1"));
        for (locale, sentence) in [
            (Locale::Is, "Eyða ••••\u{a0}1234"),
            (Locale::En, "Remove ••••\u{a0}1234"),
            (Locale::Pl, "Usuń kartę ••••\u{a0}1234"),
        ] {
            model.words = Words::of(locale);
            assert_eq!(remove(&model), sentence);
        }
    }

    #[test]
    fn exactly_one_choice_counts() {
        for chosen in [Some("pm_1"), Some("pm_2"), Some("pm_3"), None] {
            let mut model = model(cards());
            model.saved.choose(chosen);
            let counting: Vec<Choice> = choices(&model)
                .into_iter()
                .filter(|choice| choice.is_chosen)
                .collect();
            let [choice] = &counting[..] else {
                panic!("{counting:?}");
            };
            assert_eq!(choice.id, chosen.unwrap_or(ANOTHER));
        }
    }
}
