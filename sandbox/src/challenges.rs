//! The state of every authentication that needs the payer's browser: asked, answered once, settled once. Knows no HTML.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use url::Url;

use crate::authentication::Authentication;
use crate::bank_browser::cres;
use crate::cards::{Look, Meeting, Verdict};
use crate::payment_request::Payment;
use crate::random;
use crate::wire::PaymentResponse;

/// Wrong codes before the bank gives up.
const TRIES: u8 = 3;

/// What the payer did on the bank's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move<'a> {
    Code(&'a str),
    /// In the bank's app.
    Approve,
    Refuse,
    Cancel,
}

/// Where a challenge stands, for its page.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// The payer is asked. `wrong` counts the codes refused so far.
    Asking { payment: Payment, wrong: u8 },
    /// Answered: the browser goes back to the merchant with the result.
    Answered { back: Back },
}

/// How the browser goes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Back {
    /// By way of the processor's page.
    To(Url),
    /// From the bank itself.
    Post {
        url: Url,
        fields: Vec<(&'static str, String)>,
    },
}

/// How the payer's browser takes part.
#[derive(Clone, Debug)]
pub(crate) enum Flow {
    /// The processor's page leads to the bank.
    Redirect { return_url: Url },
    /// The merchant's page does.
    Native(Native),
}

/// A native authentication.
#[derive(Clone, Debug)]
pub(crate) struct Native {
    /// `threeDSServerTransID`
    pub(crate) transaction: String,
    /// `acsTransID`
    pub(crate) acs_transaction: String,
    /// Where the response goes.
    pub(crate) notification_url: Url,
    /// Whether the bank looks at the browser.
    pub(crate) look: Look,
    /// Whether it asks the payer after that.
    pub(crate) meeting: Meeting,
}

impl Native {
    /// A new one.
    pub(crate) fn new(notification_url: Url, look: Look, meeting: Meeting) -> Self {
        Self {
            transaction: random::token(),
            acs_transaction: random::token(),
            notification_url,
            look,
            meeting,
        }
    }
}

/// A payment whose authentication needs the browser.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) payment: Payment,
    /// What the issuer says after it was passed.
    pub(crate) verdict: Verdict,
    pub(crate) flow: Flow,
    /// Whether the payer has passed once already.
    pub(crate) again: bool,
}

#[derive(Debug)]
struct Challenge {
    asked: Asked,
    /// Names it in `/payments/details`: `redirectResult`, `PaRes` or `authorisationToken`.
    token: String,
    wrong: u8,
    answer: Option<Authentication>,
    settled: Option<PaymentResponse>,
}

/// All challenges by id, and the ids by what the processor gave out for them.
#[derive(Debug, Default)]
pub(crate) struct Challenges(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    challenges: HashMap<String, Challenge>,
    by_token: HashMap<String, String>,
    by_payment_data: HashMap<String, String>,
}

/// What was asked, by an id and the words that name it in `/payments/details`.
pub(crate) struct Names {
    pub(crate) id: String,
    pub(crate) payment_data: String,
    pub(crate) token: String,
}

impl Challenges {
    /// Asks; the id is unguessable, since it is all that opens the page.
    pub(crate) fn ask(&self, asked: Asked) -> Names {
        let names = Names {
            id: random::token(),
            payment_data: random::token(),
            token: random::token(),
        };
        let challenge = Challenge {
            asked,
            token: names.token.clone(),
            wrong: 0,
            answer: None,
            settled: None,
        };
        let mut book = self.book();
        book.by_token.insert(names.token.clone(), names.id.clone());
        book.by_payment_data
            .insert(names.payment_data.clone(), names.id.clone());
        book.challenges.insert(names.id.clone(), challenge);
        names
    }

    pub(crate) fn standing(&self, id: &str) -> Option<Standing> {
        self.book().challenges.get(id).map(Challenge::standing)
    }

    /// The native authentication of this id.
    pub(crate) fn native(&self, id: &str) -> Option<Native> {
        match &self.book().challenges.get(id)?.asked.flow {
            Flow::Native(native) => Some(native.clone()),
            Flow::Redirect { .. } => None,
        }
    }

    /// The native authentication whose fingerprint the merchant tells of, with its id, payment and token.
    pub(crate) fn by_payment_data(&self, payment_data: &str) -> Option<(Names, Asked)> {
        let book = self.book();
        let id = book.by_payment_data.get(payment_data)?.clone();
        let challenge = book.challenges.get(&id)?;
        let names = Names {
            id,
            payment_data: payment_data.to_owned(),
            token: challenge.token.clone(),
        };
        Some((names, challenge.asked.clone()))
    }

