//! Merchants are told of events: signed, again and again until they answer, and nobody waits for anybody else.

use std::fmt::Write as _;

use aws_lc_rs::hmac;
use embed_server::operations::deliver_webhooks::deliver_webhooks;
use embed_server::operations::fan_out_events::fan_out_events;
use embed_server::workers;
use serde_json::{Value, json};

use crate::receiver::{Receiver, Told};
use crate::support::{Answer, TestServer, until};

const PATH: &str = "/v1/webhook_endpoints";

async fn scene() -> (TestServer, Receiver) {
    let receiver = Receiver::start().await;
    let server = TestServer::start_with(&receiver.setting()).await;
    (server, receiver)
}

async fn endpoint(server: &TestServer, url: &str, more: Value) -> Answer {
    let mut body = json!({"url": url, "enabled_events": ["*"]});
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let made = server.post(PATH, &server.secret_key, &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made
}

fn text(answer: &Answer, name: &str) -> String {
    answer.body[name].as_str().unwrap().to_owned()
}

/// Sends what is due, once.
async fn tell(server: &TestServer) {
    fan_out_events(server.app()).await.unwrap();
    deliver_webhooks(server.app()).await.unwrap();
    until("nobody is at it", async || {
        server.app().in_flight.is_empty()
    })
    .await;
}

fn hex_of(secret: &str, told: &Told) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signed = [told.header("Borga-Timestamp").as_bytes(), b".", &told.body].concat();
    let tag = hmac::sign(&key, &signed);
    let mut hex = String::new();
    for byte in tag.as_ref() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Whether the standard's own library finds its signature among those that came. The test's clock is not the library's,
/// so the time is taken as it came.
fn standard(secret: &str, told: &Told) -> bool {
    let time = told.header("webhook-timestamp").parse().unwrap();
    let webhook = standardwebhooks::Webhook::new(secret).unwrap();
    let signature = webhook
        .sign(told.header("webhook-id"), time, &told.body)
        .unwrap();
    told.header("webhook-signature")
        .split(' ')
        .any(|came| came == signature)
}

#[tokio::test]
async fn a_payment_is_told_signed_in_every_documented_form() {
    let (server, receiver) = scene().await;
    let guide = endpoint(&server, &receiver.url("guide"), json!({})).await;
    let hook = json!({"url": receiver.url("hook"), "events": ["payment.succeeded"]});
    let hook = server.post(PATH, &server.secret_key, &hook).await;
    assert_eq!(
        (
            &guide.body["signature_format"],
            &hook.body["signature_format"]
        ),
        (&json!("v1"), &json!("hex"))
    );

    let paid = server.paid_with("4242424242424242").await;
    tell(&server).await;

    let [told] = &receiver.told("guide")[..] else {
        panic!("{:?}", receiver.told("guide"));
    };
    let event = told.event();
    assert_eq!(event["type"], "payment.succeeded");
    assert_eq!(
        (&event["mode"], &event["api_version"]),
        (&json!("test"), &json!("v1"))
    );
    assert_eq!(event["data"], server.payment(&paid).await);
    assert_eq!(event["previous_attributes"]["status"], "processing");
    assert_eq!(told.header("webhook-id"), event["id"].as_str().unwrap());
    let secret = text(&guide, "signing_secret");
    assert_eq!(guide.body["secret"], secret.as_str());
    let expected = format!(
        "t={},v1={}",
        told.header("Borga-Timestamp"),
        hex_of(&secret, told)
    );
    assert_eq!(told.header("Borga-Signature"), expected);
    assert!(standard(&secret, told));

    let [told] = &receiver.told("hook")[..] else {
        panic!("{:?}", receiver.told("hook"));
    };
    let secret = text(&hook, "secret");
    assert_eq!(told.header("Borga-Signature"), hex_of(&secret, told));
    assert!(standard(&secret, told));
    let mut changed = told.clone();
    let mut bytes = changed.body.to_vec();
    *bytes.last_mut().unwrap() = b' ';
    changed.body = bytes.into();
    assert!(!standard(&secret, &changed), "a changed byte is noticed");
    assert_ne!(changed.header("Borga-Signature"), hex_of(&secret, &changed));

    let read = server
        .get(
            &format!("/v1/events/{}", event["id"].as_str().unwrap()),
            &server.secret_key,
        )
        .await;
    assert_eq!(read.body, event);
}

#[tokio::test]
async fn what_fails_is_sent_again_with_longer_pauses_and_the_same_id() {
    let (server, receiver) = scene().await;
    let made = endpoint(&server, &receiver.url("a"), json!({})).await;
    receiver.answer(&[500, 302, 404, 503]);
    server.customer().await;

    tell(&server).await;
    tell(&server).await;
    assert_eq!(receiver.told("a").len(), 1, "not before its time");
    for (pause, count) in [(60_000, 2), (600_000, 3), (3_600_000, 4)] {
        server.clock.advance_ms(pause - 1);
        tell(&server).await;
        assert_eq!(receiver.told("a").len(), count - 1, "not before its time");
        server.clock.advance_ms(1);
        tell(&server).await;
        assert_eq!(receiver.told("a").len(), count);
    }
    server.clock.advance_ms(100_000_000);
    tell(&server).await;

    let told = receiver.told("a");
    assert_eq!(told.len(), 4, "and then no more");
    assert!(told.iter().all(|one| one.body == told[0].body));
    assert!(
        told.iter()
            .all(|one| one.header("webhook-id") == told[0].header("webhook-id"))
    );
    assert_ne!(
        told[0].header("webhook-timestamp"),
        told[3].header("webhook-timestamp")
    );
    assert_eq!(
        receiver.told("elsewhere").len(),
        0,
        "redirects are not followed"
    );
    let deliveries = format!("{PATH}/{}/deliveries", text(&made, "id"));
    let list = server.get(&deliveries, &server.secret_key).await;
    let delivery = &list.body["data"][0];
    assert_eq!(
        (
            &delivery["status"],
            &delivery["attempts"],
            &delivery["last_attempt"]["http_status"]
        ),
        (&json!("failed"), &json!(4), &json!(503))
    );
    assert_eq!(delivery["last_attempt"]["response_body"], "thank you");

    let retry = format!("{deliveries}/{}/retry", delivery["id"].as_str().unwrap());
    let again = server.post(&retry, &server.secret_key, &json!({})).await;
    assert_eq!(
        (again.status, &again.body["status"]),
        (200, &json!("pending"))
    );
    tell(&server).await;
    let failed = format!("{deliveries}?status=succeeded");
    let list = server.get(&failed, &server.secret_key).await;
    assert_eq!(list.body["data"][0]["attempts"], 5);
}

#[tokio::test]
async fn a_slow_endpoint_delays_no_other() {
    let (server, receiver) = scene().await;
    endpoint(&server, &receiver.url("slow"), json!({})).await;
    endpoint(&server, &receiver.url("quick"), json!({})).await;
    let telling = tokio::spawn(workers::tell(server.app().clone()));
    for _ in 0..20 {
        server.customer().await;
    }

    until("the quick one has all", async || {
        receiver.told("quick").len() == 20
    })
    .await;
    let slow = receiver.told("slow").len();
    assert!(slow <= 8, "{slow} requests wait at the slow one");
    receiver.release();
    until("the slow one has all", async || {
        receiver.told("slow").len() == 20
    })
    .await;
    telling.abort();
}

#[tokio::test]
async fn an_endpoint_that_does_not_answer_in_time_has_failed() {
    let receiver = Receiver::start().await;
    let short = format!("webhooks.timeout_ms = 100\n{}", receiver.setting());
    let server = TestServer::start_with(&short).await;
    let made = endpoint(&server, &receiver.url("slow"), json!({})).await;
    server.customer().await;
    tell(&server).await;

    let path = format!("{PATH}/{}/deliveries", text(&made, "id"));
    let list = server.get(&path, &server.secret_key).await;
    let delivery = &list.body["data"][0];
    assert_eq!(
        (&delivery["status"], &delivery["attempts"]),
        (&json!("pending"), &json!(1))
    );
    let tried = &delivery["last_attempt"];
    assert_eq!(
        (&tried["http_status"], &tried["error"]),
        (&Value::Null, &json!("no answer in time"))
    );
}

#[tokio::test]
async fn two_processes_share_the_work_and_send_nothing_twice() {
    let (server, receiver) = scene().await;
    endpoint(&server, &receiver.url("a"), json!({})).await;
    let other = server.sibling().await;
    for _ in 0..50 {
        server.customer().await;
    }
    let both =
        [server.app().clone(), other.app.clone()].map(|app| tokio::spawn(workers::tell(app)));
    until("all are told", async || receiver.told("a").len() >= 50).await;
    until("all are written down", async || {
        let mut tx = server.app().store.read().await.unwrap();
        let now = embed_server::store::webhook_deliveries::backlog(&mut tx, server.app().now());
        now.await.unwrap().0 == 0
    })
    .await;

    let mut ids: Vec<String> = receiver
        .told("a")
        .iter()
        .map(|told| told.header("webhook-id").to_owned())
        .collect();
    assert_eq!(ids.len(), 50);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 50);
    for task in both {
        task.abort();
    }
}

