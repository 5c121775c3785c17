//! Everything the screen depends on, as one value.
//! Nothing here is a handle, a timer or a secret: those belong to the program that carries out the effects.

use checkout_protocol::api::session_view::SurfaceKind;
use checkout_protocol::card::brand::Brand;
use checkout_protocol::checkout::{Checkout, Notice, Phase, Window};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::frame_message::Field;
use checkout_protocol::locale::Locale;
use checkout_protocol::money::{Currency, Money};

use crate::boot::Boot;
use crate::form::{CodeOf, FIELDS, Form};
use crate::saved_cards::{self, SavedCards};
use crate::text::Words;

/// The whole state of the frame.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Model {
    /// `ps_…`
    pub session: String,
    /// `pay_…`, once the session was opened.
    pub payment: Option<String>,
    /// As payers know the shop.
    pub merchant_name: String,
    /// In the currency's smallest unit.
    pub amount: i64,
    /// ISO 4217.
    pub currency: Currency,
    /// The payer's language.
    pub locale: Locale,
    /// The sentences in it.
    pub words: Words,
    /// Whether no money moves.
    pub test_mode: bool,
    /// Whether the program runs; before that nothing can be pressed.
    pub running: bool,
    /// Where the checkout stands.
    pub checkout: Checkout,
    /// What was typed.
    pub form: Form,
    /// Whether the form has a place for the payer's e-mail address.
    pub shows_email: bool,
    /// The address, when the merchant fixed it.
    pub fixed_email: Option<String>,
    /// What need not be typed.
    pub saved: SavedCards,
    /// Whether it is charged only with its security code.
    pub asks_saved_card_code: bool,
    /// How far the payer has come with removing the saved card that is chosen.
    pub removal: Removal,
    /// Whether the merchant may keep it.
    pub consent: Consent,
    /// The brand that a decline came back for, while its code still stands in the form.
    pub declined_brand: Option<Brand>,
    /// Where the whole page is going, while it does.
    pub bank_url: Option<String>,
    /// Whether the payer's browser opens windows of its own.
    pub opens_windows: bool,
    /// Whether the browser says that there is no network.
    pub is_offline: bool,
    /// How far the payer has come with a new session.
    pub renewal: Renewal,
}

/// How far a payer has come with removing a saved card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// They have not asked.
    Idle,
    /// They pressed once, and are asked whether they mean it.
    Asked,
    /// It is being removed.
    Running,
    /// It is gone.
    Done,
    /// It could not be removed.
    Failed,
}

/// How far a payer has come whose session is over and who wants another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// They have not asked.
    NotAsked,
    /// The merchant's page is asked for a new client secret.
    Asking,
    /// It gave none that works.
    Failed,
}

/// What is in front of the payer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The form, to type or already on its way.
    Form,
    /// The bank wants the payer.
    Bank(Window),
    /// The payer leaves the bank.
    Leaving,
    /// The acquirer is at work.
    Processing,
    /// The outcome is not known yet.
    Unknown,
    /// Paid.
    Paid,
    /// The session's time is over.
    Expired,
    /// The session cannot be used.
    Broken(ErrorCode),
}

/// The payer's word on whether the merchant may keep the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// The session does not ask for it.
    NotAsked,
    /// The box is not ticked.
    Asked,
    /// The payer ticked the box.
    Given,
}

impl Model {
    /// The frame as its document describes it.
    #[must_use]
    pub fn new(boot: Boot) -> Self {
        let mut form = Form::new(boot.today);
        form.asks_email = boot.shows_email;
        let mut model = Self {
            session: boot.session,
            payment: None,
            merchant_name: boot.merchant_name,
            amount: boot.amount,
            currency: boot.currency,
            locale: boot.locale,
            words: boot.words,
            test_mode: boot.test_mode,
            running: false,
            checkout: Checkout::NEW,
            form,
            shows_email: boot.shows_email,
            fixed_email: None,
            saved: SavedCards::new(boot.today),
            asks_saved_card_code: false,
            removal: Removal::Idle,
            consent: Consent::NotAsked,
            declined_brand: None,
            bank_url: None,
            opens_windows: boot.opens_windows,
            is_offline: false,
            renewal: Renewal::NotAsked,
        };
        model.checkout.surface = model.suited(SurfaceKind::Popup);
        model
    }

