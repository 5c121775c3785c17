//! The form is there before the program that runs it, and nothing a payer does meanwhile is lost.

use browser_tests::held_back::{self, Gate};
use browser_tests::merchant_page::MerchantPage;
use browser_tests::{Engine, Failure, Scene, in_every_engine, play};
use thirtyfour::prelude::*;

in_every_engine!(
    what_was_typed_before_the_wasm_came_stays_and_pays,
    a_mistake_that_was_left_before_the_wasm_came_is_shown_once_it_is_there,
);

/// A checkout whose wasm waits; the browser is in its frame.
async fn show_without_wasm(scene: &Scene) -> Result<Gate, Failure> {
    let (checkout, gate) = held_back::in_front_of(&scene.demo.checkout)?;
    let page = MerchantPage::on("shop")?;
    let session = scene.session(&page.origin, 1990).await?;
    let url = page.origin.clone();
    let (id, secret) = (&session["id"], &session["client_secret"]);
    let element = format!(
        "<borga-checkout session-id={id} client-secret={secret} checkout-origin=\"{checkout}\"></borga-checkout>"
    );
    page.serve(&checkout, &element, "");
    scene.driver().goto(url).await?;
    scene.enter_frame().await?;
    Ok(gate)
}

fn what_was_typed_before_the_wasm_came_stays_and_pays(engine: Engine) {
    play(engine, "before-the-wasm", |scene| async move {
        let gate = show_without_wasm(&scene).await?;
        let number = scene.visible("#card-number").await?;
        scene.keys(&number, "42424242424").await?;
        assert_eq!(
            number.prop("value").await?.as_deref(),
            Some("42424242424"),
            "nothing formats it yet"
        );
        assert!(
            !scene.visible("#pay").await?.is_enabled().await?,
            "nothing could be paid yet"
        );
        scene.picture("typed").await?;

        gate.open();
        scene.phase("ready").await?;

        assert_eq!(
            number.prop("value").await?.as_deref(),
            Some("4242 4242 424"),
            "the same field, taken over"
        );
        assert_eq!(
            scene.focused().await?,
            "card-number",
            "the payer was not interrupted"
        );
        scene.keys(&number, "24242").await?;
        scene.keys(&number, Key::Tab + "0330").await?;
        scene
            .keys(&scene.visible("#card-code").await?, "737")
            .await?;
        let name = scene.visible("#card-name").await?;
        scene.keys(&name, "Jón Prófari").await?;
        scene.press_pay().await?;
        scene.phase("succeeded").await?;
        scene.picture("paid").await?;
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

fn a_mistake_that_was_left_before_the_wasm_came_is_shown_once_it_is_there(engine: Engine) {
    play(engine, "left-before-the-wasm", |scene| async move {
        let gate = show_without_wasm(&scene).await?;
        let number = scene.visible("#card-number").await?;
        scene.keys(&number, "4242 4242 4242 4241").await?;
        let expiry = scene.visible("#card-expiry").await?;
        scene.keys(&expiry, "0").await?;
        assert_eq!(number.attr("aria-invalid").await?.as_deref(), Some("false"));

        gate.open();
        scene.visible("#card-number[aria-invalid='true']").await?;

        assert_eq!(scene.focused().await?, "card-expiry");
        assert_eq!(
            expiry.attr("aria-invalid").await?.as_deref(),
            Some("false"),
            "the payer is still in it"
        );
        Ok(())
    });
}
