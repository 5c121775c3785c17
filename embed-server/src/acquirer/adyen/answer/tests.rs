use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use checkout_protocol::money::Currency;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::challenge::{AcquirerData, BankVisit, ChallengeRequest, Step, VisitMethod};
use crate::domain::trans_status::{TransStatus, WhenUnavailable};

fn expected() -> Expected {
    Expected {
        reference: "att_1".to_owned(),
        amount: Money::new(1_990, Currency::Isk).unwrap(),
    }
}

fn verdict_of(body: &Value) -> Verdict {
    answer(body.to_string().as_bytes(), &expected()).verdict
}

fn approval(more: &Value) -> Value {
    let mut body = json!({"resultCode": "Authorised", "pspReference": "P1", "merchantReference": "att_1",
           "amount": {"value": 199_000, "currency": "ISK"}, "paymentMethod": {"brand": "visa"}});
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn an_approval_is_believed_only_for_our_reference_and_amount() {
    let good = approval(&json!({"additionalData": {"cardSummary": "4242"}}));
    let card = PaidCard {
        brand: Some("visa".to_owned()),
        last4: Some("4242".to_owned()),
    };
    let believed = Approval {
        card,
        ..Approval::default()
    };
    assert_eq!(verdict_of(&good), Verdict::Authorised(believed));

    for other in [
        approval(&json!({"merchantReference": "att_2"})),
        approval(&json!({"amount": {"value": 1_990, "currency": "ISK"}})),
        approval(&json!({"amount": {"value": 199_000, "currency": "EUR"}})),
        json!({"resultCode": "Authorised", "pspReference": "P1"}),
    ] {
        assert!(
            matches!(
                verdict_of(&other),
                Verdict::Unclear(_) | Verdict::Foreign(_)
            ),
            "{other}"
        );
    }
}

#[test]
fn every_result_code_has_its_meaning() {
    for code in ResultCode::ALL {
        let verdict = verdict_of(&approval(&json!({"resultCode": code.as_str()})));
        let name = match verdict {
            Verdict::Authorised(_) => "authorised",
            Verdict::Declined(_) => "declined",
            Verdict::Pending => "pending",
            Verdict::Unclear(_) => "unclear",
            Verdict::Challenge(_) | Verdict::Foreign(_) => "other",
        };
        let expected = match code.as_str() {
            "Authorised" => "authorised",
            "Refused" | "Error" | "Cancelled" => "declined",
            "Pending" | "Received" => "pending",
            // A step without its action cannot be taken.
            _ => "unclear",
        };
        assert_eq!(name, expected, "{code:?}");
    }
}

#[test]
fn declines_are_translated() {
    let refused = |reason: &str, status: &str| {
        verdict_of(
            &json!({"resultCode": "Refused", "refusalReasonCode": reason,
                           "threeDS2Result": {"transStatus": status}}),
        )
    };
    for (reason, status, code) in [
        ("12", "Y", ErrorCode::InsufficientFunds),
        ("11", "R", ErrorCode::AuthenticationRejected),
        ("11", "N", ErrorCode::AuthenticationFailed),
        ("42", "U", ErrorCode::AuthenticationUnavailable),
        ("38", "", ErrorCode::AuthenticationRequired),
    ] {
        assert_eq!(refused(reason, status), Verdict::Declined(code));
    }
}

fn action(subtype: &str, token: &Value) -> Value {
    json!({"type": "threeDS2", "subtype": subtype, "token": STANDARD.encode(token.to_string()),
           "paymentData": "data", "authorisationToken": "token"})
}

#[test]
fn steps_are_translated() {
    let redirect = json!({"resultCode": "RedirectShopper", "action":
        {"type": "redirect", "method": "POST", "url": "https://bank.example/acs", "data": {"MD": "m"}}});
    let visit = Step::Redirect(BankVisit {
        method: VisitMethod::Post,
        url: "https://bank.example/acs".to_owned(),
        fields: vec![("MD".to_owned(), "m".to_owned())],
    });
    let with_method = json!({"threeDSServerTransID": "t", "threeDSMethodUrl": "https://bank.example/m",
                             "threeDSMethodNotificationURL": "https://acquirer.example"});
    let without = json!({"threeDSServerTransID": "t"});
    let fingerprint =
        |token| json!({"resultCode": "IdentifyShopper", "action": action("fingerprint", token)});
    let look = |url: Option<&str>| Step::Fingerprint {
        url: url.map(str::to_owned),
        transaction: "t".to_owned(),
    };
    let token = json!({"acsTransID": "a", "acsURL": "https://bank.example/acs", "messageVersion": "2.2.0",
                       "threeDSServerTransID": "t", "acsReferenceNumber": "r"});
    let challenge =
        json!({"resultCode": "ChallengeShopper", "action": action("challenge", &token)});
    let meeting = Step::Challenge(ChallengeRequest {
        url: "https://bank.example/acs".to_owned(),
        acs_transaction: "a".to_owned(),
        transaction: "t".to_owned(),
        version: "2.2.0".to_owned(),
    });
    for (body, step) in [
        (redirect, visit),
        (
            fingerprint(&with_method),
            look(Some("https://bank.example/m")),
        ),
        (fingerprint(&without), look(None)),
        (challenge, meeting),
    ] {
        let native = step.kind() != checkout_protocol::api::session_view::ChallengeKind::Redirect;
        let text = |text: &str| native.then(|| text.to_owned());
        let acquirer_data = AcquirerData {
            payment_data: text("data"),
            authorisation_token: text("token"),
        };
        let asked = Asked {
            step,
            acquirer_data,
        };
        assert_eq!(verdict_of(&body), Verdict::Challenge(asked), "{body}");
    }
}

#[test]
fn a_step_that_cannot_be_taken_is_seen_at_once() {
    let complete = json!({"acsTransID": "a", "acsURL": "https://bank.example/acs", "messageVersion": "2.2.0",
                          "threeDSServerTransID": "t"});
    for name in [
        "acsTransID",
        "acsURL",
        "messageVersion",
        "threeDSServerTransID",
    ] {
        for wrong in [Value::Null, json!(""), json!("javascript:alert(1)")] {
            let mut token = complete.clone();
            token[name] = wrong.clone();
            let body =
                json!({"resultCode": "ChallengeShopper", "action": action("challenge", &token)});
            let usable = wrong == "javascript:alert(1)" && name != "acsURL";
            let unclear = matches!(verdict_of(&body), Verdict::Unclear(_));
            assert_eq!(unclear, !usable, "{name} {wrong}");
        }
    }
    let mixed = json!({"resultCode": "IdentifyShopper", "action": action("challenge", &complete)});
    assert!(matches!(verdict_of(&mixed), Verdict::Unclear(_)));
}

#[test]
fn what_is_not_understood_is_never_a_success_or_a_decline() {
    for body in [
        "",
        "[]",
        "{}",
        r#"{"resultCode": "AuthorisedMaybe"}"#,
        r#"{"resultCode": "authorised"}"#,
        r#"{"resultCode": "IdentifyShopper"}"#,
        r#"{"resultCode": "RedirectShopper"}"#,
        r#"{"resultCode": "RedirectShopper", "action": {"type": "redirect", "url": "javascript:alert(1)"}}"#,
    ] {
        let answer = answer(body.as_bytes(), &expected());
        assert!(matches!(answer.verdict, Verdict::Unclear(_)), "{body}");
    }
}

#[test]
fn an_approval_says_who_bears_the_risk() {
    for (more, eci, shift) in [
        (
            json!({"additionalData": {"eci": "5", "liabilityShift": "true"}}),
            Some("05"),
            Some(true),
        ),
        (
            json!({"additionalData": {"eci": "07", "liabilityShift": "true"}}),
            Some("07"),
            Some(false),
        ),
        (
            json!({"additionalData": {"liabilityShift": "false"}}),
            None,
            Some(false),
        ),
        (
            json!({"threeDS2Result": {"transStatus": "Y", "eci": "05"}}),
            Some("05"),
            Some(true),
        ),
        (
            json!({"paymentMethod": {"brand": "mc"}, "threeDS2Result": {"transStatus": "A", "eci": "01"}}),
            Some("01"),
            Some(true),
        ),
        (json!({}), None, None),
    ] {
        let Verdict::Authorised(Approval { authentication, .. }) = verdict_of(&approval(&more))
        else {
            panic!("{more}");
        };
        assert_eq!(authentication.eci.as_deref(), eci, "{more}");
        assert_eq!(authentication.liability_shift, shift, "{more}");
    }
}

proptest! {
    #[test]
    fn no_token_panics(token in any::<Vec<u8>>(), text in any::<String>(), subtype in any::<bool>()) {
        let subtype = if subtype { "challenge" } else { "fingerprint" };
        for token in [STANDARD_NO_PAD.encode(&token), text] {
            for code in ["ChallengeShopper", "IdentifyShopper"] {
                let body = json!({"resultCode": code, "action":
                    {"type": "threeDS2", "subtype": subtype, "token": token, "paymentData": "d"}});
                let _ = verdict_of(&body);
            }
        }
    }

    #[test]
    fn only_the_word_authorised_authorises(code in any::<String>(), status in "[A-Z]") {
        prop_assume!(code != "Authorised");
        let body = approval(&json!({"resultCode": code, "threeDS2Result": {"transStatus": status}}));
        let authorised = matches!(verdict_of(&body), Verdict::Authorised(_));
        prop_assert!(!authorised);
    }

    #[test]
    fn only_y_and_a_are_charged_on(status in any::<String>()) {
        let body = approval(&json!({"threeDS2Result": {"transStatus": status}}));
        if let Verdict::Authorised(approval) = verdict_of(&body) {
            let may = approval.authentication.may_charge(WhenUnavailable::Refuse);
            let said = TransStatus::from_text(&status);
            prop_assert_eq!(may.is_ok(), status.is_empty() || matches!(said.map(TransStatus::as_str), Some("Y" | "A")));
        }
    }
}
