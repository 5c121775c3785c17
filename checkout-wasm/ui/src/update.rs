//! What changes when something happens: `(model, action) → (model, effects)`, pure.
//! Whether and when money moves is the reducer's business (`checkout_protocol::checkout`); this wraps it with the form,
//! the language and what the page is told.

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api::session_view::SessionView;
use checkout_protocol::checkout::{
    self, Announcement, AttemptRef, Event, Facts, Notice, Phase, Window,
};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::frame_message::{Field, FrameCall, Problem};
use checkout_protocol::locale::Locale;

use crate::focus::Place;
use crate::form::{FIELDS, Form};
use crate::model::{Consent, Model, Removal, Renewal, Scene};
use crate::snapshot;
use crate::text::Words;

/// What can happen in the frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The document was hydrated.
    Started,
    /// A field holds another text.
    Typed(Field, String),
    /// The payer left a field.
    Left(Field),
    /// The payer, or the page, pressed Pay; `attempt` is used when there is a card to pay with.
    PayPressed(AttemptRef),
    /// The payer chose a saved card by its id, or another one.
    CardChosen(Option<String>),
    /// The payer wants the saved card that is chosen removed.
    RemovePressed,
    /// The card with this id is removed.
    CardRemoved(String),
    /// The card with this id could not be removed.
    RemoveFailed(String),
    /// The payer ticked the box that lets the merchant keep the card, or took the tick away.
    Ticked(bool),
    /// The client secret opened the session; the payer is in a field, or not.
    Attached(SessionView, bool),
    /// The server said where the session stands.
    Heard(SessionView),
    /// Anything else that the reducer knows, with the id of the request that failed, if one did.
    Happened(Event, Option<String>),
    /// Where the whole page is being sent.
    BankUrl(String),
    /// The page chose another language, whose words are there now.
    LocaleChosen(Locale, Words),
    /// The payer chose the first or the second brand of a card that has two.
    BrandChosen {
        /// Whether it is the second.
        second: bool,
    },
    /// The browser says whether there is a network.
    Network {
        /// Whether there is one.
        is_online: bool,
    },
    /// The payer wants to start again after the session's end.
    RenewPressed,
    /// The page gave no client secret.
    RenewFailed,
    /// The page wants the focus in the form.
    FocusAsked,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// What the reducer asked for; its announcements come as [`Effect::Tell`].
    Checkout(checkout::Effect),
    /// Tell the page.
    Tell(FrameCall),
    /// Put the focus somewhere.
    Focus(Place),
    /// Show what there is to choose from.
    ShowSavedCards,
    /// Show another text in a field.
    Show(Field, String),
    /// Show the merchant's e-mail address, or again what the payer typed in its place.
    ShowEmail(String),
    /// Remove the saved card with this id.
    RemoveCard(String),
    /// Ask the page for a new client secret.
    AskSecret(ErrorCode),
    /// Forget the encrypted card: its attempt is over.
    ForgetCard,
    /// Report when the session's time is over.
    ExpireIn {
        /// Milliseconds from now.
        ms: u64,
    },
    /// The document's language.
    ShowLocale(Locale),
}

