//! What browsers load is small on the wire, and is not sent twice.

use std::io::Read as _;

use reqwest::header::{HeaderMap, HeaderName};

use embed_server::http::assets::{Assets, VERSION};

use crate::support::{TestServer, script_list, write_assets};

struct File {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl File {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

async fn get(server: &TestServer, path: &str, header: (HeaderName, &str)) -> File {
    let request = server.request("GET", path).header(header.0, header.1);
    let response = request.send().await.unwrap();
    File {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.bytes().await.unwrap().to_vec(),
    }
}

fn accepting(codings: &str) -> (HeaderName, &str) {
    (reqwest::header::ACCEPT_ENCODING, codings)
}

fn knowing(tag: &str) -> (HeaderName, &str) {
    (reqwest::header::IF_NONE_MATCH, tag)
}

#[tokio::test]
async fn the_frames_document_is_compressed_as_the_browser_likes() {
    let server = TestServer::start().await;
    let path = format!("/embed/{}", server.session().await.id);

    let plain = get(&server, &path, accepting("identity")).await;
    let small = get(&server, &path, accepting("gzip, deflate, br")).await;
    let zipped = get(&server, &path, accepting("gzip")).await;

    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(small.header("content-encoding"), Some("br"));
    assert_eq!(zipped.header("content-encoding"), Some("gzip"));
    assert!(small.body.len() * 2 < plain.body.len());
    let varies = small.headers.get_all("vary").iter();
    let varies: Vec<String> = varies
        .map(|value| value.to_str().unwrap().to_lowercase())
        .collect();
    assert!(varies.contains(&"accept-encoding".to_owned()), "{varies:?}");
    assert!(small.header("content-security-policy").is_some());
    let mut html = String::new();
    brotli::Decompressor::new(small.body.as_slice(), 4096)
        .read_to_string(&mut html)
        .unwrap();
    assert!(html.contains("cc-number"));
}

#[tokio::test]
async fn an_answer_with_a_client_secret_is_never_compressed() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let path = format!("/public/payment_sessions/{}", session.id);

    let answer = server
        .request("GET", &path)
        .bearer_auth(&session.client_secret)
        .header("accept-encoding", "gzip, br")
        .send()
        .await
        .unwrap();

