//! The bank asks, on the shop's own pages. Every way in which that can go wrong is played by the lab.

use browser_tests::checkout_page::{CHALLENGED_CARD, GOOD_CARD};
use browser_tests::watched_page::{Setting, WatchedPage};
use browser_tests::{Engine, Failure, Scene, in_every_engine, play};
use serde_json::json;
use thirtyfour::prelude::*;

in_every_engine!(
    a_press_on_continue_opens_the_bank_where_the_engine_wants_one,
    a_redirected_payer_who_fails_comes_back_to_the_order_and_can_pay_again,
    a_payer_who_passes_over_the_page_has_the_focus_on_the_ending,
    a_payer_who_fails_over_the_page_has_the_focus_on_the_message,
    a_payer_who_cancels_over_the_page_has_the_focus_on_the_message,
    a_payer_who_comes_back_while_the_bank_lay_over_the_page_is_offered_no_window,
);

fn a_press_on_continue_opens_the_bank_where_the_engine_wants_one(engine: Engine) {
    play(engine, "popup-on-press", |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        // As WebKit does: nothing opens without a press of its own.
        let once =
            "const open = window.open; window.open = () => { window.open = open; return null; }";
        scene.driver().execute(once, vec![]).await?;
        scene.pay_with(CHALLENGED_CARD).await?;
        let shop = scene.driver().window().await?;
        scene.visible("#continue-to-bank").await?.click().await?;
        let shop = scene.into_opened_window(shop).await?;
        scene.answer_bank("1234").await?;
        scene.back_in(shop).await?;

        scene.is_paid_once(1990).await
    });
}

fn a_redirected_payer_who_fails_comes_back_to_the_order_and_can_pay_again(engine: Engine) {
    play(engine, "redirect-failed", |scene| async move {
        scene
            .pay_on(
                "/checkout/element?amount=1990&three_ds=redirect",
                CHALLENGED_CARD,
            )
            .await?;
        scene.driver().enter_default_frame().await?;
        scene.answer_bank("1111").await?;
        scene.order_page("failed").await?;
        scene.picture("order-failed").await?;
        scene.visible("#pay-again").await?.click().await?;
        scene.enter_checkout().await?;
        scene.pay_with(GOOD_CARD).await?;

        scene.is_paid_once(1990).await
    });
}

/// A payer at the bank's question, which lies over the page.
async fn asked_over_the_page(scene: &Scene) -> Result<WatchedPage<'_>, Failure> {
    let setting = Setting {
        options: json!({"threeDs": "inline"}),
        ..Setting::of(scene)
    };
    let page = WatchedPage::open(scene, setting).await?;
    page.put().await?;
    scene.enter_checkout().await?;
    scene.pay_with(CHALLENGED_CARD).await?;
    page.into_overlay().await?;
    Ok(page)
}

/// Waits until the checkout in its frame has the focus, and in it what has this id; nobody has pressed anything there.
async fn has_the_focus(scene: &Scene, id: &str) -> Result<(), Failure> {
    scene.enter_frame().await?;
    let where_it_is =
        "return `${document.hasFocus() ? 'here' : 'elsewhere'}: ${document.activeElement?.id}`";
    let asked = scene
        .until(&format!("#{id} has the focus"), || async {
            let found = scene.driver().execute(where_it_is, vec![]).await?;
            Ok(found.json() == &json!(format!("here: {id}")))
        })
        .await;
    match asked {
        Ok(()) => Ok(()),
        Err(failure) => {
            let found = scene.driver().execute(where_it_is, vec![]).await?;
            scene.driver().enter_default_frame().await?;
            let on_page = "const { activeElement } = document; return [document.hasFocus(), activeElement?.localName, \
                           activeElement?.shadowRoot?.activeElement?.localName].join()";
            let on_page = scene.driver().execute(on_page, vec![]).await?;
            Err(format!(
                "{failure}; it is {}, on the page {}",
                found.json(),
                on_page.json()
            )
            .into())
        }
    }
}

fn a_payer_who_passes_over_the_page_has_the_focus_on_the_ending(engine: Engine) {
    play(engine, "focus-passed", |scene| async move {
        let page = asked_over_the_page(&scene).await?;
        scene.answer_bank("1234").await?;
        page.hears_of_one_payment().await?;
        has_the_focus(&scene, "panel-title").await
    });
}

fn a_payer_who_fails_over_the_page_has_the_focus_on_the_message(engine: Engine) {
    play(engine, "focus-failed", |scene| async move {
        let page = asked_over_the_page(&scene).await?;
        scene.answer_bank("1111").await?;
        page.until(
            "the page hears of it",
            "return shop.told.some(({ name }) => name === 'borga-error')",
        )
        .await?;
        has_the_focus(&scene, "notice").await
    });
}

fn a_payer_who_cancels_over_the_page_has_the_focus_on_the_message(engine: Engine) {
    play(engine, "focus-cancelled", |scene| async move {
        let page = asked_over_the_page(&scene).await?;
        scene.visible("#cancel").await?.click().await?;
        page.until(
            "the page hears of it",
            "return shop.told.some(({ name }) => ['borga-error', 'borga-cancel'].includes(name))",
        )
        .await?;
        has_the_focus(&scene, "notice").await
    });
}

fn a_payer_who_comes_back_while_the_bank_lay_over_the_page_is_offered_no_window(engine: Engine) {
    play(engine, "back-inline", |scene| async move {
        let page = asked_over_the_page(&scene).await?;
        page.take().await?;
        page.put().await?;
        scene.enter_frame().await?;
        scene.phase("challenging").await?;
        scene.visible("#try-again").await?;
        let finish = scene.driver().find(By::Id("finish-at-bank")).await?;
        assert!(
            !finish.is_displayed().await?,
            "it would open an empty window"
        );
        Ok(())
    });
}