/// The model after `action`, and what is to be done.
#[must_use]
pub fn update(model: Model, action: Action) -> (Model, Vec<Effect>) {
    let before = Before::of(&model);
    let mut next = Next {
        model,
        effects: vec![],
    };
    match action {
        Action::Started => next.model.running = true,
        Action::Typed(field, text) => next.typed(field, text),
        // Where something takes the form's place, the form has left the payer.
        Action::Left(field) if next.model.scene() == Scene::Form => {
            next.form(|form| form.left(field));
        }
        Action::Left(_) => {}
        Action::PayPressed(attempt) => next.pay(attempt),
        Action::CardChosen(id) => next.card_chosen(id.as_deref()),
        Action::RemovePressed => next.remove_pressed(),
        Action::CardRemoved(id) => next.card_removed(&id),
        Action::RemoveFailed(id) => next.remove_failed(&id),
        Action::Ticked(true) => next.model.consent = Consent::Given,
        Action::Ticked(false) => next.model.consent = Consent::Asked,
        Action::Attached(view, is_in_a_field) => next.attached(view, is_in_a_field),
        // An answer about a session that a new one has taken the place of comes too late.
        Action::Heard(view) if view.id == next.model.session => {
            next.learned(&view, Event::Heard);
        }
        Action::Heard(_) => {}
        Action::Happened(event, trace) => next.happened(event, trace.as_deref()),
        Action::BankUrl(url) => next.model.bank_url = Some(url),
        Action::LocaleChosen(locale, words) => {
            next.model.locale = locale;
            next.model.words = words;
            next.effects.push(Effect::ShowLocale(locale));
            next.effects.push(Effect::ShowSavedCards);
        }
        Action::BrandChosen { second } => next.model.form.second_brand = second,
        Action::Network { is_online } => next.model.is_offline = !is_online,
        Action::RenewPressed => next.renew(),
        Action::RenewFailed => next.model.renewal = Renewal::Failed,
        Action::FocusAsked => next.effects.push(Effect::Focus(Place::First)),
    }
    next.settled(&before)
}

/// What the effects at the end are judged by.
struct Before {
    scene: Scene,
    attempt: Option<AttemptRef>,
    declined: bool,
    submitting: bool,
    chosen: Option<String>,
    snapshot: checkout_protocol::frame_message::Snapshot,
}

impl Before {
    fn of(model: &Model) -> Self {
        Self {
            scene: model.scene(),
            attempt: model.checkout.attempt(),
            declined: matches!(model.notice(), Some(Notice::Failed(_))),
            submitting: model.is_submitting(),
            chosen: model.payment_method(),
            snapshot: snapshot::of(model),
        }
    }
}

struct Next {
    model: Model,
    effects: Vec<Effect>,
}

impl Next {
    fn form(&mut self, change: impl FnOnce(Form) -> Form) {
        let resting = Form::new((0, 0));
        self.model.form = change(std::mem::replace(&mut self.model.form, resting));
    }

    fn typed(&mut self, field: Field, text: String) {
        if field == Field::SecurityCode && *text != *self.model.form.text(field) {
            // What the decline came back for is no longer in the form.
            self.model.declined_brand = None;
        }
        self.form(|form| form.typed(field, text));
        // Everything typed is kept through a decline, but the code of one card is never right for another.
        let brand = self.model.form.brand();
        if self.model.is_typed()
            && self.model.declined_brand.is_some()
            && brand.is_some()
            && brand != self.model.declined_brand
        {
            self.model.declined_brand = None;
            self.form(Form::without_code);
            self.show(Field::SecurityCode);
        }
    }

    fn clear(&mut self, field: Field) {
        self.form(|form| form.typed(field, String::new()));
        self.show(field);
    }

    fn show(&mut self, field: Field) {
        let text = self.model.form.text(field).to_owned();
        self.effects.push(Effect::Show(field, text));
    }

    /// The card to be charged is another one, and so is its code.
    fn another_code(&mut self) {
        let before = self.model.form.text(Field::SecurityCode).to_owned();
        let whose = self.model.code_of();
        self.form(|form| form.asking_for_code_of(whose));
        let text = self.model.form.text(Field::SecurityCode);
        if *text != *before {
            let show = Effect::Show(Field::SecurityCode, text.to_owned());
            // Before the focus goes: a field that loses it says once more what stands in it.
            self.effects.insert(0, show);
        }
    }

    fn pay(&mut self, attempt: AttemptRef) {
        if !matches!(self.model.checkout.phase, Phase::Ready { .. }) {
            return;
        }
        if self.model.saved.has_chosen_expired() {
            // As if it had been declined, which it would be.
            let notice = Some(Notice::Failed(ErrorCode::ExpiredCard));
            self.model.checkout.phase = Phase::Ready { notice };
            self.effects.push(Effect::Focus(Place::Form));
            return;
        }
        let fields = self.model.fields();
        self.form(|form| form.checked(fields));
        match self.model.form.first_wrong(fields) {
            Some(field) => self.effects.push(Effect::Focus(Place::Field(field))),
            None => self.happened(Event::Pay(attempt), None),
        }
    }

