//! What is wrong with a field, and how to mend it.

use checkout_protocol::frame_message::{Field, FieldMistake};

use super::Sentence;

/// What to say about `mistake` in `field`.
#[must_use]
pub const fn mistake(field: Field, mistake: FieldMistake) -> Sentence {
    use FieldMistake::{Empty, Incomplete, Invalid, Past};
    match (field, mistake) {
        (Field::Number, Empty) => Sentence::NumberEmpty,
        (Field::Number, Incomplete) => Sentence::NumberIncomplete,
        (Field::Number, Invalid | Past) => Sentence::NumberWrong,
        (Field::Expiry, Empty) => Sentence::ExpiryEmpty,
        (Field::Expiry, Incomplete) => Sentence::ExpiryIncomplete,
        (Field::Expiry, Invalid) => Sentence::ExpiryWrong,
        (Field::Expiry, Past) => Sentence::ExpiryPast,
        (Field::SecurityCode, Empty) => Sentence::CodeEmpty,
        (Field::SecurityCode, Incomplete) => Sentence::CodeIncomplete,
        (Field::SecurityCode, Invalid | Past) => Sentence::CodeWrong,
        (Field::Name, Empty | Incomplete) => Sentence::NameEmpty,
        (Field::Name, Invalid | Past) => Sentence::NameWrong,
        (Field::Email, Empty) => Sentence::EmailEmpty,
        (Field::Email, Incomplete | Invalid | Past) => Sentence::EmailWrong,
    }
}
