//! The merchant's server charges a saved card without the payer. What is sent can be sent again by anyone: the attempt's
//! own id is the idempotency key at the acquirer.

use crate::acquirer::{AskFor, Authorise, Card};
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::in_flight::Work;
use crate::operations::OperationError;
use crate::operations::call_acquirer::{Sending, call_acquirer};
use crate::operations::confirm_payment::{return_url, stored_card};
use crate::operations::record_answer::{Call, record_answer};

/// Sends the charge and records what came of it. Does nothing while another call for it is under way here.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn send(app: &App, attempt: &Attempt, sending: Sending) -> Result<(), OperationError> {
    let (Some(method), Some(hold)) = (
        attempt.payment_method,
        app.in_flight.take(Work::Attempt(attempt.id)),
    ) else {
        return Ok(());
    };
    let request = Authorise {
        attempt: attempt.id,
        amount: attempt.amount,
        card: Card::Saved {
            card: stored_card(app, attempt, method).await?,
            code: None,
        },
        return_url: return_url(app, attempt),
        payer: None,
        email: None,
        authentication: AskFor::AsNeeded,
    };
    let answer = call_acquirer(app.repeat_pause, sending, || {
        app.acquirer.authorise(&request)
    })
    .await;
    let recorded = record_answer(app, attempt.id, Call::Authorise, answer).await;
    drop(hold);
    app.changes.announce(attempt);
    recorded.map(|_| ())
}
