//! `Borga.checkout.open` without a container: a dialog over the page.

use browser_tests::merchant_page::MerchantPage;
use browser_tests::{Engine, Failure, Scene, in_engine, in_every_engine, play};
use serde_json::Value;
use thirtyfour::prelude::*;

in_every_engine!(closing_the_dialog_is_cancelling,);
// Driven by its driver, WebKit's Tab was not seen to step into a frame.
in_engine!(
    chromium_with_tab,
    Chromium,
    the_keyboard_reaches_the_form_in_the_dialog_and_pays
);
in_engine!(
    firefox_with_tab,
    Firefox,
    the_keyboard_reaches_the_form_in_the_dialog_and_pays
);

/// Opens the dialog on a page of its own.
async fn open(scene: &Scene) -> Result<(), Failure> {
    let page = MerchantPage::on("shop")?;
    let session = scene.session(&page.origin, 1990).await?;
    let url = page.origin.clone();
    page.serve(&scene.demo.checkout, "<main><h1>A shop</h1></main>", "");
    scene.driver().goto(url).await?;
    let (id, secret) = (&session["id"], &session["client_secret"]);
    scene
        .driver()
        .execute(
            format!(
                "window.ended = null; Borga.checkout.open({{sessionId: {id}, clientSecret: {secret}}})\
                 .then((ending) => {{ window.ended = ending; }});"
            ),
            vec![],
        )
        .await?;
    scene.enter_checkout().await
}

async fn ended(scene: &Scene) -> Result<Value, Failure> {
    scene.driver().enter_default_frame().await?;
    scene
        .until("the promise settles", || async {
            Ok(!scene
                .driver()
                .execute("return window.ended", vec![])
                .await?
                .json()
                .is_null())
        })
        .await?;
    Ok(scene
        .driver()
        .execute("return window.ended", vec![])
        .await?
        .json()
        .clone())
}

fn the_keyboard_reaches_the_form_in_the_dialog_and_pays(engine: Engine) {
    play(engine, "modal", |scene| async move {
        open(&scene).await?;
        scene.driver().enter_default_frame().await?;
        let focused = "return document.activeElement?.localName";
        for _ in 0..3 {
            scene
                .driver()
                .action_chain()
                .send_keys(Key::Tab)
                .perform()
                .await?;
            if scene.driver().execute(focused, vec![]).await?.json() == "borga-checkout" {
                break;
            }
        }
        assert_eq!(
            scene.driver().execute(focused, vec![]).await?.json(),
            "borga-checkout"
        );
        scene.picture("open").await?;
        assert_eq!(scene.axe().await?, Vec::<String>::new());
        scene.enter_checkout().await?;
        scene
            .pay_with(browser_tests::checkout_page::GOOD_CARD)
            .await?;

        let ending = ended(&scene).await?;
        assert_eq!(ending["status"], "complete", "{ending}");
        assert!(
            ending["paymentId"]
                .as_str()
                .unwrap_or_default()
                .starts_with("pay_"),
            "{ending}"
        );
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

fn closing_the_dialog_is_cancelling(engine: Engine) {
    play(engine, "modal-closed", |scene| async move {
        open(&scene).await?;
        scene.driver().enter_default_frame().await?;
        scene
            .driver()
            .find(By::Css("dialog button"))
            .await?
            .click()
            .await?;

        assert_eq!(ended(&scene).await?["status"], "canceled");
        assert!(scene.driver().find_all(By::Css("dialog")).await?.is_empty());
        Ok(())
    });
}
