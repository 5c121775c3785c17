//! Who may show a checkout, and what a payer and a page see when they may not.

use browser_tests::checkout_page::GOOD_CARD;
use browser_tests::merchant_page::{MerchantPage, Site};
use browser_tests::{Engine, Failure, Scene, in_every_engine, play, play_with};
use serde_json::Value;

in_every_engine!(
    a_frame_on_another_origin_is_refused_by_the_browser_and_the_page_hears_why,
    a_secret_that_opens_nothing_is_a_clear_error_in_the_frame_and_on_the_page,
    the_secret_of_another_session_opens_nothing,
    a_secret_of_a_session_that_expired_is_a_clear_error_in_the_frame_and_on_the_page,
    a_session_that_expires_under_the_payers_eyes_says_so,
    a_page_with_the_smallest_policy_pays,
    a_page_that_asks_somebody_else_is_found_out,
);

/// The details of the errors that the page of a [`MerchantPage`] heard.
async fn errors(scene: &Scene) -> Result<Vec<Value>, Failure> {
    let heard = "return document.querySelector('borga-checkout')?.heard ?? []";
    Ok(scene.driver().execute(heard, vec![]).await?.convert()?)
}

/// The same, once there is one.
async fn heard(scene: &Scene) -> Result<Vec<Value>, Failure> {
    scene
        .until("the page hears of it", || async {
            Ok(!errors(scene).await?.is_empty())
        })
        .await?;
    errors(scene).await
}

/// Makes the element remember its errors from now on; those before are gone, so it must be called before they happen.
const REMEMBER: &str = "const element = document.querySelector('borga-checkout'); element.heard = []; \
    element.addEventListener('borga-error', (event) => element.heard.push({...event.detail}));";

/// Opens a page with an empty element, listens, and only then gives it session and secret.
async fn show(scene: &Scene, page: MerchantPage, session: &Value) -> Result<(), Failure> {
    let url = page.origin.clone();
    // Only for the question why a frame was refused; the checkout itself calls nothing from the page.
    let more = format!("connect-src {}", scene.demo.checkout);
    page.serve(&scene.demo.checkout, "<div id=\"place\"></div>", &more);
    scene.driver().goto(url).await?;
    let (id, secret) = (&session["id"], &session["client_secret"]);
    let put = format!(
        "const made = document.createElement('borga-checkout'); made.sessionId = {id}; \
         made.clientSecret = {secret}; document.querySelector('#place').append(made); {REMEMBER}"
    );
    scene.driver().execute(put, vec![]).await?;
    Ok(())
}

fn text<'a>(session: &'a Value, name: &str) -> &'a str {
    session[name].as_str().unwrap_or_default()
}

fn a_frame_on_another_origin_is_refused_by_the_browser_and_the_page_hears_why(engine: Engine) {
    play(engine, "foreign-origin", |scene| async move {
        let session = scene.session(&scene.demo.shop, 1990).await?;
        let page = MerchantPage::on("evil")?;
        show(&scene, page, &session).await?;

        let heard = heard(&scene).await?;
        assert_eq!(heard.len(), 1, "{heard:?}");
        assert_eq!(heard[0]["code"], "origin_not_allowed");
        assert_eq!(heard[0]["fatal"], true);
        let console = scene.browser.console().await?.join("\n");
        // The others' drivers tell nothing of the console.
        assert!(
            engine != Engine::Chromium || console.contains("frame-ancestors"),
            "the browser itself refused it: {console}"
        );
        Ok(())
    });
}

fn a_secret_that_opens_nothing_is_a_clear_error_in_the_frame_and_on_the_page(engine: Engine) {
    for (name, wrong) in [
        ("secret-malformed", "pcs_nonsense"),
        (
            "secret-forged",
            "pcs_1_00000000000000000000000000_0000000000000000000000000000000000000000000000000000",
        ),
    ] {
        play(engine, name, move |scene| async move {
            let page = MerchantPage::on("shop")?;
            let mut session = scene.session(&page.origin, 1990).await?;
            session["client_secret"] = wrong.into();
            show(&scene, page, &session).await?;

            let heard = heard(&scene).await?;
            assert_eq!(heard.len(), 1, "{heard:?}");
            assert_eq!(heard[0]["code"], "invalid_client_secret");
            scene.enter_frame().await?;
            scene.phase("broken").await?;
            scene.visible("#panel-title").await?;
            scene.picture("broken").await?;
            Ok(())
        });
    }
}

