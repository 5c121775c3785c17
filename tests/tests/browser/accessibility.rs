//! How the checkout is reached and heard without a pointer and without seeing it. What axe can find is looked for in every
//! state (`look.rs`); here is what it cannot.

use browser_tests::look::{BarePage, locales};
use browser_tests::states::State;
use browser_tests::{Engine, Failure, Scene, in_engine, play, play_imitating};
use serde_json::json;
use thirtyfour::prelude::*;

async fn reach(scene: &Scene, state: &str, locale: &str) -> Result<BarePage, Failure> {
    State::named(state)?.reach(scene, locale, "light").await
}

async fn press(scene: &Scene, key: Key) -> Result<(), Failure> {
    Ok(scene
        .driver()
        .action_chain()
        .send_keys(key)
        .perform()
        .await?)
}

#[derive(Clone, Copy)]
enum Way {
    On,
    Back,
}

/// Ids of what gets the focus, key by key, from the page around the frame until it is there again. A saved card is `saved`.
async fn walked(scene: &Scene, way: Way) -> Result<Vec<String>, Failure> {
    let mut ids = vec![];
    for _ in 0..20 {
        let keys = scene.driver().action_chain();
        let keys = match way {
            Way::On => keys.send_keys(Key::Tab),
            // Held, where keys that are typed one after the other are let go.
            Way::Back => keys
                .key_down(Key::Shift)
                .send_keys(Key::Tab)
                .key_up(Key::Shift),
        };
        keys.perform().await?;
        let id = "return document.hasFocus() ? document.activeElement?.id ?? '' : ''";
        match scene.ask(id).await?.as_str() {
            Some("") | None => break,
            Some(id) if id.starts_with("pm_") => ids.push("saved".to_owned()),
            Some(id) => ids.push(id.to_owned()),
        }
    }
    Ok(ids)
}

/// Puts the focus on the page, before the frame.
async fn before_the_frame(scene: &Scene) -> Result<(), Failure> {
    scene.driver().enter_default_frame().await?;
    scene.driver().find(By::Css("h1")).await?.click().await?;
    scene.enter_frame().await
}

