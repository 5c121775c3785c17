//! Clients written against any of the documents work: the documents' own examples, and a test for each point on which
//! they disagree with each other.

use serde_json::{Value, json};

use crate::support::{Answer, ORIGIN, TestServer, press, send};

/// A shop whose redirect domain is the one of the examples.
async fn shop() -> TestServer {
    let server = TestServer::start().await;
    let domains = vec!["mystore.is".to_owned()];
    let store = &server.app().store;
    embed_server::operations::create_merchant::set_redirect_domains(
        store,
        server.merchant.parse().unwrap(),
        domains,
    )
    .await
    .unwrap();
    server
}

async fn post(server: &TestServer, path: &str, body: Value) -> Answer {
    server.post(path, &server.secret_key, &body).await
}

fn hosted() -> Value {
    json!({
        "amount": 1990, "currency": "ISK", "mode": "hosted",
        "return_url": "https://mystore.is/order/success", "cancel_url": "https://mystore.is/order/cancelled",
        "customer_email": "anna@example.com", "external_reference": "order_7782", "metadata": {"order_id": "7782"}
    })
}

/// Sends what stands behind `curl` in a document, with this test's server, key, merchant and payment in place of the
/// document's.
async fn curl(server: &TestServer, command: &str, payment: &str) -> Answer {
    let command = command
        .replace("https://api.borga.is", &server.base)
        .replace("sk_test_YOUR_SECRET_KEY", &server.secret_key)
        .replace("sk_test_…", &server.secret_key)
        .replace("mer_YOUR_MERCHANT_ID", &server.merchant)
        .replace("pay_01HXYZ", payment)
        // As a shell does: the line goes on.
        .replace("\\\n", "");
    let mut words = shlex::split(&command).unwrap().into_iter();
    assert_eq!(words.next().as_deref(), Some("curl"));
    let (mut method, mut url, mut headers, mut body) = (None, None, Vec::new(), None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "-X" | "--request" => method = words.next(),
            "-H" | "--header" => headers.extend(words.next()),
            "-d" | "--data" => body = words.next(),
            "--url" => url = words.next(),
            other if other.starts_with("http") => url = Some(other.to_owned()),
            other => panic!("what is {other}?"),
        }
    }
    let method = method.unwrap().parse().unwrap();
    let mut request = reqwest::Client::new().request(method, url.unwrap());
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    send(request.body(body.unwrap_or_default())).await
}

const WHO_AM_I: &str = r#"curl --request GET \
  --url https://api.borga.is/v1/merchants/current \
  --header "Authorization: Bearer sk_test_YOUR_SECRET_KEY" \
  --header "X-Merchant-Id: mer_YOUR_MERCHANT_ID""#;

const WHO_AM_I_AT_FIRST: &str = r#"curl --request GET \
  --url https://api.borga.is/v1/merchants/current \
  --header "Authorization: Bearer sk_test_YOUR_SECRET_KEY""#;

const CREATE_A_PAYMENT: &str = r#"curl --request POST \
  --url https://api.borga.is/v1/payments \
  --header "Authorization: Bearer sk_test_YOUR_SECRET_KEY" \
  --header "X-Merchant-Id: mer_YOUR_MERCHANT_ID" \
  --header "Idempotency-Key: a1b2c3d4-e5f6-7890-abcd-ef1234567890" \
  --header "Content-Type: application/json" \
  --data '{
    "amount": 5000,
    "currency": "ISK",
    "description": "Order #1042"
  }'"#;

const REFUND_IT: &str = r#"curl --request POST \
  --url https://api.borga.is/v1/refunds \
  --header "Authorization: Bearer sk_test_YOUR_SECRET_KEY" \
  --header "X-Merchant-Id: mer_YOUR_MERCHANT_ID" \
  --header "Content-Type: application/json" \
  --data '{
    "payment": "pay_01HXYZ",
    "reason": "customer_request"
  }'"#;

