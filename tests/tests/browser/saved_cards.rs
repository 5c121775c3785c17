//! A payer lets the shop keep a card, and pays with it the next time.

use browser_tests::checkout_page::GOOD_CARD;
use browser_tests::look::BarePage;
use browser_tests::states::{State, asks_to_remove};
use browser_tests::{Engine, Failure, Scene, by_port, in_every_engine, play};
use serde_json::json;
use thirtyfour::prelude::*;

in_every_engine!(
    a_card_that_was_saved_pays_for_the_next_purchase,
    a_card_is_not_saved_unless_the_payer_ticks_the_box,
    a_payer_whose_saved_card_is_declined_pays_with_another_one,
    a_payer_removes_a_saved_card_for_good,
    a_saved_card_that_has_expired_is_not_charged_and_can_be_removed,
    a_card_that_the_shop_removed_meanwhile_is_not_charged,
    a_saved_card_is_charged_with_its_code_where_the_session_asks_for_it,
    a_code_that_the_bank_refuses_is_typed_again,
    each_card_has_its_own_code,
    a_session_that_does_not_ask_for_the_code_shows_no_place_for_it,
);

/// Approved when it is typed in, declined once it is saved.
const DECLINED_WHEN_SAVED: &str = "4000 0000 0000 0341";

/// Buys something as the shop's returning customer with a typed card, which the shop may keep when `save`.
async fn buy(scene: &Scene, number: &str, save: bool) -> Result<(), Failure> {
    scene.open("/checkout/returning?amount=1990").await?;
    scene.enter_checkout().await?;
    scene.type_card(number).await?;
    let consent = scene.visible("#save-card").await?;
    assert!(!consent.is_selected().await?, "nobody agreed yet");
    if save {
        consent.click().await?;
    }
    scene.picture("consent").await?;
    scene.press_pay().await?;
    scene.order_page("paid").await?;
    Ok(())
}

/// Opens the checkout of the customer's next purchase.
async fn come_back(scene: &Scene) -> Result<(), Failure> {
    scene.open("/checkout/returning?amount=2490").await?;
    scene.enter_checkout().await
}

/// The one saved card among the choices.
async fn saved_card(scene: &Scene) -> Result<WebElement, Failure> {
    scene.visible("#saved-cards input[id^='pm_']").await
}

/// What is written above the form, once something is.
async fn notice(scene: &Scene) -> Result<String, Failure> {
    Ok(scene.visible("#notice .notice").await?.text().await?)
}

async fn is_shown(scene: &Scene, css: &str) -> Result<bool, Failure> {
    Ok(scene
        .driver()
        .find(By::Css(css))
        .await?
        .is_displayed()
        .await?)
}

/// Amounts that were charged.
async fn charged(scene: &Scene) -> Result<Vec<i64>, Failure> {
    let mut amounts: Vec<i64> = scene.ledger().await?.into_iter().map(|it| it.0).collect();
    amounts.sort_unstable();
    Ok(amounts)
}

fn a_card_that_was_saved_pays_for_the_next_purchase(engine: Engine) {
    play(engine, "saved-card", |scene| async move {
        buy(&scene, GOOD_CARD, true).await?;
        come_back(&scene).await?;

        let card = saved_card(&scene).await?;
        assert!(card.is_selected().await?);
        let row = card.find(By::XPath("..")).await?.text().await?;
        assert_eq!(row.replace('\u{a0}', " "), "Visa •••• 4242, 03/30");
        for hidden in ["#card-number", "#card-code", "#save-card"] {
            assert!(!is_shown(&scene, hidden).await?, "{hidden}");
        }
        scene.picture("chosen").await?;
        scene.press_pay().await?;

        scene.order_page("paid").await?;
        assert_eq!(charged(&scene).await?, [1990, 2490]);
        Ok(())
    });
}

fn a_card_is_not_saved_unless_the_payer_ticks_the_box(engine: Engine) {
    play(engine, "not-saved", |scene| async move {
        buy(&scene, GOOD_CARD, false).await?;
        come_back(&scene).await?;

        assert!(is_shown(&scene, "#card-number").await?);
        assert!(!is_shown(&scene, "#saved-cards").await?);
        Ok(())
    });
}

