//! A payer pays on pages that are made with React and Vue, from the packages as they are published.

use std::path::Path;

use browser_tests::checkout_page::{DECLINED_CARD, GOOD_CARD};
use browser_tests::merchant_page::{MerchantPage, Site};
use browser_tests::{Engine, Failure, Scene, in_every_engine, play};

use serde_json::{Value, json};

in_every_engine!(
    a_card_pays_on_the_react_page,
    a_card_pays_on_the_vue_page,
    strict_mode_makes_one_frame_and_pays_once,
    a_payer_who_goes_elsewhere_on_the_react_page_and_back_pays_once,
    a_card_pays_in_the_dialog_of_the_page_that_opens_one,
    the_doctor_finds_nothing_wrong_with_the_shop,
);

/// The doctor's findings that are not `ok`, by name.
const DOCTOR: &str = "const done = arguments[arguments.length - 1]; \
     window.Borga.doctor({ ...arguments[0], silent: true }).then( \
       ({ findings }) => done(findings.filter(({ status }) => status !== 'ok').map(({ check }) => check)), \
       (error) => done([String(error)]))";

fn a_card_pays_on_the_react_page(engine: Engine) {
    play(engine, "pay-react", |scene| async move {
        pays(&scene, "/checkout/react?amount=1990").await
    });
}

fn a_card_pays_on_the_vue_page(engine: Engine) {
    play(engine, "pay-vue", |scene| async move {
        pays(&scene, "/checkout/vue?amount=1990").await
    });
}

/// React's strict mode mounts everything twice, but only in a page that is being developed.
fn strict_mode_makes_one_frame_and_pays_once(engine: Engine) {
    play(engine, "pay-strict", |scene| async move {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/pages");
        let program = std::fs::read_to_string(root.join("react-development.js"))?;
        assert!(
            program.contains("doubleInvokeEffects"),
            "React as developers run it"
        );
        let count = "window.made = 0; const create = document.createElement; \
            document.createElement = function (name, ...more) { \
              window.made += name === 'iframe'; return create.call(this, name, ...more) }";
        let page = MerchantPage::on("shop")?;
        let url = page.origin.clone();
        let session = scene.session(&url, 1990).await?;
        let checkout = &scene.demo.checkout;
        let (id, secret) = (&session["id"], &session["client_secret"]);
        page.serve_site(Site {
            html: format!(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Shop</title>\
                 <script src=\"/count.js\"></script><script type=\"module\" src=\"/program.js\"></script>\
                 <div id=\"app\" data-session-id={id} data-client-secret={secret} data-checkout-origin=\"{checkout}\" \
                 data-order-url=\"#paid\" data-sorry=\"Paying does not work now\"></div></html>"
            ),
            headers: vec![(
                "content-security-policy",
                format!("default-src 'none'; script-src 'self' {checkout}; frame-src {checkout}"),
            )],
            scripts: vec![("/count.js", count.to_owned()), ("/program.js", program)],
        });
        scene.driver().goto(url).await?;
        scene.enter_checkout().await?;
        scene.pay_with(GOOD_CARD).await?;
        scene.phase("succeeded").await?;
        scene.driver().enter_default_frame().await?;
        let made = scene.driver().execute("return window.made", vec![]).await?;
        assert_eq!(made.json(), &json!(1));
        assert_eq!(scene.ledger().await?.len(), 1);
        Ok(())
    });
}

fn a_payer_who_goes_elsewhere_on_the_react_page_and_back_pays_once(engine: Engine) {
    play(engine, "pay-routed", |scene| async move {
        scene.open("/checkout/routed?amount=1990").await?;
        scene.enter_checkout().await?;
        go_to(&scene, "#terms").await?;
        assert_eq!(frames(&scene).await?, 0);
        scene.driver().back().await?;
        scene.enter_checkout().await?;
        scene.driver().enter_default_frame().await?;
        assert_eq!(frames(&scene).await?, 1);
        scene.picture("back").await?;
        scene.hold_acquirer().await?;
        scene.enter_checkout().await?;
        scene.pay_with(GOOD_CARD).await?;
        scene.is_charged().await?;
        go_to(&scene, "#terms").await?;
        go_to(&scene, "#pay").await?;
        scene.enter_frame().await?;
        scene.phase("processing").await?;
        scene.faults(&Value::Null).await?;
        scene.is_paid_once(1990).await
    });
}

async fn go_to(scene: &Scene, place: &str) -> Result<(), Failure> {
    scene.driver().enter_default_frame().await?;
    let link = scene.visible(&format!("nav a[href='{place}']")).await?;
    Ok(link.click().await?)
}

/// How many frames the checkout has made.
async fn frames(scene: &Scene) -> Result<u64, Failure> {
    let count = "return [...document.querySelectorAll('borga-checkout')] \
        .reduce((sum, made) => sum + made.shadowRoot.querySelectorAll('iframe').length, 0)";
    Ok(scene.driver().execute(count, vec![]).await?.convert()?)
}

fn a_card_pays_in_the_dialog_of_the_page_that_opens_one(engine: Engine) {
    play(engine, "pay-modal", |scene| async move {
        scene.open("/checkout/modal?amount=1990").await?;
        scene.visible("#open").await?.click().await?;
        scene.enter_checkout().await?;
        scene.driver().enter_default_frame().await?;
        scene.visible("dialog[open] button").await?.click().await?;
        scene
            .until("the dialog is gone", || async {
                Ok(frames(&scene).await? == 0)
            })
            .await?;
        scene.visible("#open").await?.click().await?;
        scene.enter_checkout().await?;
        scene.picture("open").await?;
        scene.pay_with(GOOD_CARD).await?;
        scene.is_paid_once(1990).await
    });
}

fn the_doctor_finds_nothing_wrong_with_the_shop(engine: Engine) {
    play(engine, "doctor", |scene| async move {
        scene.open("/checkout/publishable?amount=1990").await?;
        scene.enter_checkout().await?;
        scene.driver().enter_default_frame().await?;
        let key = scene.visible("#make-session").await?;
        let key = key.attr("data-publishable-key").await?;
        let options = json!({ "checkoutOrigin": scene.demo.checkout, "publishableKey": key });
        assert_eq!(doctor(&scene, options).await?, [""; 0]);
        Ok(())
    });
}

async fn doctor(scene: &Scene, options: Value) -> Result<Vec<String>, Failure> {
    let found = scene.driver().execute_async(DOCTOR, vec![options]).await?;
    Ok(found.convert()?)
}

/// One frame for the whole payment: what was typed survives the decline.
async fn pays(scene: &Scene, path: &str) -> Result<(), Failure> {
    scene.open(path).await?;
    scene.enter_checkout().await?;
    scene.picture("ready").await?;

    scene.driver().enter_default_frame().await?;
    assert_eq!(frames(scene).await?, 1);
    let options = json!({ "checkoutOrigin": scene.demo.checkout });
    // This page allows no requests to the checkout, so the doctor does not ask.
    assert_eq!(doctor(scene, options).await?, ["csp-connect", "server"]);

    scene.enter_checkout().await?;
    scene.pay_with(DECLINED_CARD).await?;
    scene.visible("#notice .notice").await?;
    scene.phase("ready").await?;
    let kept = scene.visible("#card-number").await?.prop("value").await?;
    assert_eq!(kept.as_deref(), Some(DECLINED_CARD));
    scene.pay_with(GOOD_CARD).await?;
    scene.is_paid_once(1990).await
}