#[tokio::test]
async fn after_a_rotation_both_secrets_sign_for_a_day() {
    let (server, receiver) = scene().await;
    let made = endpoint(&server, &receiver.url("a"), json!({})).await;
    let (id, old) = (text(&made, "id"), text(&made, "secret"));
    let rotate = format!("{PATH}/{id}/rotate_secret");
    let rotated = server.post(&rotate, &server.secret_key, &json!({})).await;
    let new = text(&rotated, "secret");
    assert_ne!(old, new);

    server.customer().await;
    tell(&server).await;
    server.clock.advance_ms(24 * 3_600_000);
    server.customer().await;
    tell(&server).await;

    let told = receiver.told("a");
    assert!(standard(&old, &told[0]));
    assert!(standard(&new, &told[0]));
    assert!(
        told[0]
            .header("Borga-Signature")
            .contains(&hex_of(&old, &told[0]))
    );
    assert!(!standard(&old, &told[1]), "its day is over");
    assert!(standard(&new, &told[1]));
    let read = server
        .get(&format!("{PATH}/{id}"), &server.secret_key)
        .await;
    assert!(read.body.get("secret").is_none() && read.body.get("signing_secret").is_none());
}

#[tokio::test]
async fn only_what_is_wanted_is_told_and_only_of_ones_own() {
    let (server, receiver) = scene().await;
    let only = json!({"enabled_events": ["customer.updated"]});
    let made = endpoint(&server, &receiver.url("a"), only).await;
    let (_, stranger, _) = server.other_merchant().await;
    let body = json!({"url": receiver.url("stranger"), "enabled_events": ["*"]});
    assert_eq!(server.post(PATH, &stranger, &body).await.status, 201);

    let customer = server.customer().await;
    let change = json!({"name": "Another name"});
    server
        .patch(&format!("/v1/customers/{customer}"), &change)
        .await;
    tell(&server).await;
    let told = receiver.told("a");
    assert_eq!(told.len(), 1);
    let event = told[0].event();
    assert_eq!(event["type"], "customer.updated");
    assert_eq!(event["previous_attributes"], json!({"name": null}));
    assert_eq!(receiver.told("stranger").len(), 0);

    let path = format!("{PATH}/{}", text(&made, "id"));
    server.patch(&path, &json!({"enabled": false})).await;
    server
        .patch(
            &format!("/v1/customers/{customer}"),
            &json!({"name": "Third"}),
        )
        .await;
    tell(&server).await;
    assert_eq!(
        receiver.told("a").len(),
        1,
        "a disabled endpoint is not told"
    );
    assert_eq!(server.delete(&path, &server.secret_key).await.status, 204);
    assert_eq!(server.get(&path, &server.secret_key).await.status, 404);
}

