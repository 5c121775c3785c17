//! What browsers load is small on the wire, and is not sent twice.

use std::io::Read as _;

use reqwest::header::{HeaderMap, HeaderName};

use crate::support::TestServer;

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
