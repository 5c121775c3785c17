//! Whatever is typed into the card's fields is shown as a card has it, with the caret inside, and read or refused.
#![no_main]

use checkout_fuzz::{Result, Unstructured, actions, one_of};
use checkout_protocol::card::brand::Brand;
use checkout_protocol::card::expiry::{self, Expiry};
use checkout_protocol::card::number::{self, CardNumber};
use checkout_protocol::card::security_code::SecurityCode;
use checkout_protocol::card::{co_badge, holder_name};
use checkout_protocol::email::is_email_address;
use checkout_protocol::frame_message::Field;
use checkout_ui::edit::{Direction, edited, formatted};
use checkout_ui::form::FIELDS;
use checkout_ui::history::{self, History, Way};
use libfuzzer_sys::fuzz_target;

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn check_texts(text: &str) {
    let grouped = number::grouped(text);
    assert_eq!(number::grouped(&grouped), grouped, "grouping is done once");
    let typed: String = digits(text).chars().take(number::SHOWN_DIGITS).collect();
    assert_eq!(digits(&grouped), typed, "no digit is lost");
    let date = expiry::formatted(text);
    assert_eq!(
        expiry::formatted(&date),
        date,
        "a date is formatted once: {text:?}"
    );
    let brand = Brand::of(&number::digits(text));
    let _ = co_badge::brands(&number::digits(text));
    if let Ok(card) = CardNumber::parse(text) {
        assert!(card.expose().bytes().all(|byte| byte.is_ascii_digit()));
        let again = CardNumber::parse(&number::grouped(card.expose()));
        assert!(
            again.is_ok_and(|again| again == card),
            "as it is shown it is right, too"
        );
    }
    if let Ok(end) = Expiry::parse(text, (2026, 11)) {
        assert!((1..=12).contains(&end.month()) && (end.year(), end.month()) >= (2026, 11));
    }
    if let Ok(code) = SecurityCode::parse(text, brand) {
        assert!(matches!(code.expose().len(), 3 | 4));
    }
    let _ = (holder_name::parse(text), is_email_address(text));
}

fn play(bytes: &mut Unstructured<'_>) -> Result<()> {
    let field = one_of(bytes, &FIELDS)?;
    let mut history = History::default();
    let mut shown = String::new();
    while !bytes.is_empty() {
        let typed = actions::text(bytes)?;
        check_texts(&typed);
        let caret = usize::from(bytes.arbitrary::<u8>()?);
        let direction = one_of(bytes, &[Direction::Backward, Direction::Forward])?;
        let edit = edited(field, &shown, &typed, caret, direction);
        assert!(
            edit.caret <= edit.text.chars().count(),
            "the caret is outside"
        );
        let again = formatted(field, &edit.text);
        // A month that was being typed may get its zero.
        assert!(
            again == edit.text || (field == Field::Expiry && again == format!("0{}", edit.text)),
            "{field:?} is formatted once"
        );
        if matches!(field, Field::Name | Field::Email) {
            assert_eq!(edit.text, typed, "a name is the payer's");
        }
        if edit.text != shown {
            history.changed(field, &shown);
        }
        shown = edit.text;
        for way in [Way::Undo, Way::Redo] {
            if let Some(text) = history.step(way, field, &shown) {
                assert!(history::caret(&text, &shown) <= text.chars().count());
                shown = text;
            }
        }
    }
    Ok(())
}

fuzz_target!(|bytes: &[u8]| {
    let _ = play(&mut Unstructured::new(bytes));
});
