//! The built browser files, read once at start and served from memory under names that carry their hash.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use checkout_protocol::locale::Locale;
use checkout_ui::text::Words;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::app::App;

/// The origin that `borga.js` is built for; the configured one takes its place.
const BUILT_FOR: &str = "https://checkout.borga.is";

const YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const MINUTES: HeaderValue = HeaderValue::from_static("public, max-age=300");

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
    words: Vec<(Locale, File)>,
    wasm: File,
    glue: File,
    late_styles: File,
    scripts: Vec<(&'static str, File)>,
}

/// What merchants' pages load, and what it loads when it is needed.
const SCRIPTS: [&str; 4] = [
    "borga.js",
    "borga-api.js",
    "borga-doctor.js",
    "borga-overlay.js",
];

#[derive(Clone)]
struct File {
    media: HeaderValue,
    cache: HeaderValue,
    /// Weak: the compressed forms are other bytes with the same content.
    tag: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// A file that is missing.
#[derive(Debug, thiserror::Error)]
#[error("setting `assets_dir`: {path}: {source}; build the browser files with `cargo xtask build`")]
pub struct AssetsError {
    path: PathBuf,
    source: std::io::Error,
}

impl Assets {
    /// Reads the built files.
    ///
    /// # Errors
    ///
    /// [`AssetsError`] for one that is missing.
    pub fn load(dir: &Path, checkout_origin: &str) -> Result<Self, AssetsError> {
        let wasm = file(&dir.join("frame/checkout.wasm"), "application/wasm", YEAR)?;
        let glue = file(
            &dir.join("frame/checkout.js"),
            "text/javascript; charset=utf-8",
            YEAR,
        )?;
        let late_styles = file(&dir.join("frame/late.css"), "text/css; charset=utf-8", YEAR)?;
        let build = hash(&wasm.plain);
        let words: Vec<(Locale, File)> = Locale::ALL.map(|it| (it, words(it))).into();
        let said: Vec<u8> = words
            .iter()
            .flat_map(|(_, file)| file.plain.clone())
            .collect();
        Ok(Self {
            words_folder: format!("/a/{}", hash(&said)),
            words,
            wasm_url: format!("/a/{build}.wasm"),
            glue_url: format!("/a/{}.js", hash(&glue.plain)),
            late_styles_url: format!("/a/{}.css", hash(&late_styles.plain)),
            styles: text(&dir.join("frame/checkout.css"))?,
            boot_script: text(&dir.join("frame/boot.js"))?,
            build,
            wasm,
            glue,
            late_styles,
            scripts: SCRIPTS
                .into_iter()
                .map(|name| Ok((name, script(&dir.join("v1").join(name), checkout_origin)?)))
                .collect::<Result<_, AssetsError>>()?,
        })
    }

    /// The URL of a language's words.
    #[must_use]
    pub fn words_url(&self, locale: Locale) -> String {
        format!("{}/{}.json", self.words_folder, locale.tag())
    }
}

/// Adds the files' URLs.
pub fn routes(mut router: Router<App>, assets: &Assets) -> Router<App> {
    let serve = |file: &File| {
        let file = file.clone();
        get(move |headers: HeaderMap| async move { file.answer(&headers) })
    };
    for (locale, words) in &assets.words {
        router = router.route(&assets.words_url(*locale), serve(words));
    }
    let frame = router
        .route(&assets.wasm_url, serve(&assets.wasm))
        .route(&assets.glue_url, serve(&assets.glue))
        .route(&assets.late_styles_url, serve(&assets.late_styles));
    let all = assets.scripts.iter().fold(frame, |router, (name, file)| {
        router.route(&format!("/v1/{name}"), serve(file))
    });
    match assets.scripts.first() {
        Some((name, file)) => all.route(&format!("/{name}"), serve(file)),
        None => all,
    }
}

impl File {
    fn answer(&self, headers: &HeaderMap) -> Response {
        let accepted = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let accepts = |coding: &str| {
            accepted.split(',').any(|item| {
                item.split(';')
                    .next()
                    .is_some_and(|name| name.trim() == coding)
            })
        };
        let (body, coding) = match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts("br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepts("gzip") => (gzip, Some("gzip")),
            _ => (&self.plain, None),
        };
        let is_known = headers
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|tags| tags.split(',').any(|tag| self.tag == tag.trim()));
        let mut response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            body.clone().into_response()
        };
        let answer = response.headers_mut();
        if is_known {
            answer.remove(header::CONTENT_TYPE);
        } else {
            answer.insert(header::CONTENT_TYPE, self.media.clone());
            if let Some(coding) = coding {
                answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            }
        }
        answer.insert(header::ETAG, self.tag.clone());
        answer.insert(header::CACHE_CONTROL, self.cache.clone());
        answer.append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        // Scripts may stand in any page, isolated ones too.
        answer.insert(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        );
        answer.insert(
            "cross-origin-resource-policy",
            HeaderValue::from_static("cross-origin"),
        );
        response
    }
}

fn read(path: &Path) -> Result<Vec<u8>, AssetsError> {
    std::fs::read(path).map_err(|source| AssetsError {
        path: path.to_owned(),
        source,
    })
}

fn text(path: &Path) -> Result<Arc<str>, AssetsError> {
    Ok(String::from_utf8_lossy(&read(path)?).into())
}

fn file(path: &Path, media: &'static str, cache: HeaderValue) -> Result<File, AssetsError> {
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        std::fs::read(PathBuf::from(name)).ok().map(Bytes::from)
    };
    let plain = Bytes::from(read(path)?);
    Ok(File {
        media: HeaderValue::from_static(media),
        cache,
        tag: tag(&plain),
        plain,
        brotli: beside(".br"),
        gzip: beside(".gz"),
    })
}

/// A script for merchants' pages, which has to know our origin. It is not compressed before: that origin is a setting.
fn script(path: &Path, checkout_origin: &str) -> Result<File, AssetsError> {
    let text = String::from_utf8_lossy(&read(path)?).replace(BUILT_FOR, checkout_origin);
    Ok(made_here(text, "text/javascript; charset=utf-8", MINUTES))
}

/// The sentences of a language, which the program has not.
fn words(locale: Locale) -> File {
    let list = serde_json::to_string(&Words::of(locale)).unwrap_or_default();
    made_here(list, "application/json", YEAR)
}

fn made_here(text: String, media: &'static str, cache: HeaderValue) -> File {
    File {
        media: HeaderValue::from_static(media),
        cache,
        tag: tag(text.as_bytes()),
        brotli: brotli(text.as_bytes()),
        gzip: gzip(text.as_bytes()),
        plain: Bytes::from(text),
    }
}

/// 80 bits of SHA-256: enough that no two builds share a name.
fn hash(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    checkout_protocol::crockford::encode(&digest.as_ref()[..10])
}

fn tag(bytes: &[u8]) -> HeaderValue {
    HeaderValue::try_from(format!("W/\"{}\"", hash(bytes)))
        .unwrap_or(HeaderValue::from_static("W/\"\""))
}

fn brotli(bytes: &[u8]) -> Option<Bytes> {
    let mut packed = Vec::new();
    let mut input = bytes;
    let settings = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut input, &mut packed, &settings).ok()?;
    Some(packed.into())
}

fn gzip(bytes: &[u8]) -> Option<Bytes> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).ok()?;
    Some(packer.finish().ok()?.into())
}
