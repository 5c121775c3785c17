//! Where the focus goes when what had it is gone, or when the payer is to look elsewhere.

use checkout_protocol::checkout::Notice;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::frame_message::Field;

use crate::model::{Model, Scene};
use crate::view::field_id;

/// Where the focus can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into a field, at once.
    Field(Field),
    /// To where the payer goes on in the form, at once.
    First,
    /// To the saved card that is chosen, at once.
    SavedCard,
    /// To what took the form's place, if the payer is in the frame.
    Panel,
    /// Back to the form, if the payer is in the frame: into the field that a decline was about, to what is said, or to where
    /// they go on. One who is in a field already stays there, unless the decline was about one.
    Form,
    /// Where it is; if that is gone, as [`Self::Form`] or [`Self::Panel`]. While the card is on its way that is Pay.
    Kept,
}

/// The id of the element that is meant by `place`.
#[must_use]
pub fn id_of(model: &Model, place: Place) -> String {
    match place {
        Place::Field(field) => field_id(field).to_owned(),
        Place::SavedCard => model.payment_method().unwrap_or_default(),
        Place::Panel => "panel-title".to_owned(),
        // What was meant has gone since.
        _ if model.scene() != Scene::Form => "panel-title".to_owned(),
        _ if model.is_submitting() => "pay".to_owned(),
        Place::First => first(model),
        Place::Form | Place::Kept => match (refused(model), model.notice()) {
            (Some(field), _) => field_id(field).to_owned(),
            // Without something to say it cannot be seen.
            (None, Some(_)) => "notice".to_owned(),
            (None, None) => first(model),
        },
    }
}

/// The field that the decline was about.
#[must_use]
pub fn refused(model: &Model) -> Option<Field> {
    let is_code = model.notice() == Some(Notice::Failed(ErrorCode::IncorrectCvc));
    let code = Field::SecurityCode;
    (is_code && model.fields().contains(&code)).then_some(code)
}

/// The first thing that is wrong; the beginning, if nothing is.
fn first(model: &Model) -> String {
    match model.form.first_wrong(model.fields()) {
        Some(field) => field_id(field).to_owned(),
        None => model
            .payment_method()
            .unwrap_or_else(|| field_id(Field::Number).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boot::tests::boot;
    use crate::form::tests::filled;
    use crate::saved_cards::tests::cards;
    use checkout_protocol::checkout::{AttemptRef, Event, Phase};

    fn at(notice: Option<Notice>) -> Model {
        let mut model = Model::new(boot());
        model.checkout.phase = Phase::Ready { notice };
        model
    }

    #[test]
    fn a_form_about_which_something_is_said_begins_with_that() {
        let model = at(Some(Notice::Canceled));
        for place in [Place::Form, Place::Kept] {
            assert_eq!(id_of(&model, place), "notice");
        }
    }

    #[test]
    fn a_form_about_which_nothing_is_said_begins_where_the_payer_goes_on() {
        for place in [Place::Form, Place::Kept, Place::First] {
            let mut model = at(None);
            assert_eq!(id_of(&model, place), "card-number");
            model.form = filled();
            assert_eq!(id_of(&model, place), "card-number", "all of it is right");
            model.form = filled().typed(Field::Name, String::new());
            assert_eq!(id_of(&model, place), "card-name");
            model.saved.arrived(cards(), false);
            model.saved.choose(Some("pm_2"));
            assert_eq!(id_of(&model, place), "pm_2");
            model.asks_saved_card_code = true;
            model.form = model.form.clone().asking_for_code_of(model.code_of());
            assert_eq!(id_of(&model, place), "card-code");
        }
    }

    #[test]
    fn a_code_that_was_refused_is_typed_again_where_it_is_asked_for() {
        let mut model = at(Some(Notice::Failed(ErrorCode::IncorrectCvc)));
        for place in [Place::Form, Place::Kept] {
            assert_eq!(id_of(&model, place), "card-code");
        }
        model.saved.arrived(cards(), false);
        model.saved.choose(Some("pm_2"));
        assert_eq!(id_of(&model, Place::Form), "notice", "nobody asks for it");
    }

    #[test]
    fn a_payer_whose_card_is_on_its_way_is_at_the_button() {
        let mut model = at(None);
        model.checkout = model.checkout.after(Event::Pay(AttemptRef(1))).0;
        assert!(model.is_submitting());
        for place in [Place::First, Place::Form, Place::Kept] {
            assert_eq!(id_of(&model, place), "pay");
        }
    }

    #[test]
    fn what_took_the_forms_place_begins_with_its_title() {
        let mut model = at(None);
        model.checkout.phase = Phase::Succeeded;
        for place in [Place::Panel, Place::Kept, Place::Form, Place::First] {
            assert_eq!(id_of(&model, place), "panel-title");
        }
    }
}