fn the_secret_of_another_session_opens_nothing(engine: Engine) {
    play(engine, "secret-foreign", |scene| async move {
        let page = MerchantPage::on("shop")?;
        let mut session = scene.session(&page.origin, 1990).await?;
        let other = scene.session(&page.origin, 1).await?;
        session["client_secret"] = other["client_secret"].clone();
        show(&scene, page, &session).await?;

        scene
            .until("the page hears of it", || async {
                Ok(!errors(&scene).await?.is_empty())
            })
            .await?;
        assert_eq!(errors(&scene).await?[0]["code"], "invalid_client_secret");
        Ok(())
    });
}

fn a_secret_of_a_session_that_expired_is_a_clear_error_in_the_frame_and_on_the_page(
    engine: Engine,
) {
    // An hour is two seconds.
    play_with(
        engine,
        "secret-expired",
        &["--time-divisor", "1800"],
        |scene| async move {
            let page = MerchantPage::on("shop")?;
            let session = scene.session(&page.origin, 1990).await?;
            let path = format!("/v1/payment_sessions/{}", text(&session, "id"));
            scene
                .until("the session expires", || async {
                    Ok(scene.json(&scene.demo.checkout, &path).await?["status"] == "expired")
                })
                .await?;
            show(&scene, page, &session).await?;

            let heard = heard(&scene).await?;
            assert_eq!(heard.len(), 1, "{heard:?}");
            assert_eq!(heard[0]["code"], "session_expired");
            assert_eq!(heard[0]["fatal"], true);
            scene.enter_frame().await?;
            scene.visible("#panel-title").await?;
            scene.picture("expired").await?;
            Ok(())
        },
    );
}

fn a_session_that_expires_under_the_payers_eyes_says_so(engine: Engine) {
    // An hour is twelve seconds.
    play_with(
        engine,
        "expires",
        &["--time-divisor", "300"],
        |scene| async move {
            let page = MerchantPage::on("shop")?;
            let session = scene.session(&page.origin, 1990).await?;
            show(&scene, page, &session).await?;
            scene.enter_checkout().await?;
            scene.phase("expired").await?;
            scene.picture("expired").await?;

            scene.driver().enter_default_frame().await?;
            let heard = heard(&scene).await?;
            assert_eq!(heard.len(), 1, "{heard:?}");
            assert_eq!(heard[0]["code"], "session_expired");
            Ok(())
        },
    );
}

fn a_page_with_the_smallest_policy_pays(engine: Engine) {
    play(engine, "smallest-policy", |scene| async move {
        let page = MerchantPage::on("shop")?;
        let session = scene.session(&page.origin, 1990).await?;
        scene.show_session(page, &session).await?;
        scene.pay_with(GOOD_CARD).await?;
        scene.phase("succeeded").await?;
        let console = scene.browser.console().await?;

        assert!(console.is_empty(), "{console:?}");
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

/// Every other test ends with the same look at its page: it must be able to fail.
fn a_page_that_asks_somebody_else_is_found_out(engine: Engine) {
    play(engine, "asks-others", |scene| async move {
        // The first is the page's own host at another port, the second another host.
        for name in ["shop", "elsewhere"] {
            let other = MerchantPage::on(name)?;
            let asked = format!("{}/", other.origin);
            other.serve_site(Site::default());
            let page = MerchantPage::on("shop")?;
            let url = page.origin.clone();
            page.serve_site(Site {
                html: "<!doctype html><html lang=\"en\"><title>Shop</title></html>".to_owned(),
                ..Site::default()
            });
            scene.driver().goto(&url).await?;
            scene.asked_nobody_else().await?;

            let ask = format!("fetch('{asked}', {{ mode: 'no-cors' }})");
            scene.driver().execute(ask, vec![]).await?;
            let is_counted = format!("return performance.getEntriesByName('{asked}').length > 0");
            scene
                .until("the browser counts the request", || async {
                    Ok(scene.driver().execute(&*is_counted, vec![]).await?.json() == true)
                })
                .await?;
            let found = scene.asked_nobody_else().await;
            let told = found.expect_err("it asked somebody else").to_string();
            assert!(told.contains(&asked), "{told}");
        }
        // On a page that asked nobody, what every test ends with holds again.
        Ok(scene.driver().goto(&scene.demo.shop).await?)
    });
}
