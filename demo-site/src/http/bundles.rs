//! The scripts of the pages that are made of the packages, as `demo-site/pages/build.mjs` bundles them.
//!
//! Only the files listed here exist; what stands in an address is never looked up on a disk.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::Shop;
use super::failure::Failure;

const FILES: [&str; 4] = ["react.js", "routed.js", "modal.js", "vue.js"];

/// `GET /pages/{file}`
pub async fn serve(
    State(shop): State<Arc<Shop>>,
    Path(wanted): Path<String>,
) -> Result<Response, Failure> {
    let name = FILES.into_iter().find(|name| *name == wanted);
    let file = shop.settings.pages_dir.join(name.ok_or(Failure::NotFound)?);
    let script = tokio::fs::read(&file).await.map_err(|error| {
        tracing::error!(file = %file.display(), %error, "the page's script is missing; `cargo xtask build` bundles it");
        Failure::NotFound
    })?;
    Ok((
        [
            (CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (CACHE_CONTROL, "no-cache"),
        ],
        script,
    )
        .into_response())
}
