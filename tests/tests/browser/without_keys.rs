//! What stands in a field without having been typed key by key: what browsers fill in or correct, what input methods
//! compose, what is dragged. Only some of it can be done by a driver; the rest is told to the form as engines tell it.

use browser_tests::{Engine, Failure, Scene, in_every_engine, play, play_imitating};
use serde_json::json;
use thirtyfour::prelude::*;

in_every_engine!(
    what_a_browser_fills_in_is_formatted_and_pays,
    what_a_browser_filled_in_silently_pays,
    what_is_being_composed_is_left_alone_until_it_is_done,
    what_is_dragged_arrives_and_can_be_undone,
    what_a_browser_replaces_in_a_name_stays,
);

/// What an engine does to a field and says of it: the events in their order, and the text with `|` at the caret.
async fn tell(scene: &Scene, field: &str, events: &[(&str, &str, &str)]) -> Result<(), Failure> {
    let script = "const [id, events] = arguments; const it = document.getElementById(id); \
        let isComposing = false; \
        for (const [kind, inputType, text] of events) { \
          if (kind === 'compositionstart') isComposing = true; \
          if (kind === 'compositionend') isComposing = false; \
          if (text !== '=') { const caret = text.indexOf('|'); it.value = text.replace('|', ''); \
            if (caret >= 0) it.setSelectionRange(caret, caret); } \
          it.dispatchEvent(kind === 'input' ? new InputEvent(kind, { bubbles: true, inputType, isComposing }) \
            : kind === 'change' ? new Event(kind, { bubbles: true }) : new CompositionEvent(kind, { bubbles: true })); \
        }";
    scene
        .driver()
        .execute(script, vec![json!(field), json!(events)])
        .await?;
    Ok(())
}

fn what_a_browser_fills_in_is_formatted_and_pays(engine: Engine) {
    play(engine, "filled-in", |scene| async move {
        scene.show_form(&json!({})).await?;
        // Engines that are told `MM/YY` by nobody fill in any of these.
        for expiry in ["03/30", "03/2030", "3/2030", "0330", "032030", "2030-03"] {
            for (field, text) in [
                ("card-name", "Jón Prófari"),
                ("card-number", "4242424242424242"),
                ("card-expiry", expiry),
                ("card-code", "737"),
            ] {
                let filled = [
                    ("input", "insertReplacementText", text),
                    ("change", "", "="),
                ];
                tell(&scene, field, &filled).await?;
            }
            let filled = json!(["4242 4242 4242 4242", "03 / 30", "737", "Jón Prófari"]);
            assert_eq!(scene.typed().await?, filled, "{expiry}");
        }
        scene.press_pay().await?;
        scene.phase("succeeded").await?;
        Ok(())
    });
}

/// Some extensions set the text and say nothing.
fn what_a_browser_filled_in_silently_pays(engine: Engine) {
    play(engine, "filled-silently", |scene| async move {
        scene.show_form(&json!({})).await?;
        let silent = "for (const [id, text] of Object.entries(arguments[0])) document.getElementById(id).value = text";
        let card = json!({
            "card-number": "4242-4242-4242-4242", "card-expiry": "3/30", "card-code": "737", "card-name": "Jón Prófari",
        });
        scene.driver().execute(silent, vec![card]).await?;
        scene.press_pay().await?;
        scene.phase("succeeded").await?;
        Ok(())
    });
}

fn what_is_being_composed_is_left_alone_until_it_is_done(engine: Engine) {
    play(engine, "composed", |scene| async move {
        scene.show_form(&json!({})).await?;
        scene.visible("#card-number").await?.click().await?;
        let composing = [
            ("compositionstart", "", "="),
            ("input", "insertCompositionText", "４|"),
            ("input", "insertCompositionText", "４２４２ ４|"),
        ];
        tell(&scene, "card-number", &composing).await?;
        assert_eq!(scene.text_and_caret("card-number").await?, "４２４２ ４|");
        // Chromium and Firefox say nothing more; WebKit tells of the text once again.
        tell(&scene, "card-number", &[("compositionend", "", "=")]).await?;
        assert_eq!(scene.text_and_caret("card-number").await?, "4242 4|");
        let again = [
            ("compositionstart", "", "="),
            ("input", "insertCompositionText", "4242 4２|"),
            ("compositionend", "", "="),
            ("input", "insertFromComposition", "4242 42|"),
        ];
        tell(&scene, "card-number", &again).await?;
        assert_eq!(scene.text_and_caret("card-number").await?, "4242 42|");

        let name = [
            ("compositionstart", "", "="),
            ("input", "insertCompositionText", "やまだ|"),
            ("input", "insertCompositionText", "山田|"),
            ("compositionend", "", "="),
            ("input", "insertText", "山田　太郎|"),
        ];
        scene.visible("#card-name").await?.click().await?;
        tell(&scene, "card-name", &name).await?;
        assert_eq!(scene.text_and_caret("card-name").await?, "山田　太郎|");

        // Given up half-way.
        let gone = [
            ("compositionstart", "", "="),
            ("input", "insertCompositionText", "０３|"),
            ("input", "deleteCompositionText", "|"),
            ("compositionend", "", "="),
        ];
        tell(&scene, "card-expiry", &gone).await?;
        assert_eq!(scene.text_and_caret("card-expiry").await?, "|");
        Ok(())
    });
}

