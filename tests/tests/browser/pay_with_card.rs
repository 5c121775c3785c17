//! A payer pays, on both pages of the shop.

use browser_tests::checkout_page::{DECLINED_CARD, EMPTY_CARD, GOOD_CARD};
use browser_tests::{Engine, by_port, in_every_engine, play};
use thirtyfour::prelude::*;

in_every_engine!(
    a_card_pays_on_the_page_whose_server_made_the_session,
    a_card_pays_in_a_shop_that_is_opened_by_its_address,
    the_shop_delivers_on_the_signed_event,
    a_card_pays_on_the_page_that_made_its_own_session,
    a_declined_card_says_what_to_do_and_a_second_card_pays,
    the_checkout_speaks_icelandic_from_the_first_html_on,
    wrong_fields_are_named_and_nothing_is_sent,
);

fn a_card_pays_on_the_page_whose_server_made_the_session(engine: Engine) {
    play(engine, "pay-element", |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        scene.picture("ready").await?;
        scene.type_card(GOOD_CARD).await?;
        scene.picture("typed").await?;
        scene.press_pay().await?;

        scene.is_paid_once(1990).await
    });
}

fn a_card_pays_in_a_shop_that_is_opened_by_its_address(engine: Engine) {
    play(engine, "pay-by-address", |scene| async move {
        let shop = by_port(&scene.demo.shop)?;
        scene
            .driver()
            .goto(format!("{shop}/checkout/element?amount=1490"))
            .await?;
        scene.enter_checkout().await?;
        scene.pay_with(GOOD_CARD).await?;

        scene.is_paid_once(1490).await
    });
}

fn the_shop_delivers_on_the_signed_event(engine: Engine) {
    play(engine, "delivered", |scene| async move {
        scene
            .pay_on("/checkout/element?amount=1990", GOOD_CARD)
            .await?;
        let order = scene.order_page("paid").await?;

        scene
            .until("the shop was told", || async {
                let order = scene.order(&order).await?;
                Ok(order["delivered_by"].is_string())
            })
            .await?;
        scene.open(&format!("/orders/{order}")).await?;
        let event = scene
            .visible("#delivered")
            .await?
            .attr("data-event")
            .await?;
        let told = scene.order(&order).await?["delivered_by"].clone();
        assert_eq!(told, event.unwrap_or_default());
        scene.picture("delivered").await?;
        Ok(())
    });
}

fn a_card_pays_on_the_page_that_made_its_own_session(engine: Engine) {
    play(engine, "pay-publishable", |scene| async move {
        scene
            .pay_on("/checkout/publishable?amount=4900", GOOD_CARD)
            .await?;

        scene.is_paid_once(4900).await
    });
}

fn a_declined_card_says_what_to_do_and_a_second_card_pays(engine: Engine) {
    play(engine, "declined", |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        for (number, advice) in [
            (DECLINED_CARD, "another card"),
            (EMPTY_CARD, "another card"),
        ] {
            scene.pay_with(number).await?;
            let notice = scene.visible("#notice .notice").await?;
            scene.phase("ready").await?;
            let text = notice.text().await?;
            assert!(text.to_lowercase().contains(advice), "{text}");
            let kept = scene.visible("#card-number").await?.prop("value").await?;
            assert_eq!(kept.as_deref(), Some(number), "what was typed stays");
            scene
                .picture(if number == DECLINED_CARD {
                    "declined"
                } else {
                    "no-money"
                })
                .await?;
        }
        assert_eq!(scene.ledger().await?, []);
        scene.pay_with(GOOD_CARD).await?;

        scene.is_paid_once(1990).await
    });
}

fn the_checkout_speaks_icelandic_from_the_first_html_on(engine: Engine) {
    play(engine, "icelandic", |scene| async move {
        scene.open("/checkout/element?amount=1990&lang=is").await?;
        scene.enter_checkout().await?;
        let pay = scene.visible("#pay").await?.text().await?;
        assert!(pay.replace("\u{a0}", " ").contains("1.990 kr."), "{pay}");
        scene.pay_with(DECLINED_CARD).await?;
        let notice = scene.visible("#notice .notice").await?.text().await?;
        assert!(notice.contains("kort"), "{notice}");
        scene.picture("declined").await?;
        Ok(())
    });
}

fn wrong_fields_are_named_and_nothing_is_sent(engine: Engine) {
    play(engine, "wrong-fields", |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        let number = scene.visible("#card-number").await?;
        scene.keys(&number, "4242 4242 4242 4241").await?;
        scene.press_pay().await?;
        let wrong = scene
            .driver()
            .find_all(By::Css("[aria-invalid='true']"))
            .await?;
        assert_eq!(wrong.len(), 4);
        assert_eq!(scene.focused().await?, "card-number");
        scene.picture("errors").await?;
        scene.phase("ready").await?;

        scene.driver().enter_default_frame().await?;
        assert!(
            !scene
                .heard()
                .await?
                .contains(&"borga-processing".to_owned())
        );
        Ok(())
    });
}
