//! The window and the document, which a frame always has.

use checkout_protocol::api::session_view::Browser;
use js_sys::Date;
use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, Window};

/// The frame's window.
///
/// # Panics
///
/// Outside a window.
pub fn window() -> Window {
    web_sys::window().expect("the program runs in a window")
}

/// The frame's document.
///
/// # Panics
///
/// Outside a window.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// The element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// What 3-D Secure wants to know of the browser.
pub fn description() -> Browser {
    let window = window();
    let screen = window.screen().ok();
    let pixels = |length: Option<i32>| length.and_then(|length| u32::try_from(length).ok()).unwrap_or_default();
    let depth = screen.as_ref().and_then(|screen| screen.color_depth().ok());
    Browser {
        color_depth: Browser::listed_color_depth(pixels(depth)),
        language: window.navigator().language().unwrap_or_default(),
        screen_width: pixels(screen.as_ref().and_then(|screen| screen.width().ok())),
        screen_height: pixels(screen.as_ref().and_then(|screen| screen.height().ok())),
        time_zone_offset: whole(Date::new_0().get_timezone_offset()),
        java_enabled: false,
    }
}

/// A number of the browser as a whole one; out of range it is the nearest there is.
#[expect(clippy::cast_possible_truncation, reason = "saturates, which is what is wanted")]
pub fn whole(number: f64) -> i32 {
    number.ceil() as i32
}