const HOSTED: &str = r#"curl -X POST https://api.borga.is/v1/payment_sessions \
  -H "Authorization: Bearer sk_test_…" \
  -H "Idempotency-Key: 5d2e9b3a-1a3e-4dca-aa55-cart-7782" \
  -H "Content-Type: application/json" \
  -d '{ "amount": 1990, "currency": "ISK", "mode": "hosted",
        "return_url": "https://mystore.is/order/success", "cancel_url": "https://mystore.is/order/cancelled",
        "customer_email": "anna@example.com", "external_reference": "order_7782",
        "metadata": { "order_id": "7782" } }'"#;

#[tokio::test]
async fn the_curl_commands_work_as_they_are_written() {
    let server = shop().await;
    for command in [WHO_AM_I, WHO_AM_I_AT_FIRST] {
        let answer = curl(&server, command, "").await;
        assert_eq!(
            (answer.status, &answer.body["id"]),
            (200, &json!(server.merchant))
        );
        assert!(answer.body["name"].is_string() && answer.body["created_at"].is_string());
    }
    let made = curl(&server, CREATE_A_PAYMENT, "").await;
    assert_eq!(made.status, 201, "{}", made.body);
    let again = curl(&server, CREATE_A_PAYMENT, "").await;
    assert_eq!(again.body, made.body, "the key alone decides");

    let hosted = curl(&server, HOSTED, "").await;
    assert_eq!(hosted.status, 201, "{}", hosted.body);
    for field in [
        "id",
        "payment",
        "url",
        "status",
        "expires_at",
        "enabled_methods",
        "mode",
    ] {
        assert!(!hosted.body[field].is_null(), "{field}");
    }

    let paid = server.paid_with("4242424242424242").await;
    let refund = curl(&server, REFUND_IT, &paid.payment).await;
    assert_eq!(
        (
            refund.status,
            &refund.body["amount"],
            &refund.body["reason"]
        ),
        (201, &json!(1990), &json!("customer_request")),
        "{}",
        refund.body
    );
}

/// The SDKs' calls of these resources, as bodies.
#[tokio::test]
async fn the_bodies_of_the_sdk_examples_work_as_they_are_written() {
    let server = shop().await;
    let customer = post(
        &server,
        "/v1/customers",
        json!({"email": "anna@example.com", "name": "A payer", "kennitala": "1212901899"}),
    )
    .await;
    assert_eq!(customer.status, 201, "{}", customer.body);
    let customer = customer.body["id"].as_str().unwrap();
    let keeping = json!({"amount": 100, "currency": "ISK", "mode": "hosted",
        "return_url": "https://mystore.is/billing/success", "cancel_url": "https://mystore.is/billing/cancelled",
        "customer": customer, "save_payment_method": true});
    let keeping = post(&server, "/v1/payment_sessions", keeping).await;
    assert_eq!(keeping.status, 201, "{}", keeping.body);

    let method = server.saved_card(customer, "4242424242424242").await;
    let charge = json!({"amount": 1_990, "currency": "ISK", "customer": customer, "payment_method": method,
        "description": "Reorder of pre-roll coffee", "metadata": {"order_id": "8123"}});
    let charged = post(&server, "/v1/payments", charge).await;
    assert_eq!(
        (charged.status, &charged.body["status"]),
        (201, &json!("succeeded")),
        "{}",
        charged.body
    );

    let refund = json!({"payment": charged.body["id"], "amount": 990, "reason": "duplicate",
        "metadata": {"ticket": "support-1729"}});
    let refund = post(&server, "/v1/refunds", refund).await;
    assert_eq!(
        (refund.status, &refund.body["amount"]),
        (201, &json!(990)),
        "{}",
        refund.body
    );
}

