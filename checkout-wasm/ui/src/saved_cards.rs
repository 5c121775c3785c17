//! The cards that can be charged without typing them, and which of them the payer has chosen.

use std::sync::Arc;

use checkout_protocol::api::session_view::SavedCard;
use checkout_protocol::card::brand::Brand;

/// The cards, and the choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedCards {
    /// The default one first.
    pub cards: Arc<[SavedCard]>,
    /// The place of one; `None` is another card, to be typed.
    pub chosen: Option<usize>,
    /// Whether they came to a payer who was typing already, whose fields they must not push away.
    pub came_late: bool,
    /// Year and month, against which expiry dates are judged.
    today: (u16, u8),
}

/// The brand of `card`, if it is one that we know.
#[must_use]
pub fn brand(card: &SavedCard) -> Option<Brand> {
    card.brand.as_deref().and_then(Brand::from_acquirer)
}

impl SavedCards {
    /// No cards yet, in the month `today` (year, month).
    #[must_use]
    pub fn new(today: (u16, u8)) -> Self {
        Self {
            cards: Arc::default(),
            chosen: None,
            came_late: false,
            today,
        }
    }

    /// The one that is chosen.
    #[must_use]
    pub fn chosen_card(&self) -> Option<&SavedCard> {
        self.cards.get(self.chosen?)
    }

    /// Whether the one that is chosen has expired: it can be removed, and is not charged.
    #[must_use]
    pub fn has_chosen_expired(&self) -> bool {
        self.chosen_card().is_some_and(|card| self.is_expired(card))
    }

    /// Whether the last month of `card` is over. One that does not say may be tried.
    #[must_use]
    pub fn is_expired(&self, card: &SavedCard) -> bool {
        let last = card.exp_year.zip(card.exp_month);
        last.is_some_and(|last| last < self.today)
    }

    /// Takes the cards of a session that was opened. The first that works is chosen, unless the payer is typing another.
    ///
    /// A choice among cards that were there before stays, or becomes another card: never a saved one that the payer has
    /// not seen chosen.
    pub fn arrived(&mut self, cards: Vec<SavedCard>, is_typing: bool) {
        let before = std::mem::replace(&mut self.cards, cards.into());
        if before.is_empty() {
            self.came_late = is_typing;
            self.chosen = if is_typing {
                None
            } else {
                self.cards.iter().position(|card| !self.is_expired(card))
            };
        } else if let Some(chosen) = self.chosen.and_then(|place| before.get(place)) {
            self.chosen = self.place(&chosen.id);
        }
    }

    /// A card is gone. Whoever had chosen it types another: never a saved one that they have not seen chosen.
    pub fn remove(&mut self, id: &str) {
        let chosen = self.chosen_card().map(|card| card.id.clone());
        self.cards = self
            .cards
            .iter()
            .filter(|card| card.id != id)
            .cloned()
            .collect();
        self.chosen = chosen.and_then(|chosen| self.place(&chosen));
    }

    /// The payer chooses a card by its id, or another one. One that is not there is no choice.
    pub fn choose(&mut self, id: Option<&str>) {
        let Some(id) = id else {
            self.chosen = None;
            return;
        };
        let place = self.place(id);
        if place.is_some() {
            self.chosen = place;
            self.came_late = false;
        }
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.cards.iter().position(|card| card.id == id)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const TODAY: (u16, u8) = (2026, 11);

    pub(crate) fn card(id: &str, brand: &str, last4: &str, end: (u8, u16)) -> SavedCard {
        SavedCard {
            id: id.to_owned(),
            brand: Some(brand.to_owned()),
            last4: Some(last4.to_owned()),
            exp_month: Some(end.0),
            exp_year: Some(end.1),
        }
    }

    /// The default one has expired.
    pub(crate) fn cards() -> Vec<SavedCard> {
        vec![
            card("pm_1", "mc", "4444", (10, 2026)),
            card("pm_2", "visa", "4242", (11, 2026)),
            card("pm_3", "amex", "0005", (3, 2030)),
        ]
    }

    fn arrived(is_typing: bool) -> SavedCards {
        let mut saved = SavedCards::new(TODAY);
        saved.arrived(cards(), is_typing);
        saved
    }

    #[test]
    fn the_first_card_that_has_not_expired_is_chosen() {
        assert_eq!(arrived(false).chosen, Some(1));
    }

    #[test]
    fn a_payer_who_is_typing_is_not_given_another_choice() {
        let saved = arrived(true);
        assert_eq!((saved.chosen, saved.came_late), (None, true));
    }

    #[test]
    fn cards_that_have_all_expired_leave_another_card() {
        let mut saved = SavedCards::new(TODAY);
        saved.arrived(vec![cards().remove(0)], false);
        assert_eq!(saved.chosen, None);
    }

    #[test]
    fn a_card_works_through_its_last_month_and_without_one() {
        let saved = SavedCards::new(TODAY);
        for (month, year, is_expired) in [
            (Some(10), Some(2026), true),
            (Some(12), Some(2025), true),
            (Some(11), Some(2026), false),
            (Some(1), Some(2027), false),
            (None, Some(2020), false),
            (None, None, false),
        ] {
            let card = SavedCard {
                exp_month: month,
                exp_year: year,
                ..cards().remove(0)
            };
            assert_eq!(saved.is_expired(&card), is_expired, "{month:?} {year:?}");
        }
    }

    #[test]
    fn what_is_not_there_cannot_be_chosen_and_what_has_expired_is_known() {
        let mut saved = arrived(false);
        for id in ["pm_9", ""] {
            saved.choose(Some(id));
            assert_eq!(saved.chosen, Some(1), "{id}");
        }
        assert!(!saved.has_chosen_expired());
        saved.choose(Some("pm_1"));
        assert_eq!(saved.chosen, Some(0));
        assert!(saved.has_chosen_expired());
        saved.choose(Some("pm_3"));
        assert_eq!(saved.chosen, Some(2));
        saved.choose(None);
        assert_eq!(saved.chosen, None);
    }

    #[test]
    fn cards_that_came_late_take_their_place_once_one_is_chosen() {
        let mut saved = arrived(true);
        saved.choose(None);
        assert!(saved.came_late);
        saved.choose(Some("pm_2"));
        assert!(!saved.came_late);
    }

    #[test]
    fn a_choice_follows_its_card_when_the_session_is_opened_again() {
        let mut saved = arrived(false);
        saved.choose(Some("pm_3"));
        let mut other_order = cards();
        other_order.reverse();
        saved.arrived(other_order, false);
        assert_eq!(saved.chosen, Some(0));
    }

    #[test]
    fn a_choice_whose_card_is_gone_becomes_another_card() {
        let mut saved = arrived(false);
        saved.choose(Some("pm_3"));
        saved.arrived(cards()[..2].to_vec(), false);
        assert_eq!(saved.chosen, None);
    }

    #[test]
    fn a_card_that_is_removed_leaves_another_card_and_the_choice_of_others_as_it_is() {
        let mut saved = arrived(false);
        saved.choose(Some("pm_3"));
        saved.remove("pm_1");
        assert_eq!((saved.cards.len(), saved.chosen), (2, Some(1)));
        saved.remove("pm_3");
        assert_eq!((saved.cards.len(), saved.chosen), (1, None));
        saved.remove("pm_9");
        assert_eq!(saved.cards.len(), 1);
    }

    #[test]
    fn a_payer_who_chose_another_card_is_not_given_a_saved_one_later() {
        let mut saved = arrived(false);
        saved.choose(None);
        saved.arrived(cards(), false);
        assert_eq!(saved.chosen, None);
    }
}
