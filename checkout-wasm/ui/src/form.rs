//! What the payer has typed, and which mistakes are shown for it.
//! It does not print: it holds a card.

use std::fmt;

use checkout_protocol::card::brand::Brand;
use checkout_protocol::card::expiry::{Expiry, ExpiryError};
use checkout_protocol::card::holder_name::{self, HolderNameError};
use checkout_protocol::card::number::{self, CardNumber, CardNumberError};
use checkout_protocol::card::security_code::{SecurityCode, SecurityCodeError};
use checkout_protocol::frame_message::{Field, FieldMistake};

/// The fields in the order in which they stand.
pub const FIELDS: [Field; 4] = [
    Field::Number,
    Field::Expiry,
    Field::SecurityCode,
    Field::Name,
];

/// The four fields.
#[derive(Clone, PartialEq, Eq)]
pub struct Form {
    typed: [String; 4],
    shown: [Option<FieldMistake>; 4],
    /// Year and month, against which expiry dates are judged.
    today: (u16, u8),
}

/// A card of which every field is right.
pub struct Card {
    /// Its number.
    pub number: CardNumber,
    /// Its last month.
    pub expiry: Expiry,
    /// Its code.
    pub code: SecurityCode,
    /// The name on it.
    pub holder_name: String,
}

impl Form {
    /// Nothing typed, in the month `today` (year, month).
    #[must_use]
    pub fn new(today: (u16, u8)) -> Self {
        Self {
            typed: Default::default(),
            shown: [None; 4],
            today,
        }
    }

    /// What stands in `field`.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        &self.typed[place(field)]
    }

    /// The brand of the number, once it is certain.
    #[must_use]
    pub fn brand(&self) -> Option<Brand> {
        Brand::of(&number::digits(self.text(Field::Number)))
    }

    /// What is wrong with `field`, whether it is shown or not.
    #[must_use]
    pub fn mistake(&self, field: Field) -> Option<FieldMistake> {
        let text = self.text(field);
        match field {
            Field::Number => CardNumber::parse(text).err().map(|error| match error {
                CardNumberError::Empty => FieldMistake::Empty,
                CardNumberError::Incomplete => FieldMistake::Incomplete,
                CardNumberError::Invalid => FieldMistake::Invalid,
            }),
            Field::Expiry => Expiry::parse(text, self.today)
                .err()
                .map(|error| match error {
                    ExpiryError::Empty => FieldMistake::Empty,
                    ExpiryError::Incomplete => FieldMistake::Incomplete,
                    ExpiryError::Invalid => FieldMistake::Invalid,
                    ExpiryError::Past => FieldMistake::Past,
                }),
            Field::SecurityCode => {
                SecurityCode::parse(text, self.brand())
                    .err()
                    .map(|error| match error {
                        SecurityCodeError::Empty => FieldMistake::Empty,
                        SecurityCodeError::Incomplete => FieldMistake::Incomplete,
                        SecurityCodeError::Invalid => FieldMistake::Invalid,
                    })
            }
            Field::Name => holder_name::parse(text).err().map(|error| match error {
                HolderNameError::Empty => FieldMistake::Empty,
                HolderNameError::NoLetters | HolderNameError::TooLong => FieldMistake::Invalid,
            }),
        }
    }

    /// The mistake that `field` shows.
    #[must_use]
    pub fn shown(&self, field: Field) -> Option<FieldMistake> {
        self.shown[place(field)]
    }

    /// Takes what was typed. A shown mistake follows it until it is gone; no new one appears.
    #[must_use]
    pub fn typed(mut self, field: Field, text: String) -> Self {
        self.typed[place(field)] = text;
        for field in FIELDS {
            if self.shown(field).is_some() {
                self.shown[place(field)] = self.mistake(field);
            }
        }
        self
    }

    /// The payer left `field`. An empty field stays quiet: they may only be passing through.
    #[must_use]
    pub fn left(mut self, field: Field) -> Self {
        if !self.text(field).is_empty() {
            self.shown[place(field)] = self.mistake(field);
        }
        self
    }

    /// Shows every mistake.
    #[must_use]
    pub fn checked(mut self) -> Self {
        self.shown = FIELDS.map(|field| self.mistake(field));
        self
    }

    /// The first field that is not right.
    #[must_use]
    pub fn first_wrong(&self) -> Option<Field> {
        FIELDS
            .into_iter()
            .find(|field| self.mistake(*field).is_some())
    }

    /// Whether nothing is typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.typed.iter().all(String::is_empty)
    }

    /// The card, when every field is right.
    #[must_use]
    pub fn card(&self) -> Option<Card> {
        let number = CardNumber::parse(self.text(Field::Number)).ok()?;
        Some(Card {
            expiry: Expiry::parse(self.text(Field::Expiry), self.today).ok()?,
            code: SecurityCode::parse(self.text(Field::SecurityCode), number.brand()).ok()?,
            holder_name: holder_name::parse(self.text(Field::Name)).ok()?.to_owned(),
            number,
        })
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("shown", &self.shown)
            .finish_non_exhaustive()
    }
}