#[tokio::test]
async fn the_hosted_example_works_as_it_is_written() {
    let server = shop().await;
    let made = server
        .post_once(
            "/v1/payment_sessions",
            "5d2e9b3a-1a3e-4dca-aa55-cart-7782",
            &hosted(),
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.body["id"].as_str().unwrap();
    assert_eq!(
        made.body["url"],
        format!("http://checkout.localhost:4101/{id}")
    );
    assert_eq!(made.body["mode"], "hosted");
    assert_eq!(made.body["status"], "open");
    assert_eq!(made.body["client_secret"], Value::Null);
    assert_eq!(
        made.body["enabled_methods"],
        json!(["card", "apple_pay", "google_pay"])
    );
    assert!(made.body["payment"].as_str().unwrap().starts_with("pay_"));
    assert!(made.body["expires_at"].as_str().unwrap().ends_with('Z'));

    let page = send(server.request("GET", &format!("/{id}"))).await;
    assert_eq!(page.status, 501);
    assert!(
        page.body
            .as_str()
            .unwrap()
            .contains("https://mystore.is/order/cancelled?session="),
        "{}",
        page.body
    );
    let framed = send(server.request("GET", &format!("/embed/{id}"))).await;
    assert_eq!(framed.status, 404, "nobody frames a hosted session");
}

#[tokio::test]
async fn hosted_is_the_default_and_needs_only_the_way_back() {
    let server = shop().await;
    let least = json!({"amount": 1990, "return_url": "https://mystore.is/thanks"});
    let made = post(&server, "/v1/payment_sessions", least).await;
    assert_eq!(
        (
            made.status,
            made.body["mode"].as_str(),
            made.body["currency"].as_str()
        ),
        (201, Some("hosted"), Some("ISK"))
    );
    for (change, code) in [
        (json!({"return_url": null}), "missing_redirect_urls"),
        (
            json!({"return_url": "https://elsewhere.is/"}),
            "redirect_url_not_allowed",
        ),
        (
            json!({"cancel_url": "https://elsewhere.is/"}),
            "redirect_url_not_allowed",
        ),
        (
            json!({"enabled_methods": ["card", "bank_invoice"]}),
            "bank_invoice_not_enabled",
        ),
        (
            json!({"enabled_methods": ["krafa"]}),
            "bank_invoice_not_enabled",
        ),
    ] {
        let mut body = hosted();
        body.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let refused = post(&server, "/v1/payment_sessions", body).await;
        assert_eq!((refused.status, refused.code()), (400, code), "{change}");
    }
}

#[tokio::test]
async fn the_embedded_example_works_as_it_is_written() {
    let server = TestServer::start().await;
    let body = json!({"amount": 1990, "currency": "ISK", "mode": "embedded", "origin": ORIGIN,
        "customer_email": "anna@example.com", "metadata": {"order_id": "7782"}});
    let made = post(&server, "/v1/payment_sessions", body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert!(
        made.body["client_secret"]
            .as_str()
            .unwrap()
            .starts_with("pcs_")
    );
    assert_eq!(made.body["url"], Value::Null);
}

/// §: session and merchant ids have two prefixes, and either case.
#[tokio::test]
async fn both_spellings_of_an_id_name_the_same_thing() {
    let server = TestServer::start().await;
    let session = server.session().await;
    assert!(session.id.starts_with("ps_"));
    let body = &session.id["ps_".len()..];
    for alias in [
        format!("pses_{body}"),
        format!("ps_{}", body.to_uppercase()),
    ] {
        let found = server
            .get(&format!("/v1/payment_sessions/{alias}"), &server.secret_key)
            .await;
        assert_eq!(found.body["id"], session.id.as_str(), "{alias}");
    }
    assert!(server.merchant.starts_with("mer_"));
    for header in [
        server.merchant.clone(),
        server.merchant.replace("mer_", "merch_"),
    ] {
        let request = server
            .request("GET", "/v1/payments")
            .bearer_auth(&server.secret_key);
        assert_eq!(
            send(request.header("X-Merchant-Id", header)).await.status,
            200
        );
    }
    let request = server
        .request("GET", "/v1/payments")
        .bearer_auth(&server.secret_key);
    let other = send(request.header("X-Merchant-Id", "mer_01hx9z3k2mfq7nbvd4cw8ej5rt")).await;
    assert_eq!(
        (other.status, other.code()),
        (403, "insufficient_permissions")
    );
}

/// §: the first status is called `created` and `pending`.
#[tokio::test]
async fn a_payment_begins_as_created_and_is_found_as_pending() {
    let server = TestServer::start().await;
    let made = post(
        &server,
        "/v1/payments",
        json!({"amount": 1990, "currency": "ISK", "description": "Order"}),
    )
    .await;
    assert_eq!(made.body["status"], "created");
    let found = server
        .get("/v1/payments?status=pending", &server.secret_key)
        .await;
    assert_eq!(found.body["data"][0]["id"], made.body["id"]);
}

/// §: description and currency are required in one document and optional in others.
#[tokio::test]
async fn a_payment_needs_only_its_amount() {
    let server = TestServer::start().await;
    let made = post(&server, "/v1/payments", json!({"amount": 1990})).await;
    assert_eq!(
        (made.status, made.body["currency"].as_str()),
        (201, Some("ISK"))
    );
}

/// §: the client secret is shown once, or on every read.
#[tokio::test]
async fn the_client_secret_is_read_again_while_the_session_is_open_and_never_in_lists() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let path = format!("/v1/payment_sessions/{}", session.id);
    let read = server.get(&path, &server.secret_key).await;
    assert_eq!(read.body["client_secret"], session.client_secret.as_str());
    let list = server.get("/v1/payment_sessions", &server.secret_key).await;
    assert_eq!(list.body["data"][0]["client_secret"], Value::Null);
    server.confirm(&session, &press(), "4242424242424242").await;
    assert_eq!(
        server.get(&path, &server.secret_key).await.body["client_secret"],
        Value::Null
    );
}

/// §: reference and metadata are the session's, or the payment's.
#[tokio::test]
async fn reference_and_metadata_stand_on_session_and_payment() {
    let server = TestServer::start().await;
    let session = server
        .session_with(json!({"external_reference": "order_1", "metadata": {"a": "b"}}))
        .await;
    let path = format!("/v1/payment_sessions/{}", session.id);
    for object in [
        server.get(&path, &server.secret_key).await.body,
        server.payment(&session).await,
    ] {
        assert_eq!(
            (object["external_reference"].as_str(), &object["metadata"]),
            (Some("order_1"), &json!({"a": "b"}))
        );
    }
}

/// §: the e-mail address is a suggestion, or locked. It is locked.
#[tokio::test]
async fn a_given_email_is_locked() {
    let server = TestServer::start().await;
    let session = server
        .session_with(json!({"customer_email": "anna@example.com"}))
        .await;
    let mut body = crate::support::confirmation(
        &press(),
        &server.envelope(&session, "4242424242424242").await,
    );
    body["email"] = json!("other@example.com");
    let refused = server.confirm_with(&session, &body).await;
    assert_eq!(
        (refused.status, refused.code()),
        (400, "customer_email_locked")
    );
}

/// §: kennitala with and without a check digit.
#[tokio::test]
async fn a_kennitala_has_ten_digits_and_its_check_digit_is_a_setting() {
    let server = TestServer::start().await;
    for (kennitala, fine) in [
        ("1212901899", true),
        ("121290-1899", true),
        ("1234567890", true),
        ("12129018", false),
        ("9212901899x", false),
    ] {
        let body = json!({"mode": "embedded", "amount": 1, "origin": ORIGIN, "customer_kennitala": kennitala});
        let answer = post(&server, "/v1/payment_sessions", body).await;
        let seen = (answer.status, answer.code());
        assert_eq!(
            seen,
            if fine {
                (201, "")
            } else {
                (422, "invalid_kennitala")
            },
            "{kennitala}"
        );
        if fine {
            let digits: String = kennitala.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(answer.body["customer_kennitala"], digits);
        } else {
            assert_eq!(answer.body["error"]["param"], "customer_kennitala");
        }
    }
    let customer = post(
        &server,
        "/v1/customers",
        json!({"email": "a@b.is", "kennitala": "1234567890"}),
    )
    .await;
    assert_eq!(customer.status, 201, "the reference's own example");

    let strict = TestServer::start_with("kennitala_checksum = \"enforce\"").await;
    let body = json!({"mode": "embedded", "amount": 1, "origin": ORIGIN, "customer_kennitala": "1234567890"});
    assert_eq!(
        post(&strict, "/v1/payment_sessions", body).await.code(),
        "invalid_kennitala"
    );
    let customer = post(
        &strict,
        "/v1/customers",
        json!({"email": "a@b.is", "kennitala": "1234567890"}),
    )
    .await;
    assert_eq!(customer.status, 201);
}

/// §: updates by PATCH in one document, by POST in another.
#[tokio::test]
async fn both_verbs_update() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let path = format!("/v1/customers/{customer}");
    let patched = server.patch(&path, &json!({"name": "A"})).await;
    assert_eq!(
        (patched.status, patched.body["name"].as_str()),
        (200, Some("A"))
    );
    let posted = post(&server, &path, json!({"name": "B"})).await;
    assert_eq!(
        (posted.status, posted.body["name"].as_str()),
        (200, Some("B"))
    );
}

