//! What the merchant's page may know of the checkout: how far the payer is, never a digit of the card.

use checkout_protocol::frame_message::{FieldProblem, Snapshot};

use crate::form::FIELDS;
use crate::model::Model;

/// The checkout as the page knows it.
#[must_use]
pub fn of(model: &Model) -> Snapshot {
    let form = &model.form;
    let is_typed = model.is_typed();
    Snapshot {
        phase: model.checkout.phase_name(),
        complete: !is_typed || form.first_wrong().is_none(),
        empty: is_typed && form.is_empty(),
        brand: form.brand().filter(|_| is_typed),
        errors: FIELDS
            .into_iter()
            .filter(|_| is_typed)
            .filter_map(|field| {
                let problem = form.shown(field)?;
                Some(FieldProblem { field, problem })
            })
            .collect(),
    }
}
