//! The checkout over networks that lose or delay what it needs, and pages that are left in the middle.

use browser_tests::checkout_page::{CHALLENGED_CARD, GOOD_CARD};
use browser_tests::merchant_page::MerchantPage;
use browser_tests::{
    Engine, Failure, Scene, held_back, in_engine, in_every_engine, play, slow_network,
};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

in_every_engine!(
    a_wasm_that_does_not_load_is_said_and_can_be_tried_again_with_what_was_typed,
    the_session_is_asked_for_once_while_the_program_is_on_its_way,
    a_page_that_is_left_while_the_program_loads_hears_of_no_failure,
    on_a_slow_network_nothing_typed_is_lost,
    a_payer_who_reloads_while_the_acquirer_works_sees_the_truth_and_pays_once,
    an_answer_from_before_the_payment_comes_after_its_own_and_changes_nothing,
);
// A Firefox that is driven was not seen to keep any page that it left.
in_engine!(
    chromium_with_memory,
    Chromium,
    a_page_that_comes_back_from_the_browsers_memory_goes_on
);
in_engine!(
    webkit_with_memory,
    WebKit,
    a_page_that_comes_back_from_the_browsers_memory_goes_on
);

/// A page whose checkout is loaded from `checkout`, and which remembers the errors that it hears of.
async fn show(scene: &Scene, checkout: &str) -> Result<(), Failure> {
    let page = MerchantPage::on("shop")?;
    let session = scene.session(&page.origin, 1990).await?;
    let url = page.origin.clone();
    page.serve(checkout, "<div id=\"place\"></div>", "");
    scene.driver().goto(url).await?;
    let put = "const [id, secret, checkout] = arguments; window.heard = []; \
        const made = document.createElement('borga-checkout'); \
        made.addEventListener('borga-error', ({detail}) => { \
          window.heard.push({...detail}); sessionStorage.setItem('heard', JSON.stringify(window.heard)); \
        }); \
        Object.assign(made, {sessionId: id, clientSecret: secret, checkoutOrigin: checkout}); \
        document.querySelector('#place').append(made);";
    let arguments = vec![
        session["id"].clone(),
        session["client_secret"].clone(),
        checkout.into(),
    ];
    scene.driver().execute(put, arguments).await?;
    Ok(())
}

async fn heard(scene: &Scene) -> Result<Vec<Value>, Failure> {
    let heard = scene
        .driver()
        .execute("return window.heard", vec![])
        .await?;
    Ok(heard.convert()?)
}