fn a_payer_whose_saved_card_is_declined_pays_with_another_one(engine: Engine) {
    play(engine, "saved-card-declined", |scene| async move {
        buy(&scene, DECLINED_WHEN_SAVED, true).await?;
        come_back(&scene).await?;
        // The keyboard alone: Enter pays, arrows choose.
        scene
            .keys(&saved_card(&scene).await?, Key::Enter + "")
            .await?;
        assert!(notice(&scene).await?.contains("another card"));
        scene.phase("ready").await?;
        scene.picture("declined").await?;
        scene
            .until(
                "the focus is not lost with the choice that rested",
                || async { Ok(scene.focused().await? == "notice") },
            )
            .await?;
        assert_eq!(charged(&scene).await?, [1990]);

        scene
            .keys(&saved_card(&scene).await?, Key::Down + "")
            .await?;
        assert!(scene.visible("#another-card").await?.is_selected().await?);
        scene.type_card(GOOD_CARD).await?;
        scene.picture("another").await?;
        saved_card(&scene).await?.click().await?;
        assert!(!is_shown(&scene, "#card-number").await?);
        scene.visible("#another-card").await?.click().await?;
        let kept = scene.visible("#card-number").await?.prop("value").await?;
        assert_eq!(kept.as_deref(), Some(GOOD_CARD), "what was typed stays");
        scene.press_pay().await?;

        scene.order_page("paid").await?;
        assert_eq!(charged(&scene).await?, [1990, 2490]);
        Ok(())
    });
}

fn a_payer_removes_a_saved_card_for_good(engine: Engine) {
    play(engine, "saved-card-removed-by-payer", |scene| async move {
        buy(&scene, GOOD_CARD, true).await?;
        come_back(&scene).await?;
        let remove = scene.visible("#remove-card").await?;
        let text = remove.text().await?.replace('\u{a0}', " ");
        assert_eq!(text, "Remove Visa •••• 4242");
        scene.picture("offered").await?;
        let remove = asks_to_remove(&scene).await?;
        assert!(remove.text().await?.contains("for good?"));
        assert!(saved_card(&scene).await?.is_displayed().await?);
        // A key that is held down is one press. No driver holds one.
        let held = "const held = (repeat) => document.getElementById('remove-card').dispatchEvent(new KeyboardEvent( \
                    'keydown', { key: 'Enter', repeat, bubbles: true, cancelable: true })); return [held(false), held(true)]";
        assert_eq!(scene.ask(held).await?, json!([true, false]));
        remove.click().await?;
        let number = scene.visible("#card-number").await?;
        assert!(!is_shown(&scene, "#saved-cards").await?);
        let said = scene.driver().find(By::Id("removal")).await?;
        assert!(said.text().await?.contains("removed"));
        scene.picture("removed").await?;
        number.click().await?;

        come_back(&scene).await?;
        assert!(!is_shown(&scene, "#saved-cards").await?, "gone for good");
        assert_eq!(charged(&scene).await?, [1990]);
        Ok(())
    });
}

fn a_saved_card_that_has_expired_is_not_charged_and_can_be_removed(engine: Engine) {
    play(engine, "saved-card-expired", |scene| async move {
        let state = State::named("card-expired")?;
        let _page = state.reach(&scene, "en", "light").await?;
        let expired = "#saved-cards input:not(#another-card)";
        scene.visible(expired).await?.click().await?;
        scene.press_pay().await?;
        let notice = scene.visible("#notice .notice").await?;
        assert!(notice.text().await?.contains("can no longer be used"));
        scene
            .until("the payer hears it", || async {
                Ok(scene.focused().await? == "notice")
            })
            .await?;
        scene.picture("refused").await?;

        let remove = asks_to_remove(&scene).await?;
        assert!(remove.text().await?.contains("for good?"));
        remove.click().await?;
        scene.visible("#card-number").await?;
        assert!(!is_shown(&scene, "#saved-cards").await?);
        Ok(())
    });
}

fn a_card_that_the_shop_removed_meanwhile_is_not_charged(engine: Engine) {
    play(engine, "saved-card-removed", |scene| async move {
        buy(&scene, GOOD_CARD, true).await?;
        come_back(&scene).await?;
        let id = saved_card(&scene).await?.id().await?.unwrap_or_default();
        let api = by_port(&scene.demo.checkout)?;
        reqwest::Client::new()
            .delete(format!("{api}/v1/payment_methods/{id}"))
            .bearer_auth(&scene.demo.secret_key)
            .send()
            .await?
            .error_for_status()?;
        scene.press_pay().await?;

        assert!(notice(&scene).await?.contains("no longer"));
        scene.phase("ready").await?;
        assert_eq!(charged(&scene).await?, [1990]);
        Ok(())
    });
}

