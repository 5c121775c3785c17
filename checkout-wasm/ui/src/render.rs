//! The form as HTML, for the server to put into the frame's document.
//! Runs no effects and no event handlers, and needs no executor.

use leptos::prelude::*;

use crate::boot::Boot;
use crate::model::Model;
use crate::view::screen::Screen;

/// The form of the session that `boot` describes: the contents of the element that the frame hydrates.
///
/// No white space may be added or taken away, and the comments belong to it: hydration counts nodes.
#[must_use]
pub fn render(boot: Boot) -> String {
    html_of(Model::new(boot))
}

pub(crate) fn html_of(model: Model) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(move || crate::view::checkout(Screen::new(model)).to_html());
    drop(owner);
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boot::tests::boot;
    use crate::model::Consent;
    use crate::model::{Removal, Renewal};
    use crate::saved_cards::tests::cards;
    use crate::text::Words;
    use crate::text::{Sentence, advice};
    use checkout_protocol::checkout::{Notice, Phase};
    use checkout_protocol::error_code::ErrorCode;
    use checkout_protocol::locale::Locale;

    fn html(locale: Locale) -> String {
        let words = Words::of(locale);
        render(Boot {
            locale,
            words,
            ..boot()
        })
    }

    #[test]
    fn the_form_carries_no_inline_styles_because_the_policy_refuses_them() {
        assert!(!html(Locale::Is).contains("style="));
    }

    #[test]
    fn the_button_cannot_be_pressed_before_the_program_runs() {
        let html = html(Locale::En);
        let button = html
            .split("<button")
            .find(|part| part.contains("id=\"pay\""))
            .unwrap();
        assert!(
            button.split('>').next().unwrap().contains("disabled"),
            "{button}"
        );
    }

    #[test]
    fn the_button_carries_the_amount_in_the_payers_language() {
        assert!(html(Locale::Is).contains("Greiða 1.990\u{a0}kr."));
        assert!(html(Locale::En).contains("Pay ISK\u{a0}1,990"));
    }

    #[test]
    fn every_input_has_a_label_a_purpose_and_a_place_for_its_mistake() {
        let html = html(Locale::Is);
        for (id, name, purpose) in [
            ("card-number", "number", "cc-number"),
            ("card-expiry", "expiry", "cc-exp"),
            ("card-code", "security_code", "cc-csc"),
            ("card-name", "name", "cc-name"),
        ] {
            for part in [
                format!("for=\"{id}\""),
                format!("name=\"{name}\""),
                format!("autocomplete=\"{purpose}\""),
                format!("id=\"{id}-mistake\""),
            ] {
                assert!(html.contains(&part), "{part} is missing");
            }
        }
    }

    #[test]
    fn the_document_says_nothing_of_saved_cards_and_does_not_ask_to_save_one() {
        let html = html(Locale::Is);
        assert!(html.contains("data-card=\"none\""));
        assert!(!html.contains("type=\"radio\""));
        assert!(part(&html, "class=\"consent\"").contains("hidden"));
    }

    #[test]
    fn the_box_that_asks_to_save_is_never_ticked_for_the_payer() {
        for consent in [Consent::Asked, Consent::Given] {
            let html = html_of(Model {
                consent,
                ..Model::new(boot())
            });
            assert!(!part(&html, "class=\"consent\"").contains("hidden"));
            assert!(!part(&html, "id=\"save-card\"").contains("checked"));
        }
    }

    #[test]
    fn the_style_learns_whether_saved_cards_or_fields_are_to_be_shown() {
        for (is_typing, chosen, shown) in [
            (false, Some("pm_2"), "saved"),
            (false, None, "typed"),
            (true, None, "late"),
            (true, Some("pm_2"), "saved"),
        ] {
            let mut model = Model::new(boot());
            model.saved.arrived(cards(), is_typing);
            model.saved.choose(chosen);
            assert!(html_of(model).contains(&format!("data-card=\"{shown}\"")));
        }
    }

    #[test]
    fn the_style_and_the_label_say_which_code_is_asked_for() {
        let mut model = Model::new(boot());
        model.asks_saved_card_code = true;
        assert!(html_of(model.clone()).contains("data-card=\"none\""));
        model.saved.arrived(cards(), false);
        model.saved.choose(Some("pm_3"));
        model.form = model.form.clone().asking_for_code_of(model.code_of());
        let html = html_of(model.clone());
        assert!(html.contains("data-card=\"coded\""));
        assert!(html.contains("(CID)"));
        assert!(part(&html, "id=\"card-code\"").contains("placeholder=\"CID\""));
        model.saved.choose(None);
        model.form = model.form.clone().asking_for_code_of(model.code_of());
        let html = html_of(model);
        assert!(html.contains("data-card=\"typed\"") && !html.contains("(CID)"));
    }

    fn in_phase(phase: Phase) -> Model {
        let mut model = Model::new(boot());
        model.checkout.phase = phase;
        model
    }

    #[test]
    fn a_payer_without_a_network_is_told_so_only_where_something_is_left_to_do() {
        for (phase, is_told) in [
            (Phase::Ready { notice: None }, true),
            (Phase::Succeeded, false),
            (Phase::Expired, false),
            (
                Phase::Broken {
                    code: ErrorCode::NetworkError,
                },
                false,
            ),
        ] {
            let html = html_of(Model {
                is_offline: true,
                ..in_phase(phase)
            });
            let is_hidden = part(&html, "id=\"offline\"").contains("hidden");
            assert_eq!(is_hidden, !is_told, "{phase:?}");
        }
    }

    #[test]
    fn nobody_is_told_that_nothing_was_charged_who_could_not_be_asked_about() {
        let words = Words::of(boot().locale);
        for (phase, is_known) in [
            (Phase::Expired, true),
            (
                Phase::Broken {
                    code: ErrorCode::NetworkError,
                },
                false,
            ),
            (
                Phase::Broken {
                    code: ErrorCode::InvalidClientSecret,
                },
                false,
            ),
        ] {
            let html = html_of(Model {
                renewal: Renewal::Failed,
                ..in_phase(phase)
            });
            let says = html.contains(words.say(Sentence::StartAgainFailed));
            assert_eq!(says, is_known, "{phase:?}");
        }
        let html = html_of(in_phase(Phase::Broken {
            code: ErrorCode::NetworkError,
        }));
        assert!(html.contains(words.say(Sentence::NoConnectionTitle)));
        assert!(!html.contains(words.say(Sentence::BrokenTitle)));
    }

    /// What screen readers are told of what goes on.
    fn announced(html: &str) -> &str {
        let (_, place) = html.split_once("id=\"announcement\"").unwrap();
        place.split_once("</p>").unwrap().0
    }

    #[test]
    fn what_comes_of_another_try_is_announced() {
        let words = Words::of(boot().locale);
        for (renewal, sentence) in [
            (Renewal::Asking, Sentence::StartingAgain),
            (Renewal::Failed, Sentence::StartAgainFailed),
        ] {
            let html = html_of(Model {
                renewal,
                ..in_phase(Phase::Expired)
            });
            let heard = announced(&html);
            assert!(heard.contains(words.say(sentence)), "{heard}");
        }
    }

    #[test]
    fn the_question_whether_a_card_is_removed_for_good_is_announced() {
        let mut model = in_phase(Phase::Ready { notice: None });
        model.saved.arrived(cards(), false);
        model.removal = Removal::Asked;
        let question = crate::view::saved_cards::remove(&model);
        let html = html_of(model);
        let heard = announced(&html);
        assert!(heard.contains(&question), "{heard}");
    }

    #[test]
    fn a_payer_is_not_sent_to_correct_what_is_not_on_the_screen() {
        let words = Words::of(boot().locale);
        for code in [ErrorCode::IncorrectCvc, ErrorCode::IncorrectNumber] {
            let notice = Some(Notice::Failed(code));
            let mut model = in_phase(Phase::Ready { notice });
            model.saved.arrived(cards(), false);
            assert!(!model.is_typed());
            assert!(html_of(model.clone()).contains(words.say(Sentence::Declined)));
            model.saved.choose(None);
            assert!(html_of(model).contains(words.say(advice::after(code))));
        }
    }

    /// The tag in which `attribute` stands.
    fn part<'a>(html: &'a str, attribute: &str) -> &'a str {
        let tag = html.split('<').find(|tag| tag.contains(attribute));
        tag.and_then(|tag| tag.split('>').next()).unwrap()
    }

    #[test]
    fn a_merchants_name_is_text_and_never_markup() {
        let html = render(Boot {
            merchant_name: "<img src=x> & Co".to_owned(),
            ..boot()
        });
        assert!(!html.contains("<img"));
    }
}
