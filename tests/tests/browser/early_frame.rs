//! A frame that the merchant's own HTML begins to load, before the script is there.

use browser_tests::checkout_page::GOOD_CARD;
use browser_tests::merchant_page::MerchantPage;
use browser_tests::{Engine, in_every_engine, play};
use serde_json::json;
use thirtyfour::prelude::*;

in_every_engine!(a_frame_in_the_merchants_html_is_taken_over_and_pays,);

fn a_frame_in_the_merchants_html_is_taken_over_and_pays(engine: Engine) {
    play(engine, "early-frame", |scene| async move {
        let page = MerchantPage::on("shop")?;
        let session = scene.session(&page.origin, 1990).await?;
        let url = page.origin.clone();
        let checkout = scene.demo.checkout.clone();
        let (id, secret) = (&session["id"], &session["client_secret"]);
        let element = format!(
            "<borga-checkout session-id={id} client-secret={secret} locale=\"is\">\
             <iframe src=\"{checkout}/embed/{}?locale=is\" title=\"Card payment\" width=\"100%\" height=\"420\"></iframe>\
             </borga-checkout>",
            id.as_str().unwrap_or_default()
        );
        page.serve(&checkout, &element, "");
        scene.driver().goto(url).await?;

        scene
            .until("the element shows the frame that was there", || async {
                let shown = "return document.querySelector('borga-checkout > iframe').assignedSlot !== null \
                    || document.querySelector('borga-checkout').shadowRoot?.querySelector('slot')?.assignedElements().length === 1";
                Ok(scene.driver().execute(shown, vec![]).await?.json() == &json!(true))
            })
            .await?;
        let own =
            "return document.querySelector('borga-checkout').shadowRoot.querySelector('iframe')";
        assert!(scene.driver().execute(own, vec![]).await?.json().is_null());
        let frame = scene
            .driver()
            .find(By::Css("borga-checkout > iframe"))
            .await?;
        assert_eq!(
            frame.attr("title").await?.as_deref(),
            Some("Örugg kortagreiðsla")
        );
        frame.enter_frame().await?;
        scene.phase("ready").await?;
        scene.picture("ready").await?;
        scene.pay_with(GOOD_CARD).await?;
        scene.phase("succeeded").await?;

        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}
