//! `Borga.checkout.open` without a container: a dialog over the page.

use browser_tests::merchant_page::MerchantPage;
use browser_tests::{Engine, Failure, Scene, in_engine, in_every_engine, play};
use serde_json::{Value, json};
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

#[test]
fn the_form_has_room_in_the_dialog_on_the_narrowest_screens() {
    play(Engine::Chromium, "modal-narrow", |scene| async move {
        open(&scene).await?;
        for width in [320, 280] {
            let screen =
                json!({"width": width, "height": 700, "deviceScaleFactor": 1, "mobile": false});
            let cdp = scene.driver().cdp();
            cdp.send_raw("Emulation.setDeviceMetricsOverride", screen)
                .await?;
            scene.driver().enter_default_frame().await?;
            let is_narrow = format!("return innerWidth === {width}");
            scene
                .until("the screen is narrow", || async {
                    Ok(scene.driver().execute(&*is_narrow, vec![]).await?.json() == true)
                })
                .await?;
            // A dialog lies over the page: one that is too wide does not make the page scroll, but nobody can reach its edge.
            let beyond = "const root = document.documentElement; const dialog = document.querySelector('dialog'); \
                 const { left, right } = dialog.getBoundingClientRect(); \
                 return [root.scrollWidth > innerWidth, dialog.scrollWidth > dialog.clientWidth, left < 0, right > innerWidth]";
            let beyond = scene.driver().execute(beyond, vec![]).await?;
            assert_eq!(
                beyond.json(),
                &json!([false, false, false, false]),
                "{width}"
            );
            scene.enter_frame().await?;
            let room = scene.driver().execute("return innerWidth", vec![]).await?;
            let room = room.json().as_u64().unwrap_or_default();
            assert!(room >= 250, "{room} of {width}");
            let cut = scene.does_not_fit().await?;
            assert!(cut.is_empty(), "{width}: {cut:#?}");
            scene.picture(&width.to_string()).await?;
        }
        Ok(())
    });
}
