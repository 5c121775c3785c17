//! The npm package `@borga/node` against this server: its own integration test, with everything a test key can reach.

#[path = "api/support.rs"]
#[expect(dead_code, reason = "this program needs only part of the scene")]
mod support;

#[path = "api/receiver.rs"]
#[expect(dead_code, reason = "this program needs only part of the scene")]
mod receiver;

use std::collections::BTreeMap;
use std::path::Path;

use embed_server::operations::deliver_webhooks::deliver_webhooks;
use embed_server::operations::fan_out_events::fan_out_events;
use receiver::Receiver;
use serde_json::json;
use support::{TestServer, until};
use tokio::process::Command;

/// The package's tests whose names contain `filter`.
fn vitest(filter: &str) -> Command {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../js-shim/node");
    let mut command = Command::new("npx");
    command
        .args(["--no-install", "vitest", "run", filter])
        .current_dir(package)
        .env("NO_COLOR", "1")
        .kill_on_drop(true);
    command
}

async fn passes(mut vitest: Command) {
    let output = vitest.output().await;
    let output = output.expect("npx cannot be started: install Node, then run `npm ci`");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success(), "{said}");
    // A test that is passed over proves nothing.
    assert!(!said.contains("skipped"), "{said}");
}

#[tokio::test]
async fn the_node_package_works_against_this_server() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let charged = server.saved_card(&customer, "4242424242424242").await;
    let detached = server.saved_card(&customer, "5555555555554444").await;
    let mut integration = vitest("integration");
    integration
        .env("BORGA_TEST_API", &server.base)
        .env("BORGA_TEST_SECRET_KEY", &server.secret_key)
        .env("BORGA_TEST_MERCHANT", &server.merchant)
        .env("BORGA_TEST_CUSTOMER", &customer)
        .env("BORGA_TEST_CARD", &charged)
        .env("BORGA_TEST_CARD_TO_DETACH", &detached);
    passes(integration).await;
}

#[tokio::test]
async fn a_delivery_verifies_with_other_peoples_code() {
    let receiver = Receiver::start().await;
    let server = TestServer::start_with(&receiver.setting()).await;
    let endpoint = json!({"url": receiver.url("hook"), "enabled_events": ["*"]});
    let endpoint = server
        .post("/v1/webhook_endpoints", &server.secret_key, &endpoint)
        .await;
    server.customer().await;
    fan_out_events(server.app()).await.unwrap();
    deliver_webhooks(server.app()).await.unwrap();
    until("the event is told", async || {
        !receiver.told("hook").is_empty()
    })
    .await;

    let told = &receiver.told("hook")[0];
    let headers: BTreeMap<&str, &str> = told
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    let delivery = json!({
        "secret": endpoint.body["signing_secret"],
        "headers": headers,
        "body": std::str::from_utf8(&told.body).unwrap(),
    });
    let file = server.dir.path().join("delivery.json");
    std::fs::write(&file, delivery.to_string()).unwrap();
    let mut delivery = vitest("delivery.test");
    delivery.env("BORGA_TEST_DELIVERY", &file);
    passes(delivery).await;
}
