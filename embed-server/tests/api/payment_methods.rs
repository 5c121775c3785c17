//! Cards that payers let merchants keep.

use sandbox::test_card;
use serde_json::{Value, json};

use crate::support::{Answer, Session, TestServer, confirmation, press, until};

#[tokio::test]
async fn a_card_is_saved_with_consent_and_pays_the_next_session() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;

    let found = server
        .get(&format!("/v1/payment_methods/{method}"), &server.secret_key)
        .await;
    assert_eq!(found.body["type"], "card");
    assert_eq!(found.body["customer"], customer.as_str());
    assert_eq!(found.body["card"]["brand"], "visa");
    assert_eq!(found.body["card"]["last4"], "4242");
    assert!(found.body["card"]["exp_month"].is_u64(), "{}", found.body);
    assert!(
        server
            .events()
            .await
            .contains(&"payment_method.attached".to_owned())
    );

    let session = server.session_with(json!({"customer": customer})).await;
    let view = server.view(&session).await;
    assert_eq!(view["saved_cards"][0]["id"], method.as_str());
    assert_eq!(view["offers_saving"], false);
    let mut body = confirmation(&press(), "");
    body.as_object_mut().unwrap().remove("encrypted_card");
    body["payment_method"] = json!(method);
    let paid = server.confirm_with(&session, &body).await;
    assert_eq!(paid.body["status"], "succeeded", "{}", paid.body);
    assert_eq!(server.charges().len(), 2);
}

#[tokio::test]
async fn a_card_is_not_kept_without_both_wishes() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    for (asked, ticked) in [(true, false), (false, true)] {
        let more = json!({"customer": customer, "save_payment_method": asked});
        let session = server.session_with(more).await;
        assert_eq!(server.view(&session).await["offers_saving"], asked);
        let mut body = confirmation(
            &press(),
            &server.envelope(&session, "4242424242424242").await,
        );
        body["save_card"] = json!(ticked);
        let paid = server.confirm_with(&session, &body).await;
        assert_eq!(paid.body["status"], "succeeded", "{}", paid.body);
    }
    let list = server.get("/v1/payment_methods", &server.secret_key).await;
    assert_eq!(list.body["data"], json!([]));
}

#[tokio::test]
async fn a_saved_card_that_its_issuer_renewed_is_shown_as_it_is_now() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4000003520002508").await;
    let path = format!("/v1/payment_methods/{method}");
    let card = async || server.get(&path, &server.secret_key).await.body["card"].clone();
    let before = card().await;

    for _ in 0..2 {
        let body = json!({"amount": 1990, "currency": "ISK", "customer": customer, "payment_method": method});
        let paid = server.post("/v1/payments", &server.secret_key, &body).await;
        assert_eq!(paid.body["status"], "succeeded", "{}", paid.body);
    }

    let after = card().await;
    assert_eq!(after["exp_month"], before["exp_month"]);
    assert_eq!(
        after["exp_year"].as_u64(),
        before["exp_year"].as_u64().map(|year| year + 4),
        "renewed once: {after}"
    );
    let session = server.session_with(json!({"customer": customer})).await;
    let view = server.view(&session).await;
    assert_eq!(view["saved_cards"][0]["exp_year"], after["exp_year"]);
}

#[tokio::test]
async fn the_same_card_saved_twice_is_one_payment_method() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let first = server.saved_card(&customer, "4242424242424242").await;
    let second = server.saved_card(&customer, "4242424242424242").await;
    assert_eq!(first, second);
}

#[tokio::test]
async fn the_first_card_is_the_default_until_another_is_chosen() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let first = server.saved_card(&customer, "4242424242424242").await;
    let second = server.saved_card(&customer, "5555555555554444").await;
    let default = async || {
        let path = format!("/v1/customers/{customer}");
        server.get(&path, &server.secret_key).await.body["default_payment_method"].clone()
    };
    assert_eq!(default().await, first.as_str());

    let path = format!("/v1/payment_methods/{second}/set_default");
    let chosen = server.post(&path, &server.secret_key, &json!({})).await;
    assert_eq!(chosen.status, 200, "{}", chosen.body);
    assert_eq!(default().await, second.as_str());
    let bare = server.request("POST", &format!("/v1/payment_methods/{first}/set_default"));
    let chosen = crate::support::send(bare.bearer_auth(&server.secret_key)).await;
    assert_eq!(chosen.status, 200, "also without a body: {}", chosen.body);
    assert_eq!(default().await, first.as_str());
}

#[tokio::test]
async fn a_detached_card_is_gone_for_good() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;
    let path = format!("/v1/payment_methods/{method}");

    let gone = server.delete(&path, &server.secret_key).await;
    assert_eq!(gone.status, 200);
    assert_eq!(
        gone.body,
        json!({"id": method, "deleted": true, "detached": true})
    );
    assert_eq!(
        server.get(&path, &server.secret_key).await.code(),
        "resource_not_found"
    );
    assert_eq!(
        server.delete(&path, &server.secret_key).await.code(),
        "resource_not_found"
    );
    let charge = json!({"amount": 100, "payment_method": method});
    let refused = server
        .post("/v1/payments", &server.secret_key, &charge)
        .await;
    assert_eq!(refused.code(), "resource_not_found");
    let known = server
        .get(&format!("/v1/customers/{customer}"), &server.secret_key)
        .await;
    assert_eq!(known.body["default_payment_method"], json!(null));
}

