//! What stands in the form's place: the bank, the wait, and the endings.

use checkout_protocol::checkout::Window;
use leptos::prelude::*;

use super::screen::Screen;
use crate::model::{Model, Scene};
use crate::text::advice::Advice;
use crate::text::{Panel, Text};

/// A mark, a title, a sentence, and the ways on.
pub fn panel(screen: Screen) -> impl IntoView {
    view! {
        <section
            id="panel"
            class="panel"
            aria-labelledby="panel-title"
            data-mark=screen.text(mark)
            hidden=screen.flag(|model| model.scene() == Scene::Form)
        >
            <span class={"panel__mark"} aria-hidden="true"></span>
            <h2 id="panel-title" class="panel__title" tabindex="-1">{screen.text(title)}</h2>
            <p id="panel-text" class="panel__text">{screen.text(text)}</p>
            <p class="panel__code" hidden=screen.flag(|model| code(model).is_empty())>
                {screen.text(code)}
            </p>
            <div class="panel__ways" hidden=screen.flag(|model| !matches!(model.scene(), Scene::Bank(_)))>
                <button
                    id="continue-to-bank"
                    class="button"
                    type="button"
                    hidden=screen.flag(|model| model.scene() != Scene::Bank(Window::Offered))
                >
                    {screen.sentence(|text| text.continue_to_bank)}
                </button>
                <button
                    id="finish-at-bank"
                    class="button"
                    type="button"
                    hidden=screen.flag(|model| model.scene() != Scene::Bank(Window::Left))
                >
                    {screen.sentence(|text| text.finish_at_bank)}
                </button>
                <a
                    id="go-to-bank"
                    class="button"
                    target="_top"
                    href=screen.text(|model| model.bank_url.clone().unwrap_or_default())
                    hidden=screen.flag(|model| model.bank_url.is_none())
                >
                    {screen.sentence(|text| text.go_to_bank)}
                </a>
                <button
                    id="try-again"
                    class="button button--second"
                    type="button"
                    hidden=screen.flag(|model| !may_try_again(model))
                >
                    {screen.sentence(|text| text.try_again)}
                </button>
                <button
                    id="cancel-challenge"
                    class="button button--third"
                    type="button"
                >
                    {screen.sentence(|text| text.cancel)}
                </button>
            </div>
        </section>
    }
}

const fn may_try_again(model: &Model) -> bool {
    matches!(model.scene(), Scene::Bank(Window::Open | Window::Left))
}

/// The title in the payer's language; nothing over the form.
pub fn title(model: &Model) -> String {
    let text = model.text();
    match model.scene() {
        Scene::Form => "",
        Scene::Paid => text.panel.paid_title,
        Scene::Broken(_) => text.panel.broken_title,
        scene => plain(text, scene).map_or("", |panel| panel.title),
    }
    .to_owned()
}

fn text(model: &Model) -> String {
    let text = model.text();
    match model.scene() {
        Scene::Form => String::new(),
        Scene::Paid => (text.panel.paid)(&model.amount_text(), &model.merchant_name),
        Scene::Broken(code) => (text.advice)(Advice::after(code)).to_owned(),
        scene => plain(text, scene).map_or("", |panel| panel.text).to_owned(),
    }
}

/// The panels whose texts need nothing but the language.
const fn plain(text: &Text, scene: Scene) -> Option<&Panel> {
    let panels = &text.panel;
    match scene {
        Scene::Bank(Window::Opening | Window::Waiting { .. }) => Some(&panels.opening),
        Scene::Bank(Window::Offered) => Some(&panels.offered),
        Scene::Bank(Window::Open) => Some(&panels.open),
        Scene::Bank(Window::Left) => Some(&panels.left),
        Scene::Bank(Window::Redirecting) => Some(&panels.redirecting),
        Scene::Leaving => Some(&panels.leaving),
        Scene::Processing => Some(&panels.processing),
        Scene::Unknown => Some(&panels.unknown),
        Scene::Expired => Some(&panels.expired),
        Scene::Form | Scene::Paid | Scene::Broken(_) => None,
    }
}

/// For whoever helps the payer.
fn code(model: &Model) -> String {
    match model.scene() {
        Scene::Broken(code) => code.as_str(),
        Scene::Form
        | Scene::Bank(_)
        | Scene::Leaving
        | Scene::Processing
        | Scene::Unknown
        | Scene::Paid
        | Scene::Expired => "",
    }
    .to_owned()
}

fn mark(model: &Model) -> String {
    match model.scene() {
        Scene::Bank(Window::Offered | Window::Open | Window::Left) => "bank",
        Scene::Form
        | Scene::Bank(Window::Opening | Window::Waiting { .. } | Window::Redirecting)
        | Scene::Leaving
        | Scene::Processing => "wait",
        Scene::Unknown | Scene::Expired => "clock",
        Scene::Paid => "done",
        Scene::Broken(_) => "stop",
    }
    .to_owned()
}
