//! The bank asks, on the shop's own pages. Every way in which that can go wrong is played by the lab.

use browser_tests::checkout_page::{CHALLENGED_CARD, GOOD_CARD};
use browser_tests::{Engine, in_every_engine, play};

in_every_engine!(
    a_press_on_continue_opens_the_bank_where_the_engine_wants_one,
    a_redirected_payer_who_fails_comes_back_to_the_order_and_can_pay_again,
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
