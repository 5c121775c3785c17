//! What the payer has typed, and which mistakes are shown for it.
//! It does not print: it holds a card.

use std::fmt;

use checkout_protocol::card::brand::Brand;
use checkout_protocol::card::co_badge;
use checkout_protocol::card::expiry::{Expiry, ExpiryError};
use checkout_protocol::card::holder_name::{self, HolderNameError};
use checkout_protocol::card::number::{self, CardNumber, CardNumberError};
use checkout_protocol::card::security_code::{SecurityCode, SecurityCodeError};
use checkout_protocol::email::is_email_address;
use checkout_protocol::frame_message::{Field, FieldMistake};

/// The fields in the order in which they stand.
pub const FIELDS: [Field; 5] = [
    Field::Number,
    Field::Expiry,
    Field::SecurityCode,
    Field::Name,
    Field::Email,
];

/// The fields.
#[derive(Clone, PartialEq, Eq)]
pub struct Form {
    typed: [String; 5],
    shown: [Option<FieldMistake>; 5],
    /// Which of them the payer has left, with something in them.
    left: [bool; 5],
    /// Whether the payer is asked for an e-mail address.
    pub asks_email: bool,
    /// Whether the payer chose the second brand, should the card have two.
    pub second_brand: bool,
    /// Whose code the field for it takes.
    code_of: CodeOf,
    /// The typed card's code, while that of a saved one is asked for.
    put_away: String,
    /// Year and month, against which expiry dates are judged.
    today: (u16, u8),
}

