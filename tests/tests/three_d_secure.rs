//! The bank asks: in a popup, in the whole page, and with a payer who closes windows.

use browser_tests::checkout_page::{CHALLENGED_CARD, GOOD_CARD};
use browser_tests::{Engine, in_every_engine, play, play_with};

in_every_engine!(
    the_bank_opens_in_a_popup_and_a_passed_challenge_pays,
    a_failed_challenge_lets_the_payer_try_again,
    with_popups_blocked_the_page_goes_to_the_bank_and_comes_back_paid,
    a_press_on_continue_opens_the_bank_where_the_engine_wants_one,
    a_redirected_payer_who_fails_comes_back_to_the_order_and_can_pay_again,
    closing_the_popup_neither_loses_nor_fails_the_payment,
    a_page_that_is_reloaded_during_the_challenge_still_ends_paid,
    a_bank_that_takes_too_long_is_pending_and_the_truth_still_arrives,
    a_popup_that_was_closed_is_opened_again_at_the_bank,
    a_payer_who_cancels_is_not_left_with_an_open_window,
);

fn the_bank_opens_in_a_popup_and_a_passed_challenge_pays(engine: Engine) {
    play(engine, "popup", |scene| async move {
        scene
            .pay_on("/checkout/element?amount=12900", CHALLENGED_CARD)
            .await?;
        scene.through_bank_window("1234").await?;

        scene.is_paid_once(12_900).await
    });
}

fn a_failed_challenge_lets_the_payer_try_again(engine: Engine) {
    play(engine, "popup-failed", |scene| async move {
        scene
            .pay_on("/checkout/element?amount=1990", CHALLENGED_CARD)
            .await?;
        scene.through_bank_window("1111").await?;
        scene.enter_checkout().await?;
        scene.visible("#notice .notice").await?;
        scene.picture("failed").await?;
        assert_eq!(scene.ledger().await?, []);

        scene.press_pay().await?;
        scene.through_bank_window("1234").await?;

        scene.is_paid_once(1990).await
    });
}

fn with_popups_blocked_the_page_goes_to_the_bank_and_comes_back_paid(engine: Engine) {
    play(engine, "popup-blocked", |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        scene
            .driver()
            .execute("window.open = () => null", vec![])
            .await?;
        scene.pay_with(CHALLENGED_CARD).await?;
        let button = scene.visible("#continue-to-bank").await?;
        scene.picture("offered").await?;
        button.click().await?;

        scene.driver().enter_default_frame().await?;
        scene.answer_bank("1234").await?;
        scene.order_page("paid").await?;
        assert_eq!(scene.driver().windows().await?.len(), 1);
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

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

fn closing_the_popup_neither_loses_nor_fails_the_payment(engine: Engine) {
    play(engine, "popup-closed", |scene| async move {
        scene
            .pay_on("/checkout/element?amount=1990", CHALLENGED_CARD)
            .await?;
        let shop = scene.into_bank_window().await?;
        scene.visible("#code").await?;
        scene.driver().close_window().await?;
        scene.driver().switch_to_window(shop).await?;
        scene.enter_frame().await?;
        scene.visible("#finish-at-bank").await?;
        scene.picture("left").await?;
        scene.phase("challenging").await?;

        scene.driver().enter_default_frame().await?;
        let heard = scene.heard().await?;
        for ending in [
            "borga-error",
            "borga-cancel",
            "borga-complete",
            "borga-pending",
        ] {
            assert!(!heard.contains(&ending.to_owned()), "{heard:?}");
        }
        scene.enter_frame().await?;
        scene.visible("#try-again").await?.click().await?;
        scene.phase("ready").await?;
        scene.pay_with(GOOD_CARD).await?;

        scene.is_paid_once(1990).await
    });
}

fn a_page_that_is_reloaded_during_the_challenge_still_ends_paid(engine: Engine) {
    play(engine, "reload", |scene| async move {
        scene
            .pay_on("/checkout/element?amount=1990", CHALLENGED_CARD)
            .await?;
        let shop = scene.into_bank_window().await?;
        scene.visible("#code").await?;
        let bank = scene.driver().window().await?;
        scene.driver().switch_to_window(shop.clone()).await?;
        scene.driver().refresh().await?;
        scene.enter_frame().await?;
        scene.phase("challenging").await?;
        scene.picture("resumed").await?;
        scene.driver().switch_to_window(bank).await?;
        scene.answer_bank("1234").await?;
        scene.back_in(shop).await?;

        scene.is_paid_once(1990).await
    });
}

fn a_bank_that_takes_too_long_is_pending_and_the_truth_still_arrives(engine: Engine) {
    // Ten minutes at the bank are three seconds.
    play_with(
        engine,
        "pending",
        &["--time-divisor", "200"],
        |scene| async move {
            scene
                .pay_on("/checkout/element?amount=1990", CHALLENGED_CARD)
                .await?;
            let shop = scene.into_bank_window().await?;
            scene.visible("#code").await?;
            let bank = scene.driver().window().await?;
            scene.driver().switch_to_window(shop.clone()).await?;
            scene.order_page("open").await?;
            scene.picture("order-open").await?;
            scene.driver().switch_to_window(bank).await?;
            scene.answer_bank("1234").await?;
            scene.back_in(shop).await?;

            scene.is_paid_once(1990).await
        },
    );
}

fn a_popup_that_was_closed_is_opened_again_at_the_bank(engine: Engine) {
    play(engine, "popup-again", |scene| async move {
        scene
            .pay_on("/checkout/element?amount=1990", CHALLENGED_CARD)
            .await?;
        let shop = scene.into_bank_window().await?;
        scene.visible("#code").await?;
        scene.driver().close_window().await?;
        scene.driver().switch_to_window(shop).await?;
        scene.enter_frame().await?;
        let shop = scene.driver().window().await?;
        scene.visible("#finish-at-bank").await?.click().await?;
        let shop = scene.into_opened_window(shop).await?;
        scene.answer_bank("1234").await?;
        scene.back_in(shop).await?;

        scene.is_paid_once(1990).await
    });
}

fn a_payer_who_cancels_is_not_left_with_an_open_window(engine: Engine) {
    play(engine, "cancelled", |scene| async move {
        scene
            .pay_on("/checkout/element?amount=1990", CHALLENGED_CARD)
            .await?;
        let shop = scene.into_bank_window().await?;
        scene.visible("#code").await?;
        scene.driver().switch_to_window(shop.clone()).await?;
        scene.enter_frame().await?;
        scene.visible("#cancel-challenge").await?.click().await?;
        scene.phase("ready").await?;
        scene.back_in(shop).await?;
        scene.picture("cancelled").await?;

        let heard = scene.heard().await?;
        assert!(heard.contains(&"borga-cancel".to_owned()), "{heard:?}");
        assert!(!heard.contains(&"borga-error".to_owned()), "{heard:?}");
        assert_eq!(scene.ledger().await?, []);
        Ok(())
    });
}
