//! Script or frame are kept away by the page's own policy: the page hears of it once, with what to do, and whoever wants to
//! pay reads that it does not work. A program that is kept away is played in `bad_networks`.

use std::path::Path;

use browser_tests::merchant_page::{MerchantPage, Site};
use browser_tests::watched_page::{Setting, WatchedPage};
use browser_tests::{Engine, Failure, Scene, in_every_engine, play};
use serde_json::json;

in_every_engine!(
    a_blocked_frame_is_told_once_with_what_to_do_and_seen,
    a_blocked_script_is_told_once_with_what_to_do,
    a_blocked_script_is_seen_on_the_react_and_the_vue_page,
    a_blocked_script_is_seen_on_a_page_with_a_plain_tag,
);

/// Takes from Chromium's console what the page was set up to break.
async fn expects_refusals(scene: &Scene) -> Result<(), Failure> {
    scene.browser.console().await?;
    Ok(())
}

fn a_blocked_frame_is_told_once_with_what_to_do_and_seen(engine: Engine) {
    play(engine, "blocked-frame", |scene| async move {
        let checkout = &scene.demo.checkout;
        let setting = Setting {
            policy: Some(format!(
                "default-src 'none'; script-src 'self' {checkout}; connect-src {checkout}; frame-src 'none'"
            )),
            ..Setting::of(&scene)
        };
        let page = WatchedPage::open(&scene, setting).await?;
        page.put().await?;
        page.until("the page hears of it", "return shop.told.length > 0")
            .await?;

        let told = page.told("borga-error").await?;
        assert_eq!(told.len(), 1, "{told:?}");
        // Firefox does not tell pages that it refused a frame.
        let code = match engine {
            Engine::Chromium | Engine::WebKit => "frame_refused",
            Engine::Firefox => "frame_timeout",
        };
        assert_eq!(told[0]["code"], code, "{told:?}");
        assert_eq!(told[0]["fatal"], true, "{told:?}");
        let message = told[0]["message"].as_str().unwrap_or_default();
        let remedy = format!("frame-src must allow {checkout}");
        assert!(message.contains(&remedy), "{message}");
        let seen = "const { hidden, textContent } = shop.checkout.shadowRoot.querySelector('[part=error]'); \
            return [hidden, textContent, shop.checkout.getBoundingClientRect().height > 20, shop.frames()]";
        let text = format!("The payment could not be opened. Reload the page. ({code})");
        assert_eq!(page.run(seen).await?, json!([false, text, true, 0]));
        scene.picture("seen").await?;
        page.has_no_troubles().await?;
        expects_refusals(&scene).await
    });
}

/// A file of the project, also one that was built.
fn project_file(path: &str) -> Result<String, Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Ok(std::fs::read_to_string(root.join(path))?)
}

/// A page of one program, whose policy allows nothing but the shop's own scripts.
async fn open(scene: &Scene, body: &str, program: String) -> Result<(), Failure> {
    let page = MerchantPage::on("shop")?;
    let url = page.origin.clone();
    page.serve_site(Site {
        html: format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Shop</title>{body}\
             <script type=\"module\" src=\"/program.js\"></script></html>"
        ),
        headers: vec![(
            "content-security-policy",
            "default-src 'none'; script-src 'self'".to_owned(),
        )],
        scripts: vec![
            ("/program.js", program),
            ("/borga-js.js", project_file("js-shim/js/dist/index.js")?),
        ],
    });
    Ok(scene.driver().goto(url).await?)
}

fn a_blocked_script_is_told_once_with_what_to_do(engine: Engine) {
    play(engine, "blocked-script", |scene| async move {
        let checkout = &scene.demo.checkout;
        let program = format!(
            "import {{ loadBorga }} from '/borga-js.js'; window.told = []; \
             loadBorga({{ checkoutOrigin: '{checkout}' }}).catch(({{ code, message }}) => told.push([code, message]));"
        );
        open(&scene, "", program).await?;
        let told = async || {
            let told = scene.driver().execute("return window.told", vec![]).await?;
            Ok::<_, Failure>(told.json().clone())
        };
        scene
            .until("the page hears of it", || async {
                Ok(told().await? != json!([]))
            })
            .await?;

        let told = told().await?;
        let [of_one] = told.as_array().map_or(&[][..], Vec::as_slice) else {
            return Err(format!("told {told}").into());
        };
        assert_eq!(of_one[0], "network_error");
        let message = of_one[1].as_str().unwrap_or_default();
        for part in [checkout.as_str(), "content blockers", "script-src"] {
            assert!(message.contains(part), "{message}");
        }
        expects_refusals(&scene).await
    });
}

