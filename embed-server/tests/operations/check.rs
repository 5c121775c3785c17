//! `embed-server check` tries what serving needs, and changes nothing.

use std::os::unix::fs::PermissionsExt as _;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;

use crate::program::{Place, run, stderr, stdout};

/// What `check` says of one thing, and its exit code.
async fn said(place: &Place, name: &str, variables: &[(&str, &str)]) -> (String, Option<i32>) {
    let output = run(Some(&place.config), &["check"], variables).await;
    let text = stdout(&output);
    let line = text
        .lines()
        .find(|line| line.split(' ').nth(1) == Some(&format!("{name}:")))
        .unwrap_or_else(|| panic!("nothing about {name}: {text}{}", stderr(&output)));
    let folder = place.dir.path().display().to_string();
    (line.replace(&folder, "DIR"), output.status.code())
}

/// The settings that would reach an acquirer whose every answer is `status`.
async fn acquirer_that_answers(status: StatusCode) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = post(
        move |headers: axum::http::HeaderMap, body: String| async move {
            let body: serde_json::Value = serde_json::from_str(&body).unwrap();
            assert_eq!(body, serde_json::json!({"merchantAccount": "BorgaDemo"}));
            assert_eq!(headers["x-api-key"], crate::support::API_KEY);
            (status, "{}")
        },
    );
    let router = Router::new().route("/v71/paymentMethods", answer);
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/v71")
}

#[tokio::test]
async fn before_the_first_start_all_is_told_and_nothing_is_made() {
    let place = Place::new("").await;
    let files = || std::fs::read_dir(place.dir.path()).unwrap().count();
    let before = files();

    let output = place.run(&["check"]).await;

    let folder = place.dir.path().display().to_string();
    let sandbox = place.sandbox.address().to_string();
    let key = std::fs::read_to_string(place.dir.path().join("card-key.json")).unwrap();
    let key: serde_json::Value = serde_json::from_str(&key).unwrap();
    let kid = key["kid"].as_str().unwrap();
    let settings = std::fs::read_to_string(&place.config).unwrap();
    let database = if settings.contains("postgres://") {
        "warn database: opens and is empty; the first start fills it"
    } else {
        "warn database: is not there; the first start makes it"
    };
    let lines: Vec<String> = stdout(&output)
        .lines()
        .map(|line| {
            line.replace(&folder, "DIR")
                .replace(&sandbox, "SANDBOX")
                .replace(kid, "KID")
        })
        .collect();
    assert_eq!(
        lines,
        [
            "ok settings: complete",
            "warn secrets_file: `DIR/borga.secrets` is not there; the first start makes it",
            database,
            "ok card_key: RSA, kid `KID`",
            "ok acquirer: http://SANDBOX/v71 answers; it lacks the call that would try the API key",
            "warn checkout_origin: http://checkout.localhost:4101 is not https: good for tests on this \
             machine, never for live use",
            "ok assets: `DIR/dist` is complete",
        ]
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(files(), before);
}

#[tokio::test]
async fn a_server_that_runs_is_found_in_order() {
    let place = Place::new("").await;
    let _program = place.serve().await;

    let (database, code) = said(&place, "database", &[]).await;
    let (secrets, _) = said(&place, "secrets_file", &[]).await;

    assert_eq!(code, Some(0));
    assert_eq!(
        database,
        "ok database: opens and has the schema of this program"
    );
    assert_eq!(secrets, "ok secrets_file: `DIR/borga.secrets` is readable");
}

#[tokio::test]
async fn secrets_that_everybody_reads_are_a_warning_and_others_a_failure() {
    let place = Place::new("").await;
    drop(place.serve().await);
    let file = place.dir.path().join("borga.secrets");

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let (open, code) = said(&place, "secrets_file", &[]).await;
    assert!(
        open.starts_with("warn ") && open.contains("chmod 600"),
        "{open}"
    );
    assert_eq!(code, Some(0));

    std::fs::write(&file, "{}").unwrap();
    let (foreign, code) = said(&place, "secrets_file", &[]).await;
    assert!(foreign.starts_with("FAIL "), "{foreign}");
    assert_eq!(code, Some(1));
}

#[tokio::test]
async fn the_acquirers_answer_to_a_harmless_call_decides() {
    let place = Place::new("").await;
    for (status, beginning) in [
        (
            StatusCode::OK,
            "ok acquirer: URL answers and takes the API key",
        ),
        (StatusCode::NOT_FOUND, "ok acquirer: URL answers; it lacks"),
        (
            StatusCode::UNAUTHORIZED,
            "FAIL acquirer: URL answers and refuses the API key",
        ),
        (
            StatusCode::FORBIDDEN,
            "FAIL acquirer: URL answers and refuses the API key",
        ),
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "FAIL acquirer: URL answers with trouble (503 )",
        ),
    ] {
        let url = acquirer_that_answers(status).await;
        let variables = [("BORGA_ACQUIRER__BASE_URL", url.as_str())];
        let (line, code) = said(&place, "acquirer", &variables).await;

        assert!(line.replace(&url, "URL").starts_with(beginning), "{line}");
        assert_eq!(code, Some(i32::from(line.starts_with("FAIL"))));
    }
}

#[tokio::test]
async fn nobody_there_and_nothing_right_is_told_line_by_line() {
    let place = Place::new("").await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v71", gone.local_addr().unwrap());
    drop(gone);
    std::fs::write(place.dir.path().join("card-key.json"), "{}").unwrap();
    std::fs::remove_file(place.dir.path().join("dist/frame/boot.js")).unwrap();
    std::fs::write(place.dir.path().join("borga.db"), "not a database").unwrap();

    let database = format!("sqlite://{}/borga.db", place.dir.path().display());
    let variables = [
        ("BORGA_ACQUIRER__BASE_URL", url.as_str()),
        ("BORGA_CHECKOUT_ORIGIN", "https://checkout.example"),
        ("BORGA_DATABASE_URL", database.as_str()),
    ];
    let output = run(Some(&place.config), &["check"], &variables).await;

    let text = stdout(&output);
    let levels: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once(':').map(|(level, _)| level))
        .collect();
    assert_eq!(
        levels,
        [
            "ok settings",
            "warn secrets_file",
            "FAIL database",
            "FAIL card_key",
            "FAIL acquirer",
            "ok checkout_origin",
            "FAIL assets"
        ],
        "{text}"
    );
    assert!(text.contains("cannot be reached (no connection)"), "{text}");
    assert!(text.contains("boot.js"), "{text}");
    assert_eq!(output.status.code(), Some(1));
}

#[tokio::test]
async fn with_settings_that_cannot_be_read_nothing_else_is_tried() {
    let place = Place::new("session_life_s = 1\n").await;

    let output = place.run(&["check"]).await;

    let text = stdout(&output);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(
        text.starts_with("FAIL settings: setting `session_life_s` ("),
        "{text}"
    );
    assert_eq!(output.status.code(), Some(1));
}
