//! Whatever the acquirer is: each call is logged in one line, counted, timed and a span of its own.
//!
//! The line has no card, no body and no address: only which call, for which attempt, and what came of it.

use std::future::Future;

use async_trait::async_trait;
use checkout_protocol::api::session_view::ChallengeKind;
use checkout_protocol::id::AttemptId;
use tokio::time::Instant;
use tracing::Instrument as _;

use super::{
    Acquirer, Answer, Authorise, CallError, Finish, GiveBack, Notification, NotificationError,
    Reach, StoredCard, Verdict,
};
use crate::metrics;

/// An acquirer whose calls are seen.
pub struct Observed<A>(A);

impl<A> Observed<A> {
    /// Watches the calls of `acquirer`.
    pub fn new(acquirer: A) -> Self {
        Self(acquirer)
    }
}

/// The name of what came of a call, and the acquirer's reference.
type Seen = (&'static str, Option<String>);

/// Carries out a call and says what came of it.
async fn observe<T>(
    call: &'static str,
    attempt: Option<AttemptId>,
    work: impl Future<Output = T>,
    outcome: impl FnOnce(&T) -> Seen,
) -> T {
    let span = tracing::info_span!("acquirer", call);
    let began = Instant::now();
    let result = work.instrument(span.clone()).await;
    let took = began.elapsed();
    let (outcome, acquirer_reference) = outcome(&result);
    metrics::acquirer_call(call, outcome, took);
    span.in_scope(|| {
        tracing::info!(
            call,
            attempt = attempt.map(tracing::field::display),
            outcome,
            took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            acquirer_reference,
            "called the acquirer"
        );
    });
    result
}

fn verdict(result: &Result<Answer, CallError>) -> Seen {
    match result {
        Ok(answer) => {
            let outcome = match answer.verdict {
                Verdict::Authorised(_) => "authorised",
                Verdict::Declined(_) => "declined",
                Verdict::Challenge(ref asked) => match asked.step.kind() {
                    ChallengeKind::Fingerprint => "fingerprint",
                    ChallengeKind::Challenge | ChallengeKind::Redirect => "challenge",
                },
                Verdict::Pending => "pending",
                Verdict::Foreign(_) => "foreign",
                Verdict::Unclear(_) => "unclear",
            };
            (outcome, answer.acquirer_reference.clone())
        }
        Err(error) => (failure(error), None),
    }
}

const fn failure(error: &CallError) -> &'static str {
    match error {
        CallError::NotSent(_) => "not_sent",
        CallError::NoAnswer(_) => "no_answer",
        CallError::Trouble(_) => "trouble",
        CallError::Rejected { .. } => "rejected",
    }
}

#[async_trait]
impl<A: Acquirer> Acquirer for Observed<A> {
    async fn authorise(&self, request: &Authorise) -> Result<Answer, CallError> {
        let work = self.0.authorise(request);
        observe("authorise", Some(request.attempt), work, verdict).await
    }

    async fn finish(&self, request: &Finish) -> Result<Answer, CallError> {
        let work = self.0.finish(request);
        observe("finish", Some(request.attempt), work, verdict).await
    }

    async fn reverse(&self, attempt: AttemptId, acquirer_reference: &str) -> Result<(), CallError> {
        let work = self.0.reverse(attempt, acquirer_reference);
        observe("reverse", Some(attempt), work, |result| {
            let outcome = result.as_ref().map_or_else(failure, |()| "ok");
            (outcome, Some(acquirer_reference.to_owned()))
        })
        .await
    }

    async fn refund(&self, request: &GiveBack) -> Result<String, CallError> {
        observe(
            "refund",
            None,
            self.0.refund(request),
            |result| match result {
                Ok(reference) => ("ok", Some(reference.clone())),
                Err(error) => (failure(error), None),
            },
        )
        .await
    }

    async fn forget(&self, card: &StoredCard) -> Result<(), CallError> {
        observe("forget", None, self.0.forget(card), |result| {
            (result.as_ref().map_or_else(failure, |()| "ok"), None)
        })
        .await
    }

    async fn reach(&self) -> Reach {
        observe("reach", None, self.0.reach(), |reach| match reach {
            Reach::Welcome | Reach::Untried => ("ok", None),
            Reach::KeyRefused(_) => ("rejected", None),
            Reach::Trouble(_) => ("trouble", None),
            Reach::Unreachable(_) => ("no_answer", None),
        })
        .await
    }

    fn read_notifications(&self, body: &[u8]) -> Result<Vec<Notification>, NotificationError> {
        self.0.read_notifications(body)
    }
}
