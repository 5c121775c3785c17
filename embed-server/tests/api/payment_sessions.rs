//! `POST` and `GET /v1/payment_sessions`, by servers and by pages.

use serde_json::json;

use crate::support::{ORIGIN, TestServer, send};

fn page_request(server: &TestServer, origin: Option<&str>) -> reqwest::RequestBuilder {
    let request = server
        .request("POST", "/v1/payment_sessions")
        .bearer_auth(&server.publishable_key)
        .json(&json!({"mode": "embedded", "amount": 4900}));
    match origin {
        Some(origin) => request.header("origin", origin),
        None => request,
    }
}

#[tokio::test]
async fn a_server_makes_an_embedded_session() {
    let server = TestServer::start().await;

    let answer = server
        .post(
            "/v1/payment_sessions",
            &server.secret_key,
            &json!({"mode": "embedded", "amount": 1990, "currency": "ISK", "origin": ORIGIN,
                    "external_reference": "order_1", "metadata": {"order_id": "1"},
                    "return_url": format!("{ORIGIN}/orders/1")}),
        )
        .await;

    assert_eq!(answer.status, 201);
    assert_eq!(answer.body["status"], "open");
    assert_eq!(answer.body["url"], json!(null));
    assert_eq!(answer.body["enabled_methods"], json!(["card"]));
    assert!(answer.body["id"].as_str().unwrap().starts_with("ps_"));
    assert!(
        answer.body["client_secret"]
            .as_str()
            .unwrap()
            .starts_with("pcs_")
    );
    assert!(answer.body["expires_at"].as_str().unwrap().ends_with('Z'));
    assert!(answer.header("request-id").unwrap().starts_with("req_"));
}

#[tokio::test]
async fn the_payment_carries_the_sessions_reference_and_metadata() {
    let server = TestServer::start().await;
    let session = server
        .session_with(json!({"external_reference": "order_7", "metadata": {"a": "b"}}))
        .await;

    let payment = server.payment(&session).await;

    assert_eq!(payment["external_reference"], "order_7");
    assert_eq!(payment["metadata"], json!({"a": "b"}));
    assert_eq!(payment["status"], "created");
    assert_eq!(payment["amount"], 1990);
}

#[tokio::test]
async fn a_page_on_an_allowed_origin_makes_a_session_and_may_read_the_answer() {
    let server = TestServer::start().await;

    let answer = send(page_request(&server, Some(ORIGIN))).await;

    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(answer.body["origin"], ORIGIN);
    assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN));
    assert!(
        answer
            .headers
            .get_all("vary")
            .iter()
            .any(|vary| vary == "Origin")
    );
    assert_eq!(answer.header("access-control-allow-credentials"), None);
}

#[tokio::test]
async fn a_page_elsewhere_is_refused_without_a_cors_header() {
    let server = TestServer::start().await;

    for origin in [
        Some("http://evil.localhost:4100"),
        Some("http://shop.localhost:4101"),
        Some("https://shop.localhost:4100"),
        Some("http://shop.localhost"),
        Some("null"),
        None,
    ] {
        let answer = send(page_request(&server, origin)).await;
        assert_eq!(answer.status, 403, "{origin:?}");
        assert_eq!(answer.code(), "origin_not_allowed", "{origin:?}");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            None,
            "{origin:?}"
        );
    }
}

#[tokio::test]
async fn a_preflight_names_no_key_and_reflects_well_formed_origins_only() {
    let server = TestServer::start().await;
    let preflight = |origin: &'static str| {
        let request = server
            .request("OPTIONS", "/v1/payment_sessions")
            .header("origin", origin)
            .header("access-control-request-method", "POST");
        send(request)
    };

    let good = preflight("https://any.example").await;
    assert_eq!(good.status, 204);
    assert_eq!(
        good.header("access-control-allow-origin"),
        Some("https://any.example")
    );
    assert!(
        good.header("access-control-allow-headers")
            .unwrap()
            .contains("idempotency-key")
    );
    assert_eq!(
        preflight("null")
            .await
            .header("access-control-allow-origin"),
        None
    );
}

#[tokio::test]
async fn a_page_may_not_choose_what_only_a_server_may() {
    let server = TestServer::start().await;

    for field in ["customer", "payment", "save_payment_method"] {
        let mut body = json!({"mode": "embedded", "amount": 1});
        body[field] = json!("x");
        let request = server
            .request("POST", "/v1/payment_sessions")
            .bearer_auth(&server.publishable_key)
            .header("origin", ORIGIN)
            .json(&body);
        let answer = send(request).await;
        assert_eq!(
            (answer.status, answer.code()),
            (403, "insufficient_permissions"),
            "{field}"
        );
        assert_eq!(answer.body["error"]["param"], field);
        assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN));
    }
}

#[tokio::test]
async fn a_publishable_key_cannot_read() {
    let server = TestServer::start().await;
    let session = server.session().await;

    let path = format!("/v1/payment_sessions/{}", session.id);
    let answer = server.get(&path, &server.publishable_key).await;

    assert_eq!(
        (answer.status, answer.code()),
        (403, "publishable_key_not_allowed")
    );
}

