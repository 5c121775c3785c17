//! `/v1/events`

use checkout_protocol::id::EventId;

use crate::domain::event::Event;
use crate::http::openapi::call::{Resource, get};
use crate::http::openapi::parameters::query_text;

/// The URLs.
pub fn resource() -> Resource {
    let types = query_text("type", "Of this type, such as `payment.succeeded`");
    Resource {
        name: "Events",
        about: "What happened, as webhooks tell it.",
        paths: vec![
            (
                "/v1/events",
                vec![get("listEvents", "Events, newest first").lists::<Event>(vec![types])],
            ),
            (
                "/v1/events/{id}",
                vec![
                    get("retrieveEvent", "Read an event")
                        .of::<EventId>()
                        .reads::<Event>(),
                ],
            ),
        ],
    }
}
