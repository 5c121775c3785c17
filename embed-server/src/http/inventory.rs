//! Every script and style that a payer's browser gets from us, with its hash and what it is for, and the security headers
//! of the documents that they stand in. For PCI DSS 6.4.3, which wants each script known, justified and unchanged, and
//! 11.6.1, which wants changes of scripts and headers noticed.
//!
//! Nothing is described here a second time: files and purposes are those that [`Assets`] serves, headers those that the
//! handlers send.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA384, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::http::assets::{Assets, LIST, VERSION};
use crate::http::page::{EVERY_ANSWER, EVERY_DOCUMENT, FixedHeader};
use crate::http::{challenge, frame, method_page};

/// Folders of built files that no payer's browser loads from a checkout: the demo shop's pages, and what is packed.
const NOT_SERVED: [&str; 2] = ["pages", "release"];

/// In a value: random, new in each answer.
const NONCE: &str = "{nonce}";
/// In a value: the origin that the session was made for.
const SESSION_ORIGIN: &str = "{session origin}";
/// In a value: the setting `acquirer.test_bank_origins`, empty in live use.
const TEST_BANKS: &str = "{test banks}";
/// In a value: who may show the pages around the bank.
const ANCESTORS: &str =
    "{'none', or 'self' and the session origin where the payer sees the bank in the page}";

/// The list.
#[derive(Debug, Serialize)]
pub struct Inventory {
    /// Of the server and of the merchants' scripts.
    pub version: &'static str,
    /// The origin that is written into the scripts; their hashes hold for it alone.
    pub checkout_origin: String,
    /// What has an address of its own.
    pub files: Vec<ListedFile>,
    /// What has no address, and the headers.
    pub documents: Vec<ListedDocument>,
}

/// A file that browsers load.
#[derive(Debug, Serialize)]
pub struct ListedFile {
    /// Below the folder of built files; nothing for what the server makes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where it is served.
    pub urls: Vec<String>,
    /// Why it is loaded.
    pub purpose: &'static str,
    /// As it is served, not compressed.
    pub bytes: usize,
    /// SHA-384, as `integrity` attributes take it.
    pub integrity: String,
}

/// A document that payers see.
#[derive(Debug, Serialize)]
pub struct ListedDocument {
    /// Its URL.
    pub url: &'static str,
    /// What it is.
    pub purpose: &'static str,
    /// Its security headers.
    pub headers: Vec<ListedHeader>,
    /// The scripts and styles that stand in it.
    pub inline: Vec<InlinePart>,
}

/// A header; words in braces differ from answer to answer.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct ListedHeader {
    /// In lower case.
    pub name: &'static str,
    /// As it is sent but for what stands in braces.
    pub value: String,
    /// Which harm it prevents.
    pub purpose: &'static str,
}

/// A script or style in a document.
#[derive(Debug, Serialize)]
pub struct InlinePart {
    /// What it is called in the sources.
    pub name: &'static str,
    /// Why it is there.
    pub purpose: &'static str,
    /// Without the line before it that names the address or the origin it works for.
    pub bytes: usize,
    /// SHA-384.
    pub integrity: String,
}

/// Why there is no inventory.
#[derive(Debug, thiserror::Error)]
pub enum InventoryError {
    /// A built file that nobody has justified.
    #[error(
        "{0} is among the built files and nothing says what it is for: add it in embed-server/src/http/assets, or take it away"
    )]
    Unlisted(PathBuf),
    /// The folder cannot be read.
    #[error("{0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
}

impl Inventory {
    /// Of everything that a server with these files serves.
    ///
    /// # Errors
    ///
    /// [`InventoryError`] when the folder holds a file that is not served.
    pub fn of(assets: &Assets, dir: &Path, checkout_origin: &str) -> Result<Self, InventoryError> {
        let files: Vec<ListedFile> = assets
            .served()
            .iter()
            .map(|served| ListedFile {
                file: served.source.clone(),
                urls: served.urls().into_iter().map(str::to_owned).collect(),
                purpose: served.purpose,
                bytes: served.bytes().len(),
                integrity: integrity(served.bytes()),
            })
            .collect();
        let documents = documents(assets);
        let served = files.iter().filter_map(|it| it.file.as_deref());
        let inline = documents.iter().flat_map(|it| &it.inline);
        let known: BTreeSet<&str> = served.chain(inline.map(|it| it.name)).collect();
        refuse_unlisted(dir, &known)?;
        Ok(Self {
            version: VERSION,
            checkout_origin: checkout_origin.to_owned(),
            files,
            documents,
        })
    }
}

