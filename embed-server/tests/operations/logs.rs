//! A person follows one payment through the log by its request id, and meets no secret on the way.

use serde_json::{Value, json};

use crate::program::{Place, run, stderr};
use crate::support::{API_KEY, HMAC_KEY, send, until};

fn spans<'a>(entry: &'a Value, name: &str) -> Option<&'a Value> {
    let spans = entry["spans"].as_array()?;
    spans.iter().find(|span| span["name"] == name)
}

#[tokio::test]
async fn the_lines_of_a_payment_share_its_request_id() {
    let place = Place::new("").await;
    let (merchant, key) = place.merchant().await;
    let program = place.serve().await;
    let session = program.session(&key).await;
    let body = place.press(&session, "4242424242424242").await;

    let confirm = program
        .confirm(&session, &body)
        .header("request-id", "order 7782");
    let answer = send(confirm).await;
    program.heard("called the acquirer").await;

    let id = answer.header("request-id").unwrap();
    let calls = program.said("called the acquirer");
    let [call] = &calls[..] else {
        panic!("{calls:?}");
    };
    assert_eq!(call["level"], "INFO");
    assert_eq!(call["fields"]["call"], "authorise");
    assert_eq!(call["fields"]["outcome"], "authorised");
    assert!(
        call["fields"]["attempt"]
            .as_str()
            .unwrap()
            .starts_with("att_")
    );
    assert!(call["fields"]["took_ms"].is_u64());
    assert_eq!(
        call["fields"]["acquirer_reference"].as_str().unwrap().len(),
        16
    );
    let request = spans(call, "request").unwrap();
    assert_eq!(request["request_id"], id);
    assert_eq!(request["caller_request_id"], "order 7782");
    assert_eq!(request["merchant"], json!(merchant));
    assert_eq!(request["mode"], "test");
    assert_eq!(
        request["path"],
        format!("/public/payment_sessions/{}/confirm", session.id)
    );
    let of_this_request = program
        .entries()
        .iter()
        .filter(|entry| spans(entry, "request").is_some_and(|span| span["request_id"] == id))
        .count();
    assert_eq!(of_this_request, 2, "the call and the answer");
}

#[tokio::test]
async fn the_merchants_call_carries_its_merchant_once_the_key_is_proven() {
    let place = Place::new("").await;
    let (merchant, key) = place.merchant().await;
    let program = place.serve().await;
    program.session(&key).await;
    send(
        program
            .request("POST", "/v1/payment_sessions")
            .bearer_auth("sk_test_wrong"),
    )
    .await;

    until("both answers are logged", || async {
        program.said("answered").len() == 2
    })
    .await;

    let answered = program.said("answered");
    let of = |at: usize| spans(&answered[at], "request").unwrap();
    assert_eq!(of(0)["merchant"], json!(merchant));
    assert_eq!(answered[0]["fields"]["status"], 201);
    assert_eq!(
        of(1)["merchant"],
        Value::Null,
        "a wrong key belongs to nobody"
    );
    assert_eq!(answered[1]["fields"]["status"], 401);
}

#[tokio::test]
async fn no_line_has_a_query_a_key_or_a_body_and_a_good_probe_has_no_line() {
    let place = Place::new("").await;
    let (_, key) = place.merchant().await;
    let program = place.serve().await;
    let session = program.session(&key).await;
    let body = place.press(&session, "4242424242424242").await;
    send(program.confirm(&session, &body)).await;
    for path in [
        "/healthz",
        "/readyz",
        "/embed/x?n=in-the-query",
        &format!("/v1/payments/{key}"),
    ] {
        send(program.request("GET", path).header("x-own", "in-a-header")).await;
    }
    until("all is logged", || async {
        program.said("answered").len() == 4
    })
    .await;

    let log = program.lines().join("\n");
    let envelope = body["encrypted_card"].as_str().unwrap();
    for secret in [
        "in-the-query",
        "in-a-header",
        &key,
        &session.client_secret,
        envelope,
        API_KEY,
        HMAC_KEY,
        body["attempt_id"].as_str().unwrap(),
        "healthz",
        "readyz",
    ] {
        assert!(!log.contains(secret), "{secret} is in\n{log}");
    }
    assert!(log.contains("/v1/payments/(hidden)"), "{log}");
}

#[tokio::test]
async fn a_person_can_have_text() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let place = Place::new("log_format = \"text\"\nmetrics_listen = \"127.0.0.1:0\"\n").await;
    place.change("listen = \"127.0.0.1:0\"\ndatabase", "database");
    let address = taken.local_addr().unwrap().to_string();

    // It ends after its first line, because the address is taken.
    let variables = [("BORGA_LISTEN", address.as_str())];
    let output = run(Some(&place.config), &["serve"], &variables).await;

    let said = stderr(&output);
    let line = said.lines().next().unwrap();
    assert!(
        line.contains(" INFO ") && line.contains("serving metrics"),
        "{said}"
    );
    assert!(!line.contains('{') && !line.contains('\u{1b}'), "{said}");
}
