//! Native 3-D Secure: the start page's own script in a popup and in a hidden frame, and a bank that answers by a form.

use browser_tests::{Engine, in_every_engine, play};
use serde_json::json;

const LOOKED_AND_ASKED: &str = "4000003520000809";
const LOOKED_AT: &str = "4000003520000106";
const SILENT_LOOK: &str = "4000003520000601";

/// Makes the card's frame open the start page in a popup instead of hiding it, as a frame does that knows no looks.
fn in_a_popup() -> String {
    let body = json!({"surface": "popup", "nonce": "00000000000000000000000001"});
    format!(
        r#"
        const real = window.fetch.bind(window);
        window.fetch = (path, init) => {{
          if (!String(path).endsWith("/surface")) return real(path, init);
          window.fetch = real;
          real(path, {{ ...init, body: JSON.stringify({body}) }})
            .then((answer) => answer.json())
            .then(({{ url }}) => open(url, "bank", "popup"));
          return new Promise(() => {{}});
        }};
        "#
    )
}

in_every_engine!(the_bank_looks_at_the_browser_in_a_frame_that_nobody_sees);

fn the_bank_looks_at_the_browser_in_a_frame_that_nobody_sees(engine: Engine) {
    play(engine, "native-hidden", |scene| async move {
        scene
            .pay_on("/checkout/element?amount=1990", LOOKED_AT)
            .await?;

        scene.is_paid_once(1990).await?;
        assert_eq!(scene.driver().windows().await?.len(), 1);
        let log = scene.demo.log("embed-server")?;
        assert!(
            log.contains("/method\""),
            "the bank came back from its look"
        );
        assert!(
            !log.contains("/skip_fingerprint"),
            "nobody went on without it"
        );
        Ok(())
    });
}

#[test]
fn the_start_page_looks_and_goes_on_to_the_bank_in_one_popup() {
    play(Engine::Chromium, "native-popup", |scene| async move {
        scene.open("/checkout/element?amount=1990").await?;
        scene.enter_checkout().await?;
        let script = in_a_popup();
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
        let script = in_a_popup();
        scene.driver().execute(script, vec![]).await?;
        scene.pay_with(SILENT_LOOK).await?;
        scene.driver().enter_default_frame().await?;
        scene.through_bank_window("1234").await?;

        scene.order_page("paid").await?;
        Ok(())
    });
}