    /// Where the bank is shown first in this browser when the page wants it shown on `surface`.
    #[must_use]
    pub fn suited(&self, surface: SurfaceKind) -> SurfaceKind {
        match surface {
            SurfaceKind::Popup if !self.opens_windows => SurfaceKind::Redirect,
            surface => surface,
        }
    }

    /// The amount as the payer reads it.
    #[must_use]
    pub fn amount_text(&self) -> String {
        Money::new(self.amount, self.currency)
            .map_or_else(|_| String::new(), |money| money.format(self.locale))
    }

    /// What is in front of the payer.
    #[must_use]
    pub const fn scene(&self) -> Scene {
        match self.checkout.phase {
            Phase::Loading | Phase::Ready { .. } | Phase::Submitting { .. } => Scene::Form,
            Phase::Challenging { window, .. } => Scene::Bank(window),
            Phase::Leaving { .. } => Scene::Leaving,
            Phase::Fingerprinting { .. } | Phase::Processing { .. } => Scene::Processing,
            Phase::Unknown { .. } => Scene::Unknown,
            Phase::Succeeded => Scene::Paid,
            Phase::Expired => Scene::Expired,
            Phase::Broken { code } => Scene::Broken(code),
        }
    }

    /// Whether the card is on its way, so that the fields rest.
    #[must_use]
    pub const fn is_submitting(&self) -> bool {
        matches!(self.checkout.phase, Phase::Submitting { .. })
    }

    /// Whether no session was opened yet.
    #[must_use]
    pub const fn is_loading(&self) -> bool {
        matches!(self.checkout.phase, Phase::Loading)
    }

    /// Whether the payer types a card, instead of having chosen a saved one.
    #[must_use]
    pub const fn is_typed(&self) -> bool {
        self.saved.chosen.is_none()
    }

    /// The saved card that is charged instead of a typed one.
    #[must_use]
    pub fn payment_method(&self) -> Option<String> {
        Some(self.saved.chosen_card()?.id.clone())
    }

    /// Whether a saved card is chosen whose code must be typed.
    #[must_use]
    pub const fn needs_code(&self) -> bool {
        self.asks_saved_card_code && !self.is_typed()
    }

    /// Whose security code is asked for.
    #[must_use]
    pub fn code_of(&self) -> CodeOf {
        match self.saved.chosen_card() {
            None => CodeOf::Typed,
            Some(card) => CodeOf::Saved(saved_cards::brand(card)),
        }
    }

    /// Whether the payer lets the merchant keep the card that is typed.
    #[must_use]
    pub const fn saves_card(&self) -> bool {
        matches!(self.consent, Consent::Given) && self.is_typed()
    }

    /// The fields that are to be filled in.
    #[must_use]
    pub fn fields(&self) -> &'static [Field] {
        if self.is_typed() {
            &FIELDS
        } else if self.needs_code() {
            &[Field::SecurityCode, Field::Email]
        } else {
            &[Field::Email]
        }
    }

    /// Whether a new client secret could help: the session's time is over, or it could not be opened.
    #[must_use]
    pub const fn may_renew(&self) -> bool {
        matches!(
            self.scene(),
            Scene::Expired
                | Scene::Broken(
                    ErrorCode::SessionExpired
                        | ErrorCode::InvalidClientSecret
                        | ErrorCode::NetworkError
                )
        )
    }

    /// What stands above the form.
    #[must_use]
    pub const fn notice(&self) -> Option<Notice> {
        match self.checkout.phase {
            Phase::Ready { notice } => notice,
            _ => None,
        }
    }
}