    assert_eq!(answer.status(), 200);
    assert!(answer.headers().get("content-encoding").is_none());
}

#[tokio::test]
async fn a_script_that_the_browser_has_is_not_sent_again() {
    let server = TestServer::start().await;
    let first = get(&server, "/v1/borga.js", accepting("br")).await;
    let tag = first.header("etag").unwrap();

    for known in [tag, &format!("\"other\", {tag}")] {
        let again = get(&server, "/v1/borga.js", knowing(known)).await;
        assert_eq!(again.status, 304);
        assert!(again.body.is_empty());
        assert_eq!(again.header("etag"), Some(tag));
        assert_eq!(again.header("cache-control"), first.header("cache-control"));
        assert_eq!(again.header("access-control-allow-origin"), Some("*"));
    }
    let other = get(&server, "/v1/borga.js", knowing("W/\"other\"")).await;

    assert_eq!(other.status, 200);
    assert!(!other.body.is_empty());
}

fn plainly() -> (HeaderName, &'static str) {
    accepting("identity")
}

#[tokio::test]
async fn a_version_has_the_bytes_of_the_newest_for_a_year_and_in_isolated_pages() {
    let server = TestServer::start().await;
    let newest = get(&server, "/v1/borga.js", plainly()).await;

    let pinned = get(&server, &format!("/v{VERSION}/borga.js"), plainly()).await;

    assert_eq!(pinned.status, 200);
    assert_eq!(pinned.body, newest.body);
    assert_eq!(
        pinned.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(newest.header("cache-control"), Some("public, max-age=300"));
    for file in [&newest, &pinned] {
        assert_eq!(file.header("access-control-allow-origin"), Some("*"));
        assert_eq!(
            file.header("cross-origin-resource-policy"),
            Some("cross-origin")
        );
        assert_eq!(
            file.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
    }
}

#[tokio::test]
async fn what_a_script_loads_later_is_there_by_version_and_hash_alone() {
    let server = TestServer::start().await;

    for (name, hashed) in [
        ("borga-api.js", "borga-api.11.js"),
        ("borga-doctor.js", "borga-doctor.22.js"),
        ("borga-overlay.js", "borga-overlay.33.js"),
        ("borga-explained.js", "borga-explained.44.js"),
    ] {
        let newest = get(&server, &format!("/v1/{name}"), plainly()).await;
        let pinned = get(&server, &format!("/v{VERSION}/{hashed}"), plainly()).await;
        assert_eq!(pinned.status, 200, "{hashed}");
        assert_eq!(pinned.body, newest.body);
        assert!(
            pinned
                .header("cache-control")
                .unwrap()
                .contains("immutable")
        );
        assert_eq!(pinned.header("access-control-allow-origin"), Some("*"));

        let of_another_build = format!("/v{VERSION}/{}", hashed.replace(['1', '2', '3', '4'], "9"));
        let missing = get(&server, &of_another_build, plainly()).await;
        assert_eq!(missing.status, 404);
        assert!(String::from_utf8_lossy(&missing.body).contains("another script"));
    }
}

#[tokio::test]
async fn another_version_is_not_found_and_says_which_are() {
    let server = TestServer::start().await;

    let missing = get(&server, "/v9.8.7/borga.js", plainly()).await;

    assert_eq!(missing.status, 404);
    // Without these a page's console would speak of CORS instead.
    assert_eq!(missing.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        missing.header("cross-origin-resource-policy"),
        Some("cross-origin")
    );
    assert_eq!(missing.header("cache-control"), Some("no-store"));
    let error: serde_json::Value = serde_json::from_slice(&missing.body).unwrap();
    assert_eq!(error["error"]["code"], "route_not_found");
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.contains("Version 9.8.7"), "{message}");
    assert!(
        message.contains(&format!("/v{VERSION}/borga.js")),
        "{message}"
    );

    let api = get(&server, "/v1/nothing", plainly()).await;
    assert_eq!(api.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn a_kept_version_stays_at_its_addresses_and_changes_nothing_else() {
    let server = TestServer::start().await;
    let newest = get(&server, "/v1/borga.js", plainly()).await;
    let kept = server.dir.path().join("dist/kept/0.0.9");
    std::fs::create_dir_all(&kept).unwrap();
    for name in [
        "borga.js",
        "borga-api.js",
        "borga-doctor.js",
        "borga-overlay.js",
    ] {
        std::fs::write(kept.join(name), format!("'{name} of old'")).unwrap();
    }
    // One that later releases have was not there yet.
    let mut list: serde_json::Value = serde_json::from_str(&script_list("0.0.9")).unwrap();
    list["lazy"]
        .as_object_mut()
        .unwrap()
        .remove("borga-explained.js")
        .unwrap();
    std::fs::write(kept.join("scripts.json"), list.to_string()).unwrap();

    let base = server.sibling().await.base;

    let text = async |path: &str| {
        let answer = reqwest::get(format!("{base}{path}")).await.unwrap();
        answer.text().await.unwrap()
    };
    assert_eq!(text("/v0.0.9/borga.js").await, "'borga.js of old'");
    assert_eq!(
        text("/v0.0.9/borga-api.11.js").await,
        "'borga-api.js of old'"
    );
    assert_eq!(text("/v1/borga.js").await.as_bytes(), newest.body);
    assert!(
        text("/v9.8.7/borga.js")
            .await
            .contains(&format!("{VERSION}, 0.0.9"))
    );
}

#[test]
fn scripts_of_another_version_than_the_servers_are_refused_at_start() {
    let dir = tempfile::tempdir().unwrap();
    write_assets(dir.path());
    let list = dir.path().join("v1/scripts.json");
    let load = || match Assets::load(dir.path(), "http://a") {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    };
    assert_eq!(load(), "");

    std::fs::write(&list, script_list("9.8.7")).unwrap();
    assert!(load().contains("are of version 9.8.7"), "{}", load());
    std::fs::write(&list, script_list("../../x")).unwrap();
    assert!(load().contains("no version like"), "{}", load());
    std::fs::write(
        &list,
        format!(r#"{{"version": "{VERSION}", "lazy": {{}}}}"#),
    )
    .unwrap();
    assert!(
        load().contains("lacks a name for borga-api.js"),
        "{}",
        load()
    );
    std::fs::remove_file(&list).unwrap();
    assert!(load().contains("cargo xtask build"), "{}", load());
}
