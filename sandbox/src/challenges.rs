//! The state of every 3-D Secure challenge: asked, answered once, settled once. Knows no HTML.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use url::Url;

use crate::cards::Verdict;
use crate::payment_request::Payment;
use crate::random;
use crate::wire::PaymentResponse;

/// Wrong codes before the bank gives up.
const TRIES: u8 = 3;

/// How a challenge ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChallengeResult {
    /// `Y`: the payer is the card holder.
    Passed,
    /// `N`: not shown to be.
    Failed,
    /// `R`: the issuer refuses.
    Rejected,
    /// `U`: the issuer cannot say.
    Unavailable,
    /// The payer pressed *Cancel*.
    Cancelled,
}

/// What the payer did on the bank's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move<'a> {
    Code(&'a str),
    Cancel,
}

/// Where a challenge stands, for its page.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// The payer is asked. `wrong` counts the codes refused so far.
    Asking { payment: Payment, wrong: u8 },
    /// Answered: the browser goes back to the merchant with the result.
    Answered { back: Url },
}

#[derive(Debug)]
struct Challenge {
    payment: Payment,
    verdict: Verdict,
    return_url: Url,
    wrong: u8,
    answer: Option<(ChallengeResult, Url)>,
    settled: Option<PaymentResponse>,
}

/// All challenges by id, and the ids by `redirectResult`.
#[derive(Debug, Default)]
pub(crate) struct Challenges(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    challenges: HashMap<String, Challenge>,
    by_redirect_result: HashMap<String, String>,
}

impl Challenges {
    /// Asks; the id is unguessable, since it is all that opens the page.
    pub(crate) fn ask(&self, payment: Payment, verdict: Verdict, return_url: Url) -> String {
        let id = random::token();
        let challenge = Challenge {
            payment,
            verdict,
            return_url,
            wrong: 0,
            answer: None,
            settled: None,
        };
        self.book().challenges.insert(id.clone(), challenge);
        id
    }

    pub(crate) fn standing(&self, id: &str) -> Option<Standing> {
        self.book().challenges.get(id).map(Challenge::standing)
    }

    /// Takes the payer's move. After the first answer nothing changes any more.
    pub(crate) fn take(&self, id: &str, made: Move<'_>) -> Option<Standing> {
        let mut book = self.book();
        let challenge = book.challenges.get_mut(id)?;
        if challenge.answer.is_none()
            && let Some(result) = challenge.judge(made)
        {
            let redirect_result = random::token();
            challenge.end(result, &redirect_result);
            book.by_redirect_result
                .insert(redirect_result, id.to_owned());
        }
        book.challenges.get(id).map(Challenge::standing)
    }

    /// The outcome behind a `redirectResult`. `settle` runs once; afterwards its answer is repeated.
    pub(crate) fn settle(
        &self,
        redirect_result: &str,
        settle: impl FnOnce(&Payment, Verdict, ChallengeResult) -> PaymentResponse,
    ) -> Option<PaymentResponse> {
        let mut book = self.book();
        let id = book.by_redirect_result.get(redirect_result)?.clone();
        let challenge = book.challenges.get_mut(&id)?;
        let (result, _) = challenge.answer.as_ref()?;
        if challenge.settled.is_none() {
            challenge.settled = Some(settle(&challenge.payment, challenge.verdict, *result));
        }
        challenge.settled.clone()
    }

    fn book(&self) -> std::sync::MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Challenge {
    fn standing(&self) -> Standing {
        match &self.answer {
            Some((_, back)) => Standing::Answered { back: back.clone() },
            None => Standing::Asking {
                payment: self.payment.clone(),
                wrong: self.wrong,
            },
        }
    }

    /// What the move comes to; `None`: the payer may try again.
    fn judge(&mut self, made: Move<'_>) -> Option<ChallengeResult> {
        match made {
            Move::Cancel => Some(ChallengeResult::Cancelled),
            Move::Code("1234") => Some(ChallengeResult::Passed),
            Move::Code("1111") => Some(ChallengeResult::Failed),
            Move::Code("2222") => Some(ChallengeResult::Rejected),
            Move::Code("3333") => Some(ChallengeResult::Unavailable),
            Move::Code(_) => {
                self.wrong += 1;
                (self.wrong >= TRIES).then_some(ChallengeResult::Failed)
            }
        }
    }

    fn end(&mut self, result: ChallengeResult, redirect_result: &str) {
        let mut back = self.return_url.clone();
        back.query_pairs_mut()
            .append_pair("redirectResult", redirect_result);
        self.answer = Some((result, back));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card_on_file::CardOnFile;
    use crate::expiry::Expiry;
    use crate::wire::Amount;

    fn asked(challenges: &Challenges) -> String {
        let payment = Payment {
            psp_reference: "P".to_owned(),
            reference: "att_1".to_owned(),
            merchant_account: "BorgaDemo".to_owned(),
            amount: Amount {
                currency: "ISK".to_owned(),
                value: 199_000,
            },
            minor_units: 1990,
            listed: None,
            last_four: "3155".to_owned(),
            expiry: Expiry::parse("3", "2030").unwrap(),
            card_on_file: CardOnFile::Neither,
            chosen_brand: None,
        };
        let return_url = Url::parse("https://shop.example/back?order=7").unwrap();
        challenges.ask(payment, Verdict::Approved, return_url)
    }

    fn back(standing: Option<Standing>) -> Option<Url> {
        match standing {
            Some(Standing::Answered { back }) => Some(back),
            Some(Standing::Asking { .. }) | None => None,
        }
    }

    #[test]
    fn the_way_back_keeps_the_query_it_had() {
        let challenges = Challenges::default();
        let id = asked(&challenges);

        let back = back(challenges.take(&id, Move::Code("1234"))).unwrap();

        assert!(
            back.as_str()
                .starts_with("https://shop.example/back?order=7&redirectResult=")
        );
    }

    #[test]
    fn a_second_answer_changes_nothing() {
        let challenges = Challenges::default();
        let id = asked(&challenges);

        let first = back(challenges.take(&id, Move::Code("1234")));
        let second = back(challenges.take(&id, Move::Cancel));

        assert_eq!(first, second);
    }

    #[test]
    fn the_third_wrong_code_ends_the_challenge() {
        let challenges = Challenges::default();
        let id = asked(&challenges);

        let ended: Vec<bool> = ["0000", "9999", "abcd"]
            .map(|code| back(challenges.take(&id, Move::Code(code))).is_some())
            .into();

        assert_eq!(ended, [false, false, true]);
    }
}
