//! Who is paid how much.

use leptos::prelude::*;

use super::screen::Screen;
use crate::model::Model;
use crate::text::Sentence;

/// Merchant, amount, and the badge of test mode.
pub fn summary(screen: Screen) -> impl IntoView {
    view! {
        <header class="summary">
            <div class="summary__to">
                <h1 class="summary__merchant">{screen.text(|model| model.merchant_name.clone())}</h1>
                <p class="summary__label">{screen.sentence(Sentence::ToPay)}</p>
            </div>
            <div class="summary__sum">
                <p id="amount" class="summary__amount">{screen.text(Model::amount_text)}</p>
                <p id="test-mode" class="badge" hidden=screen.flag(|model| !model.test_mode)>
                    {screen.sentence(Sentence::TestMode)}
                </p>
            </div>
        </header>
    }
}
