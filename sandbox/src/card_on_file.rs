//! The fields of a payment request that have to do with stored cards, and which of them belong together.

use crate::App;
use crate::service_error::ServiceError;
use crate::stored_cards::{NotStored, StoredCard};
use crate::wire::Fields;

/// What a payment has to do with stored cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CardOnFile {
    /// Nothing: the card is typed in and forgotten.
    Neither,
    /// The card is typed in, and kept for this shopper once the payment is authorised.
    Store { shopper_reference: String },
    /// A stored card is charged.
    Use,
}

/// Who charges a stored card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Initiator {
    /// The payer, on session.
    Payer,
    /// The merchant alone, off session.
    Merchant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Interaction {
    Ecommerce,
    ContAuth,
    /// By mail or telephone, or at a terminal: stored cards have nothing to do with it.
    Elsewhere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ProcessingModel {
    CardOnFile,
    Subscription,
    UnscheduledCardOnFile,
}

/// Whether a card that is typed in is to be kept. Unless it is, the other fields do not count.
///
/// # Errors
///
/// [`ServiceError`] for a wish without shopper or processing model, or without the payer.
pub(crate) fn wish(fields: &mut Fields) -> Result<CardOnFile, ServiceError> {
    if fields.take("storePaymentMethod", "true or false")? != Some(true) {
        return Ok(CardOnFile::Neither);
    }
    let shopper_reference = shopper_reference(fields)?;
    processing_model(fields)?;
    match interaction(fields)? {
        Interaction::Ecommerce => Ok(CardOnFile::Store { shopper_reference }),
        Interaction::ContAuth | Interaction::Elsewhere => Err(ServiceError::interaction_mismatch()),
    }
}

/// The stored card behind a token, and who charges it.
///
/// # Errors
///
/// [`ServiceError`] for a token that is not this shopper's, and for fields that do not belong together.
pub(crate) fn find(
    app: &App,
    fields: &mut Fields,
    token: &str,
) -> Result<(StoredCard, Initiator), ServiceError> {
    let shopper_reference = shopper_reference(fields)?;
    let initiator = match (interaction(fields)?, processing_model(fields)?) {
        (Interaction::Ecommerce, ProcessingModel::CardOnFile) => Initiator::Payer,
        (
            Interaction::ContAuth,
            ProcessingModel::CardOnFile
            | ProcessingModel::Subscription
            | ProcessingModel::UnscheduledCardOnFile,
        ) => Initiator::Merchant,
        (
            Interaction::Ecommerce,
            ProcessingModel::Subscription | ProcessingModel::UnscheduledCardOnFile,
        )
        | (Interaction::Elsewhere, _) => return Err(ServiceError::interaction_mismatch()),
    };
    let card = app.stored_cards.find(&shopper_reference, token);
    Ok((card.map_err(not_stored)?, initiator))
}

/// The contract's error for a card that is not there.
pub(crate) fn not_stored(not_stored: NotStored) -> ServiceError {
    match not_stored {
        NotStored::Shopper => ServiceError::contract_not_found(),
        NotStored::Card => ServiceError::payment_detail_not_found(),
    }
}

/// Checks a `shopperReference`, which must be there.
pub(crate) fn check_shopper_reference(text: Option<String>) -> Result<String, ServiceError> {
    let text = text.ok_or_else(|| ServiceError::field_missing("121", "shopperReference"))?;
    if (3..=256).contains(&text.chars().count()) {
        Ok(text)
    } else {
        Err(ServiceError::shopper_reference_invalid())
    }
}

fn shopper_reference(fields: &mut Fields) -> Result<String, ServiceError> {
    check_shopper_reference(fields.text("shopperReference")?)
}

fn processing_model(fields: &mut Fields) -> Result<ProcessingModel, ServiceError> {
    let name = "recurringProcessingModel";
    match fields.text(name)?.as_deref() {
        Some("CardOnFile") => Ok(ProcessingModel::CardOnFile),
        Some("Subscription") => Ok(ProcessingModel::Subscription),
        Some("UnscheduledCardOnFile") => Ok(ProcessingModel::UnscheduledCardOnFile),
        Some(_) => Err(ServiceError::field_invalid(
            name,
            "CardOnFile, Subscription or UnscheduledCardOnFile",
        )),
        None => Err(ServiceError::field_missing("158", name)),
    }
}

/// The contract assumes `Ecommerce` where nothing is said.
fn interaction(fields: &mut Fields) -> Result<Interaction, ServiceError> {
    let name = "shopperInteraction";
    match fields.text(name)?.as_deref() {
        None | Some("Ecommerce") => Ok(Interaction::Ecommerce),
        Some("ContAuth") => Ok(Interaction::ContAuth),
        Some("Moto" | "POS") => Ok(Interaction::Elsewhere),
        Some(_) => Err(ServiceError::field_invalid(
            name,
            "Ecommerce, ContAuth, Moto or POS",
        )),
    }
}
