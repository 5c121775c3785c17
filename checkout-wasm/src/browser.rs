//! The window and the document, which a frame always has.

use checkout_protocol::api::session_view::Browser;
use js_sys::Date;
use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, Window};

use crate::object;

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

/// The element with this id. Every element of ours is an HTML element.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id).map(JsCast::unchecked_into)
}

/// Whether the page runs as an app of its own, where a window opens elsewhere or not at all.
pub fn is_standalone() -> bool {
    let window = window();
    // On iOS the first; elsewhere the second, which a frame answers for the whole page.
    object::flag(&window.navigator(), "standalone")
        || window
            .match_media("(display-mode: standalone)")
            .is_ok_and(|list| list.is_some_and(|list| list.matches()))
}

/// What 3-D Secure wants to know of the browser.
pub fn description() -> Browser {
    let window = window();
    let screen = object::get(&window, "screen").unwrap_or(JsValue::NULL);
    let pixels = |name| u32::try_from(object::whole(&screen, name)).unwrap_or_default();
    Browser {
        color_depth: Browser::listed_color_depth(pixels("colorDepth")),
        language: object::text(&window.navigator(), "language").unwrap_or_default(),
        screen_width: pixels("width"),
        screen_height: pixels("height"),
        time_zone_offset: object::as_whole(Date::new_0().get_timezone_offset()),
        java_enabled: false,
    }
}
