//! The server is killed again and again while events happen and are told: none is lost, none is made up, and an endpoint
//! that is dead keeps nobody waiting.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::program::Program;
use crate::receiver::{DEAD, Receiver};
use crate::support::{press, send, until};

const CUSTOMERS: usize = 16;

/// How many events; more by hand with `BORGA_TEST_EVENTS`.
fn events() -> usize {
    let wanted = std::env::var("BORGA_TEST_EVENTS").ok();
    wanted.map_or(320, |text| text.parse().unwrap())
}

/// Makes customers until there are enough, sending each request again until it is answered.
async fn make(url: String, key: String, made: Arc<AtomicUsize>, wanted: usize) -> Vec<String> {
    let http = reqwest::Client::new();
    let mut ids = Vec::new();
    while made.fetch_add(1, Ordering::SeqCst) < wanted {
        let once = press();
        let answered = tokio::sync::Mutex::new(Value::Null);
        until("a customer is made", async || {
            let request = http
                .post(&url)
                .bearer_auth(&key)
                .header("Idempotency-Key", &once)
                .json(&json!({"email": "payer@shop.example"}));
            let Ok(answer) = request.send().await else {
                return false;
            };
            let Ok(body) = answer.json::<Value>().await else {
                return false;
            };
            let is_made = body["id"].is_string();
            *answered.lock().await = body;
            is_made
        })
        .await;
        ids.push(answered.into_inner()["id"].as_str().unwrap().to_owned());
    }
    ids
}

/// The customers that `path` was told of and took, and the ids of the events.
fn told(receiver: &Receiver, path: &str) -> BTreeSet<(String, String)> {
    receiver
        .told(path)
        .iter()
        .filter(|told| told.status == 200)
        .map(|told| {
            let event = told.event();
            assert_eq!(event["type"], "customer.created");
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&event["data"]["id"]), text(&event["id"]))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_reaches_who_is_there_and_no_other_is_told() {
    let receiver = Receiver::start().await;
    // Pauses of 0, 100 ms, 1 s and 6 s; a claim of the dead runs out after 11 s.
    let more = "test_mode_time_divisor = 600\nwebhooks.timeout_ms = 1000\n";
    let mut program = Program::start_with(&format!("{more}{}", receiver.setting())).await;
    let http = reqwest::Client::new();
    for url in [
        receiver.url("fast"),
        receiver.url("flaky"),
        format!("{DEAD}/hook"),
    ] {
        let request = http
            .post(program.url("/v1/webhook_endpoints"))
            .bearer_auth(&program.secret_key)
            .json(&json!({"url": url, "enabled_events": ["*"]}));
        let made = send(request).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }

    let wanted = events();
    let made = Arc::new(AtomicUsize::new(0));
    let makers: Vec<_> = (0..CUSTOMERS)
        .map(|_| {
            let (url, key) = (program.url("/v1/customers"), program.secret_key.clone());
            tokio::spawn(make(url, key, Arc::clone(&made), wanted))
        })
        .collect();
    // Every few seconds, however many events there are.
    let kills = (wanted / 300).max(5);
    for kill in 1..=kills {
        until("enough has happened to be worth a kill", async || {
            made.load(Ordering::SeqCst) >= wanted * kill / (kills + 1)
        })
        .await;
        program.kill();
        program.run().await;
    }
    let mut customers = BTreeSet::new();
    for maker in makers {
        customers.extend(maker.await.unwrap());
    }
    assert_eq!(customers.len(), wanted);

    for path in ["fast", "flaky"] {
        let mut last = 0;
        loop {
            let now = told(&receiver, path).len();
            if now == wanted {
                break;
            }
            assert!(now <= wanted, "an event of a change that never was");
            // More than one wait's time in all, as long as it goes on.
            until("somebody else is told", async || {
                told(&receiver, path).len() > last
            })
            .await;
            last = told(&receiver, path).len();
        }
        let told = told(&receiver, path);
        let named: BTreeSet<String> = told.iter().map(|(customer, _)| customer.clone()).collect();
        assert_eq!(named, customers, "each customer once, in one event");
    }
    println!(
        "{wanted} events, {kills} kills: {} requests to the fast one, {} to the flaky one",
        receiver.told("fast").len(),
        receiver.told("flaky").len()
    );
}
