//! `/embed/{session}`, the scripts, and what their headers say.

use serde_json::json;

use crate::support::{ORIGIN, TestServer, press, send};

#[tokio::test]
async fn the_frame_is_a_form_under_a_closed_policy_for_the_sessions_origin_only() {
    let server = TestServer::start().await;
    let session = server
        .session_with(json!({"customer_email": "payer@example.com"}))
        .await;

    let page = send(server.request("GET", &format!("/embed/{}", session.id))).await;

    let html = page.body.as_str().unwrap();
    let policy = page.header("content-security-policy").unwrap();
    assert_eq!(page.status, 200);
    assert!(
        policy.contains(&format!("frame-ancestors {ORIGIN};")),
        "{policy}"
    );
    for rule in [
        "default-src 'none'",
        "'strict-dynamic' 'wasm-unsafe-eval'",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ] {
        assert!(policy.contains(rule), "{rule}: {policy}");
    }
    assert_eq!(
        page.header("cross-origin-embedder-policy"),
        Some("require-corp")
    );
    assert_eq!(
        page.header("cross-origin-resource-policy"),
        Some("cross-origin")
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert!(html.contains("cc-number"));
    assert!(!html.contains("style="));
    assert!(!html.contains(&session.client_secret));
    assert!(
        !html.contains("payer@example.com"),
        "nothing of the customer before the secret"
    );
}

#[tokio::test]
async fn the_first_html_has_the_wished_language() {
    let server = TestServer::start().await;
    let session = server.session_with(json!({"locale": "is"})).await;
    let lang = |query: &'static str, accept: &'static str| {
        let path = format!("/embed/{}{query}", session.id);
        send(
            server
                .request("GET", &path)
                .header("accept-language", accept),
        )
    };

    assert!(
        lang("", "en")
            .await
            .body
            .to_string()
            .contains("lang=\\\"is\\\"")
    );
    assert!(
        lang("?locale=en-GB", "is")
            .await
            .body
            .to_string()
            .contains("lang=\\\"en\\\"")
    );
}

#[tokio::test]
async fn a_frame_of_no_session_stands_nowhere() {
    let server = TestServer::start().await;

    for id in ["ps_00000000000000000000000000", "nonsense", "%3Cscript%3E"] {
        let page = send(server.request("GET", &format!("/embed/{id}"))).await;
        assert_eq!(page.status, 404);
        assert!(
            page.header("content-security-policy")
                .unwrap()
                .contains("frame-ancestors 'none'")
        );
    }
}

#[tokio::test]
async fn an_element_learns_why_its_frame_was_refused() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let ask = |session: String, origin: &'static str| {
        let path = format!("/public/diagnose?session={session}");
        send(server.request("GET", &path).header("origin", origin))
    };

    let elsewhere = ask(session.id.clone(), "http://evil.localhost").await;
    assert_eq!(
        elsewhere.body,
        json!({
            "code": "origin_not_allowed",
            "type": "permission_error",
            "message": "The payment session was made for another origin.",
        })
    );
    assert_eq!(elsewhere.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        ask(session.id.clone(), ORIGIN).await.body,
        json!({"code": null})
    );
    let unknown = ask("ps_00000000000000000000000000".to_owned(), ORIGIN).await;
    assert_eq!(unknown.body["code"], "session_not_found");
    assert_eq!(unknown.body["message"], "There is no such payment session.");
}

#[tokio::test]
async fn scripts_carry_their_hash_are_kept_for_a_year_and_may_stand_in_isolated_pages() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let page = send(server.request("GET", &format!("/embed/{}", session.id))).await;
    let html = page.body.as_str().unwrap().to_owned();
    let address = |ending: &str| {
        let mut quoted = html.split('"');
        let found = quoted.find(|text| text.starts_with("/a/") && text.ends_with(ending));
        found.unwrap().to_owned()
    };
    let wasm = &address(".wasm");
    for late in [".js", ".css"] {
        assert_eq!(
            send(server.request("GET", &address(late))).await.status,
            200
        );
    }

    let file = send(server.request("GET", wasm)).await;
    let script = send(server.request("GET", "/v1/borga.js")).await;
    let doctor = send(server.request("GET", "/v1/borga-doctor.js")).await;

    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), Some("application/wasm"));
    assert!(file.header("cache-control").unwrap().contains("immutable"));
    for answer in [&file, &script, &doctor] {
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            Some("cross-origin")
        );
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    assert_eq!(
        script.body,
        "const gateway=\"http://checkout.localhost:4101\""
    );
    assert_eq!(
        doctor.body,
        "const origin=\"http://checkout.localhost:4101\""
    );
}

#[tokio::test]
async fn the_frame_of_a_paid_session_can_still_be_opened() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.confirm(&session, &press(), "4242424242424242").await;

    let page = send(server.request("GET", &format!("/embed/{}", session.id))).await;

    assert_eq!(page.status, 200);
    assert_eq!(server.view(&session).await["status"], "complete");
}

#[tokio::test]
async fn the_words_are_in_files_that_browsers_keep_and_of_the_language_that_is_shown() {
    let server = TestServer::start().await;
    let session = server.session_with(json!({"locale": "is"})).await;
    let page = send(server.request("GET", &format!("/embed/{}", session.id))).await;
    let html = page.body.as_str().unwrap();
    assert!(html.contains("Kortanúmer") && !html.contains("Card number"));
    let unsaid = "Sláðu inn öryggisnúmerið.";
    assert!(
        !html.contains(unsaid),
        "the document has what it shows only"
    );
    let (_, rest) = html.split_once("<link id=\"words\"").unwrap();
    let (_, rest) = rest.split_once("href=\"").unwrap();
    let (shown, _) = rest.split_once('"').unwrap();
    let (folder, name) = shown.rsplit_once('/').unwrap();
    assert_eq!(name, "is.json");

    for (locale, text) in [("is", unsaid), ("pl", "Numer karty"), ("en", "Card number")] {
        let path = format!("{folder}/{locale}.json");
        let words = send(server.request("GET", &path)).await;
        assert_eq!(words.status, 200);
        let list = words.body.as_array().unwrap();
        assert!(list.contains(&json!(text)), "{locale}");
        let kept = words.header("cache-control").unwrap();
        assert!(kept.contains("max-age=31536000") && kept.contains("immutable"));
    }
    for path in [format!("{folder}/xx.json"), "/a/old/pl.json".to_owned()] {
        let refused = send(server.request("GET", &path)).await;
        assert_eq!((refused.status, refused.code()), (404, "route_not_found"));
    }
}
