//! Native 3-D Secure: the start page's own script in a popup and in a hidden frame, and a bank that answers by a form.

use browser_tests::{Engine, Failure, Scene, play};
use serde_json::json;

const LOOKED_AND_ASKED: &str = "4000003520000809";
const LOOKED_AT: &str = "4000003520000106";
const SILENT_LOOK: &str = "4000003520000601";

/// Makes the card's frame announce the start page in `surface` instead of doing without the bank's look, and then `and`.
fn instead_of_skipping(surface: &str, and: &str) -> String {
    let body = json!({"surface": surface, "nonce": "00000000000000000000000001"});
    format!(
        r#"
        const real = window.fetch.bind(window);
        window.fetch = (path, init) => {{
          if (!String(path).endsWith("/skip_fingerprint")) return real(path, init);
          real(path.replace("skip_fingerprint", "surface"), {{ ...init, body: JSON.stringify({body}) }})
            .then((answer) => answer.json())
            .then(({{ url }}) => {{ {and} }});
          return new Promise(() => {{}});
        }};
        "#
    )
}

#[test]
fn a_frame_without_a_hidden_frame_does_without_the_look() {
    play(Engine::Chromium, "native", |scene| async move {
        scene
            .pay_on("/checkout/element?amount=1990", LOOKED_AND_ASKED)
            .await?;
        scene.through_bank_window("1234").await?;

        scene.is_paid_once(1990).await
    });
}

#[test]
fn the_start_page_looks_and_goes_on_to_the_bank_in_one_popup() {
    play(Engine::Chromium, "native-popup", |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        let script = instead_of_skipping("popup", r#"open(url, "bank", "popup")"#);
        scene.driver().execute(script, vec![]).await?;
        scene.pay_with(LOOKED_AND_ASKED).await?;
        scene.driver().enter_default_frame().await?;
        scene.through_bank_window("1234").await?;

        scene.is_paid_once(1990).await
    });
}

#[test]
fn a_look_that_never_ends_goes_on_to_the_bank_after_its_time() {
    play(Engine::Chromium, "native-silent", |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        let script = instead_of_skipping("popup", r#"open(url, "bank", "popup")"#);
        scene.driver().execute(script, vec![]).await?;
        scene.pay_with(SILENT_LOOK).await?;
        scene.driver().enter_default_frame().await?;
        scene.through_bank_window("1234").await?;

        scene.order_page("paid").await?;
        Ok(())
    });
}

#[test]
fn a_look_in_a_hidden_frame_pays_without_a_window() {
    play(Engine::Chromium, "native-hidden", |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        let script = instead_of_skipping("inline", "window.startPage = url");
        scene.driver().execute(script, vec![]).await?;
        scene.pay_with(LOOKED_AT).await?;
        let url = start_page(&scene).await?;
        scene.driver().enter_default_frame().await?;
        let show = "const frame = document.createElement('iframe'); frame.hidden = true; \
                    frame.src = arguments[0]; document.body.append(frame);";
        scene.driver().execute(show, vec![json!(url)]).await?;

        scene.order_page("paid").await?;
        assert_eq!(scene.driver().windows().await?.len(), 1);
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

/// The start page that the frame announced.
async fn start_page(scene: &Scene) -> Result<String, Failure> {
    let read = || async {
        let answer = scene
            .driver()
            .execute("return window.startPage ?? ''", vec![])
            .await?;
        answer.convert::<String>()
    };
    scene
        .until("the frame announces a start page", || async {
            Ok(!read().await?.is_empty())
        })
        .await?;
    Ok(read().await?)
}