    /// What is charged stays what it was when Pay was pressed.
    fn card_chosen(&mut self, id: Option<&str>) {
        if !matches!(self.model.checkout.phase, Phase::Ready { .. }) {
            return;
        }
        self.model.saved.choose(id);
        self.model.removal = Removal::Idle;
        if !self.model.is_typed() {
            // The field that the payer comes from is gone, and some engines do not focus what a pointer presses.
            self.effects.push(Effect::Focus(Place::SavedCard));
        }
    }

    /// The first press asks, the second removes.
    fn remove_pressed(&mut self) {
        let Some(id) = self.model.payment_method() else {
            return;
        };
        if !matches!(self.model.checkout.phase, Phase::Ready { .. }) {
            return;
        }
        self.model.removal = match self.model.removal {
            Removal::Running => return,
            Removal::Asked => {
                self.effects.push(Effect::RemoveCard(id));
                Removal::Running
            }
            Removal::Idle | Removal::Done | Removal::Failed => Removal::Asked,
        };
    }

    /// Answers come late: by then the payer may be removing another card.
    fn card_removed(&mut self, id: &str) {
        let was_chosen = self.model.payment_method().as_deref() == Some(id);
        self.model.saved.remove(id);
        self.effects.push(Effect::ShowSavedCards);
        if was_chosen {
            // The button that was pressed may be gone with the card, and the payer be typing elsewhere by now.
            self.effects.push(Effect::Focus(Place::Kept));
        }
        if was_chosen || !matches!(self.model.removal, Removal::Asked | Removal::Running) {
            self.model.removal = Removal::Done;
        }
    }

    fn remove_failed(&mut self, id: &str) {
        let is_chosen = self.model.payment_method().as_deref() == Some(id);
        if is_chosen && self.model.removal == Removal::Running {
            self.model.removal = Removal::Failed;
        }
    }

    /// Asks the page for a new client secret, once at a time.
    fn renew(&mut self) {
        if self.model.may_renew() && self.model.renewal != Renewal::Asking {
            let reason = match self.model.scene() {
                Scene::Broken(code) => code,
                _ => ErrorCode::SessionExpired,
            };
            self.model.renewal = Renewal::Asking;
            self.effects.push(Effect::AskSecret(reason));
        }
    }

    /// An answer about the new session has come; if it is a good one, this is forgotten with the scene.
    fn renewed(&mut self) {
        if self.model.renewal == Renewal::Asking {
            self.model.renewal = Renewal::Failed;
        }
    }

    fn attached(&mut self, mut view: SessionView, is_in_a_field: bool) {
        if view.id != self.model.session && !self.model.checkout.may_change_session() {
            return;
        }
        self.renewed();
        self.model.session.clone_from(&view.id);
        self.model.shows_email = view.asks_email || view.customer_email.is_some();
        let was_fixed = self.model.fixed_email.is_some();
        let asks = view.asks_email && view.customer_email.is_none();
        self.form(|form| form.asking_for_email(asks));
        self.model.fixed_email.clone_from(&view.customer_email);
        if let Some(email) = &view.customer_email {
            self.effects.push(Effect::ShowEmail(email.clone()));
        } else if was_fixed {
            // A new session has none, and that of the one before must not be taken for the payer's own.
            let typed = self.model.form.text(Field::Email).to_owned();
            self.effects.push(Effect::ShowEmail(typed));
        }
        if self.model.checkout.attempt().is_none() {
            let is_typing = is_in_a_field || !self.model.form.is_empty();
            let cards = std::mem::take(&mut view.saved_cards);
            self.model.saved.arrived(cards, is_typing);
            self.model.asks_saved_card_code = view.asks_saved_card_code;
            if !view.offers_saving {
                self.model.consent = Consent::NotAsked;
            } else if self.model.consent == Consent::NotAsked {
                self.model.consent = Consent::Asked;
            }
            self.effects.push(Effect::ShowSavedCards);
        }
        self.learned(&view, Event::Attached);
    }