/// §: the envelope has two to five fields. It has all five.
#[tokio::test]
async fn an_error_has_every_documented_field_and_a_request_id() {
    let server = TestServer::start().await;
    let refused = post(&server, "/v1/payments", json!({"amount": -5})).await;
    let error = refused.body["error"].as_object().unwrap();
    let mut fields: Vec<&str> = error.keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["code", "doc_url", "message", "param", "type"]);
    assert_eq!(error["type"], "invalid_request_error");
    assert_eq!(error["code"], "invalid_amount");
    assert_eq!(error["param"], "amount");
    assert!(
        error["doc_url"]
            .as_str()
            .unwrap()
            .ends_with("invalid_amount")
    );
    assert!(refused.header("request-id").unwrap().starts_with("req_"));
}

/// §: an error with another body under the same key, or the first answer again. The first answer.
#[tokio::test]
async fn an_idempotency_key_alone_decides() {
    let server = TestServer::start().await;
    let first = server
        .post_once("/v1/payments", "k", &json!({"amount": 1}))
        .await;
    let second = server
        .post_once("/v1/payments", "k", &json!({"amount": 2}))
        .await;
    assert_eq!(first.body, second.body);
}

/// §: a refund without an amount gives back the whole payment, or what is left of it. What is left.
#[tokio::test]
async fn a_refund_defaults_to_what_is_left() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4242424242424242").await;
    post(&server, "/v1/refunds", json!({"payment": paid.payment, "amount": 990, "reason": "duplicate", "metadata": {"ticket": "support-1729"}})).await;
    let rest = post(
        &server,
        "/v1/refunds",
        json!({"payment": paid.payment, "reason": "customer_request"}),
    )
    .await;
    assert_eq!(
        (rest.status, rest.body["amount"].as_i64()),
        (201, Some(1000))
    );
}

