//! Bad input of every kind gets the documented envelope, names its field, and breaks nothing.

use serde_json::{Value, json};

use crate::support::{Answer, ORIGIN, TestServer, confirmation, press, send};

fn check(answer: &Answer, status: u16, code: &str, param: Option<&str>) {
    assert_eq!(
        (answer.status, answer.code()),
        (status, code),
        "{}",
        answer.body
    );
    let error = &answer.body["error"];
    assert_eq!(error["param"], json!(param), "{error}");
    assert!(error["message"].as_str().unwrap().len() > 10, "{error}");
    assert_eq!(
        error["doc_url"],
        format!("https://docs.borga.is/errors/{code}")
    );
    assert!(answer.header("request-id").is_some());
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one line a case")]
async fn fields_of_a_session_are_checked_and_named() {
    let server = TestServer::start().await;
    let base = json!({"mode": "embedded", "amount": 1990, "currency": "ISK", "origin": ORIGIN});

    for (change, status, code, param) in [
        (json!({"amount": -1}), 400, "invalid_amount", "amount"),
        (json!({"amount": 0}), 400, "invalid_amount", "amount"),
        (json!({"amount": "1990"}), 400, "invalid_amount", "amount"),
        (json!({"amount": 19.9}), 400, "invalid_amount", "amount"),
        (
            json!({"amount": 10_000_000_000_i64}),
            400,
            "invalid_amount",
            "amount",
        ),
        (json!({"amount": 1e30}), 400, "invalid_amount", "amount"),
        (json!({"amount": null}), 400, "missing_parameter", "amount"),
        (
            json!({"currency": "XYZ"}),
            400,
            "unsupported_currency",
            "currency",
        ),
        (
            json!({"currency": 352}),
            400,
            "invalid_parameter",
            "currency",
        ),
        (json!({"origin": null}), 400, "missing_origin", "origin"),
        (
            json!({"origin": "https://shop.example/path"}),
            400,
            "invalid_parameter",
            "origin",
        ),
        (
            json!({"origin": "null"}),
            400,
            "invalid_parameter",
            "origin",
        ),
        (json!({"origin": "*"}), 400, "invalid_parameter", "origin"),
        (
            json!({"origin": "http://shop.example"}),
            400,
            "invalid_parameter",
            "origin",
        ),
        (json!({"mode": "iframe"}), 400, "invalid_parameter", "mode"),
        (
            json!({"mode": "hosted"}),
            400,
            "missing_redirect_urls",
            "return_url",
        ),
        (
            json!({"locale": "../is"}),
            400,
            "invalid_parameter",
            "locale",
        ),
        (
            json!({"customer_email": "nobody"}),
            400,
            "invalid_parameter",
            "customer_email",
        ),
        (
            json!({"metadata": {"a": 1}}),
            400,
            "invalid_parameter",
            "metadata[a]",
        ),
        (
            json!({"metadata": []}),
            400,
            "invalid_parameter",
            "metadata",
        ),
        (
            json!({"external_reference": "x".repeat(201)}),
            400,
            "invalid_parameter",
            "external_reference",
        ),
        (
            json!({"enabled_methods": ["bank_invoice"]}),
            400,
            "bank_invoice_not_enabled",
            "enabled_methods",
        ),
        (
            json!({"enabled_methods": "card"}),
            400,
            "invalid_parameter",
            "enabled_methods",
        ),
        (
            json!({"customer": "cus_1"}),
            400,
            "invalid_parameter",
            "customer",
        ),
        (json!({"amonut": 5}), 400, "unknown_parameter", "amonut"),
        (
            json!({"payment": "pay_1"}),
            400,
            "invalid_parameter",
            "payment",
        ),
        (
            json!({"payment": "pay_00000000000000000000000000"}),
            404,
            "resource_not_found",
            "payment",
        ),
    ] {
        let mut body = base.clone();
        body.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let answer = server
            .post("/v1/payment_sessions", &server.secret_key, &body)
            .await;
        check(&answer, status, code, Some(param));
    }
}

#[tokio::test]
async fn bodies_that_are_no_json_object_are_refused() {
    let server = TestServer::start().await;
    let request = |media: &'static str, body: Vec<u8>| {
        let request = server
            .request("POST", "/v1/payment_sessions")
            .bearer_auth(&server.secret_key)
            .header("content-type", media)
            .body(body);
        send(request)
    };
    let deep = format!("{}1{}", "[".repeat(500), "]".repeat(500));

    for body in ["", "{", "[]", "\"text\"", "null", "{\"a\":}", &deep] {
        check(
            &request("application/json", body.into()).await,
            400,
            "invalid_json",
            None,
        );
    }
    check(
        &request("application/json", vec![0xff, 0xfe]).await,
        400,
        "invalid_json",
        None,
    );
    check(
        &request("text/plain", b"{}".to_vec()).await,
        415,
        "unsupported_media_type",
        None,
    );
    check(
        &request("application/json", vec![b' '; 2 << 20]).await,
        413,
        "payload_too_large",
        None,
    );
}

