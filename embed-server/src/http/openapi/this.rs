//! This document.

use crate::http::openapi::call::{Resource, get};

/// The URL of the document.
pub fn resource() -> Resource {
    let read = get("retrieveOpenapi", "This document")
        .for_everyone()
        .about("Needs no key, may be read from every page and kept for an hour.")
        .answers_an_object("The OpenAPI 3.1 document of the merchant API");
    Resource {
        name: "This document",
        about: "The API, described for programs.",
        paths: vec![("/openapi.json", vec![read])],
    }
}
