//! The bank's page as a browser without scripts sees it.

use crate::support::{Scene, location};

const CHALLENGED: &str = "4000002500003155";

async fn text(scene: &Scene, path: &str) -> String {
    scene.get(path).await.text().await.unwrap()
}

#[tokio::test]
async fn the_page_says_who_wants_how_much_from_which_card() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;

    let html = text(&scene, &page).await;

    for shown in [
        "BorgaDemo",
        "1.990\u{a0}kr.",
        "3155",
        "Prófbankinn",
        "Prófun –",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    assert!(!html.contains(CHALLENGED));
}

#[tokio::test]
async fn the_language_is_the_browsers_or_the_one_chosen() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;
    let request = scene
        .client
        .get(scene.url(&page))
        .header("Accept-Language", "en-GB,is;q=0.5");

    let english = request.send().await.unwrap().text().await.unwrap();
    let icelandic = text(&scene, &format!("{page}?lang=is")).await;

    assert!(english.contains("Confirm your payment") && english.contains(r#"lang="en""#));
    assert!(icelandic.contains("Staðfestu greiðsluna") && icelandic.contains(r#"lang="is""#));
}

#[tokio::test]
async fn the_policy_allows_no_script_and_any_frame() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;

    let response = scene.get(&page).await;

    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(
        !policy.contains("unsafe") && !policy.contains("frame-ancestors"),
        "{policy}"
    );
    assert!(!response.headers().contains_key("x-frame-options"));
}

#[tokio::test]
async fn a_wrong_code_may_be_corrected() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;

    let again = scene.press(&page, "confirm", "0000").await;
    assert_eq!(again.status(), 200);
    assert!(again.text().await.unwrap().contains(r#"role="alert""#));
    let result = scene.redirect_result(&page, "1234").await;

    assert_eq!(scene.details(&result).await.1["resultCode"], "Authorised");
}

#[tokio::test]
async fn the_third_wrong_code_fails_the_challenge() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;
    for code in ["0000", "9999"] {
        assert_eq!(scene.press(&page, "confirm", code).await.status(), 200);
    }

    let result = scene.redirect_result(&page, "5555").await;

    assert_eq!(scene.details(&result).await.1["refusalReasonCode"], "11");
}

#[tokio::test]
async fn an_empty_code_is_not_a_try() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;
    for _ in 0..4 {
        assert_eq!(scene.press(&page, "confirm", "").await.status(), 200);
    }

    let result = scene.redirect_result(&page, "1234").await;

    assert_eq!(scene.details(&result).await.1["resultCode"], "Authorised");
}

#[tokio::test]
async fn pressing_again_leads_the_same_way_back() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;

    let first = location(&scene.press(&page, "confirm", "1234").await);
    let second = location(&scene.press(&page, "cancel", "").await);

    assert_eq!(first, second);
}

#[tokio::test]
async fn reloading_an_answered_page_leads_the_same_way_back() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;
    let first = location(&scene.press(&page, "confirm", "1234").await);

    assert_eq!(location(&scene.get(&page).await), first);
}

#[tokio::test]
async fn an_unknown_challenge_is_not_found() {
    let scene = Scene::start().await;

    assert_eq!(scene.get("/acs/unknown").await.status(), 404);
}
