//! What each card does, apart from challenges.

use sandbox::Authentication;
use sandbox::cards::{Behaviour, Drill, Meeting, TEST_CARDS, TestCard, Verdict};
use sandbox::test_card;
use serde_json::{Value, json};

use crate::support::Scene;

/// Result and reason code.
fn outcome(answer: &Value) -> (&str, &str) {
    let text = |field: &str| answer[field].as_str().unwrap_or_default();
    (text("resultCode"), text("refusalReasonCode"))
}

#[tokio::test]
async fn every_listed_card_does_what_the_table_says() {
    let scene = Scene::start().await;
    // Those whose answer gets lost have tests of their own.
    let is_answered = |card: &&TestCard| {
        !matches!(
            card.drill,
            Drill::LostAfterCharge | Drill::LostBeforeCharge | Drill::TroubleOnce
        )
    };
    for card in TEST_CARDS.iter().filter(is_answered) {
        let answer = scene.pay(card.number).await;

        let expected = match (card.behaviour, card.drill) {
            (Behaviour::Immediate(Verdict::Approved), Drill::SettlesLater) => ("Received", ""),
            (Behaviour::Immediate(Verdict::Approved), Drill::HalfApproved) => {
                ("PartiallyAuthorised", "")
            }
            (Behaviour::Immediate(Verdict::Approved), _) => ("Authorised", ""),
            (Behaviour::Immediate(Verdict::Refused(refusal)), _) => ("Refused", refusal.code),
            (Behaviour::Challenge(_), _) => ("RedirectShopper", ""),
            (Behaviour::SoftDecline, _) => ("Refused", "38"),
            // The merchant here cannot carry out the steps itself.
            (Behaviour::Native { meeting, .. }, _) => match meeting {
                Meeting::Asks | Meeting::NeverAnswers => ("RedirectShopper", ""),
                Meeting::OnAnyway(_) => ("Authorised", ""),
                Meeting::Frictionless(result) => match result {
                    Authentication::Passed | Authentication::Attempted => ("Authorised", ""),
                    Authentication::Failed | Authentication::Rejected => ("Refused", "11"),
                    Authentication::Unavailable => ("Refused", "42"),
                    Authentication::Cancelled => ("Refused", "16"),
                },
            },
        };
        assert_eq!(outcome(&answer), expected, "{}", card.number);
    }
}

#[tokio::test]
async fn the_documented_cards_have_their_documented_codes() {
    let scene = Scene::start().await;
    for (number, expected) in [
        ("4242 4242 4242 4242", ("Authorised", "")),
        ("378282246310005", ("Authorised", "")),
        ("4000000000000002", ("Refused", "2")),
        ("4000000000009995", ("Refused", "12")),
        ("4000000000000069", ("Refused", "6")),
        ("4000000000000127", ("Refused", "24")),
        ("4000000000000119", ("Refused", "4")),
        ("4111111111111111", ("Refused", "8")),
    ] {
        assert_eq!(outcome(&scene.pay(number).await), expected, "{number}");
    }
}

#[tokio::test]
async fn an_approval_carries_the_contracts_fields() {
    let scene = Scene::start().await;

    let mut answer = scene.pay("5555555555554444").await;

    let psp_reference = answer["pspReference"].take();
    let psp_reference = psp_reference.as_str().unwrap();
    assert_eq!(psp_reference.len(), 16);
    assert!(
        psp_reference
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    );
    let expected = json!({
        "additionalData": { "cardSummary": "4444" },
        "amount": { "currency": "ISK", "value": 199_000 },
        "merchantReference": "att_1",
        "paymentMethod": { "brand": "mc", "type": "scheme" },
        "pspReference": null,
        "resultCode": "Authorised",
    });
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn an_approval_is_one_charge_in_the_payers_units() {
    let scene = Scene::start().await;

    let answer = scene.pay("4242424242424242").await;

    let expected = json!([{
        "reference": "att_1",
        "amount": 1990,
        "currency": "ISK",
        "status": "charged",
        "brand": "visa",
        "psp_reference": answer["pspReference"],
        "refunded": 0,
        "refunds": [],
    }]);
    assert_eq!(scene.ledger().await, expected);
}

#[tokio::test]
async fn a_decline_is_no_charge() {
    let scene = Scene::start().await;

    scene.pay("4000000000000002").await;

    assert_eq!(scene.ledger().await, json!([]));
}

#[tokio::test]
async fn an_unlisted_card_is_told_what_is_wrong_with_it() {
    let scene = Scene::start().await;

    let answer = scene.pay("4111111111111111").await;

    assert_eq!(answer["refusalReason"], "Unlisted test card");
}

#[tokio::test]
async fn a_card_past_its_month_is_refused_as_expired() {
    let scene = Scene::start().await;
    let mut card = test_card::card("4242424242424242");
    card["expiryMonth"] = "05".into();
    card["expiryYear"] = "2026".into();

    assert_eq!(outcome(&scene.pay_with(&card).await), ("Refused", "6"));
}

#[tokio::test]
async fn a_card_in_its_last_month_is_good() {
    let scene = Scene::start().await;
    let mut card = test_card::card("4242424242424242");
    card["expiryMonth"] = "06".into();
    card["expiryYear"] = "2026".into();

    assert_eq!(outcome(&scene.pay_with(&card).await), ("Authorised", ""));
}

#[tokio::test]
async fn a_security_code_of_the_wrong_length_is_declined() {
    let scene = Scene::start().await;
    for (number, code) in [
        ("4242424242424242", "7373"),
        ("4242424242424242", ""),
        ("378282246310005", "737"),
    ] {
        let mut card = test_card::card(number);
        card["cvc"] = code.into();

        assert_eq!(
            outcome(&scene.pay_with(&card).await),
            ("Refused", "24"),
            "{number} {code}"
        );
    }
}

#[tokio::test]
async fn a_card_with_two_brands_is_charged_as_the_one_that_was_named() {
    let scene = Scene::start().await;
    let card = test_card::card("6223000000000016");
    let mut body = scene.payment_body("att_2", &card).await;
    body["paymentMethod"]["brand"] = json!("discover");
    let (status, answer) = scene.post("/v71/payments", &body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["paymentMethod"]["brand"], "discover");
    assert_eq!(scene.ledger().await[0]["brand"], "discover");

    let mut body = scene.payment_body("att_3", &card).await;
    body["paymentMethod"]["brand"] = json!("visa");
    let (status, answer) = scene.post("/v71/payments", &body).await;
    assert_eq!(status, 422, "{answer}");
    assert_eq!(scene.ledger().await.as_array().unwrap().len(), 1);
}
