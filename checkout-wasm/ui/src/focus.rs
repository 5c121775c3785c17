//! Where the focus goes when what had it is gone, or when the payer is to look elsewhere.

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
    /// Into the field that a decline was about, if the payer is in the frame.
    Declined(Field),
    /// To what took the form's place, if the payer is in the frame.
    Panel,
    /// Back to the form, if the payer is in the frame: to what is said about it, or to where they go on.
    Form,
    /// Where it is; if that is gone, to what the payer should read next.
    Kept,
}

/// The id of the element that is meant by `place`.
#[must_use]
pub fn id_of(model: &Model, place: Place) -> String {
    let is_form = model.scene() == Scene::Form;
    match place {
        Place::Field(field) | Place::Declined(field) => field_id(field).to_owned(),
        Place::SavedCard => model.payment_method().unwrap_or_default(),
        Place::Panel => PANEL.to_owned(),
        Place::Kept if !is_form => PANEL.to_owned(),
        // Without something to say it cannot be seen.
        Place::Form | Place::Kept if model.notice().is_some() => "notice".to_owned(),
        Place::First | Place::Form | Place::Kept => first(model),
    }
}

const PANEL: &str = "panel-title";

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
    use checkout_protocol::checkout::{Notice, Phase};

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
    fn what_took_the_forms_place_begins_with_its_title() {
        let mut model = at(None);
        model.checkout.phase = Phase::Succeeded;
        for place in [Place::Panel, Place::Kept] {
            assert_eq!(id_of(&model, place), "panel-title");
        }
    }
}
