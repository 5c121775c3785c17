//! A call that may take effect only once is repeated with the same idempotency key until it is answered, a few times.
//!
//! What an answer proves depends on what was sent before: "never sent" and "refused as malformed" say that nothing was
//! charged only when they answer the very first sending.

use std::future::Future;
use std::time::Duration;

use crate::acquirer::{Answer, CallError};

/// How often a call without an answer is repeated.
const REPEATS: u32 = 3;

/// Whether anything may have been sent for this before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// Nothing: this process has just reserved it.
    First,
    /// Perhaps, by an earlier process or request.
    Again,
}

/// The answer of the first sending that got one.
///
/// # Errors
///
/// [`CallError`]; `NotSent` and `Rejected` only when nothing was sent before.
pub async fn call_acquirer<F, C>(
    first_pause: Duration,
    sending: Sending,
    mut call: C,
) -> Result<Answer, CallError>
where
    F: Future<Output = Result<Answer, CallError>>,
    C: FnMut() -> F,
{
    let mut sending = sending;
    let mut pause = first_pause;
    for repeats_left in (0..=REPEATS).rev() {
        let unanswered = match (call().await, sending) {
            (Ok(answer), _) => return Ok(answer),
            (Err(error @ (CallError::NotSent(_) | CallError::Rejected { .. })), Sending::First) => {
                return Err(error);
            }
            (Err(error), _) => error,
        };
        sending = Sending::Again;
        if repeats_left == 0 {
            return Err(CallError::NoAnswer(unanswered.to_string()));
        }
        tokio::time::sleep(pause).await;
        pause *= 4;
    }
    Err(CallError::NoAnswer("no answer".to_owned()))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::acquirer::Verdict;

    type Ended = Result<Answer, CallError>;

    fn not_sent() -> CallError {
        CallError::NotSent("no connection".to_owned())
    }

    fn no_answer() -> CallError {
        CallError::NoAnswer("time-out".to_owned())
    }

    fn rejected() -> CallError {
        CallError::Rejected {
            status: 401,
            code: "000".to_owned(),
        }
    }

    const ANSWERED: Answer = Answer {
        acquirer_reference: None,
        verdict: Verdict::Pending,
    };

    /// What comes of a call whose sendings end like this, one after the other; the last one repeats.
    async fn outcome(sending: Sending, ends: Vec<Ended>) -> Ended {
        let left = RefCell::new(ends);
        let next = || {
            let mut left = left.borrow_mut();
            let end = if left.len() > 1 {
                left.remove(0)
            } else {
                left[0].clone()
            };
            async move { end }
        };
        call_acquirer(Duration::from_millis(1), sending, next).await
    }

    #[tokio::test]
    async fn a_first_sending_that_never_left_proves_that_nothing_was_charged() {
        for error in [not_sent(), rejected()] {
            let ended = outcome(Sending::First, vec![Err(error.clone())]).await;
            assert_eq!(ended, Err(error));
        }
    }

    #[tokio::test]
    async fn after_a_sending_without_an_answer_nothing_proves_that() {
        for ends in [
            vec![Err(no_answer()), Err(not_sent())],
            vec![Err(no_answer()), Err(rejected())],
            vec![Err(no_answer())],
        ] {
            let ended = outcome(Sending::First, ends).await;
            assert!(matches!(ended, Err(CallError::NoAnswer(_))), "{ended:?}");
        }
        let resent = outcome(Sending::Again, vec![Err(not_sent())]).await;
        assert!(matches!(resent, Err(CallError::NoAnswer(_))), "{resent:?}");
    }

    #[tokio::test]
    async fn a_repeat_that_is_answered_is_the_answer() {
        let ends = vec![Err(no_answer()), Err(not_sent()), Ok(ANSWERED)];
        assert_eq!(outcome(Sending::First, ends).await, Ok(ANSWERED));
    }
}
