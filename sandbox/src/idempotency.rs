//! One answer per `Idempotency-Key`: the first one, byte for byte, for as long as the process lives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;

use crate::faults::AnswerFault;

/// An answer as it was first sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredAnswer {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
    /// What becomes of it, every time that it is sent.
    pub(crate) fault: Option<AnswerFault>,
}

#[derive(Debug)]
enum Slot {
    InProgress,
    Answered(StoredAnswer),
}

/// Path and key: the same key on another path is another request.
type Scope = (String, String);

/// All keys seen so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers(Arc<Mutex<HashMap<Scope, Slot>>>);

/// What a request with a key meets.
#[derive(Debug)]
pub(crate) enum Claimed {
    /// It is the first: do the work and store the answer.
    First(Claim),
    /// The first one is still being worked on.
    InProgress,
    /// Already answered.
    Before(StoredAnswer),
}

/// The right to answer for a key. Dropped without an answer, it frees the key.
#[derive(Debug)]
pub(crate) struct Claim {
    answers: Answers,
    scope: Scope,
}

impl Answers {
    pub(crate) fn claim(&self, path: &str, key: &str) -> Claimed {
        let scope = (path.to_owned(), key.to_owned());
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match slots.get(&scope) {
            Some(Slot::InProgress) => Claimed::InProgress,
            Some(Slot::Answered(answer)) => Claimed::Before(answer.clone()),
            None => {
                slots.insert(scope.clone(), Slot::InProgress);
                Claimed::First(Claim {
                    answers: self.clone(),
                    scope,
                })
            }
        }
    }
}

impl Claim {
    pub(crate) fn answer(self, answer: StoredAnswer) {
        let answered = Slot::Answered(answer);
        // The statement ends the lock: dropping the claim takes it again.
        self.answers
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(self.scope.clone(), answered);
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut slots = self
            .answers
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if matches!(slots.get(&self.scope), Some(Slot::InProgress)) {
            slots.remove(&self.scope);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(claimed: Claimed) -> Claim {
        match claimed {
            Claimed::First(claim) => claim,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_key_in_use_is_in_progress() {
        let answers = Answers::default();
        let _claim = first(answers.claim("/payments", "k"));

        assert!(matches!(
            answers.claim("/payments", "k"),
            Claimed::InProgress
        ));
    }

    #[test]
    fn an_answered_key_gives_its_answer() {
        let answers = Answers::default();
        let answer = StoredAnswer {
            status: StatusCode::OK,
            body: b"{}".to_vec(),
            fault: None,
        };
        first(answers.claim("/payments", "k")).answer(answer.clone());

        assert!(matches!(answers.claim("/payments", "k"), Claimed::Before(a) if a == answer));
    }

    #[test]
    fn a_claim_given_up_frees_the_key() {
        let answers = Answers::default();
        drop(first(answers.claim("/payments", "k")));

        assert!(matches!(answers.claim("/payments", "k"), Claimed::First(_)));
    }

    #[test]
    fn the_same_key_on_another_path_is_another_request() {
        let answers = Answers::default();
        let _claim = first(answers.claim("/payments", "k"));

        assert!(matches!(
            answers.claim("/payments/details", "k"),
            Claimed::First(_)
        ));
    }
}
