//! The element is taken out of the page in every phase of a payment, and put in again: nobody throws, nothing is left of
//! the first one, and the second one shows the truth.

use browser_tests::checkout_page::{CHALLENGED_CARD, GOOD_CARD};
use browser_tests::watched_page::{Setting, WatchedPage};
use browser_tests::{Engine, Failure, Scene, held_back, in_every_engine, play, play_with};
use serde_json::{Value, json};

in_every_engine!(
    before_it_is_ready_when_it_is_and_when_it_is_paid,
    while_the_acquirer_works,
    with_the_bank_in_a_window,
    with_the_bank_over_the_page,
    when_it_is_refused,
    when_its_time_is_over,
);

/// Takes it out, holds that nothing of it is left, and puts it in again.
async fn again(scene: &Scene, page: &WatchedPage<'_>) -> Result<(), Failure> {
    page.take().await?;
    let left = page.run("return [shop.frames(), shop.listeners()]").await?;
    assert_eq!(left, json!([0, {}]));
    page.put().await?;
    scene.enter_frame().await
}

fn before_it_is_ready_when_it_is_and_when_it_is_paid(engine: Engine) {
    play(engine, "out-early", |scene| async move {
        let (checkout, gate) = held_back::in_front_of(&scene.demo.checkout)?;
        let setting = Setting {
            checkout: &checkout,
            ..Setting::of(&scene)
        };
        let page = WatchedPage::open(&scene, setting).await?;
        page.put().await?;
        scene.enter_frame().await?;
        scene.visible("#card-number").await?;
        again(&scene, &page).await?;
        gate.open();
        scene.enter_checkout().await?;

        again(&scene, &page).await?;
        scene.enter_checkout().await?;
        scene.pay_with(GOOD_CARD).await?;
        page.hears_of_one_payment().await?;

        again(&scene, &page).await?;
        scene.phase("succeeded").await?;
        scene.picture("paid").await?;
        assert_eq!(scene.ledger().await?.len(), 1);
        page.has_no_troubles().await
    });
}

fn while_the_acquirer_works(engine: Engine) {
    play(engine, "out-calling", |scene| async move {
        let page = WatchedPage::open(&scene, Setting::of(&scene)).await?;
        page.put().await?;
        scene.enter_checkout().await?;
        scene.hold_acquirer().await?;
        scene.pay_with(GOOD_CARD).await?;
        scene.phase("submitting").await?;
        scene.is_charged().await?;

        again(&scene, &page).await?;
        scene.phase("processing").await?;
        again(&scene, &page).await?;
        scene.phase("processing").await?;
        scene.faults(&Value::Null).await?;

        page.hears_of_one_payment().await
    });
}

fn with_the_bank_in_a_window(engine: Engine) {
    play(engine, "out-popup", |scene| async move {
        let page = WatchedPage::open(&scene, Setting::of(&scene)).await?;
        page.put().await?;
        scene.enter_checkout().await?;
        scene.pay_with(CHALLENGED_CARD).await?;
        let shop = scene.into_bank_window().await?;
        scene.visible("#code").await?;
        let bank = scene.driver().window().await?;
        scene.driver().switch_to_window(shop.clone()).await?;

        again(&scene, &page).await?;
        scene.phase("challenging").await?;
        scene.picture("again").await?;
        scene.driver().switch_to_window(bank).await?;
        scene.answer_bank("1234").await?;
        scene.back_in(shop).await?;

        page.hears_of_one_payment().await
    });
}

fn with_the_bank_over_the_page(engine: Engine) {
    play(engine, "out-inline", |scene| async move {
        let setting = Setting {
            options: json!({"threeDs": "inline"}),
            ..Setting::of(&scene)
        };
        let page = WatchedPage::open(&scene, setting).await?;
        page.put().await?;
        scene.enter_checkout().await?;
        scene.pay_with(CHALLENGED_CARD).await?;
        page.into_overlay().await?;

        again(&scene, &page).await?;
        scene.phase("challenging").await?;
        // The bank's page went with the first one, and a bank is asked only once.
        scene.visible("#try-again").await?.click().await?;
        scene.phase("ready").await?;
        scene.pay_with(CHALLENGED_CARD).await?;
        page.into_overlay().await?;
        scene.answer_bank("1234").await?;

        page.hears_of_one_payment().await
    });
}

fn when_it_is_refused(engine: Engine) {
    play(engine, "out-refused", |scene| async move {
        let page = WatchedPage::open(&scene, Setting::of(&scene)).await?;
        page.run("shop.right = shop.options.secret; shop.options.secret = 'pcs_wrong'")
            .await?;
        page.put().await?;
        scene.enter_frame().await?;
        scene.phase("broken").await?;

        again(&scene, &page).await?;
        scene.phase("broken").await?;
        page.run("shop.options.secret = shop.right").await?;
        again(&scene, &page).await?;
        scene.enter_checkout().await?;
        scene.pay_with(GOOD_CARD).await?;
        page.hears_of_one_payment().await
    });
}

fn when_its_time_is_over(engine: Engine) {
    // An hour is twelve seconds.
    let hurried = &["--time-divisor", "300"];
    play_with(engine, "out-expired", hurried, |scene| async move {
        let page = WatchedPage::open(&scene, Setting::of(&scene)).await?;
        page.put().await?;
        scene.enter_frame().await?;
        scene.phase("expired").await?;

        again(&scene, &page).await?;
        scene.phase("expired").await?;
        page.has_no_troubles().await
    });
}