/// The acquirer says twice that it keeps a card: in its answer, and in a notification that may come late.
#[tokio::test]
async fn a_word_that_comes_after_the_card_was_detached_does_not_bring_it_back() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    server.faults(json!({"notifications": "hold"}));
    let method = server.saved_card(&customer, "4242424242424242").await;
    let path = format!("/v1/payment_methods/{method}");
    assert_eq!(server.delete(&path, &server.secret_key).await.status, 200);

    server.faults(json!({}));
    until("the notification has come", async || {
        let mut connection = server.database().await;
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM acquirer_notifications";
        let (count,): (i64,) = sqlx::query_as(sql)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        count > 0
    })
    .await;

    let list = format!("/v1/payment_methods?customer={customer}");
    let list = server.get(&list, &server.secret_key).await;
    assert_eq!(list.body["data"], json!([]));
    let known = server
        .get(&format!("/v1/customers/{customer}"), &server.secret_key)
        .await;
    assert_eq!(known.body["default_payment_method"], json!(null));
}

#[tokio::test]
async fn a_card_of_another_customer_pays_nothing() {
    let server = TestServer::start().await;
    let (owner, stranger) = (server.customer().await, server.customer().await);
    let method = server.saved_card(&owner, "4242424242424242").await;
    let session = server.session_with(json!({"customer": stranger})).await;
    let mut body = confirmation(&press(), "");
    body.as_object_mut().unwrap().remove("encrypted_card");
    body["payment_method"] = json!(method);

    let refused = server.confirm_with(&session, &body).await;
    assert_eq!(refused.code(), "payment_method_not_usable");
    assert_eq!(server.charges().len(), 1, "only the one that saved it");
    let charge = json!({"amount": 100, "payment_method": method, "customer": stranger});
    let refused = server
        .post("/v1/payments", &server.secret_key, &charge)
        .await;
    assert_eq!(
        (refused.status, refused.code()),
        (422, "payment_method_not_usable")
    );
}

#[tokio::test]
async fn saving_needs_a_customer() {
    let server = TestServer::start().await;
    let body = json!({"mode": "embedded", "amount": 100, "origin": crate::support::ORIGIN, "save_payment_method": true});
    let refused = server
        .post("/v1/payment_sessions", &server.secret_key, &body)
        .await;
    assert_eq!((refused.status, refused.code()), (400, "missing_parameter"));
    assert_eq!(refused.body["error"]["param"], "customer");
}

#[tokio::test]
async fn a_payer_removes_their_own_card_in_an_open_session_and_nobody_elses() {
    let server = TestServer::start().await;
    let (customer, other) = (server.customer().await, server.customer().await);
    let method = server.saved_card(&customer, "4242424242424242").await;
    let theirs = server.session_with(json!({"customer": customer})).await;
    let foreign = server.session_with(json!({"customer": other})).await;
    let without = server.session().await;
    let detach = async |session: &Session, secret: &str| {
        let path = format!(
            "/public/payment_sessions/{}/payment_methods/{method}/detach",
            session.id
        );
        server.post(&path, secret, &json!({})).await
    };

    for session in [&foreign, &without] {
        let refused = detach(session, &session.client_secret).await;
        assert_eq!(
            (refused.status, refused.code()),
            (404, "resource_not_found")
        );
    }
    let refused = detach(&theirs, &foreign.client_secret).await;
    assert_eq!(refused.code(), "invalid_client_secret");
    assert_eq!(
        server.view(&theirs).await["saved_cards"][0]["id"],
        method.as_str()
    );

    let gone = detach(&theirs, &theirs.client_secret).await;
    assert_eq!(gone.status, 200, "{}", gone.body);
    assert_eq!(gone.body["saved_cards"], json!([]));
    let path = format!("/v1/payment_methods/{method}");
    let found = server.get(&path, &server.secret_key).await;
    assert_eq!(found.code(), "resource_not_found");
    let path = format!("/v1/customers/{customer}");
    let customer = server.get(&path, &server.secret_key).await;
    assert_eq!(customer.body["default_payment_method"], Value::Null);
    assert_eq!(
        detach(&theirs, &theirs.client_secret).await.code(),
        "resource_not_found",
        "once"
    );
}

#[tokio::test]
async fn a_session_that_is_over_removes_no_card() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;
    let session = server.session_with(json!({"customer": customer})).await;
    let paid = server.confirm(&session, &press(), "5555555555554444").await;
    assert_eq!(paid.body["status"], "succeeded");
    let path = format!(
        "/public/payment_sessions/{}/payment_methods/{method}/detach",
        session.id
    );
    let refused = server.post(&path, &session.client_secret, &json!({})).await;
    assert_eq!(refused.code(), "session_not_open");
}