fn a_blocked_script_is_seen_on_the_react_and_the_vue_page(engine: Engine) {
    play(engine, "blocked-frameworks", |scene| async move {
        let body = format!(
            "<div id=\"app\" data-session-id=\"ps_1\" data-client-secret=\"pcs_1\" data-checkout-origin=\"{}\" \
             data-order-url=\"/order\" data-sorry=\"Paying does not work now\"></div>",
            scene.demo.checkout
        );
        for program in ["dist/pages/react.js", "dist/pages/vue.js"] {
            open(&scene, &body, project_file(program)?).await?;
            scene
                .until("the page says so", || async {
                    let said = "return document.querySelector('[role=alert]')?.textContent";
                    let said = scene.driver().execute(said, vec![]).await?;
                    Ok(said.json() == "Paying does not work now (network_error)")
                })
                .await?;
            scene.visible("[role=alert]").await?;
            scene.picture("seen").await?;
            expects_refusals(&scene).await?;
        }
        Ok(())
    });
}

/// The lines of the guide between `start` and the end of their block.
fn lines_of_the_guide(start: &str) -> Result<String, Failure> {
    let guide = project_file("docs/csp.md")?;
    let (_, after) = guide
        .split_once(start)
        .ok_or("the guide has no such lines")?;
    let (lines, _) = after.split_once("```").ok_or("the lines end")?;
    Ok(lines.replace("https://checkout.borga.is", "CHECKOUT"))
}

fn a_blocked_script_is_seen_on_a_page_with_a_plain_tag(engine: Engine) {
    play(engine, "blocked-tag", |scene| async move {
        let checkout = &scene.demo.checkout;
        let body = lines_of_the_guide(
            "own `error` event, in a script that stands before it:\n\n  ```html\n",
        )?;
        let program = lines_of_the_guide("```js\n")?;
        let page = MerchantPage::on("shop")?;
        let url = page.origin.clone();
        page.serve_site(Site {
            html: format!(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Shop</title>{}",
                body.replace("CHECKOUT", checkout)
            ),
            headers: vec![(
                "content-security-policy",
                "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'".to_owned(),
            )],
            scripts: vec![("/shop.js", program.clone())],
        });
        scene.driver().goto(url).await?;

        scene.visible("borga-checkout > [slot=error]").await?;
        scene.picture("seen").await?;
        expects_refusals(&scene).await?;

        let page = MerchantPage::on("shop")?;
        let url = page.origin.clone();
        let session = scene.session(&url, 1990).await?;
        let text = |name: &str| session[name].as_str().unwrap_or_default().to_owned();
        let body = body
            .replace("CHECKOUT", checkout)
            .replace("\"ps_…\"", &format!("\"{}\"", text("id")))
            .replace(
                "\"pcs_…\"",
                &format!(
                    "\"{}\" checkout-origin=\"{checkout}\"",
                    text("client_secret")
                ),
            );
        page.serve_site(Site {
            html: format!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Shop</title>{body}"),
            headers: vec![(
                "content-security-policy",
                format!("default-src 'none'; script-src 'self' {checkout}; frame-src {checkout}; style-src 'unsafe-inline'"),
            )],
            scripts: vec![("/shop.js", program)],
        });
        scene.driver().goto(url).await?;
        scene.enter_checkout().await?;
        scene.driver().enter_default_frame().await?;
        let shown =
            "return document.querySelector('borga-checkout > [slot=error]').checkVisibility()";
        let shown = scene.driver().execute(shown, vec![]).await?;
        assert_eq!(shown.json(), &json!(false), "nothing is wrong");
        Ok(())
    });
}
