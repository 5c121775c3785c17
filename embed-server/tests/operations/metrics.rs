//! What Prometheus reads after a payment: every documented number, and nothing that names anybody.

use std::collections::BTreeSet;

use crate::program::{Place, Program};
use crate::support::{send, until};

pub async fn read(address: &str) -> String {
    let answer = reqwest::get(format!("http://{address}/metrics"))
        .await
        .unwrap();
    let content_type = answer.headers()["content-type"].to_str().unwrap();
    assert!(content_type.starts_with("text/plain; version=0.0.4"));
    answer.text().await.unwrap()
}

fn names(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect()
}

/// The value of a line with this beginning.
pub fn value(text: &str, beginning: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(beginning))?;
    line.rsplit(' ').next().map(str::to_owned)
}

async fn scene() -> (Place, Program, String) {
    let place = Place::new("metrics_listen = \"127.0.0.1:0\"\n").await;
    let program = place.serve().await;
    let metrics = program.logged("metrics_listen").await;
    (place, program, metrics)
}

#[tokio::test]
async fn a_payment_is_counted_by_routes_and_names_nobody() {
    let (place, program, metrics) = scene().await;
    let (merchant, key) = place.merchant().await;
    let session = program.session(&key).await;
    let declined = place.press(&session, "4000000000000002").await;
    let paid = place.press(&session, "4242424242424242").await;
    for body in [&declined, &paid] {
        assert_eq!(send(program.confirm(&session, body)).await.status, 200);
    }
    let path = format!("/public/payment_sessions/{}", session.id);
    send(
        program
            .request("GET", &path)
            .bearer_auth(&session.client_secret),
    )
    .await;
    let own_words = program.request("BREW", "/tea/for/two?secret=1");
    send(own_words).await;
    until("a sweep ran", || async {
        let done = value(
            &read(&metrics).await,
            "borga_sweeps_total{outcome=\"done\"}",
        );
        done.is_some_and(|count| count != "0")
    })
    .await;

    let text = read(&metrics).await;
    let confirm = "route=\"/public/payment_sessions/{id}/confirm\",status=\"200\"";
    for (beginning, count) in [
        (
            format!("borga_http_requests_total{{method=\"POST\",{confirm}}}"),
            "2",
        ),
        (
            format!("borga_http_request_duration_seconds_count{{method=\"POST\",{confirm}}}"),
            "2",
        ),
        (
            "borga_http_requests_total{method=\"other\",route=\"unmatched\",status=\"404\"}"
                .to_owned(),
            "1",
        ),
        (
            "borga_acquirer_calls_total{call=\"authorise\",outcome=\"authorised\"}".to_owned(),
            "1",
        ),
        (
            "borga_acquirer_call_duration_seconds_count{call=\"authorise\",outcome=\"declined\"}"
                .to_owned(),
            "1",
        ),
        (
            "borga_attempts_ended_total{state=\"authorised\"}".to_owned(),
            "1",
        ),
        (
            "borga_attempts_ended_total{state=\"declined\"}".to_owned(),
            "1",
        ),
        ("borga_sweeps_total{outcome=\"failed\"}".to_owned(), "0"),
        ("borga_long_polls_open".to_owned(), "0"),
        (
            format!(
                "borga_build_info{{version=\"{}\"}}",
                env!("CARGO_PKG_VERSION")
            ),
            "1",
        ),
    ] {
        assert_eq!(
            value(&text, &beginning).as_deref(),
            Some(count),
            "{beginning} in\n{text}"
        );
    }
    program.heard("called the acquirer").await;
    let attempt = program.said("called the acquirer")[0]["fields"]["attempt"]
        .as_str()
        .unwrap()
        .to_owned();
    let press = paid["attempt_id"].as_str().unwrap();
    for named in [
        session.id.as_str(),
        &session.payment,
        &session.client_secret,
        &merchant,
        &key,
        &attempt,
        press,
        "BREW",
        "tea",
        "secret",
        "127.0.0.1",
    ] {
        assert!(
            !named.is_empty() && !text.contains(named),
            "{named} is in\n{text}"
        );
    }
}

#[tokio::test]
async fn the_documented_names_are_those_that_are_read() {
    let (place, program, metrics) = scene().await;
    let (_, key) = place.merchant().await;
    let session = program.session(&key).await;
    let paid = place.press(&session, "4242424242424242").await;
    send(program.confirm(&session, &paid)).await;
    until("a sweep ran", || async {
        names(&read(&metrics).await).contains("borga_sweeps_total")
    })
    .await;

    let documented: BTreeSet<String> = include_str!("../../../docs/operations.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split('`').next())
        .filter(|name| name.starts_with("borga_") || name.starts_with("process_"))
        .map(str::to_owned)
        .collect();

    assert_eq!(names(&read(&metrics).await), documented);
}

#[tokio::test]
async fn an_open_long_poll_is_counted_until_it_ends() {
    let (place, program, metrics) = scene().await;
    let (_, key) = place.merchant().await;
    let session = program.session(&key).await;
    let open = || async { value(&read(&metrics).await, "borga_long_polls_open").unwrap() };
    let path = format!("/public/payment_sessions/{}?after=99&wait=25", session.id);

    let poll = program
        .request("GET", &path)
        .bearer_auth(&session.client_secret);
    let poll = tokio::spawn(poll.send());
    until("the poll is counted", || async { open().await == "1" }).await;
    poll.abort();

    until("it is not any more", || async { open().await == "0" }).await;
}

#[tokio::test]
async fn the_payers_listener_has_no_metrics() {
    let (_place, program, metrics) = scene().await;

    assert_eq!(program.get("/metrics").await.status, 404);
    let other = reqwest::get(format!("http://{metrics}/healthz"))
        .await
        .unwrap();
    assert_eq!(other.status(), 404);
}