    /// Takes the payer's move. After the first answer nothing changes any more.
    pub(crate) fn take(&self, id: &str, made: Move<'_>) -> Option<Standing> {
        let mut book = self.book();
        let challenge = book.challenges.get_mut(id)?;
        if challenge.answer.is_none()
            && let Some(result) = challenge.judge(made)
        {
            challenge.answer = Some(result);
        }
        Some(challenge.standing())
    }

    /// The outcome behind a token. `settle` runs once; afterwards its answer is repeated. What was not answered at the bank
    /// could not be carried out, whatever the merchant says; a redirect's token is worth nothing before the answer.
    pub(crate) fn settle(
        &self,
        token: &str,
        settle: impl FnOnce(&Payment, Verdict, Authentication) -> PaymentResponse,
    ) -> Option<PaymentResponse> {
        let mut book = self.book();
        let id = book.by_token.get(token)?.clone();
        let challenge = book.challenges.get_mut(&id)?;
        let result = match (&challenge.asked.flow, challenge.answer) {
            (_, Some(result)) => result,
            (Flow::Native(_), None) => Authentication::Unavailable,
            (Flow::Redirect { .. }, None) => return None,
        };
        challenge.settle(result, settle)
    }

    /// What was asked behind a token, if it was passed, nothing has come of it, and it is not the second time.
    pub(crate) fn passed_once(&self, token: &str) -> Option<Asked> {
        let book = self.book();
        let challenge = book.challenges.get(book.by_token.get(token)?)?;
        let is_open = challenge.settled.is_none() && !challenge.asked.again;
        (is_open && challenge.answer == Some(Authentication::Passed))
            .then(|| challenge.asked.clone())
    }

    /// The same without the payer, by what the bank says after its look at the browser.
    pub(crate) fn settle_silently(
        &self,
        id: &str,
        result: Authentication,
        settle: impl FnOnce(&Payment, Verdict, Authentication) -> PaymentResponse,
    ) -> Option<PaymentResponse> {
        self.book().challenges.get_mut(id)?.settle(result, settle)
    }

    fn book(&self) -> std::sync::MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Challenge {
    fn settle(
        &mut self,
        result: Authentication,
        settle: impl FnOnce(&Payment, Verdict, Authentication) -> PaymentResponse,
    ) -> Option<PaymentResponse> {
        self.answer.get_or_insert(result);
        if self.settled.is_none() {
            let Asked {
                payment, verdict, ..
            } = &self.asked;
            self.settled = Some(settle(payment, *verdict, result));
        }
        self.settled.clone()
    }

    fn standing(&self) -> Standing {
        match self.answer {
            Some(answer) => Standing::Answered {
                back: self.back(answer),
            },
            None => Standing::Asking {
                payment: self.asked.payment.clone(),
                wrong: self.wrong,
            },
        }
    }

    /// What the move comes to; `None`: the payer may try again.
    fn judge(&mut self, made: Move<'_>) -> Option<Authentication> {
        match made {
            Move::Cancel => Some(Authentication::Cancelled),
            Move::Code("1234") | Move::Approve => Some(Authentication::Passed),
            Move::Code("1111") | Move::Refuse => Some(Authentication::Failed),
            Move::Code("2222") => Some(Authentication::Rejected),
            Move::Code("3333") => Some(Authentication::Unavailable),
            Move::Code(_) => {
                self.wrong += 1;
                (self.wrong >= TRIES).then_some(Authentication::Failed)
            }
        }
    }

    fn back(&self, answer: Authentication) -> Back {
        match &self.asked.flow {
            Flow::Redirect { return_url } => {
                let mut back = return_url.clone();
                back.query_pairs_mut()
                    .append_pair("redirectResult", &self.token);
                Back::To(back)
            }
            Flow::Native(native) => Back::Post {
                url: native.notification_url.clone(),
                fields: vec![(
                    "cres",
                    cres(
                        &native.transaction,
                        &native.acs_transaction,
                        answer.trans_status(),
                    ),
                )],
            },
        }
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
        let asked = Asked {
            payment,
            verdict: Verdict::Approved,
            flow: Flow::Redirect { return_url },
            again: false,
        };
        challenges.ask(asked).id
    }

    fn back(standing: Option<Standing>) -> Option<Back> {
        match standing {
            Some(Standing::Answered { back }) => Some(back),
            Some(Standing::Asking { .. }) | None => None,
        }
    }

    #[test]
    fn the_way_back_keeps_the_query_it_had() {
        let challenges = Challenges::default();
        let id = asked(&challenges);

        let Some(Back::To(back)) = back(challenges.take(&id, Move::Code("1234"))) else {
            panic!("a redirect goes back by an address");
        };

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
