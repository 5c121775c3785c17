//! What the merchant's page may know of the checkout: how far the payer is, never a digit of the card.

use checkout_protocol::frame_message::{FieldProblem, Snapshot};

use crate::model::Model;

/// The checkout as the page knows it.
#[must_use]
pub fn of(model: &Model) -> Snapshot {
    let form = &model.form;
    let is_typed = model.is_typed();
    let fields = model.fields();
    Snapshot {
        phase: model.checkout.phase_name(),
        complete: form.first_wrong(fields).is_none() && !model.saved.has_chosen_expired(),
        empty: is_typed && form.is_empty(),
        brand: form.brand().filter(|_| is_typed),
        errors: fields
            .iter()
            .filter_map(|&field| {
                let problem = form.shown(field)?;
                Some(FieldProblem { field, problem })
            })
            .collect(),
    }
}