#[tokio::test]
async fn the_same_idempotency_key_makes_one_session_and_one_answer() {
    let server = TestServer::start().await;
    let create = |amount: i64| {
        let request = server
            .request("POST", "/v1/payment_sessions")
            .bearer_auth(&server.secret_key)
            .header("idempotency-key", "order-1-session")
            .json(&json!({"mode": "embedded", "amount": amount, "origin": ORIGIN}));
        send(request)
    };

    let first = create(1990).await;
    let second = create(1990).await;
    let other_body = create(5).await;

    assert_eq!(first.body, second.body);
    assert_eq!(first.header("idempotent-replayed"), None);
    assert_eq!(second.header("idempotent-replayed"), Some("true"));
    assert_eq!(
        other_body.body, first.body,
        "for secret keys the key alone decides"
    );
}

#[tokio::test]
async fn fifty_requests_with_one_idempotency_key_at_once_make_one_session() {
    let server = TestServer::start().await;
    let create = || {
        let request = server
            .request("POST", "/v1/payment_sessions")
            .bearer_auth(&server.secret_key)
            .header("idempotency-key", "\"at once\"")
            .json(&json!({"mode": "embedded", "amount": 1990, "origin": ORIGIN}));
        tokio::spawn(send(request))
    };

    let requests: Vec<_> = (0..50).map(|_| create()).collect();
    let mut ids = std::collections::HashSet::new();
    for request in requests {
        let answer = request.await.unwrap();
        assert_eq!(answer.status, 201);
        ids.insert(answer.body["id"].as_str().unwrap().to_owned());
    }

    assert_eq!(ids.len(), 1);
}

#[tokio::test]
async fn a_page_cannot_replay_a_servers_idempotency_key_nor_another_body_its_own() {
    let server = TestServer::start().await;
    let create = |key: String, amount: i64, page: bool| {
        let request = server
            .request("POST", "/v1/payment_sessions")
            .bearer_auth(key)
            .header("idempotency-key", "shared")
            .json(&json!({"mode": "embedded", "amount": amount, "origin": ORIGIN}));
        send(if page {
            request.header("origin", ORIGIN)
        } else {
            request
        })
    };

    let by_page = create(server.publishable_key.clone(), 1, true).await;
    let by_server = create(server.secret_key.clone(), 1990, false).await;
    let page_again = create(server.publishable_key.clone(), 2, true).await;

    assert_ne!(by_page.body["id"], by_server.body["id"]);
    assert_eq!(
        (page_again.status, page_again.code()),
        (409, "idempotency_key_reused")
    );
}

#[tokio::test]
async fn a_session_expires_and_its_secret_is_not_shown_any_more() {
    let server = TestServer::start().await;
    let session = server.session().await;

    server.clock.advance_ms(3_600_000);

    let path = format!("/v1/payment_sessions/{}", session.id);
    let answer = server.get(&path, &server.secret_key).await;
    assert_eq!(answer.body["status"], "expired");
    assert_eq!(answer.body["client_secret"], json!(null));
    assert_eq!(server.events().await, ["payment_session.expired"]);
}

#[tokio::test]
async fn a_documents_alias_of_the_session_id_finds_it() {
    let server = TestServer::start().await;
    let session = server.session().await;

    let alias = session
        .id
        .replacen("ps_", "pses_", 1)
        .to_uppercase()
        .replacen("PSES_", "pses_", 1);
    let answer = server
        .get(&format!("/v1/payment_sessions/{alias}"), &server.secret_key)
        .await;

    assert_eq!(answer.body["id"], session.id);
}

#[tokio::test]
async fn another_merchants_session_and_payment_do_not_exist() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let (_, stranger, _) = crate::support::make_merchant(&server.app().store).await;

    for path in [
        format!("/v1/payment_sessions/{}", session.id),
        format!("/v1/payments/{}", session.payment),
    ] {
        let answer = server.get(&path, &stranger).await;
        assert_eq!(
            (answer.status, answer.code()),
            (404, "resource_not_found"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_payer_can_only_be_returned_to_the_merchant() {
    let server = TestServer::start().await;

    for (url, code) in [
        ("https://evil.example/", "redirect_url_not_allowed"),
        ("javascript:alert(1)", "invalid_parameter"),
        ("/orders/1", "invalid_parameter"),
    ] {
        let body = json!({"mode": "embedded", "amount": 1, "origin": ORIGIN, "return_url": url});
        let answer = server
            .post("/v1/payment_sessions", &server.secret_key, &body)
            .await;
        assert_eq!((answer.status, answer.code()), (400, code), "{url}");
        assert_eq!(answer.body["error"]["param"], "return_url");
    }
}

#[tokio::test]
async fn a_second_session_can_collect_a_payment_that_exists() {
    let server = TestServer::start().await;
    let first = server.session().await;
    let body = |amount: i64| json!({"mode": "embedded", "origin": ORIGIN, "payment": first.payment, "amount": amount});

    let same = server
        .post("/v1/payment_sessions", &server.secret_key, &body(1990))
        .await;
    let other = server
        .post("/v1/payment_sessions", &server.secret_key, &body(1))
        .await;

    assert_eq!(
        (same.status, &same.body["payment"]),
        (201, &json!(first.payment))
    );
    assert_eq!((other.status, other.code()), (400, "invalid_amount"));
}
