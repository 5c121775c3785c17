use checkout_protocol::api::session_view::Browser;
use checkout_protocol::id::{AttemptId, CustomerId};
use checkout_protocol::money::{Currency, Money};
use serde_json::{Value, json};

use super::*;
use crate::acquirer::{BrowserFacts, StoredCard};
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

fn charge(payer: Option<Payer>, authentication: AskFor, three_ds: ThreeDs) -> Value {
    let request = Authorise {
        attempt: AttemptId::from_bits(1),
        amount: Money::new(1_990, Currency::Isk).unwrap(),
        card: Card::Saved {
            card: StoredCard {
                token: "T".to_owned(),
                customer: CustomerId::from_bits(2),
            },
            code: None,
        },
        return_url: "https://checkout.example/3ds/1/return".to_owned(),
        payer,
        email: None,
        authentication,
    };
    payments(&request, "Account", three_ds)
}

fn payer() -> Payer {
    Payer {
        origin: "https://checkout.example".to_owned(),
        browser: BrowserFacts {
            reported: Browser {
                color_depth: 24,
                language: "is".to_owned(),
                screen_width: 1_280,
                screen_height: 800,
                time_zone_offset: 0,
                java_enabled: false,
            },
            accept: "*/*".to_owned(),
            user_agent: "test".to_owned(),
            address: None,
        },
    }
}

#[test]
fn a_payer_is_authenticated_natively_where_the_setting_says_so() {
    for (three_ds, native) in [
        (ThreeDs::Native, "preferred"),
        (ThreeDs::Redirect, "disabled"),
    ] {
        let body = charge(Some(payer()), AskFor::AsNeeded, three_ds);
        let asked = &body["authenticationData"];
        assert_eq!(asked["threeDSRequestData"]["nativeThreeDS"], native);
        assert_eq!(asked.get("attemptAuthentication"), None);
        let back = &body["threeDS2RequestData"]["notificationURL"];
        assert_eq!(back, "https://checkout.example/3ds/1/return");
    }
    let again = charge(Some(payer()), AskFor::Always, ThreeDs::Native);
    assert_eq!(
        again["authenticationData"]["attemptAuthentication"],
        "always"
    );
}

#[test]
fn nobody_is_asked_when_nobody_is_there() {
    let body = charge(None, AskFor::AsNeeded, ThreeDs::Native);
    assert_eq!(body.get("authenticationData"), None);
    assert_eq!(body["shopperInteraction"], "ContAuth");
}
