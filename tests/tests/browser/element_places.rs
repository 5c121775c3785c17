//! Where the element may stand: hidden at first, inside everything, in a page that runs from right to left.

use browser_tests::checkout_page::GOOD_CARD;
use browser_tests::merchant_page::MerchantPage;
use browser_tests::watched_page::{Setting, WatchedPage};
use browser_tests::{Engine, Failure, Scene, in_every_engine, play};
use serde_json::Value;

in_every_engine!(
    the_shops_own_words_stand_where_the_form_cannot_come_and_only_there,
    a_checkout_in_a_tab_that_is_hidden_at_first_is_whole_when_it_is_shown,
    it_pays_in_a_dialog_in_a_form_of_a_page_from_right_to_left_with_two_scripts,
    it_pays_in_a_shadow_tree,
    it_pays_by_a_classic_tag_with_the_bank_over_the_page,
    what_is_missing_on_a_page_is_told_with_what_to_do,
);

/// A page of a shop with a session of its own; `body` gets the element's tag for `{checkout}`.
async fn page(scene: &Scene, body: &str) -> Result<(), Failure> {
    let page = MerchantPage::on("shop")?;
    let origin = page.origin.clone();
    page_with_session_of(scene, page, &origin, body).await
}

async fn page_with_session_of(
    scene: &Scene,
    page: MerchantPage,
    origin: &str,
    body: &str,
) -> Result<(), Failure> {
    let session = scene.session(origin, 1990).await?;
    let text = |name: &str| session[name].as_str().unwrap_or_default().to_owned();
    let element = format!(
        "<borga-checkout session-id=\"{}\" client-secret=\"{}\">\
         <p slot=\"loading\" id=\"wait\">One moment</p><p slot=\"error\" id=\"sorry\">Pay by invoice</p></borga-checkout>",
        text("id"),
        text("client_secret")
    );
    let url = page.origin.clone();
    let body = body.replace("{checkout}", &element);
    // For the reason why a frame was refused.
    let more = format!("connect-src {}", scene.demo.checkout);
    page.serve(&scene.demo.checkout, &body, &more);
    scene.driver().goto(url).await?;
    Ok(())
}

async fn run(scene: &Scene, script: &str) -> Result<Value, Failure> {
    scene.driver().enter_default_frame().await?;
    Ok(scene.driver().execute(script, vec![]).await?.json().clone())
}

/// Waits until a script answers with `true`.
async fn until(scene: &Scene, what: &str, script: &str) -> Result<(), Failure> {
    scene
        .until(what, || async { Ok(run(scene, script).await? == true) })
        .await
}

async fn pays(scene: &Scene) -> Result<(), Failure> {
    until(
        scene,
        "the payment completes",
        "return document.documentElement.dataset.paid === 'complete'",
    )
    .await?;
    assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
    Ok(())
}

/// Remembers the ending, which is heard at the top of the page wherever the element stands.
const LISTEN: &str = "addEventListener('borga-complete', ({ detail }) => { document.documentElement.dataset.paid = detail.status; });";

/// Which of the shop's own words can be seen.
const WORDS: &str =
    "return ['wait', 'sorry'].filter((id) => document.getElementById(id).checkVisibility()).join()";

fn the_shops_own_words_stand_where_the_form_cannot_come_and_only_there(engine: Engine) {
    play(engine, "words", |scene| async move {
        page(&scene, "{checkout}").await?;
        scene.enter_checkout().await?;
        assert_eq!(run(&scene, WORDS).await?, "");

        let foreign = MerchantPage::on("evil")?;
        page_with_session_of(&scene, foreign, &scene.demo.shop, "{checkout}").await?;
        let is_said = format!("return (() => {{ {WORDS} }})() === 'sorry'");
        until(&scene, "the shop says that it cannot", &is_said).await?;
        scene.picture("sorry").await
    });
}

fn a_checkout_in_a_tab_that_is_hidden_at_first_is_whole_when_it_is_shown(engine: Engine) {
    play(engine, "hidden-tab", |scene| async move {
        page(&scene, "<div id=\"tab\" hidden>{checkout}</div>").await?;
        run(&scene, LISTEN).await?;
        until(
            &scene,
            "the hidden form is ready",
            "return document.querySelector('borga-checkout').state?.phase === 'ready'",
        )
        .await?;
        run(&scene, "document.querySelector('#tab').hidden = false").await?;
        until(
            &scene,
            "the frame is as high as its form",
            "const frame = document.querySelector('borga-checkout').shadowRoot.querySelector('iframe'); \
             return parseInt(frame.style.height) > 300 && frame.clientHeight === parseInt(frame.style.height)",
        )
        .await?;
        scene.picture("shown").await?;
        scene.enter_checkout().await?;
        scene.pay_with(GOOD_CARD).await?;
        pays(&scene).await
    });
}

