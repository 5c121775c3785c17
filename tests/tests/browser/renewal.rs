//! What a payer can rely on when time runs out or the network goes: what they typed stays, and they pay once.

use browser_tests::checkout_page::GOOD_CARD;
use browser_tests::merchant_page::MerchantPage;
use browser_tests::{Engine, Failure, Scene, in_every_engine, play, play_with};
use serde_json::Value;

in_every_engine!(
    a_payer_whose_time_ran_out_starts_again_with_what_they_typed,
    a_page_that_cannot_give_a_secret_leaves_the_payer_with_a_word,
    a_session_for_another_page_never_takes_the_place,
    a_payment_that_began_offline_goes_on_by_itself_and_charges_once,
);

/// Runs a script in the page, with the element as `element`.
async fn on_page(scene: &Scene, script: &str, arguments: Vec<Value>) -> Result<Value, Failure> {
    scene.driver().enter_default_frame().await?;
    let script = format!("const element = document.querySelector('borga-checkout'); {script}");
    let answer = scene.driver().execute(script, arguments).await?;
    Ok(answer.json().clone())
}

fn a_payer_whose_time_ran_out_starts_again_with_what_they_typed(engine: Engine) {
    // An hour is twelve seconds.
    play_with(
        engine,
        "renewed",
        &["--time-divisor", "300"],
        |scene| async move {
            let page = MerchantPage::on("shop")?;
            let origin = page.origin.clone();
            let session = scene.session(&origin, 1990).await?;
            scene.show_session(page, &session).await?;
            on_page(
            &scene,
            "element.heard = []; for (const name of ['borga-error', 'borga-complete']) \
               element.addEventListener(name, ({type, detail}) => element.heard.push({type, ...detail})); \
             element.fetchClientSecret = () => new Promise((resolve) => { element.give = resolve; });",
            vec![],
        )
        .await?;
            scene.enter_frame().await?;
            scene.type_card(GOOD_CARD).await?;
            scene.phase("expired").await?;
            scene.visible("#start-again").await?.click().await?;
            scene.picture("asked").await?;

            let next = scene.session(&origin, 2490).await?;
            scene
                .until("the page is asked for a secret", || async {
                    Ok(on_page(&scene, "return Boolean(element.give)", vec![]).await? == true)
                })
                .await?;
            on_page(
                &scene,
                "element.give(arguments[0])",
                vec![next["client_secret"].clone()],
            )
            .await?;
            scene.enter_checkout().await?;
            let kept = scene.visible("#card-number").await?.prop("value").await?;
            assert_eq!(kept.as_deref(), Some(GOOD_CARD));
            assert!(
                scene
                    .visible("#amount")
                    .await?
                    .text()
                    .await?
                    .contains("2,490")
            );
            scene.picture("again").await?;
            scene.press_pay().await?;
            scene.phase("succeeded").await?;

            assert_eq!(scene.ledger().await?, [(2490, "charged".to_owned())]);
            let heard = on_page(&scene, "return element.heard", vec![]).await?;
            assert_eq!(heard[0]["code"], "session_expired");
            assert_eq!(heard[1]["sessionId"], next["id"], "{heard}");
            Ok(())
        },
    );
}

fn a_page_that_cannot_give_a_secret_leaves_the_payer_with_a_word(engine: Engine) {
    play_with(
        engine,
        "not-renewed",
        &["--time-divisor", "300"],
        |scene| async move {
            let page = MerchantPage::on("shop")?;
            let session = scene.session(&page.origin, 1990).await?;
            scene.show_session(page, &session).await?;
            scene.phase("expired").await?;
            scene.visible("#start-again").await?.click().await?;
            let text = scene.visible("#panel-text").await?;
            scene
                .until("the payer is told", || async {
                    Ok(text.text().await?.contains("Go back to the shop"))
                })
                .await?;
            scene.picture("end").await?;
            Ok(())
        },
    );
}

fn a_session_for_another_page_never_takes_the_place(engine: Engine) {
    play_with(
        engine,
        "renewed-elsewhere",
        &["--time-divisor", "300"],
        |scene| async move {
            let page = MerchantPage::on("shop")?;
            let session = scene.session(&page.origin, 1990).await?;
            scene.show_session(page, &session).await?;
            scene.phase("expired").await?;
            let other = scene.session("http://other.localhost:1", 1).await?;
            on_page(
                &scene,
                "element.fetchClientSecret = async () => arguments[0]",
                vec![other["client_secret"].clone()],
            )
            .await?;
            scene.enter_frame().await?;
            scene.visible("#start-again").await?.click().await?;
            scene.phase("broken").await?;
            let code = scene.visible(".panel__code").await?.text().await?;
            assert_eq!(code, "invalid_client_secret");
            Ok(())
        },
    );
}

fn a_payment_that_began_offline_goes_on_by_itself_and_charges_once(engine: Engine) {
    play(engine, "offline", |scene| async move {
        let page = MerchantPage::on("shop")?;
        let session = scene.session(&page.origin, 1990).await?;
        scene.show_session(page, &session).await?;
        scene.type_card(GOOD_CARD).await?;
        scene.go_offline().await?;
        let offline = scene.visible("#offline").await?;
        assert!(offline.text().await?.contains("offline"));
        scene.picture("ready").await?;
        scene.press_pay().await?;
        scene.phase("submitting").await?;
        assert!(offline.text().await?.contains("not be charged twice"));
        scene
            .until("it was tried more than once", || async {
                let tries = scene
                    .driver()
                    .execute("return window.tries", vec![])
                    .await?;
                Ok(tries.json().as_i64() > Some(1))
            })
            .await?;
        scene.picture("submitting").await?;
        assert_eq!(scene.ledger().await?, []);

        scene.come_online().await?;
        scene.phase("succeeded").await?;
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}