/// A checkout that offers a saved Visa and asks for its code.
async fn asking_for_code(scene: &Scene) -> Result<BarePage, Failure> {
    let page = State::named("coded")?.reach(scene, "en", "light").await?;
    scene.phase("ready").await?;
    Ok(page)
}

async fn value(scene: &Scene, css: &str) -> Result<String, Failure> {
    let field = scene.driver().find(By::Css(css)).await?;
    Ok(field.prop("value").await?.unwrap_or_default())
}

fn a_saved_card_is_charged_with_its_code_where_the_session_asks_for_it(engine: Engine) {
    play(engine, "saved-card-code", |scene| async move {
        let _page = asking_for_code(&scene).await?;
        for hidden in ["#card-number", "#card-expiry", "#card-name"] {
            assert!(!is_shown(&scene, hidden).await?, "{hidden}");
        }
        let code = scene.visible("#card-code").await?;
        assert_eq!(code.attr("autocomplete").await?.as_deref(), Some("cc-csc"));
        let label = scene.visible("label[for='card-code']").await?;
        assert_eq!(label.text().await?, "Security code (CVV)");
        let mistake = scene.driver().find(By::Id("card-code-mistake")).await?;
        scene.keys(&code, "7").await?;
        assert_eq!(mistake.text().await?, "", "not before it was left");
        scene.press_pay().await?;
        scene.visible("#card-code[aria-invalid='true']").await?;
        let said = mistake.text().await?;
        assert_eq!(said, "This card’s security code has 3 digits.");
        assert_eq!(scene.focused().await?, "card-code");
        scene.keys(&code, "37").await?;
        assert_eq!(mistake.text().await?, "", "as soon as it is right");
        scene.keys(&code, Key::Enter + "").await?;

        scene.phase("succeeded").await?;
        assert_eq!(charged(&scene).await?, [1990, 1990]);
        Ok(())
    });
}

fn a_code_that_the_bank_refuses_is_typed_again(engine: Engine) {
    play(engine, "saved-card-wrong-code", |scene| async move {
        let _page = asking_for_code(&scene).await?;
        let code = scene.visible("#card-code").await?;
        scene.keys(&code, "999").await?;
        scene.press_pay().await?;
        assert!(notice(&scene).await?.contains("security code is not right"));
        scene.phase("ready").await?;
        scene
            .until("the focus is in the code", || async {
                Ok(scene.focused().await? == "card-code")
            })
            .await?;
        assert_eq!(
            value(&scene, "#card-code").await?,
            "999",
            "nothing is thrown away"
        );
        assert_eq!(charged(&scene).await?, [1990], "only the one that saved it");

        scene.keys(&code, Key::Control + "a").await?;
        scene.keys(&code, "737").await?;
        scene.press_pay().await?;
        scene.phase("succeeded").await?;
        assert_eq!(charged(&scene).await?, [1990, 1990]);
        Ok(())
    });
}

fn each_card_has_its_own_code(engine: Engine) {
    play(engine, "saved-card-codes", |scene| async move {
        let _page = asking_for_code(&scene).await?;
        scene
            .keys(&scene.visible("#card-code").await?, "111")
            .await?;
        scene.visible("#another-card").await?.click().await?;
        scene.visible("#card-number").await?;
        assert_eq!(
            value(&scene, "#card-code").await?,
            "",
            "that was the saved card's"
        );
        scene
            .keys(&scene.visible("#card-code").await?, "222")
            .await?;
        saved_card(&scene).await?.click().await?;
        assert_eq!(
            value(&scene, "#card-code").await?,
            "",
            "that was the typed card's"
        );
        scene.visible("#another-card").await?.click().await?;
        assert_eq!(value(&scene, "#card-code").await?, "222");
        // Undoing does not bring the other card's code back.
        let code = scene.visible("#card-code").await?;
        scene.keys(&code, Key::Control + "z").await?;
        assert_eq!(value(&scene, "#card-code").await?, "222");
        Ok(())
    });
}

fn a_session_that_does_not_ask_for_the_code_shows_no_place_for_it(engine: Engine) {
    play(engine, "saved-card-no-code", |scene| async move {
        State::named("chosen")?.reach(&scene, "en", "light").await?;
        assert!(!is_shown(&scene, "#card-code").await?);
        Ok(())
    });
}
