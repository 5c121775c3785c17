//! Style, scripts and pictures, compiled into the program.
//!
//! Only the files listed here exist; a path is never looked up on a disk.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::failure::Failure;

const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

const FILES: [(&str, &str, &str); 14] = [
    ("shop.css", CSS, include_str!("../../static/shop.css")),
    (
        "checkout.js",
        JAVASCRIPT,
        include_str!("../../static/checkout.js"),
    ),
    (
        "publishable.js",
        JAVASCRIPT,
        include_str!("../../static/publishable.js"),
    ),
    (
        "payment-events.js",
        JAVASCRIPT,
        include_str!("../../static/payment-events.js"),
    ),
    (
        "heard.js",
        JAVASCRIPT,
        include_str!("../../static/heard.js"),
    ),
    (
        "order.js",
        JAVASCRIPT,
        include_str!("../../static/order.js"),
    ),
    ("lab.js", JAVASCRIPT, include_str!("../../static/lab.js")),
    ("icon.svg", SVG, include_str!("../../static/icon.svg")),
    (
        "wool-blanket.svg",
        SVG,
        include_str!("../../static/wool-blanket.svg"),
    ),
    (
        "ceramic-cup.svg",
        SVG,
        include_str!("../../static/ceramic-cup.svg"),
    ),
    ("candle.svg", SVG, include_str!("../../static/candle.svg")),
    (
        "birch-bowl.svg",
        SVG,
        include_str!("../../static/birch-bowl.svg"),
    ),
    (
        "wool-socks.svg",
        SVG,
        include_str!("../../static/wool-socks.svg"),
    ),
    (
        "kelp-soap.svg",
        SVG,
        include_str!("../../static/kelp-soap.svg"),
    ),
];

/// `GET /static/{file}`
pub async fn serve(Path(wanted): Path<String>) -> Result<Response, Failure> {
    let (_, kind, content) = FILES
        .iter()
        .find(|(name, _, _)| *name == wanted)
        .ok_or(Failure::NotFound)?;
    Ok((
        [
            (CONTENT_TYPE, *kind),
            (CACHE_CONTROL, "public, max-age=300"),
        ],
        *content,
    )
        .into_response())
}
