//! Wrong settings are refused with everything that is wrong, and right ones are shown without secrets.

use crate::program::{Place, run, stderr, stdout};

#[tokio::test]
async fn all_wrong_settings_are_named_before_anything_starts() {
    let place = Place::new("session_life_s = 60\ncolour = \"red\"\n").await;
    place.change("repeat_pause_ms = 1", "repeat_pause_ms = \"often\"");
    place.change("dist\"", "nowhere\"");

    let variables = [
        ("BORGA_ACQUIRER__WEBHOOK_HMAC_KEY", "none"),
        ("BORGA_LISTEM", "127.0.0.1:1"),
    ];
    let output = run(Some(&place.config), &["serve"], &variables).await;

    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    let file = place.config.display();
    let named: Vec<&str> = said
        .lines()
        .filter_map(|line| line.split_once("): ").map(|(named, _)| named))
        .collect();
    assert_eq!(
        named,
        [
            "embed-server: setting `acquirer.repeat_pause_ms` (FILE",
            "embed-server: setting `acquirer.webhook_hmac_key` (BORGA_ACQUIRER__WEBHOOK_HMAC_KEY",
            "embed-server: setting `assets_dir` (FILE",
            "embed-server: setting `colour` (FILE",
            "embed-server: setting `session_life_s` (FILE",
        ]
        .map(|line| line.replace("FILE", &file.to_string())),
        "{said}"
    );
    assert!(!place.dir.path().join("borga.db").exists());
}

#[tokio::test]
async fn a_command_that_charges_nobody_needs_no_acquirer() {
    let place = Place::new("").await;
    place.change("/v71", " is not a URL");

    let made = place.run(&["merchants", "create", "--name", "A"]).await;
    let served = place.run(&["serve"]).await;

    assert!(made.status.success());
    assert_eq!(served.status.code(), Some(2));
}

#[tokio::test]
async fn a_taken_address_is_no_wrong_setting() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let place = Place::new("").await;
    let address = taken.local_addr().unwrap().to_string();

    let variables = [("BORGA_LISTEN", address.as_str())];
    let output = run(Some(&place.config), &["serve"], &variables).await;

    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("setting `listen`"), "{said}");
}

#[tokio::test]
async fn the_effective_settings_are_shown_without_secrets() {
    let place = Place::new("session_life_s = 1801\n").await;
    let variables = [
        ("BORGA_ACQUIRER__API_KEY", "very-secret"),
        ("BORGA_COLOUR", "red"),
    ];

    let shown = run(Some(&place.config), &["config"], &variables).await;
    let default = run(None, &["config", "--default"], &[]).await;

    assert!(shown.status.success());
    let text = stdout(&shown);
    assert!(text.contains("\nsession_life_s = 1801\n"), "{text}");
    assert!(text.contains("\napi_key = \"(set)\"\n"), "{text}");
    assert!(text.contains("\nwebhook_hmac_key = \"(set)\"\n"), "{text}");
    for secret in [
        "very-secret",
        crate::support::HMAC_KEY,
        crate::support::API_KEY,
    ] {
        assert!(!text.contains(secret), "{secret} is shown");
    }
    assert!(stderr(&shown).contains("BORGA_COLOUR is not a setting"));
    assert_eq!(stdout(&default), include_str!("../../config.default.toml"));
}
