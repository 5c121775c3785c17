//! The front page.
//!
//! It only reads.

use axum::Extension;
use maud::Markup;

use super::visit::Visit;
use crate::page;

/// `GET /`
pub async fn list(Extension(visit): Extension<Visit>) -> Markup {
    page::products(&visit.view())
}