#[tokio::test]
async fn urls_and_methods_that_do_not_exist_get_the_envelope() {
    let server = TestServer::start().await;

    for (method, path, status, code) in [
        ("GET", "/v1/nothing", 404, "route_not_found"),
        ("GET", "/", 404, "route_not_found"),
        ("DELETE", "/v1/payment_sessions", 405, "method_not_allowed"),
        ("PUT", "/v1/payments/pay_1", 405, "method_not_allowed"),
        ("GET", "/3ds/nonsense", 404, "challenge_not_found"),
        (
            "GET",
            "/3ds/chl_00000000000000000000000000/return",
            404,
            "challenge_not_found",
        ),
    ] {
        check(
            &send(server.request(method, path)).await,
            status,
            code,
            None,
        );
    }
    for path in [
        "/v1/payments/pay_nothing",
        "/v1/payments/%00",
        "/v1/payments/%ff",
        "/v1/payment_sessions/ps_1",
    ] {
        check(
            &server.get(path, &server.secret_key).await,
            404,
            "resource_not_found",
            None,
        );
    }
}

#[tokio::test]
async fn queries_that_cannot_be_read_count_as_absent() {
    let server = TestServer::start().await;
    let session = server.session().await;

    for (path, status) in [
        (format!("/embed/{}?locale=is&locale=en", session.id), 200),
        (format!("/embed/{}?theme=%ff", session.id), 200),
        ("/embed/%ff".to_owned(), 404),
        ("/public/diagnose?session=a&session=b".to_owned(), 200),
    ] {
        let answer = send(server.request("GET", &path)).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn idempotency_keys_that_are_none_are_refused() {
    let server = TestServer::start().await;

    for key in ["", &"x".repeat(256), "\u{e9}"] {
        let request = server
            .request("POST", "/v1/payment_sessions")
            .bearer_auth(&server.secret_key)
            .header("idempotency-key", key)
            .json(&json!({"mode": "embedded", "amount": 1, "origin": ORIGIN}));
        check(&send(request).await, 400, "invalid_idempotency_key", None);
    }
}

#[tokio::test]
async fn confirmations_are_checked_and_named() {
    let server = TestServer::start().await;
    let session = server
        .session_with(json!({"customer_email": "payer@example.com"}))
        .await;
    let good = confirmation(
        &press(),
        &server.envelope(&session, "4242424242424242").await,
    );
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };

    for (body, code, param) in [
        (json!({}), "missing_parameter", Some("attempt_id")),
        (
            with("attempt_id", json!("1")),
            "invalid_parameter",
            Some("attempt_id"),
        ),
        (
            with("attempt_id", json!(7)),
            "invalid_parameter",
            Some("attempt_id"),
        ),
        (
            with("encrypted_card", json!("4242424242424242")),
            "invalid_card_data",
            Some("encrypted_card"),
        ),
        (
            with("encrypted_card", json!("x".repeat(9000))),
            "invalid_parameter",
            Some("encrypted_card"),
        ),
        (
            with("browser", json!({"color_depth": 24})),
            "invalid_parameter",
            Some("browser"),
        ),
        (
            with("browser", Value::Null),
            "missing_parameter",
            Some("browser"),
        ),
        (
            with("email", json!("other@example.com")),
            "customer_email_locked",
            None,
        ),
    ] {
        check(
            &server.confirm_with(&session, &body).await,
            400,
            code,
            param,
        );
    }
    assert_eq!(server.charges(), []);
    let mut newer = good.clone();
    newer["a_field_of_a_newer_frame"] = json!(true);
    assert_eq!(
        server.confirm_with(&session, &newer).await.body["status"],
        "succeeded"
    );
}