const fn place(field: Field) -> usize {
    match field {
        Field::Number => 0,
        Field::Expiry => 1,
        Field::SecurityCode => 2,
        Field::Name => 3,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const TODAY: (u16, u8) = (2026, 11);

    pub(crate) fn filled() -> Form {
        Form::new(TODAY)
            .typed(Field::Number, "4242 4242 4242 4242".to_owned())
            .typed(Field::Expiry, "03 / 30".to_owned())
            .typed(Field::SecurityCode, "737".to_owned())
            .typed(Field::Name, "Jón Þór".to_owned())
    }

    #[test]
    fn a_mistake_is_not_shown_while_typing() {
        let form = Form::new(TODAY).typed(Field::Number, "4242 4242".to_owned());
        assert_eq!(form.shown(Field::Number), None);
    }

    #[test]
    fn a_mistake_is_shown_once_the_field_is_left_and_goes_as_soon_as_it_is_right() {
        let left = Form::new(TODAY)
            .typed(Field::Number, "4242 4242 4242 424".to_owned())
            .left(Field::Number);
        assert_eq!(left.shown(Field::Number), Some(FieldMistake::Incomplete));
        let right = left.typed(Field::Number, "4242 4242 4242 4242".to_owned());
        assert_eq!(right.shown(Field::Number), None);
    }

    #[test]
    fn passing_through_an_empty_field_is_no_mistake() {
        assert_eq!(Form::new(TODAY).left(Field::Name).shown(Field::Name), None);
    }

    #[test]
    fn checking_shows_every_mistake_and_names_the_first_field() {
        let form = Form::new(TODAY)
            .typed(Field::Number, "4242 4242 4242 4242".to_owned())
            .checked();
        assert_eq!(form.shown(Field::Number), None);
        assert_eq!(form.shown(Field::Expiry), Some(FieldMistake::Empty));
        assert_eq!(form.first_wrong(), Some(Field::Expiry));
    }

    #[test]
    fn another_brand_makes_the_code_s_mistake_follow() {
        let form = filled()
            .typed(Field::Number, "3782 822463 10005".to_owned())
            .checked();
        assert_eq!(
            form.shown(Field::SecurityCode),
            Some(FieldMistake::Incomplete)
        );
        let form = form.typed(Field::Number, "4242 4242 4242 4242".to_owned());
        assert_eq!(form.shown(Field::SecurityCode), None);
    }

    #[test]
    fn four_right_fields_are_a_card() {
        let card = filled().card().unwrap();
        assert_eq!((card.expiry.month(), card.expiry.year()), (3, 2030));
        assert_eq!(card.holder_name, "Jón Þór");
    }

    #[test]
    fn a_form_does_not_print_what_was_typed() {
        assert!(!format!("{:?}", filled()).contains("4242"));
    }
}
