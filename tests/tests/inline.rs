//! The bank's page over the merchant's: shown, closed, and given up where it could not load.

use browser_tests::checkout_page::CHALLENGED_CARD;
use browser_tests::{Engine, Failure, Scene, in_every_engine, play};
use thirtyfour::prelude::*;

in_every_engine!(
    the_bank_is_laid_over_the_page_and_a_passed_challenge_pays,
    a_payer_who_closes_what_lies_over_the_page_can_come_back_to_it,
);

const PAGE: &str = "/checkout/element?amount=1990&three_ds=inline";

/// Finds something in the element's own tree.
async fn inside(scene: &Scene, css: &str) -> Result<WebElement, Failure> {
    scene.driver().enter_default_frame().await?;
    let find = format!(
        "return document.querySelector('borga-checkout').shadowRoot.querySelector('{css}')"
    );
    scene
        .until("it is there", || async {
            Ok(!scene
                .driver()
                .execute(&*find, vec![])
                .await?
                .json()
                .is_null())
        })
        .await?;
    Ok(scene.driver().execute(&*find, vec![]).await?.element()?)
}

/// Into the bank's frame, which stands in a page of the checkout's: the shop's policy knows no bank.
async fn into_the_overlay(scene: &Scene) -> Result<(), Failure> {
    inside(scene, "dialog[open] iframe")
        .await?
        .enter_frame()
        .await?;
    let bank = scene.visible("iframe[name='bank']").await?;
    Ok(bank.enter_frame().await?)
}

fn the_bank_is_laid_over_the_page_and_a_passed_challenge_pays(engine: Engine) {
    play(engine, "inline", |scene| async move {
        scene.pay_on(PAGE, CHALLENGED_CARD).await?;
        into_the_overlay(&scene).await?;
        scene.visible("#code").await?;
        let windows = scene.driver().windows().await?.len();
        scene.answer_bank("1234").await?;

        scene.order_page("paid").await?;
        assert_eq!(windows, 1);
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

fn a_payer_who_closes_what_lies_over_the_page_can_come_back_to_it(engine: Engine) {
    play(engine, "inline-closed", |scene| async move {
        scene.pay_on(PAGE, CHALLENGED_CARD).await?;
        into_the_overlay(&scene).await?;
        scene.visible("#code").await?;
        inside(&scene, "dialog[open] button").await?.click().await?;
        scene.enter_frame().await?;
        let again = scene.visible("#finish-at-bank").await?;
        scene.picture("closed").await?;
        again.click().await?;
        into_the_overlay(&scene).await?;
        scene.answer_bank("1234").await?;

        scene.is_paid_once(1990).await
    });
}
