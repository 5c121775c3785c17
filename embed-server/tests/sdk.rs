//! The npm package `@borga/node` against this server: its own integration test, with everything a test key can reach.

#[path = "api/support.rs"]
#[expect(dead_code, reason = "this program needs only part of the scene")]
mod support;

use std::path::Path;

use tokio::process::Command;

use support::TestServer;

#[tokio::test]
async fn the_node_package_works_against_this_server() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let charged = server.saved_card(&customer, "4242424242424242").await;
    let detached = server.saved_card(&customer, "5555555555554444").await;
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../js-shim/node");

    let output = Command::new("npx")
        .args(["--no-install", "vitest", "run", "integration"])
        .current_dir(package)
        .env("BORGA_TEST_API", &server.base)
        .env("BORGA_TEST_SECRET_KEY", &server.secret_key)
        .env("BORGA_TEST_MERCHANT", &server.merchant)
        .env("BORGA_TEST_CUSTOMER", &customer)
        .env("BORGA_TEST_CARD", &charged)
        .env("BORGA_TEST_CARD_TO_DETACH", &detached)
        .env("NO_COLOR", "1")
        .kill_on_drop(true)
        .output()
        .await
        .expect("npx cannot be started: install Node, then run `npm ci`");

    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success(), "{said}");
    // A test that is passed over proves nothing.
    assert!(!said.contains("skipped"), "{said}");
}
