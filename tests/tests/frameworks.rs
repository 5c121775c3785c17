//! A payer pays on pages that are made with React and Vue, from the packages as they are published.

use browser_tests::checkout_page::{DECLINED_CARD, GOOD_CARD};
use browser_tests::{Failure, Scene, play};

use serde_json::{Value, json};

/// The doctor's findings that are not `ok`, by name.
const DOCTOR: &str = "const done = arguments[arguments.length - 1]; \
     window.Borga.doctor({ ...arguments[0], silent: true }).then( \
       ({ findings }) => done(findings.filter(({ status }) => status !== 'ok').map(({ check }) => check)), \
       (error) => done([String(error)]))";

#[test]
fn a_card_pays_on_the_react_page() {
    play("pay-react", |scene| async move {
        pays(&scene, "/checkout/react?amount=1990").await
    });
}

#[test]
fn a_card_pays_on_the_vue_page() {
    play("pay-vue", |scene| async move {
        pays(&scene, "/checkout/vue?amount=1990").await
    });
}

#[test]
fn the_doctor_finds_nothing_wrong_with_the_shop() {
    play("doctor", |scene| async move {
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
    scene.order_page("paid").await?;
    assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
    Ok(())
}