    fn learned(&mut self, view: &SessionView, event: fn(Facts) -> Event) {
        self.model.payment = Some(view.payment.clone());
        self.model.amount = view.amount;
        self.model.currency = view.currency;
        if view.status == SessionStatus::Open {
            self.effects.push(Effect::ExpireIn {
                ms: view.expires_in_ms,
            });
        }
        self.happened(event(Facts::from(view)), None);
    }

    fn happened(&mut self, event: Event, trace: Option<&str>) {
        if matches!(event, Event::AttachRefused(_)) {
            self.renewed();
        }
        let (checkout, effects) = self.model.checkout.after(event);
        self.model.checkout = checkout;
        for effect in effects {
            let effect = match effect {
                checkout::Effect::Announce(announcement) => {
                    Effect::Tell(self.announced(announcement, trace))
                }
                other => Effect::Checkout(other),
            };
            self.effects.push(effect);
        }
    }

    fn announced(&self, announcement: Announcement, trace: Option<&str>) -> FrameCall {
        let session_id = self.model.session.clone();
        let payment_id = self.model.payment.clone().unwrap_or_default();
        let problem = |code: ErrorCode, fatal| Problem::new(code, fatal, trace.map(str::to_owned));
        match announcement {
            Announcement::Started(attempt) => FrameCall::PaymentStarted {
                attempt_id: attempt.text(),
            },
            Announcement::Challenge(attempt) => FrameCall::PaymentChallenge {
                attempt_id: attempt.text(),
            },
            Announcement::Completed => FrameCall::PaymentCompleted {
                session_id,
                payment_id,
            },
            Announcement::Failed(code) => FrameCall::PaymentFailed(problem(code, false)),
            Announcement::Canceled => FrameCall::PaymentCanceled { session_id },
            Announcement::Pending => FrameCall::PaymentPending {
                session_id,
                payment_id,
            },
            Announcement::SessionError(code) => FrameCall::SessionError(problem(code, true)),
        }
    }

    fn settled(mut self, before: &Before) -> (Model, Vec<Effect>) {
        let (scene, attempt) = (self.model.scene(), self.model.checkout.attempt());
        if scene != Scene::Bank(Window::Redirecting) {
            self.model.bank_url = None;
        }
        if !self.model.may_renew() {
            self.model.renewal = Renewal::NotAsked;
        }
        if before.chosen != self.model.payment_method() {
            self.another_code();
            // What was asked is about the card that was chosen then.
            if self.model.removal != Removal::Done {
                self.model.removal = Removal::Idle;
            }
        }
        let is_declined = matches!(self.model.notice(), Some(Notice::Failed(_)));
        if !before.declined && is_declined && self.model.is_typed() {
            self.model.declined_brand = self.model.form.brand();
        }
        if before.attempt.is_some() && before.attempt != attempt {
            self.effects.push(Effect::ForgetCard);
        }
        if scene == Scene::Paid && before.scene != Scene::Paid {
            for field in FIELDS {
                self.clear(field);
            }
            self.form(Form::without_code_put_away);
        }
        if std::mem::discriminant(&scene) != std::mem::discriminant(&before.scene) {
            let place = if scene == Scene::Form {
                Place::Form
            } else {
                Place::Panel
            };
            self.effects.push(Effect::Focus(place));
        } else if before.attempt.is_some() && is_declined {
            // The button that they pressed is no longer what the payer should be at.
            self.effects.push(Effect::Focus(Place::Form));
        } else if before.scene != scene || !before.submitting && self.model.is_submitting() {
            // A button goes when it has been pressed, and boxes rest while the card is on its way.
            self.effects.push(Effect::Focus(Place::Kept));
        }
        let snapshot = snapshot::of(&self.model);
        if snapshot != before.snapshot {
            // First, so that whoever hears of an ending already sees the state that goes with it.
            self.effects
                .insert(0, Effect::Tell(FrameCall::StateChange(snapshot)));
        }
        (self.model, self.effects)
    }
}

#[cfg(test)]
mod tests;