#[tokio::test]
async fn an_endpoint_that_fails_for_five_days_is_disabled_and_says_so() {
    let (server, receiver) = scene().await;
    let made = endpoint(&server, &receiver.url("a"), json!({})).await;
    let path = format!("{PATH}/{}", text(&made, "id"));
    receiver.answer(&[500; 100]);

    for day in [0, 4, 1] {
        let enabled = server.get(&path, &server.secret_key).await.body["enabled"].clone();
        assert_eq!(enabled, true);
        server.clock.advance_ms(day * 24 * 3_600_000);
        server.customer().await;
        tell(&server).await;
    }
    let given_up = server.get(&path, &server.secret_key).await;
    assert_eq!(given_up.body["enabled"], false);
    assert_eq!(
        given_up.body["disabled_reason"],
        "nothing was delivered for five days"
    );

    let again = server.patch(&path, &json!({"enabled": true})).await;
    assert_eq!(
        (&again.body["enabled"], &again.body["disabled_reason"]),
        (&json!(true), &Value::Null)
    );
    receiver.answer(&[]);
    server.clock.advance_ms(3_600_000);
    tell(&server).await;
    let waiting = format!("{path}/deliveries?status=pending");
    let waiting = server.get(&waiting, &server.secret_key).await;
    assert_eq!(waiting.body["data"], json!([]), "what waited was delivered");
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_told_no_more() {
    let (server, receiver) = scene().await;
    let made = endpoint(&server, &receiver.url("a"), json!({})).await;
    receiver.answer(&[410]);
    server.customer().await;
    tell(&server).await;
    let path = format!("{PATH}/{}", text(&made, "id"));
    let read = server.get(&path, &server.secret_key).await;
    assert_eq!(
        (&read.body["enabled"], &read.body["disabled_reason"]),
        (&json!(false), &json!("answered 410 Gone"))
    );
}

#[tokio::test]
async fn a_sample_is_sent_at_once_and_kept_nowhere() {
    let (server, receiver) = scene().await;
    let made = endpoint(&server, &receiver.url("a"), json!({})).await;
    let test = format!("{PATH}/{}/test", text(&made, "id"));
    let answer = server.post(&test, &server.secret_key, &json!({})).await;
    assert_eq!(
        (answer.status, &answer.body["http_status"]),
        (200, &json!(200))
    );
    let told = receiver.told("a");
    assert_eq!(told[0].event()["type"], "webhook_endpoint.test");
    assert!(standard(&text(&made, "secret"), &told[0]));
    assert_eq!(
        server.get("/v1/events", &server.secret_key).await.body["data"],
        json!([])
    );
}

#[tokio::test]
async fn wrong_endpoints_are_refused_by_name() {
    let (server, receiver) = scene().await;
    for (body, param) in [
        (json!({"enabled_events": ["*"]}), "url"),
        (json!({"url": "https://shop.is/"}), "enabled_events"),
        (
            json!({"url": "https://shop.is/", "enabled_events": []}),
            "enabled_events",
        ),
        (
            json!({"url": "https://shop.is/", "enabled_events": ["invoice.imagined"]}),
            "enabled_events",
        ),
        (
            json!({"url": "https://shop.is/", "events": ["*"], "enabled_events": ["*"]}),
            "events",
        ),
        (
            json!({"url": "https://shop.is/", "events": ["*"], "signature_format": "md5"}),
            "signature_format",
        ),
        (json!({"url": "not a url", "events": ["*"]}), "url"),
        (json!({"url": "http://shop.is/", "events": ["*"]}), "url"),
        (json!({"url": "https://10.0.0.1/", "events": ["*"]}), "url"),
        (
            json!({"url": "https://0x7f000001/", "events": ["*"]}),
            "url",
        ),
        (
            json!({"url": "https://metadata.google.internal/", "events": ["*"]}),
            "url",
        ),
        (
            json!({"url": "http://hooks.localhost:1/", "events": ["*"]}),
            "url",
        ),
    ] {
        let refused = server.post(PATH, &server.secret_key, &body).await;
        assert_eq!(
            (refused.status, &refused.body["error"]["param"]),
            (400, &json!(param)),
            "{body}"
        );
    }
    // The test origins are test mode's.
    let live = server.live_key().await;
    let body = json!({"url": receiver.url("a"), "events": ["*"]});
    assert_eq!(server.post(PATH, &live, &body).await.status, 400);
}

/// The name is resolved at the connection, and only what it resolves to then counts.
#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_not_followed() {
    let (server, _) = scene().await;
    let made = endpoint(&server, "https://localtest.me.invalid.is/", json!({})).await;
    let test = format!("{PATH}/{}/test", text(&made, "id"));
    let answer = server.post(&test, &server.secret_key, &json!({})).await;
    assert_eq!(answer.body["http_status"], Value::Null);
    assert!(answer.body["error"].is_string(), "{}", answer.body);
}