fn documents(assets: &Assets) -> Vec<ListedDocument> {
    let bank_policy = challenge::policy_with(NONCE, TEST_BANKS, ANCESTORS);
    let bank_headers = || headers(bank_policy.clone(), challenge::POLICY_PURPOSE, &[]);
    let bank_styles = || {
        let purpose = "How the pages around the bank look.";
        inline("challenge.css", purpose, challenge::STYLES)
    };
    vec![
        ListedDocument {
            url: "/embed/{session}",
            purpose: "The card form, in a frame of the merchant's page.",
            headers: headers(
                frame::policy(NONCE, SESSION_ORIGIN),
                frame::POLICY_PURPOSE,
                &frame::HEADERS,
            ),
            inline: vec![
                inline(
                    "frame/boot.js",
                    "Greets the page, keeps what is typed early, loads the program, and asks how the session stands meanwhile.",
                    &assets.boot_script,
                ),
                inline(
                    "frame/checkout.css",
                    "How the card form looks at first.",
                    &assets.styles,
                ),
            ],
        },
        ListedDocument {
            url: "/3ds/{challenge}",
            purpose: "The start page: the way to the payer's bank.",
            headers: bank_headers(),
            inline: vec![
                inline(
                    "challenge_start.js",
                    "Claims the way to the bank, once, and goes there.",
                    challenge::START_SCRIPT,
                ),
                bank_styles(),
            ],
        },
        ListedDocument {
            url: "/3ds/{challenge}/return",
            purpose: "Where the bank sends the payer back.",
            headers: bank_headers(),
            inline: vec![
                inline(
                    "challenge_return.js",
                    "Tells the frame to ask what became of the payment, and closes the window.",
                    challenge::RETURN_SCRIPT,
                ),
                bank_styles(),
            ],
        },
        ListedDocument {
            url: "/3ds/{challenge}/method",
            purpose: "Where the bank says that it has looked at the browser, in a hidden frame.",
            headers: bank_headers(),
            inline: vec![
                inline(
                    "method_page.rs",
                    "Tells the start page to go on.",
                    method_page::SCRIPT,
                ),
                bank_styles(),
            ],
        },
    ]
}

fn headers(policy: String, purpose: &'static str, more: &[FixedHeader]) -> Vec<ListedHeader> {
    let policy = ListedHeader {
        name: "content-security-policy",
        value: policy,
        purpose,
    };
    let fixed = more.iter().chain(&EVERY_DOCUMENT).chain(&EVERY_ANSWER);
    let fixed = fixed.map(|header| ListedHeader {
        name: header.name,
        value: header.value.to_owned(),
        purpose: header.purpose,
    });
    std::iter::once(policy).chain(fixed).collect()
}

fn inline(name: &'static str, purpose: &'static str, text: &str) -> InlinePart {
    InlinePart {
        name,
        purpose,
        bytes: text.len(),
        integrity: integrity(text.as_bytes()),
    }
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(digest(&SHA384, bytes)))
}

/// A file that came into the build unnoticed would be loaded without anybody having said why.
fn refuse_unlisted(dir: &Path, known: &BTreeSet<&str>) -> Result<(), InventoryError> {
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let here = dir.join(&folder);
        let explain = |error| InventoryError::Unreadable(here.clone(), error);
        for entry in std::fs::read_dir(&here).map_err(explain)? {
            let entry = entry.map_err(explain)?;
            let path = folder.join(entry.file_name());
            let is_folder = entry.file_type().map_err(explain)?.is_dir();
            if is_folder && !NOT_SERVED.iter().any(|it| path == Path::new(it)) {
                folders.push(path);
            } else if !is_folder && !is_listed(&path, known) {
                return Err(InventoryError::Unlisted(dir.join(path)));
            }
        }
    }
    Ok(())
}

/// Compressed forms belong to the file beside them.
fn is_listed(path: &Path, known: &BTreeSet<&str>) -> bool {
    let packed = path.extension().is_some_and(|it| it == "br" || it == "gz");
    let plain = if packed {
        path.with_extension("")
    } else {
        path.to_owned()
    };
    let is_list = plain.file_name().is_some_and(|it| it == LIST);
    is_list || plain.to_str().is_some_and(|it| known.contains(it))
}