/// Pays with a saved card whose code is typed anew; without one where `code` is `null`.
async fn pay_with_code(
    server: &TestServer,
    session: &Session,
    method: &str,
    code: Value,
) -> Answer {
    let mut body = confirmation(&press(), "");
    body.as_object_mut().unwrap().remove("encrypted_card");
    body["payment_method"] = json!(method);
    body["encrypted_security_code"] = code;
    server.confirm_with(session, &body).await
}

#[tokio::test]
async fn a_session_that_asks_for_the_code_charges_no_saved_card_without_it() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "378282246310005").await;
    let more = json!({"customer": customer, "require_cvc_recollection": true});
    let session = server.session_with(more).await;
    let view = server.view(&session).await;
    assert_eq!(view["asks_saved_card_code"], true);

    let refused = pay_with_code(&server, &session, &method, Value::Null).await;
    assert_eq!((refused.status, refused.code()), (400, "missing_parameter"));
    assert_eq!(refused.body["error"]["param"], "encrypted_security_code");
    assert_eq!(server.charges().len(), 1, "only the one that saved it");
    assert_eq!(server.view(&session).await["last_attempt"], Value::Null);

    let wrong = server.sealed(&session, &test_card::code("9999")).await;
    let declined = pay_with_code(&server, &session, &method, wrong).await;
    assert_eq!(declined.body["code"], "incorrect_cvc", "{}", declined.body);
    assert_eq!(declined.body["retryable"], true);

    let right = server.sealed(&session, &test_card::code("1234")).await;
    let paid = pay_with_code(&server, &session, &method, right).await;
    assert_eq!(paid.body["status"], "succeeded", "{}", paid.body);
    assert_eq!(server.charges().len(), 2);
}

#[tokio::test]
async fn a_code_belongs_to_its_session_and_to_a_saved_card() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;
    let more = json!({"customer": customer, "require_cvc_recollection": true});
    let session = server.session_with(more.clone()).await;
    let other = server.session_with(more).await;

    let elsewhere = server.sealed(&other, &test_card::code("737")).await;
    for code in [elsewhere, json!("737")] {
        let refused = pay_with_code(&server, &session, &method, code).await;
        assert_eq!(refused.code(), "invalid_card_data");
        assert_eq!(refused.body["error"]["param"], "encrypted_security_code");
    }
    let mut typed = confirmation(
        &press(),
        &server.envelope(&session, "4242424242424242").await,
    );
    typed["encrypted_security_code"] = server.sealed(&session, &test_card::code("737")).await;
    let refused = server.confirm_with(&session, &typed).await;
    assert_eq!((refused.status, refused.code()), (400, "invalid_parameter"));
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_session_says_whether_it_asks_for_the_code_and_a_page_cannot_decide_it() {
    let server = TestServer::start().await;
    for asked in [true, false] {
        let session = server
            .session_with(json!({"require_cvc_recollection": asked}))
            .await;
        let path = format!("/v1/payment_sessions/{}", session.id);
        let read = server.get(&path, &server.secret_key).await;
        assert_eq!(read.body["require_cvc_recollection"], asked);
    }
    let plain = server.session().await;
    assert_eq!(server.view(&plain).await["asks_saved_card_code"], false);
    let body = json!({"amount": 1990, "require_cvc_recollection": false});
    let request = server.request("POST", "/v1/payment_sessions");
    let request = request.bearer_auth(&server.publishable_key);
    let request = request.header("Origin", crate::support::ORIGIN).json(&body);
    let refused = crate::support::send(request).await;
    assert_eq!(refused.code(), "insufficient_permissions");
    assert_eq!(refused.body["error"]["param"], "require_cvc_recollection");
}

#[tokio::test]
async fn the_merchant_hears_of_a_card_that_is_taken_away_whoever_does_it() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let detached = async || {
        let path = "/v1/events?type=payment_method.detached";
        let events = server.get(path, &server.secret_key).await.body;
        let events = events["data"].as_array().unwrap().clone();
        events
            .into_iter()
            .map(|event| event["data"].clone())
            .collect::<Vec<Value>>()
    };
    let by_payer = server.saved_card(&customer, "4242424242424242").await;
    let path = format!("/v1/payment_methods/{by_payer}");
    let shown = server.get(&path, &server.secret_key).await.body;
    let session = server.session_with(json!({"customer": customer})).await;
    let path = format!(
        "/public/payment_sessions/{}/payment_methods/{by_payer}/detach",
        session.id
    );
    for _ in 0..2 {
        server.post(&path, &session.client_secret, &json!({})).await;
        assert_eq!(
            detached().await,
            std::slice::from_ref(&shown),
            "once, as it was"
        );
    }

    let by_merchant = server.saved_card(&customer, "5555555555554444").await;
    let path = format!("/v1/payment_methods/{by_merchant}");
    assert_eq!(server.delete(&path, &server.secret_key).await.status, 200);
    let newest = detached().await.remove(0);
    assert_eq!(newest["id"], by_merchant.as_str());
    assert_eq!(newest["customer"], customer.as_str());
}
