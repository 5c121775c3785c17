//! Pages whose own policies are as strict as browsers let them be: the checkout works there as anywhere.

use browser_tests::checkout_page::{CHALLENGED_CARD, GOOD_CARD};
use browser_tests::watched_page::{NONCE, Setting, WatchedPage};
use browser_tests::{Engine, Failure, Scene, in_every_engine, play};
use serde_json::json;

in_every_engine!(
    it_pays_where_nothing_may_become_a_script,
    it_pays_where_scripts_need_a_nonce_also_with_the_bank_over_the_page,
    it_pays_in_a_page_that_is_isolated_from_other_origins,
    the_bank_comes_in_a_window_where_its_page_could_not_load_over_the_shop,
    it_pays_in_a_page_that_takes_permissions_from_frames,
);

fn it_pays_where_nothing_may_become_a_script(engine: Engine) {
    play(engine, "trusted-types", |scene| async move {
        let checkout = &scene.demo.checkout;
        let setting = Setting {
            policy: Some(format!(
                "default-src 'none'; script-src 'self' {checkout}; frame-src {checkout}; \
                 require-trusted-types-for 'script'; trusted-types 'none'"
            )),
            ..Setting::of(&scene)
        };
        let page = WatchedPage::open(&scene, setting).await?;
        let refused = "try { document.createElement('div').innerHTML = '<b></b>'; return false } catch { return true }";
        assert_eq!(page.run(refused).await?, true, "the policy is in force");
        pays_in_a_dialog(&scene, &page).await
    });
}

fn it_pays_where_scripts_need_a_nonce_also_with_the_bank_over_the_page(engine: Engine) {
    play(engine, "nonce", |scene| async move {
        let checkout = &scene.demo.checkout;
        let setting = Setting {
            scripts: Some(format!(
                "<script type=\"module\" nonce=\"{NONCE}\" src=\"{checkout}/v1/borga.js\"></script>"
            )),
            policy: Some(format!(
                "default-src 'none'; script-src 'nonce-{NONCE}'; frame-src {checkout}; \
                 require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'"
            )),
            options: json!({"threeDs": "inline"}),
            ..Setting::of(&scene)
        };
        let page = WatchedPage::open(&scene, setting).await?;
        page.pays_with_the_bank_over_it().await
    });
}

fn it_pays_in_a_page_that_is_isolated_from_other_origins(engine: Engine) {
    play(engine, "isolated", |scene| async move {
        pays_in_a_window(&scene, "popup").await
    });
}

fn the_bank_comes_in_a_window_where_its_page_could_not_load_over_the_shop(engine: Engine) {
    play(engine, "isolated-inline", |scene| async move {
        pays_in_a_window(&scene, "inline").await
    });
}

/// The bank's window cannot reach the page that opened it and may stay or close at any time: each payment has a browser of
/// its own, and nothing waits for the window to go.
async fn pays_in_a_window(scene: &Scene, surface: &str) -> Result<(), Failure> {
    let setting = Setting {
        headers: vec![
            ("cross-origin-opener-policy", "same-origin".to_owned()),
            ("cross-origin-embedder-policy", "require-corp".to_owned()),
        ],
        options: json!({"threeDs": surface}),
        ..Setting::of(scene)
    };
    let page = WatchedPage::open(scene, setting).await?;
    assert_eq!(page.run("return crossOriginIsolated").await?, true);
    page.put().await?;
    scene.enter_checkout().await?;
    scene.pay_with(CHALLENGED_CARD).await?;
    let shop = scene.into_bank_window().await?;
    scene.answer_bank("1234").await?;
    scene.driver().switch_to_window(shop).await?;
    page.hears_of_one_payment().await
}

fn it_pays_in_a_page_that_takes_permissions_from_frames(engine: Engine) {
    play(engine, "permissions", |scene| async move {
        let setting = Setting {
            headers: vec![(
                "permissions-policy",
                "payment=(), publickey-credentials-get=(), camera=()".to_owned(),
            )],
            ..Setting::of(&scene)
        };
        let page = WatchedPage::open(&scene, setting).await?;
        page.put().await?;
        scene.enter_checkout().await?;
        scene.pay_with(CHALLENGED_CARD).await?;
        scene.through_bank_window("1234").await?;
        page.hears_of_one_payment().await
    });
}

/// By `Borga.checkout.open`, whose program is loaded at the call.
async fn pays_in_a_dialog(scene: &Scene, page: &WatchedPage<'_>) -> Result<(), Failure> {
    page.wait_for(
        "await customElements.whenDefined('borga-checkout'); \
         const { session, secret, checkout } = shop.options; \
         Borga.checkout.open({ sessionId: session, clientSecret: secret, checkoutOrigin: checkout }) \
           .then((ending) => { shop.ending = ending; }); \
         await shop.hear('borga-ready')",
    )
    .await?;
    scene.enter_checkout().await?;
    scene.pay_with(GOOD_CARD).await?;
    page.until(
        "the promise settles",
        "return shop.ending?.status === 'complete'",
    )
    .await?;
    page.hears_of_one_payment().await
}