/// §: a list has `data` alone, or `has_more` beside it; one cursor, or two.
#[tokio::test]
async fn every_list_has_data_and_has_more_and_takes_both_cursors() {
    let server = TestServer::start().await;
    for list in [
        "payments",
        "payment_sessions",
        "refunds",
        "customers",
        "payment_methods",
        "api_keys",
    ] {
        let answer = server
            .get(&format!("/v1/{list}?limit=1"), &server.secret_key)
            .await;
        assert!(
            answer.body["data"].is_array() && answer.body["has_more"].is_boolean(),
            "{list}: {}",
            answer.body
        );
    }
}

/// §: a key is created with or without its allowed origins.
#[tokio::test]
async fn a_publishable_key_without_origins_serves_nobody_until_it_has_some() {
    let server = TestServer::start().await;
    let made = post(
        &server,
        "/v1/api_keys",
        json!({"type": "publishable", "mode": "test", "label": "Web"}),
    )
    .await;
    assert_eq!(
        (made.status, &made.body["allowed_origins"]),
        (201, &json!([]))
    );
    let path = format!("/v1/api_keys/{}", made.body["id"].as_str().unwrap());
    let changed = server
        .patch(&path, &json!({"allowed_origins": [ORIGIN]}))
        .await;
    assert_eq!(changed.body["allowed_origins"], json!([ORIGIN]));
}

#[tokio::test]
async fn polling_without_a_key_is_off() {
    let server = TestServer::start().await;
    let session = server.session().await;
    for method in ["GET", "POST"] {
        let path = format!("/public/payment_sessions/{}/poll_status", session.id);
        let refused = send(server.request(method, &path)).await;
        assert_eq!((refused.status, refused.code()), (403, "poll_disabled"));
    }
}
