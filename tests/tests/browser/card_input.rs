//! What a payer does with a formatted field in a real browser: the caret stays where a person expects it, and nothing is
//! lost.

use browser_tests::merchant_page::MerchantPage;
use browser_tests::{Engine, Failure, Scene, in_engine, in_every_engine, play};
use serde_json::json;
use thirtyfour::prelude::*;

in_every_engine!(
    the_caret_stays_where_the_payer_edits,
    a_code_that_another_card_makes_wrong_is_shown_and_kept,
    a_payer_chooses_between_the_two_brands_of_a_card,
    a_session_that_asks_for_an_email_address_gets_one,
    an_email_address_that_the_merchant_gave_is_shown_locked_and_not_before_the_secret,
);
// The other engines' drivers were not seen to reach the clipboard by keys.
in_engine!(
    chromium_with_clipboard,
    Chromium,
    what_was_cut_and_pasted_can_be_undone_and_done_again
);

/// Presses keys in a field, where the caret is.
async fn press(scene: &Scene, field: &str, keys: impl AsRef<str>) -> Result<(), Failure> {
    let field = scene.visible(&format!("#{field}")).await?;
    scene.keys(&field, keys.as_ref()).await
}

fn times(key: &Key, n: usize) -> String {
    (0..n).map(|_| key.value()).collect()
}

fn control(key: char) -> String {
    format!("{}{key}{}", Key::Control.value(), Key::Null.value())
}

fn the_caret_stays_where_the_payer_edits(engine: Engine) {
    play(engine, "caret", |scene| async move {
        scene.show_form(&json!({})).await?;
        scene.visible("#card-number").await?.click().await?;
        for (keys, text) in [
            ("42424242".to_owned(), "4242 4242|"),
            // In the middle, then over the gap in both directions.
            (times(&Key::Left, 6), "424|2 4242"),
            ("9".to_owned(), "4249| 2424 2"),
            (times(&Key::Right, 1), "4249 |2424 2"),
            (times(&Key::Backspace, 1), "424|2 4242"),
            (times(&Key::Right, 1), "4242| 4242"),
            (times(&Key::Delete, 1), "4242| 242"),
            (control('z'), "4242 4|242"),
            (control('a'), "[4242 4242]"),
            ("x".to_owned(), "|"),
            (control('z'), "4242 4242|"),
        ] {
            press(&scene, "card-number", &keys).await?;
            assert_eq!(scene.text_and_caret("card-number").await?, text, "{keys:?}");
        }
        press(&scene, "card-number", Key::Tab.value().to_string()).await?;
        for (keys, text) in [
            ("3".to_owned(), "03|"),
            ("30".to_owned(), "03 / 30|"),
            (times(&Key::Backspace, 2), "03|"),
            (times(&Key::Backspace, 1), "0|"),
            ("1229".to_owned(), "01 / 22|"),
        ] {
            press(&scene, "card-expiry", &keys).await?;
            assert_eq!(scene.text_and_caret("card-expiry").await?, text, "{keys:?}");
        }
        Ok(())
    });
}

fn what_was_cut_and_pasted_can_be_undone_and_done_again(engine: Engine) {
    play(engine, "paste", |scene| async move {
        scene.show_form(&json!({})).await?;
        let name = scene.visible("#card-name").await?;
        scene.keys(&name, "4242-4242.4242–4242").await?;
        press(&scene, "card-name", control('a') + control('x').as_str()).await?;
        scene.visible("#card-number").await?.click().await?;
        for (keys, text) in [
            ("12".to_owned(), "12|"),
            (control('a') + control('v').as_str(), "4242 4242 4242 4242|"),
            (control('z'), "12|"),
            (control('z'), "1|"),
            (control('y'), "12|"),
            (control('y'), "4242 4242 4242 4242|"),
            (control('y'), "4242 4242 4242 4242|"),
        ] {
            press(&scene, "card-number", &keys).await?;
            assert_eq!(scene.text_and_caret("card-number").await?, text, "{keys:?}");
        }
        Ok(())
    });
}

