//! What a page can choose of the look: in the first HTML, while the payer types, and never where it could not be read.

use browser_tests::held_back;
use browser_tests::look::BarePage;
use browser_tests::states::State;
use browser_tests::{Engine, Failure, Scene, play, play_imitating};
use serde_json::{Value, json};

async fn ready(scene: &Scene) -> Result<BarePage, Failure> {
    State::named("filled")?.reach(scene, "en", "light").await
}

async fn style(scene: &Scene, css: &str, property: &str) -> Result<String, Failure> {
    let script = format!("return getComputedStyle(document.querySelector('{css}')).{property}");
    Ok(scene.driver().execute(script, vec![]).await?.convert()?)
}

async fn becomes(scene: &Scene, css: &str, property: &str, wanted: &str) -> Result<(), Failure> {
    let what = format!("{css} {property} becomes {wanted}");
    scene
        .until(&what, || async {
            Ok(style(scene, css, property).await? == wanted)
        })
        .await
}

#[test]
fn a_look_that_changes_is_shown_at_once_and_what_is_typed_stays() {
    play(Engine::Chromium, "appearance", |scene| async move {
        let page = ready(&scene).await?;
        let look = json!({"accent": "#7a1f5c", "radius": 3, "font": "serif", "fontSize": 18, "spacing": 20});
        page.set(&scene, json!({ "appearance": look })).await?;
        becomes(&scene, "#pay", "backgroundColor", "rgb(122, 31, 92)").await?;
        assert_eq!(style(&scene, "#pay", "borderRadius").await?, "3px");
        assert_eq!(style(&scene, "html", "fontSize").await?, "18px");
        assert!(
            style(&scene, "body", "fontFamily")
                .await?
                .starts_with("Georgia")
        );
        page.picture(&scene, "appearance-accent").await?;

        page.set(
            &scene,
            json!({"appearance": {"background": "#1b1033", "accent": "#ffb000"}}),
        )
        .await?;
        becomes(&scene, "main", "backgroundColor", "rgb(27, 16, 51)").await?;
        assert_eq!(style(&scene, "#pay", "color").await?, "rgb(0, 0, 0)");
        assert_eq!(
            style(&scene, "#pay", "borderRadius").await?,
            "10px",
            "what is absent is the theme's"
        );
        assert_eq!(scene.axe().await?, Vec::<String>::new());
        page.picture(&scene, "appearance-background").await?;

        page.set(&scene, json!({ "appearance": null })).await?;
        becomes(&scene, "#pay", "backgroundColor", "rgb(10, 90, 102)").await?;
        let number = scene.visible("#card-number").await?.prop("value").await?;
        assert_eq!(number.as_deref(), Some("4242 4242 4242 4242"));
        Ok(())
    });
}

#[test]
fn the_first_html_has_the_look_that_the_element_was_made_with() {
    play(Engine::Chromium, "appearance-first", |scene| async move {
        let state = State::named("loading")?;
        let mut page = state.reach(&scene, "en", "light").await?;
        page.look = json!({"accent": "#7a1f5c"});
        page.show(&scene, "en", "light").await?;
        scene.enter_frame().await?;
        scene.visible("#card-number").await?;
        assert_eq!(
            style(&scene, ".consent__box", "accentColor").await?,
            "rgb(122, 31, 92)"
        );
        page.look = json!({});
        Ok(())
    });
}

#[test]
fn a_colour_that_cannot_be_read_is_named_in_the_console_and_not_used() {
    play(
        Engine::Chromium,
        "appearance-unreadable",
        |scene| async move {
            let page = ready(&scene).await?;
            scene.browser.console().await?;
            page.set(
                &scene,
                json!({"appearance": {"text": "#bbbbbb", "border": "url(x)"}}),
            )
            .await?;
            let mut heard: Vec<String> = vec![];
            for wanted in [
                "appearance.text is not used",
                "appearance.border is not used",
            ] {
                for _ in 0..100 {
                    heard.extend(scene.browser.console().await?);
                    if heard.iter().any(|line| line.contains(wanted)) {
                        break;
                    }
                }
                assert!(heard.iter().any(|line| line.contains(wanted)), "{heard:#?}");
            }
            let text = heard
                .iter()
                .find(|line| line.contains("appearance.text"))
                .cloned();
            let text = text.unwrap_or_default();
            for part in ["#bbbbbb", ":1", "4.50:1", "darker"] {
                assert!(text.contains(part), "{text}");
            }
            assert_eq!(style(&scene, "body", "color").await?, "rgb(20, 33, 58)");
            Ok(())
        },
    );
}

/// What the payer's system asks of pages, in the frame and around it.
async fn system(scene: &Scene, features: &[(&str, &str)]) -> Result<(), Failure> {
    let features: Vec<Value> = features
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    let params = json!({ "features": features });
    scene
        .driver()
        .cdp()
        .send_raw("Emulation.setEmulatedMedia", params)
        .await?;
    Ok(())
}

#[test]
fn the_payers_system_is_followed() {
    play_imitating("system", |scene| async move {
        let page = ready(&scene).await?;
        page.set(&scene, json!({ "theme": "auto" })).await?;
        system(&scene, &[("prefers-color-scheme", "dark")]).await?;
        becomes(&scene, "main", "backgroundColor", "rgb(18, 26, 38)").await?;
        page.picture(&scene, "system-dark").await?;
        system(&scene, &[("prefers-color-scheme", "light")]).await?;
        becomes(&scene, "main", "backgroundColor", "rgb(255, 255, 255)").await?;
        Ok(())
    });
}

