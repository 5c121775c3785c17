//! What stands in the form's place: the bank, the wait, and the endings.

use checkout_protocol::checkout::Window;
use checkout_protocol::error_code::ErrorCode;
use leptos::prelude::*;

use super::screen::Screen;
use crate::model::{Model, Renewal, Scene};
use crate::text::{Sentence, advice};

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
                    {screen.sentence(Sentence::ContinueToBank)}
                </button>
                <button
                    id="finish-at-bank"
                    class="button"
                    type="button"
                    hidden=screen.flag(|model| model.scene() != Scene::Bank(Window::Left { again: true }))
                >
                    {screen.sentence(Sentence::FinishAtBank)}
                </button>
                <a
                    id="go-to-bank"
                    class="button"
                    target="_top"
                    href=screen.text(|model| model.bank_url.clone().unwrap_or_default())
                    hidden=screen.flag(|model| model.bank_url.is_none())
                >
                    {screen.sentence(Sentence::GoToBank)}
                </a>
                <button
                    id="try-again"
                    class="button button--second"
                    type="button"
                    hidden=screen.flag(|model| !may_try_again(model))
                >
                    {screen.sentence(Sentence::TryAgain)}
                </button>
                <button
                    id="cancel-challenge"
                    class="button button--third"
                    type="button"
                >
                    {screen.sentence(Sentence::Cancel)}
                </button>
            </div>
            <div class="panel__ways" hidden=screen.flag(|model| !model.may_renew())>
                <button
                    id="start-again"
                    class="button"
                    type="button"
                    aria-disabled=screen.text(|model| is_renewing(model).to_string())
                >
                    {screen.text(|model| {
                        let sentence = match model.scene() {
                            _ if is_renewing(model) => Sentence::StartingAgain,
                            NO_CONNECTION => Sentence::TryAgain,
                            _ => Sentence::StartAgain,
                        };
                        model.words.say(sentence).to_owned()
                    })}
                </button>
            </div>
        </section>
    }
}

/// How the session stands could not be asked.
const NO_CONNECTION: Scene = Scene::Broken(ErrorCode::NetworkError);

fn is_renewing(model: &Model) -> bool {
    model.renewal == Renewal::Asking
}

const fn may_try_again(model: &Model) -> bool {
    matches!(
        model.scene(),
        Scene::Bank(Window::Open | Window::Left { .. })
    )
}

/// The title in the payer's language; nothing over the form.
pub fn title(model: &Model) -> String {
    sentences(model).map_or_else(String::new, |(title, _)| model.words.say(title).to_owned())
}

/// What it means, and what to do.
pub fn text(model: &Model) -> String {
    let text = match (sentences(model), model.renewal) {
        (None, _) => return String::new(),
        // Only of a session whose time is over is it known that nothing was charged.
        (Some((Sentence::ExpiredTitle, _)), Renewal::Failed) => Sentence::StartAgainFailed,
        (Some((_, text)), _) => text,
    };
    // Only what was paid to whom has places for them.
    let amount = model.amount_text();
    let values = [
        ("amount", amount.as_str()),
        ("merchant", &model.merchant_name),
    ];
    model.words.fill(text, &values)
}

/// Title and text; nothing over the form.
const fn sentences(model: &Model) -> Option<(Sentence, Sentence)> {
    use Sentence as S;
    Some(match model.scene() {
        Scene::Form => return None,
        Scene::Bank(Window::Opening | Window::Waiting { .. } | Window::Presenting) => {
            (S::OpeningTitle, S::OpeningText)
        }
        Scene::Bank(Window::Offered) => (S::OfferedTitle, S::OfferedText),
        Scene::Bank(Window::Open) => (S::OpenTitle, S::OpenText),
        Scene::Bank(Window::Left { .. }) => (S::LeftTitle, S::LeftText),
        Scene::Bank(Window::Redirecting) => (S::RedirectingTitle, S::RedirectingText),
        Scene::Leaving => (S::LeavingTitle, S::LeavingText),
        Scene::Processing => (S::ProcessingTitle, S::ProcessingText),
        Scene::Unknown => (S::UnknownTitle, S::UnknownText),
        Scene::Paid => (S::PaidTitle, S::PaidText),
        Scene::Expired => (S::ExpiredTitle, S::ExpiredText),
        NO_CONNECTION => (S::NoConnectionTitle, S::Network),
        Scene::Broken(code) => (S::BrokenTitle, advice::after(code)),
    })
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
        Scene::Bank(Window::Offered | Window::Open | Window::Left { .. }) => "bank",
        Scene::Form
        | Scene::Bank(
            Window::Opening | Window::Waiting { .. } | Window::Redirecting | Window::Presenting,
        )
        | Scene::Leaving
        | Scene::Processing => "wait",
        Scene::Unknown | Scene::Expired => "clock",
        Scene::Paid => "done",
        Scene::Broken(_) => "stop",
    }
    .to_owned()
}
