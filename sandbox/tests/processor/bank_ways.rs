//! The ways in which the bank asks, as a browser without scripts sees them.

use serde_json::json;

use crate::support::{Scene, location, redirect_result};

const CHALLENGED: &str = "4000002500003155";

async fn text(scene: &Scene, path: &str) -> String {
    scene.get(path).await.text().await.unwrap()
}

#[tokio::test]
async fn the_page_goes_on_once_the_app_was_answered() {
    let scene = Scene::start().await;
    for (answer, code) in [("approve", "Authorised"), ("refuse", "Refused")] {
        let page = scene.challenge(CHALLENGED).await;
        let waiting = text(&scene, &format!("{page}?asks=app&lang=en")).await;
        assert!(waiting.contains(r#"http-equiv="refresh""#), "{waiting}");
        assert!(waiting.contains(&format!("{page}/phone?lang=en&amp;asks=app")));

        let phone = format!("{page}/phone?lang=en");
        assert!(text(&scene, &phone).await.contains("Approve the payment?"));
        let done = scene.press(&phone, answer, "").await.text().await.unwrap();
        assert!(done.contains("Your answer has arrived"), "{done}");

        let back = redirect_result(&scene.get(&format!("{page}?asks=app")).await);
        assert_eq!(scene.details(&back).await.1["resultCode"], code);
    }
}

#[tokio::test]
async fn a_payer_who_says_too_early_that_it_is_done_is_told() {
    let scene = Scene::start().await;
    let page = format!("{}?asks=app&lang=en", scene.challenge(CHALLENGED).await);

    let early = scene.press(&page, "continue", "").await;

    assert_eq!(early.status(), 200);
    let early = early.text().await.unwrap();
    assert!(early.contains("has not arrived yet") && early.contains(r#"role="alert""#));
}

#[tokio::test]
async fn a_bank_that_takes_no_answer_takes_none_from_its_app() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;
    scene.faults(json!({"bank": "never_answers"})).await;

    scene.press(&format!("{page}/phone"), "approve", "").await;

    assert_eq!(scene.get(&page).await.status(), 200);
}

#[tokio::test]
async fn a_choice_leads_to_each_way_and_keeps_what_the_address_asks_for() {
    let scene = Scene::start().await;
    scene.faults(json!({"bank_asks": "choice"})).await;
    let page = scene.challenge(CHALLENGED).await;

    let choice = text(&scene, &format!("{page}?lang=en&fault=coop")).await;

    for kept in [
        r#"name="asks" value="app""#,
        r#"name="asks" value="code""#,
        r#"name="lang" value="en""#,
        r#"name="fault" value="coop""#,
    ] {
        assert!(choice.contains(kept), "{kept}: {choice}");
    }
    assert!(
        text(&scene, &format!("{page}?asks=code"))
            .await
            .contains("one-time-code")
    );
    assert!(
        text(&scene, &format!("{page}?asks=app"))
            .await
            .contains("refresh")
    );
}

#[tokio::test]
async fn a_detour_leads_over_another_site_to_the_code() {
    let scene = Scene::start().await;
    scene.faults(json!({"bank_asks": "detour"})).await;
    let page = scene.challenge(CHALLENGED).await;

    let away = text(&scene, &page).await;
    let port = scene
        .url("")
        .rsplit(':')
        .next()
        .unwrap()
        .trim_end_matches('/')
        .to_owned();
    assert!(
        away.contains(&format!(r#"action="http://localhost:{port}{page}/detour"#)),
        "{away}"
    );

    let back = location(&scene.press(&format!("{page}/detour?lang=en"), "", "").await);
    assert!(
        back.ends_with(&format!("{page}?lang=en&asks=code")),
        "{back}"
    );
    let path = back.split_once(&page).unwrap().1;
    let result = scene
        .redirect_result(&format!("{page}{path}"), "1234")
        .await;
    assert_eq!(scene.details(&result).await.1["resultCode"], "Authorised");
}

#[tokio::test]
async fn the_other_language_keeps_what_the_address_asks_for() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;

    let html = text(&scene, &format!("{page}?lang=en&fault=coop&asks=app")).await;

    assert!(
        html.contains(r#"href="?lang=is&amp;fault=coop&amp;asks=app""#),
        "{html}"
    );
}
