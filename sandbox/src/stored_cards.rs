//! The cards that shoppers let the processor keep. Of each it keeps its row of the table and its expiry, no number.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::cards::{Drill, TestCard};
use crate::expiry::Expiry;
use crate::random;

/// A card that was kept.
#[derive(Clone, Debug)]
pub(crate) struct StoredCard {
    /// The token: `storedPaymentMethodId`.
    pub(crate) id: String,
    /// Whose it is.
    pub(crate) shopper_reference: String,
    pub(crate) listed: &'static TestCard,
    pub(crate) expiry: Expiry,
    /// Whether its issuer has told of the card that came in its place.
    pub(crate) is_renewed: bool,
}

/// What became of the wish to keep a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Created,
    /// The shopper's same card with the same expiry had been kept before.
    AlreadyExisting,
}

/// Why no card was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotStored {
    /// The shopper has no card at all.
    Shopper,
    /// The shopper has others, but not this one.
    Card,
}

/// All of them, oldest first.
#[derive(Debug, Default)]
pub(crate) struct StoredCards(Mutex<Vec<StoredCard>>);

impl Operation {
    /// `tokenization.store.operationType`.
    pub(crate) fn wire_name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::AlreadyExisting => "alreadyExisting",
        }
    }
}

impl StoredCards {
    /// Keeps a card for a shopper, once.
    pub(crate) fn store(
        &self,
        shopper_reference: &str,
        listed: &'static TestCard,
        expiry: Expiry,
    ) -> (StoredCard, Operation) {
        let mut cards = self.lock();
        let kept = cards.iter().find(|card| {
            card.shopper_reference == shopper_reference
                && card.listed.number == listed.number
                && card.expiry == expiry
        });
        if let Some(card) = kept {
            return (card.clone(), Operation::AlreadyExisting);
        }
        let card = StoredCard {
            id: random::psp_reference(),
            shopper_reference: shopper_reference.to_owned(),
            listed,
            expiry,
            is_renewed: false,
        };
        cards.push(card.clone());
        (card, Operation::Created)
    }

    /// The card as it is charged: from the first charge on as its issuer has renewed it.
    pub(crate) fn find(&self, shopper_reference: &str, id: &str) -> Result<StoredCard, NotStored> {
        let mut cards = self.lock();
        let place = place(&cards, shopper_reference, id)?;
        let card = &mut cards[place];
        if card.listed.drill == Drill::Renewed && !card.is_renewed {
            card.is_renewed = true;
            card.expiry = card.expiry.renewed();
        }
        Ok(card.clone())
    }

    /// A shopper's cards, oldest first.
    pub(crate) fn of(&self, shopper_reference: &str) -> Vec<StoredCard> {
        let cards = self.lock();
        cards
            .iter()
            .filter(|card| card.shopper_reference == shopper_reference)
            .cloned()
            .collect()
    }

    pub(crate) fn forget(&self, shopper_reference: &str, id: &str) -> Result<(), NotStored> {
        let mut cards = self.lock();
        place(&cards, shopper_reference, id).map(|place| {
            cards.remove(place);
        })
    }

    fn lock(&self) -> MutexGuard<'_, Vec<StoredCard>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn place(cards: &[StoredCard], shopper_reference: &str, id: &str) -> Result<usize, NotStored> {
    let is_theirs = |card: &StoredCard| card.shopper_reference == shopper_reference;
    if !cards.iter().any(is_theirs) {
        return Err(NotStored::Shopper);
    }
    cards
        .iter()
        .position(|card| is_theirs(card) && card.id == id)
        .ok_or(NotStored::Card)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards;

    fn store(cards: &StoredCards, shopper: &str, number: &str, year: &str) -> (String, Operation) {
        let listed = cards::find(number).unwrap();
        let (card, operation) = cards.store(shopper, listed, Expiry::parse("3", year).unwrap());
        (card.id, operation)
    }

    #[test]
    fn the_same_card_of_the_same_shopper_is_kept_once() {
        let cards = StoredCards::default();
        let (first, created) = store(&cards, "cus_1", "4242424242424242", "2030");
        let (again, existing) = store(&cards, "cus_1", "4242424242424242", "2030");

        assert_eq!(
            (created, existing),
            (Operation::Created, Operation::AlreadyExisting)
        );
        assert_eq!(first, again);
    }

    #[test]
    fn another_shopper_number_or_expiry_is_another_card() {
        let cards = StoredCards::default();
        let mut ids = vec![
            store(&cards, "cus_1", "4242424242424242", "2030").0,
            store(&cards, "cus_2", "4242424242424242", "2030").0,
            store(&cards, "cus_1", "5555555555554444", "2030").0,
            store(&cards, "cus_1", "4242424242424242", "2031").0,
        ];
        ids.sort();
        ids.dedup();

        assert_eq!(ids.len(), 4);
    }

    #[test]
    fn a_shopper_without_cards_is_told_apart_from_a_card_that_is_not_theirs() {
        let cards = StoredCards::default();
        let (theirs, _) = store(&cards, "cus_1", "4242424242424242", "2030");
        let (other, _) = store(&cards, "cus_2", "5555555555554444", "2030");

        assert!(cards.find("cus_1", &theirs).is_ok());
        assert_eq!(cards.find("cus_1", &other).err(), Some(NotStored::Card));
        assert_eq!(cards.find("cus_3", &other).err(), Some(NotStored::Shopper));
        assert_eq!(cards.forget("cus_1", &other), Err(NotStored::Card));
        assert_eq!(cards.of("cus_2").len(), 1);
    }

    #[test]
    fn debug_shows_no_number() {
        let cards = StoredCards::default();
        store(&cards, "cus_1", "4242424242424242", "2030");

        assert!(!format!("{cards:?}").contains("42424242"));
    }
}