/// Whose security code is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeOf {
    /// That of the card that is typed.
    Typed,
    /// That of a saved card, whose brand we may know.
    Saved(Option<Brand>),
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
            shown: [None; 5],
            left: [false; 5],
            asks_email: false,
            second_brand: false,
            code_of: CodeOf::Typed,
            put_away: String::new(),
            today,
        }
    }

    /// What stands in `field`.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        &self.typed[place(field)]
    }

    /// The brand of the number, once it is certain; of two, the one that the payer chose.
    #[must_use]
    pub fn brand(&self) -> Option<Brand> {
        self.chosen_brand()
            .or_else(|| Brand::of(&number::digits(self.text(Field::Number))))
    }

    /// The two brands that the payer can choose between.
    #[must_use]
    pub fn brands(&self) -> Option<[Brand; 2]> {
        co_badge::brands(&number::digits(self.text(Field::Number)))
    }

    /// The one of two brands that is to be charged; `None` for a card with one.
    #[must_use]
    pub fn chosen_brand(&self) -> Option<Brand> {
        let [first, second] = self.brands()?;
        Some(if self.second_brand { second } else { first })
    }

    /// The brand whose security code is asked for, as far as it is known.
    #[must_use]
    pub fn code_brand(&self) -> Option<Brand> {
        match self.code_of {
            CodeOf::Typed => self.brand(),
            CodeOf::Saved(brand) => brand,
        }
    }

    /// Asks for the code of another card from now on. That of the typed card waits while a saved one is chosen; that of a
    /// saved card is right for no other.
    #[must_use]
    pub fn asking_for_code_of(mut self, whose: CodeOf) -> Self {
        let place = place(Field::SecurityCode);
        match (self.code_of, whose) {
            (CodeOf::Typed, CodeOf::Typed) => return self,
            (CodeOf::Typed, CodeOf::Saved(_)) => {
                self.put_away = std::mem::take(&mut self.typed[place]);
            }
            (CodeOf::Saved(_), CodeOf::Typed) => {
                self.typed[place] = std::mem::take(&mut self.put_away);
            }
            (CodeOf::Saved(_), CodeOf::Saved(_)) => self.typed[place].clear(),
        }
        self.code_of = whose;
        self.unjudged(Field::SecurityCode)
    }

    /// As if the payer had not been in `field` yet.
    const fn unjudged(mut self, field: Field) -> Self {
        let place = place(field);
        self.left[place] = false;
        self.shown[place] = None;
        self
    }

    /// Without the code, which is another card's, and as if the payer had not been in its field yet.
    #[must_use]
    pub fn without_code(mut self) -> Self {
        self.typed[place(Field::SecurityCode)].clear();
        self.unjudged(Field::SecurityCode)
    }

    /// Asks for an e-mail address from now on, or no longer.
    #[must_use]
    pub fn asking_for_email(mut self, asks: bool) -> Self {
        self.asks_email = asks;
        let place = place(Field::Email);
        if self.shown[place].is_some() {
            self.shown[place] = self.mistake(Field::Email);
        }
        self
    }

    /// Without the code that waits for its card.
    #[must_use]
    pub fn without_code_put_away(mut self) -> Self {
        self.put_away.clear();
        self
    }

    /// The e-mail address, where the payer is asked for it and it is right.
    #[must_use]
    pub fn email(&self) -> Option<String> {
        let text = self.text(Field::Email).trim();
        (self.asks_email && is_email_address(text)).then(|| text.to_owned())
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
                SecurityCode::parse(text, self.code_brand())
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
            Field::Email if !self.asks_email || is_email_address(text.trim()) => None,
            Field::Email if text.trim().is_empty() => Some(FieldMistake::Empty),
            Field::Email => Some(FieldMistake::Invalid),
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

    /// The payer left `field`. An empty field stays quiet: they may only be passing through. What was typed may have made
    /// another field wrong that was left before, as another card does with the code of the first.
    #[must_use]
    pub fn left(mut self, field: Field) -> Self {
        self.left[place(field)] |= !self.text(field).is_empty();
        for field in FIELDS {
            if self.left[place(field)] {
                self.shown[place(field)] = self.mistake(field);
            }
        }
        self
    }

    /// Shows every mistake in `fields`.
    #[must_use]
    pub fn checked(mut self, fields: &[Field]) -> Self {
        for field in fields {
            self.left[place(*field)] = true;
            self.shown[place(*field)] = self.mistake(*field);
        }
        self
    }

    /// The first of `fields` that is not right.
    #[must_use]
    pub fn first_wrong(&self, fields: &[Field]) -> Option<Field> {
        let mut fields = fields.iter().copied();
        fields.find(|field| self.mistake(*field).is_some())
    }

    /// Whether nothing is typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.typed.iter().all(String::is_empty)
    }

    /// The code of the card that is to be charged, when it is right.
    #[must_use]
    pub fn code(&self) -> Option<SecurityCode> {
        SecurityCode::parse(self.text(Field::SecurityCode), self.code_brand()).ok()
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
        Field::Email => 4,
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
            .checked(&FIELDS);
        assert_eq!(form.shown(Field::Number), None);
        assert_eq!(form.shown(Field::Expiry), Some(FieldMistake::Empty));
        assert_eq!(form.first_wrong(&FIELDS), Some(Field::Expiry));
    }

    #[test]
    fn another_brand_makes_the_code_s_mistake_follow() {
        let form = filled()
            .typed(Field::Number, "3782 822463 10005".to_owned())
            .checked(&FIELDS);
        assert_eq!(
            form.shown(Field::SecurityCode),
            Some(FieldMistake::Incomplete)
        );
        let form = form.typed(Field::Number, "4242 4242 4242 4242".to_owned());
        assert_eq!(form.shown(Field::SecurityCode), None);
    }

    #[test]
    fn a_code_that_another_card_makes_wrong_shows_it_once_the_number_is_left_and_stays() {
        let form = Form::new(TODAY)
            .typed(Field::Number, "3782 822463 10005".to_owned())
            .typed(Field::SecurityCode, "1234".to_owned())
            .left(Field::SecurityCode);
        assert_eq!(form.shown(Field::SecurityCode), None);
        let form = form.typed(Field::Number, "4242 4242 4242 4242".to_owned());
        assert_eq!(
            form.shown(Field::SecurityCode),
            None,
            "the number is still typed"
        );
        let form = form.left(Field::Number);
        assert_eq!(form.shown(Field::SecurityCode), Some(FieldMistake::Invalid));
        assert_eq!(form.text(Field::SecurityCode), "1234");
    }

    #[test]
    fn an_email_address_is_judged_only_where_it_is_asked_for() {
        let mut form = filled();
        assert_eq!(form.first_wrong(&FIELDS), None);
        form.asks_email = true;
        assert_eq!(form.mistake(Field::Email), Some(FieldMistake::Empty));
        let form = form.typed(Field::Email, "jon@".to_owned());
        assert_eq!(
            (form.first_wrong(&FIELDS), form.email()),
            (Some(Field::Email), None)
        );
        let form = form.typed(Field::Email, " jon@shop.is ".to_owned());
        assert_eq!(form.first_wrong(&FIELDS), None);
        assert_eq!(form.email().as_deref(), Some("jon@shop.is"));
    }

    #[test]
    fn a_card_with_two_brands_is_of_the_one_that_was_chosen() {
        let mut form = Form::new(TODAY).typed(Field::Number, "6221 5588".to_owned());
        assert_eq!(form.brand(), Some(Brand::Unionpay));
        form.second_brand = true;
        assert_eq!(form.brand(), Some(Brand::Discover));
        let form = form.typed(Field::Number, "4242".to_owned());
        assert_eq!(
            (form.brand(), form.chosen_brand()),
            (Some(Brand::Visa), None)
        );
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