fn it_pays_in_a_dialog_in_a_form_of_a_page_from_right_to_left_with_two_scripts(engine: Engine) {
    play(engine, "nested", |scene| async move {
        let copy = format!(
            "<script type=\"module\" src=\"{}/borga.js\"></script>",
            scene.demo.checkout
        );
        let body = format!("{copy}<form><dialog><p>שלום</p>{{checkout}}</dialog></form>");
        page(&scene, &body).await?;
        let open = format!(
            "{LISTEN} document.dir = 'rtl'; document.querySelector('dialog').showModal(); \
             document.forms[0].onsubmit = () => {{ document.documentElement.dataset.paid = 'submitted'; return false; }}"
        );
        run(&scene, &open).await?;
        scene.enter_checkout().await?;
        scene.picture("open").await?;
        scene.type_card(GOOD_CARD).await?;
        let name = scene.visible("#card-name").await?;
        scene.keys(&name, thirtyfour::Key::Enter + "").await?;
        pays(&scene).await?;
        let frames = "return document.querySelector('borga-checkout').shadowRoot.querySelectorAll('iframe').length";
        assert_eq!(run(&scene, frames).await?, 1);
        Ok(())
    });
}

fn it_pays_in_a_shadow_tree(engine: Engine) {
    play(engine, "shadow", |scene| async move {
        page(&scene, "<div id=\"host\"></div>{checkout}").await?;
        run(&scene, LISTEN).await?;
        let inside = "const root = document.querySelector('#host').attachShadow({ mode: 'open' }); \
             root.append(document.querySelector('borga-checkout'));";
        run(&scene, inside).await?;
        let frame = "document.querySelector('#host').shadowRoot.querySelector('borga-checkout').shadowRoot.querySelector('iframe')";
        until(
            &scene,
            "it has its frame",
            &format!("return {frame} !== null"),
        )
        .await?;
        scene
            .driver()
            .execute(format!("return {frame}"), vec![])
            .await?
            .element()?
            .enter_frame()
            .await?;
        scene.phase("ready").await?;
        scene.pay_with(GOOD_CARD).await?;
        pays(&scene).await
    });
}

fn it_pays_by_a_classic_tag_with_the_bank_over_the_page(engine: Engine) {
    play(engine, "classic-tag", |scene| async move {
        let checkout = &scene.demo.checkout;
        // What is loaded later has no address of this script to go by: browsers give none to one from elsewhere.
        let setting = Setting {
            scripts: Some(format!("<script src=\"{checkout}/v1/borga.js\"></script>")),
            options: serde_json::json!({"threeDs": "inline"}),
            ..Setting::of(&scene)
        };
        let page = WatchedPage::open(&scene, setting).await?;
        page.pays_with_the_bank_over_it().await
    });
}

fn what_is_missing_on_a_page_is_told_with_what_to_do(engine: Engine) {
    play(engine, "missing", |scene| async move {
        let checkout = &scene.demo.checkout;
        for (scripts, options, code, part) in [
            (
                format!("<script src=\"{checkout}/v1/borga.js\"></script>"),
                serde_json::json!({}),
                "missing_parameter",
                "Set session-id",
            ),
            (
                format!("<script type=\"module\" src=\"{checkout}/v1/borga.js\"></script>"),
                serde_json::json!({"checkoutOrigin": "http://shop.example"}),
                "invalid_parameter",
                "checkout-origin must be",
            ),
        ] {
            let setting = Setting {
                scripts: Some(scripts),
                ..Setting::of(&scene)
            };
            let page = WatchedPage::open(&scene, setting).await?;
            let put = format!(
                "document.querySelector('#place').append(Object.assign(document.createElement('borga-checkout'), {options}))"
            );
            page.run(&put).await?;
            page.until("the page hears of it", "return shop.told.length > 0")
                .await?;
            let told = page.told("borga-error").await?;
            assert_eq!(told.len(), 1, "{told:?}");
            assert_eq!(told[0]["code"], code, "{told:?}");
            let message = told[0]["message"].as_str().unwrap_or_default();
            assert!(message.contains(part), "{message}");
        }
        Ok(())
    });
}
