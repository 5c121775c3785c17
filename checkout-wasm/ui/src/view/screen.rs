//! The model as the view reads it.
//!
//! Each reading returns the same closure type whatever it reads, because every type that is bound to an element is
//! compiled anew and ends up in the payer's download.

use checkout_protocol::frame_message::Field;
use leptos::prelude::*;

use crate::model::Model;
use crate::text::Sentence;

/// The model, to read.
#[derive(Clone, Copy)]
pub struct Screen {
    /// Changed only by the program, through `update`.
    pub model: RwSignal<Model>,
}

impl Screen {
    /// A screen that shows `model`.
    #[must_use]
    pub fn new(model: Model) -> Self {
        Self {
            model: RwSignal::new(model),
        }
    }

    /// A sentence in the payer's language.
    pub fn sentence(self, sentence: Sentence) -> impl Fn() -> String + Copy + Send + 'static {
        move || {
            self.model
                .with(|model| model.words.say(sentence).to_owned())
        }
    }

    /// A text that depends on more than the language.
    pub fn text(self, read: fn(&Model) -> String) -> impl Fn() -> String + Copy + Send + 'static {
        move || self.model.with(read)
    }

    /// Something that is so or not.
    pub fn flag(self, read: fn(&Model) -> bool) -> impl Fn() -> bool + Copy + Send + 'static {
        move || self.model.with(read)
    }

    /// Something about one field that is so or not.
    pub fn is_of_field(
        self,
        field: Field,
        read: fn(&Model, Field) -> bool,
    ) -> impl Fn() -> bool + Copy + Send + 'static {
        move || self.model.with(|model| read(model, field))
    }

    /// A text about one field.
    pub fn of_field(
        self,
        field: Field,
        read: fn(&Model, Field) -> String,
    ) -> impl Fn() -> String + Copy + Send + 'static {
        move || self.model.with(|model| read(model, field))
    }
}
