//! The form is there before the program that runs it, and nothing a payer does meanwhile is lost.

use browser_tests::merchant_page::MerchantPage;
use browser_tests::{Engine, held_back, in_every_engine, play};
use thirtyfour::prelude::*;

in_every_engine!(what_was_typed_before_the_wasm_came_stays_and_pays,);

fn what_was_typed_before_the_wasm_came_stays_and_pays(engine: Engine) {
    play(engine, "before-the-wasm", |scene| async move {
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