fn a_wasm_that_does_not_load_is_said_and_can_be_tried_again_with_what_was_typed(engine: Engine) {
    play(engine, "wasm-lost", |scene| async move {
        let (checkout, gate) = held_back::losing(&scene.demo.checkout)?;
        show(&scene, &checkout).await?;
        scene.enter_frame().await?;
        let number = scene.visible("#card-number").await?;
        scene.keys(&number, "4242424242424242").await?;
        scene.visible("#load-failed").await?;
        scene.picture("lost").await?;
        assert!(!scene.visible("#pay").await?.is_enabled().await?);
        scene.driver().enter_default_frame().await?;
        scene
            .until("the page hears of it", || async {
                Ok(!heard(&scene).await?.is_empty())
            })
            .await?;
        let told = heard(&scene).await?;
        assert_eq!(told[0]["code"], "wasm_failed", "{told:?}");
        assert_eq!(told[0]["fatal"], false, "the payer has a button");
        let message = told[0]["message"].as_str().unwrap_or_default();
        assert!(message.contains("press Try again"), "{message}");
        assert_eq!(told.len(), 1, "{told:?}");

        scene.enter_frame().await?;
        scene.visible("#retry").await?.click().await?;
        scene.visible("#load-failed").await?;
        gate.open();
        scene.visible("#retry").await?.click().await?;

        scene.phase("ready").await?;
        assert_eq!(
            number.prop("value").await?.as_deref(),
            Some("4242 4242 4242 4242"),
            "the same field, taken over"
        );
        scene.pay_with(GOOD_CARD).await?;
        scene.phase("succeeded").await?;
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

fn the_session_is_asked_for_once_while_the_program_is_on_its_way(engine: Engine) {
    play(engine, "asked-early", |scene| async move {
        let (checkout, gate) = held_back::in_front_of(&scene.demo.checkout)?;
        show(&scene, &checkout).await?;
        scene.enter_frame().await?;
        let script = "return performance.getEntriesByType('resource').map(({ name }) => new URL(name))\
            .filter(({ pathname }) => pathname.startsWith('/public/payment_sessions/')).map(({ search }) => search)";
        let asked = || async {
            let asked = scene.driver().execute(script, vec![]).await?;
            Ok::<Vec<String>, Failure>(asked.convert()?)
        };
        scene
            .until(
                "the session is answered before the program is there",
                || async { Ok(!asked().await?.is_empty()) },
            )
            .await?;
        gate.open();

        scene.phase("ready").await?;
        assert_eq!(asked().await?, [""], "the program did not ask again");
        scene.pay_with(GOOD_CARD).await?;
        scene.phase("succeeded").await?;
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

fn a_page_that_is_left_while_the_program_loads_hears_of_no_failure(engine: Engine) {
    play(engine, "left-early", |scene| async move {
        let (checkout, _gate) = held_back::in_front_of(&scene.demo.checkout)?;
        show(&scene, &checkout).await?;
        scene.enter_frame().await?;
        scene.visible("#card-number").await?;
        scene.driver().enter_default_frame().await?;
        scene.driver().refresh().await?;

        let heard = "return sessionStorage.getItem('heard')";
        let heard = scene.driver().execute(heard, vec![]).await?;
        assert_eq!(heard.json(), &Value::Null);
        Ok(())
    });
}

fn on_a_slow_network_nothing_typed_is_lost(engine: Engine) {
    play(engine, "slow-network", |scene| async move {
        let checkout = slow_network::in_front_of(&scene.demo.checkout).await?;
        show(&scene, &checkout).await?;
        scene.enter_frame().await?;

        scene.type_card(GOOD_CARD).await?;
        scene.picture("typed").await?;
        scene.phase("ready").await?;

        for (field, text) in [
            ("card-number", "4242 4242 4242 4242"),
            ("card-expiry", "03 / 30"),
            ("card-code", "737"),
            ("card-name", "Jón Prófari"),
        ] {
            let input = scene.visible(&format!("#{field}")).await?;
            assert_eq!(input.prop("value").await?.as_deref(), Some(text), "{field}");
        }
        scene.press_pay().await?;
        scene.phase("succeeded").await?;
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        scene.driver().enter_default_frame().await?;
        assert_eq!(heard(&scene).await?, [] as [Value; 0]);
        Ok(())
    });
}

fn a_payer_who_reloads_while_the_acquirer_works_sees_the_truth_and_pays_once(engine: Engine) {
    play(engine, "reload-calling", |scene| async move {
        scene.hold_acquirer().await?;
        scene
            .pay_on("/checkout/element?amount=1990", GOOD_CARD)
            .await?;
        scene.is_charged().await?;

        scene.driver().refresh().await?;
        scene.enter_frame().await?;
        scene.phase("processing").await?;
        scene.picture("processing").await?;
        assert!(
            scene
                .driver()
                .query(By::Id("pay"))
                .and_displayed()
                .nowait()
                .exists()
                .await
                .is_ok_and(|is| !is),
            "nobody can pay a second time"
        );
        scene.faults(&Value::Null).await?;

        scene.is_paid_once(1990).await
    });
}

fn a_page_that_comes_back_from_the_browsers_memory_goes_on(engine: Engine) {
    play(engine, "back", |scene| async move {
        let checkout = scene.demo.checkout.clone();
        show(&scene, &checkout).await?;
        scene.enter_checkout().await?;
        scene.type_card(GOOD_CARD).await?;

        scene.driver().goto(format!("{}/", scene.demo.shop)).await?;
        scene.driver().back().await?;

        let kept = scene
            .driver()
            .execute("return Array.isArray(window.heard)", vec![])
            .await?;
        assert_eq!(kept.json(), &json!(true), "the very page that was left");
        scene.enter_checkout().await?;
        let number = scene.visible("#card-number").await?;
        assert_eq!(
            number.prop("value").await?.as_deref(),
            Some("4242 4242 4242 4242")
        );
        scene.press_pay().await?;
        scene.phase("succeeded").await?;
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

fn an_answer_from_before_the_payment_comes_after_its_own_and_changes_nothing(engine: Engine) {
    play(engine, "late-answer", |scene| async move {
        show(&scene, &scene.demo.checkout).await?;
        scene.enter_checkout().await?;
        // The payment waits on its way to the server, and the answers to other questions on their way back. The bank's
        // window opens later, by a press of its own.
        let slow = "const { fetch, open } = window; window.gone = []; window.held = []; \
                    const wait = (list) => new Promise((go) => list.push(go)); \
                    window.fetch = async (...what) => { \
                      const path = new URL(what[0].url ?? what[0], location).pathname; \
                      if (path.endsWith('/confirm')) await wait(window.gone); \
                      const answer = await fetch(...what); \
                      if (/payment_sessions.\\w+$/.test(path)) await wait(window.held); \
                      return answer; \
                    }; \
                    window.open = () => { window.open = open; return null; };";
        scene.ask(slow).await?;
        scene.pay_with(CHALLENGED_CARD).await?;
        scene.phase("submitting").await?;
        // The frame asks, and the server has answered before it hears of the payment.
        scene
            .ask("window.dispatchEvent(new Event('online'))")
            .await?;
        scene
            .until("the questions are answered", || async {
                Ok(scene
                    .ask("return window.gone.length === 1 && window.held.length > 0")
                    .await?
                    == true)
            })
            .await?;
        scene.ask("window.gone[0]()").await?;
        let on = scene.visible("#continue-to-bank").await?;
        scene
            .ask("window.held.splice(0).forEach((go) => go())")
            .await?;
        let shop = scene.driver().window().await?;
        on.click().await?;
        let shop = scene.into_opened_window(shop).await?;
        // From now on everything passes.
        scene.answer_bank("1234").await?;
        scene.back_in(shop).await?;
        scene.enter_frame().await?;
        scene.ask("window.held.push = (go) => go()").await?;
        scene
            .ask("window.held.splice(0).forEach((go) => go())")
            .await?;
        scene.phase("succeeded").await
    });
}
