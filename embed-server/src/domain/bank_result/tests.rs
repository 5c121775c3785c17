use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::challenge::{BankVisit, VisitMethod};

fn challenge() -> Step {
    Step::Challenge(ChallengeRequest {
        url: "https://bank.example/acs".to_owned(),
        acs_transaction: "acs-1".to_owned(),
        transaction: "tds-1".to_owned(),
        version: "2.2.0".to_owned(),
    })
}

fn redirect() -> Step {
    Step::Redirect(BankVisit {
        method: VisitMethod::Get,
        url: "https://bank.example/acs".to_owned(),
        fields: vec![],
    })
}

fn fingerprint() -> Step {
    Step::Fingerprint {
        url: None,
        transaction: "tds-1".to_owned(),
    }
}

fn cres(message: &Value) -> BroughtBack {
    BroughtBack {
        cres: Some(URL_SAFE_NO_PAD.encode(message.to_string())),
        ..BroughtBack::default()
    }
}

fn response(status: &str) -> Value {
    json!({"messageType": "CRes", "messageVersion": "2.2.0", "threeDSServerTransID": "tds-1",
           "acsTransID": "acs-1", "challengeCompletionInd": "Y", "transStatus": status})
}

#[test]
fn a_response_for_this_challenge_is_handed_on_as_it_is() {
    for status in TransStatus::ALL {
        let result = cres(&response(status.as_str())).result(&challenge());
        assert_eq!(result, Some(BankResult::Challenge(status)));
    }
}

#[test]
fn a_status_that_is_none_says_only_that_it_is_over() {
    let mut silent = response("Y");
    silent.as_object_mut().unwrap().remove("transStatus");
    let error = json!({"messageType": "Erro", "acsTransID": "acs-1", "errorCode": "402"});
    for message in [response("X"), response("y"), silent, error] {
        let result = cres(&message).result(&challenge());
        assert_eq!(
            result,
            Some(BankResult::Challenge(TransStatus::Unavailable)),
            "{message}"
        );
    }
}

#[test]
fn what_is_about_another_challenge_is_nothing() {
    let with = |name: &str, value: &str| {
        let mut message = response("Y");
        message[name] = json!(value);
        message
    };
    for message in [
        with("threeDSServerTransID", "tds-2"),
        with("acsTransID", "acs-2"),
        with("messageType", "RRes"),
        json!({"messageType": "Erro", "acsTransID": "acs-2"}),
        json!({"transStatus": "Y"}),
        json!("Y"),
    ] {
        assert_eq!(cres(&message).result(&challenge()), None, "{message}");
    }
}

#[test]
fn both_alphabets_are_read_with_padding_and_without() {
    let mut message = response("Y");
    message["acsSignedContent"] = json!("??>>~~");
    let padded = STANDARD.encode(message.to_string());
    for text in [padded.clone(), padded.trim_end_matches('=').to_owned()] {
        let brought = BroughtBack {
            cres: Some(text),
            ..BroughtBack::default()
        };
        assert!(brought.result(&challenge()).is_some());
    }
}

#[test]
fn each_step_takes_its_own_results() {
    let all = BroughtBack {
        redirect_result: Some("r".to_owned()),
        md: Some("m".to_owned()),
        pa_res: Some("p".to_owned()),
        ..cres(&response("Y"))
    };
    let of = |step: &Step| all.clone().result(step);
    assert_eq!(of(&fingerprint()), None);
    assert_eq!(
        of(&challenge()),
        Some(BankResult::Challenge(TransStatus::Authenticated))
    );
    assert_eq!(of(&redirect()), Some(BankResult::Redirect("r".to_owned())));
    let old = BroughtBack {
        redirect_result: None,
        ..all
    };
    let pa_res = BankResult::PaRes {
        md: "m".to_owned(),
        pa_res: "p".to_owned(),
    };
    assert_eq!(old.result(&redirect()), Some(pa_res));
}

#[test]
fn a_notification_of_the_method_names_the_transaction() {
    let named = |id: &str| URL_SAFE_NO_PAD.encode(json!({"threeDSServerTransID": id}).to_string());
    assert!(is_method_done(&named("tds-1"), "tds-1"));
    for other in [named("tds-2"), "tds-1".to_owned(), String::new()] {
        assert!(!is_method_done(&other, "tds-1"));
    }
}

#[test]
fn what_was_stored_before_there_were_kinds_is_a_redirect() {
    assert_eq!(
        BankResult::from_text("X6XtfGC3!Y"),
        BankResult::Redirect("X6XtfGC3!Y".to_owned())
    );
}

fn result() -> impl Strategy<Value = BankResult> {
    prop_oneof![
        any::<String>().prop_map(BankResult::Redirect),
        (any::<String>(), any::<String>())
            .prop_map(|(md, pa_res)| BankResult::PaRes { md, pa_res }),
        proptest::sample::select(vec![
            Completion::Completed,
            Completion::NotCompleted,
            Completion::NoMethod
        ])
        .prop_map(BankResult::Fingerprint),
        proptest::sample::select(TransStatus::ALL.to_vec()).prop_map(BankResult::Challenge),
    ]
}

proptest! {
    #[test]
    fn what_is_stored_is_read_again(result in result()) {
        prop_assert_eq!(BankResult::from_text(&result.to_text()), result);
    }

    #[test]
    fn no_text_from_a_database_panics(text in any::<String>()) {
        let _ = BankResult::from_text(&text);
        let _ = BankResult::from_text(&format!("pares:{text}"));
    }

    #[test]
    fn nothing_that_a_browser_brings_panics_or_is_of_another_step(
        texts in (option::of(any::<String>()), option::of(any::<String>()),
                  option::of(any::<String>()), option::of(any::<String>())),
        json in any::<Vec<u8>>(),
        encoded in any::<bool>(),
    ) {
        let brought = BroughtBack {
            redirect_result: texts.0,
            cres: if encoded { Some(URL_SAFE_NO_PAD.encode(&json)) } else { texts.1 },
            md: texts.2,
            pa_res: texts.3,
        };
        for step in [challenge(), redirect(), fingerprint()] {
            if let Some(result) = brought.clone().result(&step) {
                prop_assert!(result.is_of(&step));
            }
        }
        let _ = is_method_done(brought.cres.as_deref().unwrap_or_default(), "tds-1");
    }

    #[test]
    fn no_response_without_our_ids_is_a_result(status in any::<String>(), a in any::<String>(), b in any::<String>()) {
        prop_assume!(a != "tds-1" && b != "acs-1");
        let message = json!({"messageType": "CRes", "threeDSServerTransID": a, "acsTransID": b, "transStatus": status});
        prop_assert_eq!(cres(&message).result(&challenge()), None);
    }
}