fn what_is_dragged_arrives_and_can_be_undone(engine: Engine) {
    play(engine, "dragged", |scene| async move {
        scene.show_form(&json!({})).await?;
        let number = scene.visible("#card-number").await?;
        scene.keys(&number, "4111 5222 6333").await?;
        // Across a gap to the end, then a whole group.
        for (taken, put, moved) in [
            ("4111 52|333", "4111 5233322 6|", "4111 5233 3226|"),
            ("|5233 3226", "5233 32264111 |", "5233 3226 4111|"),
        ] {
            let half = [("input", "deleteByDrag", taken)];
            tell(&scene, "card-number", &half).await?;
            // The engine counts on it when it puts down what was taken.
            assert_eq!(scene.text_and_caret("card-number").await?, taken);
            let half = [("input", "insertFromDrop", put)];
            tell(&scene, "card-number", &half).await?;
            assert_eq!(scene.text_and_caret("card-number").await?, moved);
        }
        let undo = format!("{}z{}", Key::Control.value(), Key::Null.value());
        let mut seen = vec![];
        for _ in 0..4 {
            scene.keys(&number, undo.as_str()).await?;
            seen.push(number.prop("value").await?.unwrap_or_default());
        }
        let steps = [
            "5233 3226",
            "4111 5233 3226",
            "4111 52333",
            "4111 5222 6333",
        ];
        assert_eq!(seen, steps);

        // Out of one field and into another.
        tell(
            &scene,
            "card-number",
            &[("input", "deleteByDrag", "4111 |6333")],
        )
        .await?;
        tell(
            &scene,
            "card-code",
            &[("input", "insertFromDrop", "5222 |")],
        )
        .await?;
        assert_eq!(scene.typed().await?, json!(["4111 6333", "", "5222", ""]));
        Ok(())
    });
}

fn what_a_browser_replaces_in_a_name_stays(engine: Engine) {
    play(engine, "replaced", |scene| async move {
        scene.show_form(&json!({})).await?;
        let name = scene.visible("#card-name").await?;
        scene.keys(&name, "Jon Profari").await?;
        let corrected = [("input", "insertReplacementText", "Jón| Profari")];
        tell(&scene, "card-name", &corrected).await?;
        assert_eq!(scene.text_and_caret("card-name").await?, "Jón| Profari");
        let refused = "return ['number', 'expiry', 'code', 'name'].map((it) => document.getElementById(`card-${it}`))\
            .filter((it) => it.spellcheck || it.getAttribute('autocorrect') !== 'off').map((it) => it.id)";
        assert_eq!(scene.ask(refused).await?, json!([]), "none is wished for");
        Ok(())
    });
}

#[test]
fn an_input_method_composes() {
    play_imitating("input-method", |scene| async move {
        scene.show_form(&json!({})).await?;
        scene.visible("#card-number").await?.click().await?;
        let cdp = scene.driver().cdp();
        for text in ["４", "４２", "４２４２４"] {
            let end = text.chars().count();
            let composed = json!({"text": text, "selectionStart": end, "selectionEnd": end});
            cdp.send_raw("Input.imeSetComposition", composed).await?;
            assert_eq!(
                scene.text_and_caret("card-number").await?,
                format!("{text}|")
            );
        }
        cdp.send_raw("Input.insertText", json!({"text": "４２４２４"}))
            .await?;
        assert_eq!(scene.text_and_caret("card-number").await?, "4242 4|");
        Ok(())
    });
}
