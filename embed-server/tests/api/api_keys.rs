//! A merchant's server manages its keys.

use serde_json::{Value, json};

use crate::support::{Answer, ORIGIN, TestServer, send, until};

const PATH: &str = "/v1/api_keys";

async fn create(server: &TestServer, body: Value) -> Answer {
    server.post(PATH, &server.secret_key, &body).await
}

async fn reads(server: &TestServer, key: &str) -> bool {
    server.get("/v1/merchants/current", key).await.status == 200
}

#[tokio::test]
async fn a_key_is_shown_once_and_works_at_once() {
    let server = TestServer::start().await;
    let made = create(
        &server,
        json!({"type": "secret", "mode": "test", "label": "Server 2"}),
    )
    .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let text = made.body["key"].as_str().unwrap();
    assert!(text.starts_with("sk_test_") && text.ends_with(made.body["last4"].as_str().unwrap()));
    assert!(reads(&server, text).await);

    let list = server.get(PATH, &server.secret_key).await;
    let keys = list.body["data"].as_array().unwrap();
    assert_eq!(keys.len(), 3);
    let ours = keys.iter().find(|key| key["label"] == "Server 2").unwrap();
    assert!(
        keys.iter().all(|key| key.get("key").is_none()),
        "{}",
        list.body
    );
    let path = format!("{PATH}/{}", made.body["id"].as_str().unwrap());
    assert_eq!(server.get(&path, &server.secret_key).await.body, *ours);
}

#[tokio::test]
async fn a_publishable_key_serves_the_origins_it_is_given() {
    let server = TestServer::start().await;
    let body = json!({"type": "publishable", "mode": "test", "allowed_origins": ["http://shop.localhost:5000"]});
    let made = create(&server, body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let key = made.body["key"].as_str().unwrap().to_owned();
    let from = async |origin: &str| {
        let request = server
            .request("POST", "/v1/payment_sessions")
            .bearer_auth(&key);
        send(
            request
                .header("Origin", origin)
                .json(&json!({"amount": 100})),
        )
        .await
        .status
    };
    assert_eq!(from("http://shop.localhost:5000").await, 201);
    assert_eq!(from(ORIGIN).await, 403);

    let path = format!("{PATH}/{}", made.body["id"].as_str().unwrap());
    let changed = server
        .patch(&path, &json!({"allowed_origins": [ORIGIN]}))
        .await;
    assert_eq!(changed.body["allowed_origins"], json!([ORIGIN]));
    assert_eq!(from(ORIGIN).await, 201);
    assert_eq!(from("http://shop.localhost:5000").await, 403);
}

#[tokio::test]
async fn a_rotated_key_has_a_new_text_and_the_old_one_dies() {
    let server = TestServer::start().await;
    let made = create(&server, json!({"type": "secret", "mode": "test"})).await;
    let old = made.body["key"].as_str().unwrap().to_owned();
    assert!(reads(&server, &old).await);
    let path = format!("{PATH}/{}/rotate", made.body["id"].as_str().unwrap());

    let rotated = server.post(&path, &server.secret_key, &json!({})).await;

    assert_eq!(rotated.status, 200, "{}", rotated.body);
    assert_eq!(rotated.body["id"], made.body["id"]);
    assert_eq!(rotated.body["created_at"], made.body["created_at"]);
    assert!(reads(&server, rotated.body["key"].as_str().unwrap()).await);
    assert!(!reads(&server, &old).await);
}

#[tokio::test]
async fn a_revoked_key_stops_on_every_process_within_a_second() {
    let server = TestServer::start().await;
    let other = server.sibling().await;
    let made = create(&server, json!({"type": "secret", "mode": "test"})).await;
    let key = made.body["key"].as_str().unwrap().to_owned();
    let on_the_other = async || {
        let url = format!("{}/v1/merchants/current", other.base);
        send(reqwest::Client::new().get(url).bearer_auth(&key))
            .await
            .status
    };
    assert!(reads(&server, &key).await);
    assert_eq!(on_the_other().await, 200);

    let path = format!("{PATH}/{}", made.body["id"].as_str().unwrap());
    let gone = server.delete(&path, &server.secret_key).await;
    assert_eq!((gone.status, gone.body), (204, json!("")));

    assert!(!reads(&server, &key).await, "here at once");
    // The clock of both stands still: a second later is when we say so.
    server.clock.advance_ms(1_000);
    assert_eq!(on_the_other().await, 401);
    assert_eq!(
        server.delete(&path, &server.secret_key).await.code(),
        "resource_not_found"
    );
}

#[tokio::test]
async fn a_test_key_makes_only_test_keys() {
    let server = TestServer::start().await;
    let live = json!({"type": "secret", "mode": "live"});
    let refused = create(&server, live.clone()).await;
    assert_eq!(
        (refused.status, refused.code()),
        (403, "insufficient_permissions")
    );
    let live_key = server.live_key().await;
    let made = server.post(PATH, &live_key, &live).await;
    assert_eq!(made.status, 201, "{}", made.body);
    until("the live list has both", async || {
        let list = server.get(PATH, &live_key).await;
        list.body["data"]
            .as_array()
            .is_some_and(|keys| keys.len() == 2)
    })
    .await;
}

#[tokio::test]
async fn wrong_keys_are_refused_by_name() {
    let server = TestServer::start().await;
    for (body, code, param) in [
        (json!({"mode": "test"}), "missing_parameter", "type"),
        (json!({"type": "secret"}), "missing_parameter", "mode"),
        (
            json!({"type": "root", "mode": "test"}),
            "invalid_parameter",
            "type",
        ),
        (
            json!({"type": "secret", "mode": "test", "allowed_origins": [ORIGIN]}),
            "invalid_parameter",
            "allowed_origins",
        ),
        (
            json!({"type": "publishable", "mode": "test", "allowed_origins": ["*"]}),
            "invalid_parameter",
            "allowed_origins",
        ),
    ] {
        let answer = create(&server, body.clone()).await;
        assert_eq!((answer.status, answer.code()), (400, code), "{body}");
        assert_eq!(answer.body["error"]["param"], param, "{body}");
    }
}
