//! The built browser files, read once at start and served from memory under names that carry their hash.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use checkout_protocol::locale::Locale;
use checkout_ui::text::Words;

use crate::app::App;

mod file;
mod scripts;

pub(super) use file::for_any_page;
use file::{File, MINUTES, SCRIPT, YEAR, hash, read};
use scripts::Scripts;
pub use scripts::{BUILT_FOR, LIST, VERSION};

/// Everything that browsers load from us.
#[derive(Clone)]
pub struct Assets {
    /// The wasm's URL.
    pub wasm_url: String,
    /// The glue's URL.
    pub glue_url: String,
    /// The URL of the styles that the first HTML does not need.
    pub late_styles_url: String,
    /// The frame's styles, to stand in the document.
    pub styles: Arc<str>,
    /// The frame's boot script, to stand in the document.
    pub boot_script: Arc<str>,
    /// Names this build: the wasm's hash.
    pub build: String,
    /// Where the words of all languages are: named by what they say, each language by its tag.
    words_folder: String,
    /// Which versions of the merchants' scripts are there, ours first.
    versions: Vec<String>,
    served: Vec<Served>,
}

/// A file that has addresses of its own.
#[derive(Clone)]
pub(super) struct Served {
    /// Its path below the folder of built files; nothing for what the server makes.
    pub(super) source: Option<String>,
    /// What it is for, for whoever has to justify that it is loaded.
    pub(super) purpose: &'static str,
    addresses: Vec<(String, File)>,
}

/// What is wrong with the built files.
#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    /// One is missing.
    #[error(
        "setting `assets_dir`: {path}: {source}; build the browser files with `cargo xtask build`"
    )]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Its content is not ours.
    #[error("setting `assets_dir`: {path}: {problem}")]
    Unfit {
        /// Which.
        path: PathBuf,
        /// What is wrong, and the remedy.
        problem: String,
    },
}

impl Assets {
    /// Reads the built files.
    ///
    /// # Errors
    ///
    /// [`AssetsError`] for one that is missing or belongs to another version.
    pub fn load(dir: &Path, checkout_origin: &str) -> Result<Self, AssetsError> {
        let wasm = File::read(&dir.join("frame/checkout.wasm"), "application/wasm", YEAR)?;
        let glue = File::read(&dir.join("frame/checkout.js"), SCRIPT, YEAR)?;
        let late = File::read(&dir.join("frame/late.css"), "text/css; charset=utf-8", YEAR)?;
        let build = hash(&wasm.plain);
        let words: Vec<(Locale, File)> = Locale::ALL.map(|it| (it, words(it))).into();
        let said: Vec<u8> = words
            .iter()
            .flat_map(|(_, file)| file.plain.clone())
            .collect();
        let scripts = Scripts::load(dir, checkout_origin)?;
        let mut assets = Self {
            words_folder: format!("/a/{}", hash(&said)),
            wasm_url: format!("/a/{build}.wasm"),
            glue_url: format!("/a/{}.js", hash(&glue.plain)),
            late_styles_url: format!("/a/{}.css", hash(&late.plain)),
            styles: text(&dir.join("frame/checkout.css"))?,
            boot_script: text(&dir.join("frame/boot.js"))?,
            build,
            versions: scripts.versions,
            served: scripts.served,
        };
        let urls = [&assets.wasm_url, &assets.glue_url, &assets.late_styles_url].map(String::clone);
        let frame = [
            (
                "checkout.wasm",
                wasm,
                "The card form's program: checks, encrypts the card, pays.",
            ),
            (
                "checkout.js",
                glue,
                "Connects the program with the browser.",
            ),
            (
                "late.css",
                late,
                "Styles of what the first HTML does not show.",
            ),
        ];
        let frame = frame.into_iter().zip(urls);
        let frame = frame.map(|((name, file, purpose), url)| Served {
            source: Some(format!("frame/{name}")),
            purpose,
            addresses: vec![(url, file)],
        });
        assets.served.extend(frame);
        let words = words.into_iter().map(|(locale, file)| Served {
            source: None,
            purpose: "The card form's sentences in one language.",
            addresses: vec![(assets.words_url(locale), file)],
        });
        assets.served.extend(words.collect::<Vec<_>>());
        Ok(assets)
    }

    /// The URL of a language's words.
    #[must_use]
    pub fn words_url(&self, locale: Locale) -> String {
        format!("{}/{}.json", self.words_folder, locale.tag())
    }

    /// Why this path leads nowhere, when it asks for merchants' scripts of a version that is not here.
    #[must_use]
    pub fn missing_version(&self, path: &str) -> Option<String> {
        scripts::missing_version(&self.versions, path)
    }

    pub(super) fn served(&self) -> &[Served] {
        &self.served
    }
}

impl Served {
    pub(super) fn urls(&self) -> Vec<&str> {
        self.addresses.iter().map(|(url, _)| url.as_str()).collect()
    }

    /// What a browser gets, at each of its addresses.
    pub(super) fn bytes(&self) -> &[u8] {
        self.addresses
            .first()
            .map_or(&[], |(_, file)| file.plain.as_ref())
    }
}

/// Adds the files' URLs.
pub fn routes(router: Router<App>, assets: &Assets) -> Router<App> {
    let addresses = assets.served.iter().flat_map(|it| &it.addresses);
    addresses.fold(router, |router, (url, file)| {
        router.route(url, file.serve())
    })
}

fn text(path: &Path) -> Result<Arc<str>, AssetsError> {
    Ok(String::from_utf8_lossy(&read(path)?).into())
}

/// The sentences of a language, which the program has not.
fn words(locale: Locale) -> File {
    let list = serde_json::to_string(&Words::of(locale)).unwrap_or_default();
    File::made_here(list, "application/json", YEAR)
}
