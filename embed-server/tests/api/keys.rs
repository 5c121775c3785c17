//! Keys: missing, wrong, leaked, revoked.

use serde_json::json;

use crate::support::{ORIGIN, TestServer, send};

#[tokio::test]
async fn a_missing_or_wrong_key_says_so() {
    let server = TestServer::start().await;
    let mut mistyped = server.secret_key.clone();
    mistyped.pop();
    mistyped.push(if server.secret_key.ends_with('0') {
        '1'
    } else {
        '0'
    });

    let none = send(server.request("GET", "/v1/merchants/current")).await;
    assert_eq!((none.status, none.code()), (401, "missing_api_key"));
    for key in ["", "nonsense", "sk_test_short", &mistyped] {
        let answer = server.get("/v1/merchants/current", key).await;
        assert_eq!(
            (answer.status, answer.code()),
            (401, "invalid_api_key"),
            "{key}"
        );
        assert!(!answer.body.to_string().contains("sk_test_short"));
    }
}

#[tokio::test]
async fn a_well_formed_key_that_we_never_made_is_refused() {
    use checkout_protocol::api_key::{ApiKey, KeyType, Mode};
    let server = TestServer::start().await;
    let made_up = ApiKey::assemble(KeyType::Secret, Mode::Test, 1, (2, 3));

    let answer = server.get("/v1/merchants/current", made_up.expose()).await;

    assert_eq!((answer.status, answer.code()), (401, "invalid_api_key"));
}

#[tokio::test]
async fn a_key_with_a_known_row_and_another_secret_is_refused() {
    use checkout_protocol::api_key::ApiKey;
    let server = TestServer::start().await;
    // The same public part with another secret part and a right checksum.
    let ours = ApiKey::parse(&server.secret_key).unwrap();
    let forged = (0..62_u64)
        .map(|row| ApiKey::assemble(ours.key_type(), ours.mode(), row, (9, 9)))
        .find(|key| key.public_part() == ours.public_part());
    assert!(forged.is_none(), "rows are random 64-bit numbers");
    let row = ours.public_part()[8..].bytes().fold(0_u128, |row, byte| {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'A'..=b'Z' => byte - b'A' + 10,
            _ => byte - b'a' + 36,
        };
        row * 62 + u128::from(digit)
    });
    let forged = ApiKey::assemble(
        ours.key_type(),
        ours.mode(),
        u64::try_from(row).unwrap(),
        (9, 9),
    );
    assert_eq!(forged.public_part(), ours.public_part());

    for _ in 0..2 {
        let before = server.get("/v1/merchants/current", forged.expose()).await;
        assert_eq!((before.status, before.code()), (401, "invalid_api_key"));
        assert_eq!(
            server
                .get("/v1/merchants/current", ours.expose())
                .await
                .status,
            200
        );
    }
}

#[tokio::test]
async fn a_secret_key_from_a_browser_is_refused_and_says_why() {
    let server = TestServer::start().await;
    let request = server
        .request("POST", "/v1/payment_sessions")
        .bearer_auth(&server.secret_key)
        .header("origin", ORIGIN)
        .json(&json!({"mode": "embedded", "amount": 1, "origin": ORIGIN}));

    let answer = send(request).await;

    assert_eq!(
        (answer.status, answer.code()),
        (403, "secret_key_in_browser")
    );
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn the_merchant_header_is_optional_and_must_match() {
    let server = TestServer::start().await;
    let with = |merchant: String| {
        send(
            server
                .request("GET", "/v1/merchants/current")
                .bearer_auth(&server.secret_key)
                .header("x-merchant-id", merchant),
        )
    };

    assert_eq!(with(server.merchant.clone()).await.status, 200);
    assert_eq!(
        with(server.merchant.replacen("mer_", "merch_", 1))
            .await
            .status,
        200
    );
    let other = with("mer_00000000000000000000000000".to_owned()).await;
    assert_eq!(
        (other.status, other.code()),
        (403, "insufficient_permissions")
    );
}

#[tokio::test]
async fn a_live_key_needs_a_verified_merchant() {
    use checkout_protocol::api_key::{KeyType, Mode};
    use embed_server::clock::SystemClock;
    use embed_server::entropy::Entropy;
    use embed_server::operations::create_api_key::{NewKey, create_api_key};
    use embed_server::operations::create_merchant::verify_merchant;
    let server = TestServer::start().await;
    let new = NewKey {
        label: None,
        merchant_id: server.merchant.parse().unwrap(),
        key_type: KeyType::Secret,
        mode: Mode::Live,
        origins: vec![],
    };
    let store = &server.app().store;
    let (live, _) = create_api_key(store, &SystemClock, &Entropy::default(), new)
        .await
        .unwrap();

    let before = server.get("/v1/merchants/current", live.expose()).await;
    verify_merchant(store, server.merchant.parse().unwrap())
        .await
        .unwrap();
    server.clock.advance_ms(1_000);
    let after = server.get("/v1/merchants/current", live.expose()).await;

    assert_eq!(
        (before.status, before.code()),
        (403, "live_mode_not_enabled")
    );
    assert_eq!(after.status, 200);
    assert_eq!(after.body["live_mode_enabled"], json!(true));
}

#[tokio::test]
async fn test_and_live_never_meet() {
    use checkout_protocol::api_key::{KeyType, Mode};
    use embed_server::clock::SystemClock;
    use embed_server::entropy::Entropy;
    use embed_server::operations::create_api_key::{NewKey, create_api_key};
    use embed_server::operations::create_merchant::verify_merchant;
    let server = TestServer::start().await;
    let session = server.session().await;
    let store = &server.app().store;
    let merchant_id = server.merchant.parse().unwrap();
    verify_merchant(store, merchant_id).await.unwrap();
    let new = NewKey {
        label: None,
        merchant_id,
        key_type: KeyType::Secret,
        mode: Mode::Live,
        origins: vec![],
    };
    let (live, _) = create_api_key(store, &SystemClock, &Entropy::default(), new)
        .await
        .unwrap();

    let answer = server
        .get(
            &format!("/v1/payment_sessions/{}", session.id),
            live.expose(),
        )
        .await;

    assert_eq!((answer.status, answer.code()), (404, "resource_not_found"));
}
