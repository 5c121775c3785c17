//! A page that says that something is not there or did not work, and what to do.
//!
//! It shows the shop's own sentences only.

use maud::{Markup, html};

use super::View;
use super::layout::layout;
use crate::locale::Text;
use crate::texts;

/// A notice. With `again`, the first way on is to try this address once more.
pub fn notice(view: &View, title: Text, more: Text, again: bool) -> Markup {
    let main = html! {
        main.notice id="notice" {
            h1 { (view.say(title)) }
            p { (view.say(more)) }
            p.actions {
                @if again { a.button href=(view.link(&view.address)) { (view.say(texts::TRY_AGAIN)) } }
                a.(if again { "quiet" } else { "button" }) href=(view.link("/")) { (view.say(texts::TO_FRONT)) }
            }
        }
    };
    layout(view, view.say(title), &[], &main)
}
