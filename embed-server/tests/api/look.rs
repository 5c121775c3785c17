//! How a page wishes the form to look: in the first HTML and at `/public/look`.

use serde_json::json;

use crate::support::{TestServer, send};

#[tokio::test]
async fn the_first_html_has_the_colours_that_can_be_read_and_names_the_others() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let wish =
        "?theme=light&appearance=%7B%22accent%22%3A%22%237A1F5C%22%2C%22text%22%3A%22%23eee%22%7D";

    let page = send(server.request("GET", &format!("/embed/{}{wish}", session.id))).await;

    let html = page.body.as_str().unwrap();
    assert!(html.contains(":root{--accent-light:#7a1f5c;"), "{html}");
    assert!(!html.contains("--ink-light:#eee"));
    assert!(html.contains("data-advice=\"appearance.text is not used"));
    assert!(!html.contains("style="));
}

#[tokio::test]
async fn nothing_that_is_no_value_reaches_the_document() {
    let server = TestServer::start().await;
    let session = server.session().await;
    // {"accent":"#000;}</style><script>","x</style>":1}
    let wish = "?appearance=%7B%22accent%22%3A%22%23000%3B%7D%3C%2Fstyle%3E%3Cscript%3E%22%2C%22x%3C%2Fstyle%3E%22%3A1%7D";

    let page = send(server.request("GET", &format!("/embed/{}{wish}", session.id))).await;

    let html = page.body.as_str().unwrap();
    assert_eq!(page.status, 200);
    assert!(html.contains(">:root{}</style>"), "{html}");
    assert!(
        !html.contains("x</style>"),
        "a name is text in an attribute"
    );
    assert!(!html.contains("</style><script>"));
}

#[tokio::test]
async fn a_change_is_judged_without_a_secret() {
    let server = TestServer::start().await;
    let body = json!({
        "theme": "dark",
        "appearance": r##"{"background": "#fdf6ec", "border": "#ccc", "radius": 4}"##,
    });

    let answer = send(server.request("POST", "/public/look").json(&body)).await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["theme"], "light", "the ground decides");
    assert_eq!(
        answer.body["properties"],
        json!({"--page": "dark", "--ground-light": "#fdf6ec", "--radius": "4"})
    );
    let warnings = answer.body["warnings"].as_array().unwrap();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
}

#[tokio::test]
async fn what_cannot_be_read_is_the_theme() {
    let server = TestServer::start().await;

    for body in ["", "x", "[]", "{\"theme\": 3, \"appearance\": {}}"] {
        let answer = send(server.request("POST", "/public/look").body(body)).await;
        assert_eq!(answer.status, 200, "{body}");
        assert_eq!(answer.body["theme"], "auto", "{body}");
        assert_eq!(answer.body["properties"], json!({}), "{body}");
    }
}
