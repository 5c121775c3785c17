//! What the merchant's page may know of the checkout: how far the payer is, never a digit of the card.

use checkout_protocol::frame_message::{FieldProblem, Snapshot};

use crate::form::FIELDS;
use crate::model::Model;

/// The checkout as the page knows it.
#[must_use]
pub fn of(model: &Model) -> Snapshot {
    let form = &model.form;
    Snapshot {
        phase: model.checkout.phase_name(),
        complete: form.first_wrong().is_none(),
        empty: form.is_empty(),
        brand: form.brand(),
        errors: FIELDS
            .into_iter()
            .filter_map(|field| {
                let problem = form.shown(field)?;
                Some(FieldProblem { field, problem })
            })
            .collect(),
    }
}
