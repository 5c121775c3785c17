//! The list of what payers' browsers get is what they get.

use std::path::Path;

use aws_lc_rs::digest::{SHA384, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use embed_server::http::assets::Assets;
use embed_server::http::inventory::Inventory;
use serde_json::{Value, json};

use crate::challenges::challenged;
use crate::support::{ORIGIN, TestServer, write_assets};

const CHECKOUT: &str = "http://checkout.localhost:4101";

fn inventory(dir: &Path) -> Result<Value, String> {
    let assets = Assets::load(dir, CHECKOUT).map_err(|error| error.to_string())?;
    let inventory = Inventory::of(&assets, dir, CHECKOUT).map_err(|error| error.to_string())?;
    Ok(serde_json::to_value(inventory).unwrap())
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(digest(&SHA384, bytes)))
}

#[tokio::test]
async fn every_listed_address_serves_the_listed_bytes() {
    let server = TestServer::start().await;
    let inventory = inventory(&server.dir.path().join("dist")).unwrap();

    let mut urls = Vec::new();
    for file in inventory["files"].as_array().unwrap() {
        assert!(file["purpose"].as_str().unwrap().len() > 20, "{file}");
        for url in file["urls"].as_array().unwrap() {
            let url = url.as_str().unwrap();
            let answer = server.request("GET", url).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{url}");
            let bytes = answer.bytes().await.unwrap();
            assert_eq!(file["integrity"], integrity(&bytes), "{url}");
            assert_eq!(file["bytes"], json!(bytes.len()), "{url}");
            urls.push(url.to_owned());
        }
    }
    assert!(urls.contains(&"/v1/borga.js".to_owned()), "{urls:?}");
}

#[test]
fn a_built_file_that_nothing_justifies_is_refused_by_its_name() {
    let dir = tempfile::tempdir().unwrap();
    write_assets(dir.path());
    std::fs::write(dir.path().join("v1/borga.js.br"), "").unwrap();
    std::fs::create_dir_all(dir.path().join("pages")).unwrap();
    std::fs::write(dir.path().join("pages/react.js"), "").unwrap();
    assert!(inventory(dir.path()).is_ok());

    for stray in ["frame/tracker.js", "v1/more.wasm", "extra/a.css", "b.js"] {
        let path = dir.path().join(stray);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "").unwrap();
        let refusal = inventory(dir.path()).unwrap_err();
        assert!(refusal.contains(stray), "{stray}: {refusal}");
        std::fs::remove_file(&path).unwrap();
    }
}

/// Headers of transport, which protect nobody.
const PLAIN: [&str; 5] = [
    "content-type",
    "content-length",
    "date",
    "request-id",
    "vary",
];

/// Compares an answer's headers with those that are listed for `url`, where `{nonce}` is what it is in this answer.
fn compare(inventory: &Value, url: &str, answer: &reqwest::Response, words: &[(&str, &str)]) {
    let documents = inventory["documents"].as_array().unwrap();
    let listed = documents.iter().find(|it| it["url"] == url).unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    let (_, rest) = policy.split_once("'nonce-").unwrap();
    let (nonce, _) = rest.split_once('\'').unwrap();
    let mut expected: Vec<(String, String)> = Vec::new();
    for header in listed["headers"].as_array().unwrap() {
        let mut value = header["value"].as_str().unwrap().replace("{nonce}", nonce);
        for (word, filled) in words {
            value = value.replace(word, filled);
        }
        assert!(header["purpose"].as_str().unwrap().len() > 20, "{header}");
        expected.push((header["name"].as_str().unwrap().to_owned(), value));
    }
    expected.sort();
    let mut sent: Vec<(String, String)> = answer
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .filter(|(name, _)| !PLAIN.contains(&name.as_str()))
        .collect();
    sent.sort();
    assert_eq!(sent, expected, "{url}");
}

#[tokio::test]
async fn the_listed_headers_are_those_that_are_sent_and_there_are_no_others() {
    let server = TestServer::start().await;
    let inventory = inventory(&server.dir.path().join("dist")).unwrap();
    let session = server.session().await;

    let path = format!("/embed/{}", session.id);
    let frame = server.request("GET", &path).send().await.unwrap();
    compare(
        &inventory,
        "/embed/{session}",
        &frame,
        &[("{session origin}", ORIGIN)],
    );

    let challenge = challenged(&server, server.session().await).await.id;
    let ancestors =
        "{'none', or 'self' and the session origin where the payer sees the bank in the page}";
    let words = [(ancestors, "'none'"), ("{test banks}", "")];
    let path = format!("/3ds/{challenge}");
    let start = server.request("GET", &path).send().await.unwrap();
    compare(&inventory, "/3ds/{challenge}", &start, &words);
}

#[tokio::test]
async fn the_inline_scripts_of_the_frame_are_those_that_are_listed() {
    let server = TestServer::start().await;
    let inventory = inventory(&server.dir.path().join("dist")).unwrap();

    let inline = &inventory["documents"][0]["inline"];

    assert_eq!(inline[0]["name"], "frame/boot.js");
    assert_eq!(inline[0]["integrity"], integrity(b"boot()"));
    assert_eq!(inline[1]["integrity"], integrity(b"form{}"));
}
