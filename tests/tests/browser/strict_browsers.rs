//! The checkout in browsers whose payers trust nobody, or have extensions that touch every page.

use std::path::Path;

use browser_tests::browser::Habits;
use browser_tests::checkout_page::{CHALLENGED_CARD, GOOD_CARD};
use browser_tests::{Failure, Scene, play_in};
use serde_json::json;

/// Whether the frame may have cookies, as those of another site than the page's.
async fn frame_may_have_cookies(scene: &Scene) -> Result<bool, Failure> {
    let ask = "document.hasStorageAccess().then(arguments[0])";
    Ok(scene.driver().execute_async(ask, vec![]).await?.convert()?)
}

/// Whether the frame may store anything.
async fn frame_may_store(scene: &Scene) -> Result<bool, Failure> {
    let ask = "try { localStorage.setItem('a', 'b'); return true } catch { return false }";
    Ok(scene.driver().execute(ask, vec![]).await?.convert()?)
}

#[test]
fn a_challenged_card_pays_without_third_party_cookies() {
    let habits = Habits {
        preferences: json!({"profile.cookie_controls_mode": 1, "profile.block_third_party_cookies": true}),
        ..Habits::default()
    };
    play_in("no-third-party-cookies", &[], &habits, |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        assert!(
            !frame_may_have_cookies(&scene).await?,
            "the setting is in force"
        );
        scene.pay_with(CHALLENGED_CARD).await?;
        scene.through_bank_window("1234").await?;

        scene.is_paid_once(1990).await
    });
}

#[test]
fn a_challenged_card_pays_where_no_site_may_store_anything() {
    let habits = Habits {
        preferences: json!({"profile.default_content_setting_values.cookies": 2}),
        ..Habits::default()
    };
    play_in("no-storage", &[], &habits, |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        assert!(!frame_may_store(&scene).await?, "the setting is in force");
        scene.pay_with(CHALLENGED_CARD).await?;
        scene.through_bank_window("1234").await?;

        scene.is_paid_once(1990).await
    });
}

/// What password managers and coupon finders do: run in every frame, add inputs beside ours before and after the program
/// starts, and talk to everybody about it in messages that are not ours or pretend to be.
const EXTENSION: &str = r#"
    const noise = () => {
      for (const target of [window, parent, top]) {
        for (const message of [
          "text", null, 7, {}, [], { borga: "hello", instance: "x", nonce: "y", versions: [1], build: "" },
          { borga: "connect", instance: "x", nonce: "y", version: 1 }, { borga: "discover" }, { borga: "hint" },
          { jsonrpc: "2.0", method: "payment.completed", params: { session_id: "x", payment_id: "y" } },
        ]) target.postMessage(message, "*");
      }
    };
    const meddle = () => {
      for (const input of document.querySelectorAll("input:not([data-meddled])")) {
        input.dataset.meddled = "";
        const added = Object.assign(document.createElement("input"), { type: "text", name: "added", hidden: true });
        added.dataset.meddled = "";
        input.before(added);
      }
      document.documentElement.dataset.meddled = Number(document.documentElement.dataset.meddled ?? 0) + 1;
      noise();
    };
    noise();
    addEventListener("DOMContentLoaded", meddle);
    addEventListener("load", meddle);
    addEventListener("focusin", meddle);
"#;

/// An extension that runs `script` in every frame: in a world of its own (`ISOLATED`), or in the page's (`MAIN`).
fn write_extension(folder: &Path, world: &str, script: &str) -> std::io::Result<()> {
    let manifest = json!({
        "manifest_version": 3,
        "name": "Script",
        "version": "1",
        "content_scripts": [{
            "matches": ["http://*.localhost/*"],
            "js": ["script.js"],
            "world": world,
            "run_at": "document_start",
            "all_frames": true,
        }],
    });
    std::fs::write(folder.join("manifest.json"), manifest.to_string())?;
    std::fs::write(folder.join("script.js"), script)
}

#[test]
fn an_extension_that_adds_inputs_and_messages_everywhere_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    write_extension(folder.path(), "ISOLATED", EXTENSION).expect("the extension is written");
    let habits = Habits {
        extension: Some(folder.path().to_owned()),
        // Some builds of Chromium block them as they come.
        preferences: json!({"profile.cookie_controls_mode": 0, "profile.block_third_party_cookies": false}),
        ..Habits::default()
    };
    play_in("extension", &[], &habits, |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        let is_as_it_comes =
            frame_may_have_cookies(&scene).await? && frame_may_store(&scene).await?;
        assert!(is_as_it_comes, "the other tests' settings do something");
        scene.type_card(GOOD_CARD).await?;
        let meddled = "return Number(document.documentElement.dataset.meddled) > 0 \
            && document.querySelectorAll('[name=added]').length > 0";
        let meddled = scene.driver().execute(meddled, vec![]).await?;
        assert_eq!(meddled.json(), &json!(true), "it was at work in the frame");
        scene.picture("typed").await?;
        scene.press_pay().await?;

        scene.is_paid_once(1990).await
    });
}

/// The bank comes in place of the page, without a window and without another press, and the payer comes back.
async fn is_paid_in_place_of_the_page(scene: &Scene) -> Result<(), Failure> {
    scene
        .pay_on("/checkout/element?amount=1990", CHALLENGED_CARD)
        .await?;
    scene.driver().enter_default_frame().await?;
    scene.visible("#code").await?;
    assert_eq!(scene.driver().windows().await?.len(), 1, "no window");
    scene.answer_bank("1234").await?;
    scene.is_paid_once(1990).await
}

#[test]
fn a_browser_inside_of_an_app_goes_to_the_bank_in_place_of_the_page() {
    let habits = Habits {
        arguments: &[
            "--user-agent=Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 \
             (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36 Instagram 350.0.0.0 Android",
        ],
        ..Habits::default()
    };
    play_in("inside-an-app", &[], &habits, |scene| async move {
        is_paid_in_place_of_the_page(&scene).await
    });
}

#[test]
fn a_web_app_that_stands_alone_goes_to_the_bank_in_place_of_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    // As iOS says of a page that was put on the home screen.
    let alone = "Object.defineProperty(navigator, 'standalone', { value: true })";
    write_extension(folder.path(), "MAIN", alone).expect("the extension is written");
    let habits = Habits {
        extension: Some(folder.path().to_owned()),
        ..Habits::default()
    };
    play_in("stands-alone", &[], &habits, |scene| async move {
        is_paid_in_place_of_the_page(&scene).await
    });
}