#[test]
fn the_keyboard_goes_through_the_form_in_its_order_and_out_again() {
    play(Engine::Chromium, "keyboard", |scene| async move {
        let card = ["card-number", "card-expiry", "card-code", "card-name"];
        let of_card = |more: &[&'static str]| [&card, more].concat();
        for (state, order) in [
            ("ready", of_card(&["pay"])),
            ("consent", of_card(&["save-card", "pay"])),
            ("email", of_card(&["email", "pay"])),
            (
                "two-brands",
                [&["card-number", "card-brand"], &card[1..], &["pay"]].concat(),
            ),
            ("chosen", vec!["saved", "remove-card", "pay"]),
            ("coded", vec!["saved", "remove-card", "card-code", "pay"]),
            (
                "card-expired",
                [&["another-card"], &card[..], &["save-card", "pay"]].concat(),
            ),
            // They come where they are seen, behind what is typed into.
            ("late-cards", of_card(&["save-card", "another-card", "pay"])),
            (
                "bank-left",
                vec!["finish-at-bank", "try-again", "cancel-challenge"],
            ),
        ] {
            let _page = reach(&scene, state, "en").await?;
            scene.driver().enter_default_frame().await?;
            let around = "place.insertAdjacentHTML('beforebegin', '<button id=before>Back</button>'); \
                          place.insertAdjacentHTML('afterend', '<button id=behind>Help</button>'); \
                          document.getElementById('before').focus()";
            scene.ask(around).await?;
            scene.enter_frame().await?;
            assert_eq!(walked(&scene, Way::On).await?, order, "{state}");
            scene.driver().enter_default_frame().await?;
            assert_eq!(scene.focused().await?, "behind", "{state}");
            scene.enter_frame().await?;
            let back: Vec<&str> = order.into_iter().rev().collect();
            assert_eq!(walked(&scene, Way::Back).await?, back, "{state}, back");
            scene.driver().enter_default_frame().await?;
            assert_eq!(scene.focused().await?, "before", "{state}");
        }
        Ok(())
    });
}

#[test]
fn every_place_of_the_focus_can_be_seen() {
    play(Engine::Chromium, "focus-seen", |scene| async move {
        for state in ["ready", "consent", "chosen", "coded", "bank-left"] {
            let page = reach(&scene, state, "en").await?;
            for theme in browser_tests::look::THEMES {
                page.dress(&scene, "en", theme).await?;
                before_the_frame(&scene).await?;
                press(&scene, Key::Tab).await?;
                for _ in 0..6 {
                    let seen = "const it = document.activeElement; const style = getComputedStyle(it); \
                        const box = it.getBoundingClientRect(); \
                        return it === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 \
                        && box.left >= 3 && box.right <= innerWidth - 3) || it.outerHTML";
                    assert_eq!(scene.ask(seen).await?, true, "{state} {theme}");
                    press(&scene, Key::Tab).await?;
                    if scene.ask("return document.hasFocus()").await? == false {
                        break;
                    }
                }
            }
        }
        Ok(())
    });
}

// Driven by its driver, WebKit's Tab was not seen to step into a frame.
in_engine!(
    chromium_with_tab,
    Chromium,
    a_payer_without_a_pointer_pays_from_the_page_on
);
in_engine!(
    firefox_with_tab,
    Firefox,
    a_payer_without_a_pointer_pays_from_the_page_on
);

/// Keys that go wherever the focus is; nothing is looked up to be typed into.
fn a_payer_without_a_pointer_pays_from_the_page_on(engine: Engine) {
    play(engine, "keys-alone", |scene| async move {
        let checkout = scene.demo.checkout.clone();
        let dress = ("en", "light");
        let _page = BarePage::open(&scene, &checkout, dress, &json!({}), None).await?;
        scene.enter_checkout().await?;
        scene.driver().enter_default_frame().await?;
        press(&scene, Key::Tab).await?;
        scene.enter_frame().await?;
        assert_eq!(scene.focused().await?, "card-number");
        for (keys, next) in [
            ("4242424242424242", "card-expiry"),
            ("0330", "card-code"),
            ("737", "card-name"),
            ("Jón Prófari", "pay"),
        ] {
            let typed = scene.driver().action_chain().send_keys(keys);
            typed.send_keys(Key::Tab).perform().await?;
            assert_eq!(scene.focused().await?, next);
        }
        press(&scene, Key::Enter).await?;
        scene.phase("succeeded").await?;

        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}

#[test]
fn fields_and_buttons_have_the_names_that_are_written_on_them() {
    play_imitating("spoken", |scene| async move {
        let page = reach(&scene, "invalid", "en").await?;
        for locale in locales() {
            page.dress(&scene, locale, "light").await?;
            let mut heard = vec![];
            for element in scene.driver().find_all(By::Css("input, button")).await? {
                if element.is_displayed().await? {
                    let (role, name) = scene.spoken(&element).await?;
                    let label = scene.ask(&format!(
                        "const it = document.getElementById({}); return (it.labels?.[0] ?? it).innerText.trim()",
                        json!(element.id().await?)
                    )).await?;
                    assert_eq!(name, label, "what is heard is what is read");
                    assert!(!name.is_empty());
                    heard.push(role);
                }
            }
            assert_eq!(
                heard,
                ["textbox", "textbox", "textbox", "textbox", "button"]
            );
            let tied = "return [...document.querySelectorAll(\"[aria-invalid='true']\")].every((input) => \
                        document.getElementById(input.getAttribute('aria-describedby')).textContent)";
            assert_eq!(scene.ask(tied).await?, true);
        }
        Ok(())
    });
}

#[test]
fn the_places_of_announcements_are_there_before_the_program() {
    play(Engine::Chromium, "live-regions", |scene| async move {
        reach(&scene, "loading", "is").await?;
        let regions = "return [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')].length";
        let before = scene.ask(regions).await?;
        assert_eq!(
            before, 10,
            "three of state, two alerts and one for each field"
        );
        let text = "return [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')]\
                    .map((it) => it.innerText).join('').trim()";
        assert_eq!(scene.ask(text).await?, "", "and nothing is said yet");
        Ok(())
    });
}

#[test]
fn the_end_is_announced_and_has_the_focus() {
    play(Engine::Chromium, "end-announced", |scene| async move {
        reach(&scene, "paid", "en").await?;
        scene
            .until("the title has the focus", || async {
                Ok(scene.ask("return document.activeElement.id").await? == "panel-title")
            })
            .await?;
        let said = scene
            .ask("return document.getElementById('announcement').textContent")
            .await?;
        assert_eq!(said, "Payment complete");
        Ok(())
    });
}

#[test]
fn the_frame_has_a_short_name_in_the_payers_language() {
    play(Engine::Chromium, "frame-name", |scene| async move {
        let page = reach(&scene, "ready", "en").await?;
        let mut names = vec![];
        for locale in locales() {
            page.dress(&scene, locale, "light").await?;
            scene.driver().enter_default_frame().await?;
            let title = scene.ask("return document.querySelector('borga-checkout').shadowRoot.querySelector('iframe').title",
            )
            .await?;
            let title = title.as_str().unwrap_or_default().to_owned();
            assert!((5..40).contains(&title.len()), "{title}");
            names.push(title);
            scene.enter_frame().await?;
        }
        names.dedup();
        assert_eq!(names.len(), locales().len(), "{names:?}");
        Ok(())
    });
}

#[test]
fn letters_of_twice_the_size_and_wide_spacing_lose_nothing() {
    play(Engine::Chromium, "large-text", |scene| async move {
        let mut lost = vec![];
        for state in [
            "invalid",
            "bank-left",
            "declined",
            "chosen",
            "coded",
            "consent",
        ] {
            let page = reach(&scene, state, "is").await?;
            for (what, css) in [
                ("200 %", "html{font-size:200% !important}"),
                (
                    "spaced",
                    "*{line-height:1.5 !important;letter-spacing:.12em !important;word-spacing:.16em !important}\
                     p{margin-bottom:2em !important}",
                ),
            ] {
                adopt(&scene, css).await?;
                for locale in locales() {
                    page.dress(&scene, locale, "light").await?;
                    for width in [320, 280] {
                        page.widen(&scene, width).await?;
                        for cut in scene.does_not_fit().await? {
                            lost.push(format!("{state} {locale} {what} {width}: {cut}"));
                        }
                        let name = format!("{state}-{locale}-{}-{width}", what.replace(" %", ""));
                        page.picture(&scene, &name).await?;
                    }
                }
            }
        }
        assert!(lost.is_empty(), "{lost:#?}");
        Ok(())
    });
}

/// Gives the document a style of the payer's own.
async fn adopt(scene: &Scene, css: &str) -> Result<(), Failure> {
    let style = format!(
        "const sheet = new CSSStyleSheet(); sheet.replaceSync({}); document.adoptedStyleSheets = [sheet]",
        json!(css)
    );
    scene.ask(&style).await.map(drop)
}

/// Roles and names in the order in which software that reads aloud comes to them.
async fn heard(scene: &Scene) -> Result<Vec<String>, Failure> {
    let cdp = scene.driver().cdp();
    let tree = cdp.send_raw("Page.getFrameTree", json!({})).await?;
    let frame = &tree["frameTree"]["childFrames"][0]["frame"]["id"];
    let tree = cdp
        .send_raw("Accessibility.getFullAXTree", json!({ "frameId": frame }))
        .await?;
    let nodes = tree["nodes"].as_array().ok_or("no tree")?;
    let mut heard = vec![];
    let mut next = vec![nodes.first().ok_or("an empty tree")?];
    while let Some(node) = next.pop() {
        let role = node["role"]["value"].as_str().unwrap_or_default();
        if node["ignored"] == false && HEARD.contains(&role) {
            let name = node["name"]["value"].as_str().unwrap_or_default();
            heard.push(format!("{role} {name}").trim().to_owned());
        }
        let children = node["childIds"].as_array().into_iter().flatten().rev();
        next.extend(children.filter_map(|id| nodes.iter().find(|node| node["nodeId"] == *id)));
    }
    Ok(heard)
}

/// What has a meaning of its own.
const HEARD: [&str; 9] = [
    "heading", "textbox", "combobox", "radio", "checkbox", "button", "image", "alert", "main",
];

#[test]
fn what_is_read_aloud_comes_in_the_order_that_is_written_down() {
    play_imitating("read-aloud", |scene| async move {
        let before = ["main", "heading Borga Demo", "alert", "alert"];
        let pay = "button Pay ISK\u{a0}1,990";
        let [number, date, code, name] = [
            "textbox Card number",
            "textbox Expiry date",
            "textbox Security code",
            "textbox Name on card",
        ];
        let save = "checkbox Save this card for my next purchases at Borga Demo";
        let saved = [
            "radio Visa ••••\u{a0}4242, 03/30",
            "radio Another card",
            "button Remove Visa ••••\u{a0}4242",
        ];
        let bank = "heading Finish at your bank";
        let ways = [
            "button Finish at your bank",
            "button Try again",
            "button Cancel",
        ];
        for (state, order) in [
            ("filled", vec![number, "image Visa", date, code, name, pay]),
            (
                "declined",
                vec![number, "image Visa", date, code, name, pay],
            ),
            ("consent", vec![number, date, code, name, save, pay]),
            ("chosen", [&saved[..], &[pay]].concat()),
            ("bank-left", [&[bank], &ways[..]].concat()),
            ("paid", vec!["heading Payment complete"]),
        ] {
            let _page = reach(&scene, state, "en").await?;
            assert_eq!(
                heard(&scene).await?,
                [&before[..], &order].concat(),
                "{state}"
            );
        }
        Ok(())
    });
}

#[test]
fn an_amount_of_ten_digits_is_seen_whole() {
    play(Engine::Chromium, "large-amount", |scene| async move {
        let checkout = scene.demo.checkout.clone();
        let more = json!({ "amount": 1_234_567_890 });
        let page = BarePage::open(&scene, &checkout, ("is", "light"), &more, None).await?;
        scene.enter_checkout().await?;
        for size in ["100%", "200%"] {
            adopt(&scene, &format!("html{{font-size:{size} !important}}")).await?;
            for locale in locales() {
                page.dress(&scene, locale, "light").await?;
                page.widen(&scene, 280).await?;
                let cut = scene.does_not_fit().await?;
                assert!(cut.is_empty(), "{locale} {size}: {cut:#?}");
                page.picture(&scene, &format!("amount-{locale}-{size}"))
                    .await?;
            }
        }
        Ok(())
    });
}

#[test]
fn from_right_to_left_everything_has_its_place_too() {
    play(Engine::Chromium, "right-to-left", |scene| async move {
        for state in [
            "two-brands",
            "invalid",
            "chosen",
            "consent",
            "bank-left",
            "declined",
        ] {
            let page = reach(&scene, state, "is").await?;
            scene.ask("document.documentElement.dir = 'rtl'").await?;
            for width in [280, 720] {
                page.widen(&scene, width).await?;
                let cut = scene.does_not_fit().await?;
                assert!(cut.is_empty(), "{state} {width}: {cut:#?}");
                page.picture(&scene, &format!("{state}-rtl-{width}"))
                    .await?;
            }
        }
        Ok(())
    });
}
