use checkout_protocol::id::AttemptId;
use checkout_protocol::money::{Currency, Money};
use serde_json::{Value, json};

use super::*;
use crate::domain::bank_result::Completion;
use crate::domain::trans_status::TransStatus;

fn unpacked(text: &Value) -> Value {
    serde_json::from_slice(&STANDARD.decode(text.as_str().unwrap()).unwrap()).unwrap()
}

fn details_of(result: BankResult, token: Option<&str>) -> Value {
    details(&Finish {
        attempt: AttemptId::from_bits(1),
        amount: Money::new(1_990, Currency::Isk).unwrap(),
        result,
        acquirer_data: AcquirerData {
            payment_data: Some("data".to_owned()),
            authorisation_token: token.map(str::to_owned),
        },
    })
}

#[test]
fn a_fingerprint_says_its_completion_with_the_payment_data() {
    for (completion, letter) in [
        (Completion::Completed, "Y"),
        (Completion::NotCompleted, "N"),
        (Completion::NoMethod, "U"),
    ] {
        let body = details_of(BankResult::Fingerprint(completion), Some("token"));
        let message = unpacked(&body["details"]["threeds2.fingerprint"]);
        assert_eq!(message, json!({"threeDSCompInd": letter}));
        assert_eq!(body["paymentData"], "data");
    }
}

#[test]
fn a_challenge_says_its_status_with_the_token_and_without_one_in_the_older_form() {
    let result = BankResult::Challenge(TransStatus::Authenticated);

    let body = details_of(result.clone(), Some("token"));
    let message = unpacked(&body["details"]["threeDSResult"]);
    assert_eq!(
        message,
        json!({"transStatus": "Y", "authorisationToken": "token"})
    );
    assert_eq!(body.get("paymentData"), None);

    let older = details_of(result, None);
    let message = unpacked(&older["details"]["threeds2.challengeResult"]);
    assert_eq!(message, json!({"transStatus": "Y"}));
    assert_eq!(older["paymentData"], "data");
}

#[test]
fn a_redirect_hands_on_what_it_brought() {
    let result = details_of(BankResult::Redirect("r".to_owned()), None);
    assert_eq!(result, json!({"details": {"redirectResult": "r"}}));
    let pa_res = BankResult::PaRes {
        md: "m".to_owned(),
        pa_res: "p".to_owned(),
    };
    let expected = json!({"details": {"MD": "m", "PaRes": "p"}, "paymentData": "data"});
    assert_eq!(details_of(pa_res, None), expected);
}