#[test]
fn nothing_moves_for_a_payer_who_wants_no_motion() {
    play_imitating("reduced-motion", |scene| async move {
        let page = State::named("submitting")?
            .reach(&scene, "en", "light")
            .await?;
        page.widen(&scene, 400).await?;
        becomes(&scene, ".button__spinner", "animationName", "turn").await?;
        system(&scene, &[("prefers-reduced-motion", "reduce")]).await?;
        becomes(&scene, ".button__spinner", "animationName", "pulse").await?;
        assert_eq!(style(&scene, "#pay", "transitionDuration").await?, "0s");
        page.picture(&scene, "submitting-en-reduced-motion").await
    });
}

/// What cannot be told from its ground where the system dictates colours. Backgrounds are gone there: what is left of a field
/// or a button is its border, of a mark the one colour that is its own, of what turns the side that is open.
const NOT_SEEN: &str = "\
    const ground = getComputedStyle(document.querySelector('main')).backgroundColor; \
    const is_seen = (colour) => colour !== ground && !/^rgba.*, 0\\)$/.test(colour); \
    const all = (css) => [...document.querySelectorAll(css)].filter((it) => it.checkVisibility({ visibilityProperty: true })); \
    const lost = []; \
    const must = (what, it, holds) => { if (!holds) lost.push(`${what}: ${it.outerHTML.slice(0, 150)}`); }; \
    const edges = ['Top', 'Right', 'Bottom', 'Left']; \
    for (const it of all('.button, .field__input, .saved-cards label, .notice')) { \
      const style = getComputedStyle(it); \
      const drawn = edges.filter((edge) => parseFloat(style[`border${edge}Width`]) && is_seen(style[`border${edge}Color`])); \
      must('border', it, drawn.length >= (it.matches('label') ? 3 : 4)); \
      must('text', it, is_seen(style.color)); \
    } \
    for (const it of all('[aria-invalid=true]')) must('mistake', it, parseFloat(getComputedStyle(it).borderTopWidth) === 3); \
    for (const it of all('.button__spinner, [data-mark=wait] .panel__mark')) { \
      const { borderInlineStartColor, borderInlineEndColor } = getComputedStyle(it); \
      must('spinner', it, is_seen(borderInlineStartColor) && !is_seen(borderInlineEndColor)); \
    } \
    for (const it of all('.panel:not([data-mark=wait]) .panel__mark')) { \
      const style = getComputedStyle(it); \
      must('mark', it, style.maskImage !== 'none' && is_seen(style.backgroundColor)); \
    } \
    const brands = [ \
      ...all('.field__brand').map((it) => [it, getComputedStyle(it)]), \
      ...all('.saved-cards label:not([data-brand=\"\"])').map((it) => [it, getComputedStyle(it, '::before')]), \
    ]; \
    for (const [it, style] of brands) \
      must('brand', it, style.backgroundImage !== 'none' && style.forcedColorAdjust === 'none'); \
    const count = all('.button, .field__input, .button__spinner, .panel__mark').length + brands.length; \
    return { lost, count };";

#[test]
fn colours_that_the_system_dictates_leave_every_shape_visible() {
    play_imitating("forced-colors", |scene| async move {
        for (name, shapes) in [
            ("filled", 6),
            ("invalid", 6),
            ("two-brands", 7),
            ("chosen", 3),
            ("consent", 5),
            ("bank-left", 4),
            ("at-bank-redirect", 3),
            ("declined", 6),
            ("paid", 1),
            ("submitting", 7),
        ] {
            let page = State::named(name)?.reach(&scene, "en", "light").await?;
            page.widen(&scene, 400).await?;
            for scheme in ["light", "dark"] {
                system(
                    &scene,
                    &[
                        ("forced-colors", "active"),
                        ("prefers-color-scheme", scheme),
                    ],
                )
                .await?;
                let forced = "return matchMedia('(forced-colors: active)').matches";
                scene
                    .until("the frame knows", || async {
                        Ok(scene.driver().execute(forced, vec![]).await?.json() == true)
                    })
                    .await?;
                let seen = scene.driver().execute(NOT_SEEN, vec![]).await?;
                let seen = seen.json();
                assert_eq!(seen["lost"], json!([]), "{name} {scheme}");
                // Else nothing could be lost.
                assert_eq!(seen["count"], shapes, "{name} {scheme}");
                page.picture(&scene, &format!("{name}-en-forced-{scheme}"))
                    .await?;
            }
            system(&scene, &[]).await?;
        }
        Ok(())
    });
}

#[test]
fn a_language_whose_words_are_lost_is_not_said_to_be_shown() {
    play(Engine::Chromium, "words-lost", |scene| async move {
        let (checkout, gate) = held_back::holding(&scene.demo.checkout, "/pl.json ")?;
        let dress = ("en", "light");
        let page = BarePage::open(&scene, &checkout, dress, &json!({}), None).await?;
        scene.enter_frame().await?;
        scene.phase("ready").await?;
        page.set(&scene, json!({ "locale": "pl" })).await?;
        gate.cut();
        scene
            .until("the page is told", || async {
                let console = scene.browser.console().await?;
                Ok(console
                    .iter()
                    .any(|line| line.contains("locale is not used")))
            })
            .await?;
        let shown = scene.visible("html").await?.attr("lang").await?;
        assert_eq!(shown.as_deref(), Some("en"));

        gate.open();
        page.dress(&scene, "is", "light").await?;
        page.dress(&scene, "pl", "light").await?;
        let label = scene.visible("label[for='card-number']").await?;
        assert_eq!(label.text().await?, "Numer karty");
        Ok(())
    });
}
