//! The frame's update with anything in any order: it never panics, and keeps what a payer relies on. The rules are those of
//! `checkout-wasm/ui/src/update/tests/anything.rs`, followed from outside.
#![no_main]

use checkout_fuzz::{Result, Unstructured, actions};
use checkout_protocol::checkout::{self, AttemptRef};
use checkout_protocol::frame_message::Field;
use checkout_ui::form::FIELDS;
use checkout_ui::model::{Model, Scene};
use checkout_ui::update::{Action, Effect, update};
use checkout_ui::{snapshot, view};
use libfuzzer_sys::fuzz_target;

#[derive(Default)]
struct Watch {
    typed: [String; 5],
    may_show: [bool; 5],
    chosen: Option<String>,
    confirming: Option<AttemptRef>,
    is_paid: bool,
}

impl Watch {
    fn before(&mut self, model: &Model, action: &Action) {
        let is_form = model.scene() == Scene::Form;
        for (place, field) in FIELDS.into_iter().enumerate() {
            match action {
                Action::Typed(typed, text) if *typed == field => self.typed[place].clone_from(text),
                Action::Left(left) if *left == field && is_form => self.may_show[place] = true,
                Action::PayPressed(_) => self.may_show[place] = true,
                _ => {}
            }
        }
    }

    fn after(&mut self, model: &Model, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Show(field, text) => {
                    let may_be_shown =
                        *field == Field::SecurityCode || model.scene() == Scene::Paid;
                    assert!(may_be_shown, "{field:?} changed by itself");
                    let place = FIELDS.iter().position(|it| it == field);
                    let place = place.expect("a field");
                    self.typed[place].clone_from(text);
                    self.may_show[place] &= model.scene() == Scene::Paid;
                }
                Effect::Checkout(checkout::Effect::Confirm(attempt)) => {
                    assert_eq!(self.confirming, None, "two at once");
                    self.confirming = Some(*attempt);
                    assert_eq!(
                        model.form.first_wrong(model.fields()),
                        None,
                        "a card that is not right"
                    );
                    assert!(!model.saved.has_chosen_expired());
                    assert!(!model.needs_code() || model.form.code().is_some());
                    assert!(!model.is_typed() || model.form.card().is_some());
                }
                Effect::Checkout(checkout::Effect::ConfirmAgain(attempt)) => {
                    assert_eq!(self.confirming, Some(*attempt), "not the one under way");
                }
                _ => {}
            }
        }
        if model.checkout.attempt() != self.confirming {
            self.confirming = None;
        }
        if self.chosen != model.payment_method() {
            self.chosen = model.payment_method();
            self.may_show[2] = false;
        }
        for (place, field) in FIELDS.into_iter().enumerate() {
            assert_eq!(model.form.text(field), self.typed[place], "{field:?}");
            let is_early = model.form.shown(field).is_some() && !self.may_show[place];
            assert!(!is_early, "{field:?} shows a mistake before it was left");
        }
        let is_paid = model.scene() == Scene::Paid;
        let is_clean = model.form.is_empty();
        assert!(
            is_clean || !is_paid || self.is_paid,
            "something of the card stays behind"
        );
        self.is_paid = is_paid;
    }
}

fn play(bytes: &mut Unstructured<'_>) -> Result<Model> {
    let mut model = Model::new(actions::boot(bytes)?);
    let mut watch = Watch::default();
    while !bytes.is_empty() {
        let Ok(action) = actions::action(bytes) else {
            break;
        };
        watch.before(&model, &action);
        let (next, effects) = update(model, action);
        watch.after(&next, &effects);
        let _ = (next.amount_text(), snapshot::of(&next));
        let _ = view::saved_cards::choices(&next);
        model = next;
    }
    Ok(model)
}

fuzz_target!(|bytes: &[u8]| {
    let _ = play(&mut Unstructured::new(bytes));
});