fn a_code_that_another_card_makes_wrong_is_shown_and_kept(engine: Engine) {
    play(engine, "code-of-another-card", |scene| async move {
        scene.show_form(&json!({})).await?;
        scene.type_card("3782 822463 10005").await?;
        let code = scene.visible("#card-code").await?;
        scene.keys(&code, Key::Control + "a").await?;
        scene.keys(&code, "1234").await?;
        let number = scene.visible("#card-number").await?;
        scene.keys(&number, Key::Control + "a").await?;
        scene.keys(&number, "4242424242424242").await?;
        let mistake = scene.driver().find(By::Id("card-code-mistake")).await?;
        assert_eq!(mistake.text().await?, "", "the number is still typed");
        press(&scene, "card-number", Key::Tab.value().to_string()).await?;
        scene
            .until("the code's mistake is shown", || async {
                Ok(mistake.text().await?.contains("3 digits"))
            })
            .await?;
        assert_eq!(code.prop("value").await?.as_deref(), Some("1234"));
        scene.picture("code").await?;
        Ok(())
    });
}

fn a_payer_chooses_between_the_two_brands_of_a_card(engine: Engine) {
    play(engine, "two-brands", |scene| async move {
        scene.show_form(&json!({})).await?;
        let choice = scene.driver().find(By::Id("card-brand")).await?;
        assert!(!choice.is_displayed().await?);
        scene.type_card("4242 4242 4242 4242").await?;
        let picture = scene.visible("[data-field='number'] .field__brand").await?;
        assert_eq!(picture.attr("aria-label").await?.as_deref(), Some("Visa"));
        scene.picture("visa").await?;
        scene.type_card("6223 0000 0000 0016").await?;
        assert_eq!(
            picture.attr("aria-label").await?.as_deref(),
            Some("UnionPay")
        );
        scene.visible("#card-brand").await?.send_keys("D").await?;
        scene
            .until("the picture follows", || async {
                Ok(picture.attr("aria-label").await?.as_deref() == Some("Discover"))
            })
            .await?;
        scene.picture("discover").await?;
        scene.press_pay().await?;
        scene.phase("succeeded").await?;
        let ledger = scene.json(&scene.demo.sandbox, "/ledger").await?;
        assert_eq!(ledger[0]["brand"], "discover");
        Ok(())
    });
}

fn a_session_that_asks_for_an_email_address_gets_one(engine: Engine) {
    play(engine, "email-asked", |scene| async move {
        scene
            .show_form(&json!({"collect_email": true, "locale": "pl"}))
            .await?;
        scene.pay_with("4242 4242 4242 4242").await?;
        assert_eq!(scene.focused().await?, "email");
        scene.picture("missing").await?;
        let email = scene.visible("#email").await?;
        scene.keys(&email, "jon@shop.is").await?;
        scene.press_pay().await?;
        scene.phase("succeeded").await?;
        scene.picture("paid").await?;
        Ok(())
    });
}

fn an_email_address_that_the_merchant_gave_is_shown_locked_and_not_before_the_secret(
    engine: Engine,
) {
    play(engine, "email-given", |scene| async move {
        let page = MerchantPage::on("shop")?;
        let more = json!({"customer_email": "anna@shop.example"});
        let session = scene.session_with(&page.origin, 1990, &more).await?;
        let id = session["id"].as_str().unwrap_or_default();
        let document = reqwest::get(format!(
            "{}/embed/{id}",
            browser_tests::by_port(&scene.demo.checkout)?
        ))
        .await?
        .text()
        .await?;
        assert!(document.contains("id=\"email\"") && !document.contains("anna@"));
        let url = page.origin.clone();
        let element = format!(
            "<borga-checkout session-id=\"{id}\" client-secret={}></borga-checkout>",
            session["client_secret"]
        );
        page.serve(&scene.demo.checkout, &element, "");
        scene.driver().goto(url).await?;
        scene.enter_checkout().await?;
        let email = scene.visible("#email").await?;
        assert_eq!(
            email.prop("value").await?.as_deref(),
            Some("anna@shop.example")
        );
        scene.keys(&email, "x").await?;
        assert_eq!(
            email.prop("value").await?.as_deref(),
            Some("anna@shop.example")
        );
        scene.picture("given").await?;
        scene.pay_with("4242 4242 4242 4242").await?;
        scene.phase("succeeded").await?;
        Ok(())
    });
}
