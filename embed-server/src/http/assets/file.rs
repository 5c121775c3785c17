//! One file in memory: plain and compressed, answered as the browser likes it.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::AssetsError;
use crate::app::App;

/// Of what never changes under its name.
pub(super) const YEAR: HeaderValue =
    HeaderValue::from_static("public, max-age=31536000, immutable");
/// Of what is always the newest.
pub(super) const MINUTES: HeaderValue = HeaderValue::from_static("public, max-age=300");

pub(super) const SCRIPT: &str = "text/javascript; charset=utf-8";

#[derive(Clone)]
pub(super) struct File {
    media: HeaderValue,
    cache: HeaderValue,
    /// Weak: the compressed forms are other bytes with the same content.
    tag: HeaderValue,
    pub(super) plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl File {
    /// A built file with the compressed forms beside it.
    pub(super) fn read(
        path: &Path,
        media: &'static str,
        cache: HeaderValue,
    ) -> Result<Self, AssetsError> {
        let beside = |ending: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            std::fs::read(PathBuf::from(name)).ok().map(Bytes::from)
        };
        let plain = Bytes::from(read(path)?);
        Ok(Self {
            media: HeaderValue::from_static(media),
            cache,
            tag: tag(&plain),
            plain,
            brotli: beside(".br"),
            gzip: beside(".gz"),
        })
    }

    /// What is written at start, and so is compressed at start.
    pub(super) fn made_here(text: String, media: &'static str, cache: HeaderValue) -> Self {
        Self {
            media: HeaderValue::from_static(media),
            cache,
            tag: tag(text.as_bytes()),
            brotli: brotli(text.as_bytes()),
            gzip: gzip(text.as_bytes()),
            plain: Bytes::from(text),
        }
    }

    /// The same under an address where it is kept for another time.
    pub(super) fn kept(&self, cache: HeaderValue) -> Self {
        Self {
            cache,
            ..self.clone()
        }
    }

    /// Its address' handler.
    pub(super) fn serve(&self) -> MethodRouter<App> {
        let file = self.clone();
        get(move |headers: HeaderMap| async move { file.answer(&headers) })
    }

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
        for_any_page(response)
    }
}

/// Scripts may stand in any page, isolated ones too, and with an integrity that needs CORS.
pub fn for_any_page(mut response: Response) -> Response {
    let answer = response.headers_mut();
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

pub(super) fn read(path: &Path) -> Result<Vec<u8>, AssetsError> {
    std::fs::read(path).map_err(|source| AssetsError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// 80 bits of SHA-256: enough that no two builds share a name.
pub(super) fn hash(bytes: &[u8]) -> String {
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
