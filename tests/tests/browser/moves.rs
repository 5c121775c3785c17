//! The element is moved within its page, by means that keep its frame and by means that load it anew.

use browser_tests::checkout_page::GOOD_CARD;
use browser_tests::watched_page::{Setting, WatchedPage};
use browser_tests::{Engine, Failure, Scene, in_engine, in_every_engine, play};
use serde_json::Value;

in_every_engine!(appended_elsewhere_it_starts_anew_and_pays_once,);
// WebKit has no `moveBefore` yet, and Firefox loads frames in shadow trees anew with it.
in_engine!(
    chromium_that_moves,
    Chromium,
    a_move_that_keeps_the_frame_keeps_what_was_typed,
    a_frame_of_the_pages_own_html_is_kept_by_a_move,
);
in_engine!(
    firefox_that_moves,
    Firefox,
    a_move_that_loads_the_frame_anew_pays_once,
    a_frame_of_the_pages_own_html_is_kept_by_a_move,
);

fn appended_elsewhere_it_starts_anew_and_pays_once(engine: Engine) {
    play(engine, "appended", |scene| async move {
        starts_anew_by(&scene, "append(shop.checkout)").await
    });
}

fn a_move_that_loads_the_frame_anew_pays_once(engine: Engine) {
    play(engine, "moved-anew", |scene| async move {
        starts_anew_by(&scene, "moveBefore(shop.checkout, null)").await
    });
}

/// Moves the element twice: with a card in it, and while its payment is under way.
async fn starts_anew_by(scene: &Scene, movement: &str) -> Result<(), Failure> {
    let page = WatchedPage::open(scene, Setting::of(scene)).await?;
    page.put().await?;
    scene.enter_checkout().await?;
    scene.type_card(GOOD_CARD).await?;
    page.run(&format!("document.querySelector('#other').{movement}"))
        .await?;
    page.until(
        "the second document is ready",
        "return shop.told.filter(({ name }) => name === 'borga-ready').length === 2",
    )
    .await?;
    scene.enter_checkout().await?;
    let number = scene.visible("#card-number").await?;
    assert_eq!(number.prop("value").await?.as_deref(), Some(""));
    scene.hold_acquirer().await?;
    scene.pay_with(GOOD_CARD).await?;
    scene.is_charged().await?;

    page.run(&format!("document.querySelector('#place').{movement}"))
        .await?;

    assert_eq!(page.run("return shop.frames()").await?, 1);
    scene.enter_frame().await?;
    scene.phase("processing").await?;
    scene.faults(&Value::Null).await?;
    page.hears_of_one_payment().await
}

fn a_move_that_keeps_the_frame_keeps_what_was_typed(engine: Engine) {
    play(engine, "moved", |scene| async move {
        let page = WatchedPage::open(&scene, Setting::of(&scene)).await?;
        page.put().await?;
        let frame = "return shop.checkout.shadowRoot.querySelector('iframe')";
        survives_a_move(&scene, &page, frame).await
    });
}

fn a_frame_of_the_pages_own_html_is_kept_by_a_move(engine: Engine) {
    play(engine, "moved-early", |scene| async move {
        let page = WatchedPage::open(&scene, Setting::of(&scene)).await?;
        let put = "await customElements.whenDefined('borga-checkout'); \
            const made = shop.put(new DocumentFragment()); \
            const { checkout, session } = shop.options; \
            const frame = Object.assign(document.createElement('iframe'), { src: `${checkout}/embed/${session}` }); \
            made.append(frame); \
            document.querySelector('#place').append(made);";
        page.wait_for(put).await?;
        survives_a_move(
            &scene,
            &page,
            "return shop.checkout.querySelector('iframe')",
        )
        .await
    });
}

async fn survives_a_move(
    scene: &Scene,
    page: &WatchedPage<'_>,
    frame: &str,
) -> Result<(), Failure> {
    let enter = async || {
        scene.driver().enter_default_frame().await?;
        let frame = scene.driver().execute(frame, vec![]).await?.element()?;
        frame.enter_frame().await?;
        scene.phase("ready").await
    };
    page.until(
        "it is ready",
        "return shop.told.some(({ name }) => name === 'borga-ready')",
    )
    .await?;
    enter().await?;
    scene.type_card(GOOD_CARD).await?;

    page.run("document.querySelector('#other').moveBefore(shop.checkout, null)")
        .await?;

    let is_there = "return document.querySelector('#other > borga-checkout') !== null";
    assert_eq!(page.run(is_there).await?, true);
    enter().await?;
    let kept = scene.visible("#card-number").await?.prop("value").await?;
    assert_eq!(kept.as_deref(), Some(GOOD_CARD));
    scene.press_pay().await?;
    page.hears_of_one_payment().await?;
    let ready = page.told("borga-ready").await?;
    assert_eq!(ready.len(), 1, "one document all the time");
    Ok(())
}
