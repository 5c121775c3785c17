//! The pages that are made with React and Vue: the server hands them a session, and their source is there to read.

use reqwest::StatusCode;

use crate::scene::{CHECKOUT, SECRET_KEY, Scene};

#[tokio::test]
async fn each_page_has_its_session_its_script_and_its_source() {
    let scene = Scene::new().await;
    for (kind, source) in [
        ("react", "import { BorgaCheckout } from \"@borga/react\""),
        ("vue", "import { BorgaCheckout } from \"@borga/vue\""),
        ("routed", "import { BorgaCheckout } from \"@borga/react\""),
        ("modal", "import { loadBorga"),
    ] {
        let order = scene.new_order(&format!("/checkout/{kind}")).await;
        let page = scene
            .get(&format!("/checkout/{kind}?order={order}&theme=dark"))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        let readable = page.body.replace("&quot;", "\"");
        for part in [
            "data-session-id=\"ps_",
            &format!("data-checkout-origin=\"{CHECKOUT}\""),
            &format!("data-order-url=\"/orders/{order}\""),
            "data-theme=\"dark\"",
            &format!("src=\"/pages/{kind}.js\""),
            source,
        ] {
            assert!(readable.contains(part), "{kind}: {part}: {readable}");
        }
        assert!(!page.body.contains(SECRET_KEY));
    }
}

#[tokio::test]
async fn a_script_is_served_by_its_name_and_nothing_else_is() {
    let scene = Scene::new().await;
    let react = scene.get("/pages/react.js").await;
    assert_eq!(
        (react.status, react.body.as_str()),
        (StatusCode::OK, "react()")
    );
    for absent in ["/pages/vue.js", "/pages/Cargo.toml", "/pages/..%2freact.js"] {
        assert_eq!(
            scene.get(absent).await.status,
            StatusCode::NOT_FOUND,
            "{absent}"
        );
    }
}
