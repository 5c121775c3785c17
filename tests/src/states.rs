//! Every state of the checkout that a payer can see, and how it is reached. What looks at all states takes them from here.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::checkout_page::{CHALLENGED_CARD, DECLINED_CARD, GOOD_CARD, TWO_BRANDS_CARD};
use crate::held_back::{self, Gate};
use crate::look::BarePage;
use crate::{Failure, Scene};

/// A state by its name in pictures, what the demo is started with, and the way there.
pub struct State {
    /// Its name.
    pub name: &'static str,
    /// Options of `xtask demo`.
    pub options: &'static [&'static str],
    /// Whether the program in the frame runs, so that its height follows.
    pub runs: bool,
    /// Whether language and theme can change while it is shown.
    pub changes: bool,
    /// Which requests wait.
    held: Option<&'static str>,
    kind: Kind,
}

/// What the payer does first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Payer {
    /// Nothing, until there is something to do in the state.
    Waits,
    /// Begins to type as soon as there are fields, and stays in one.
    Types,
}

#[derive(Clone, Copy)]
enum Kind {
    Loading,
    NotLoaded,
    Ready,
    Consent,
    Chosen,
    Coded,
    CodeInvalid,
    CodeRefused,
    Filled,
    Invalid,
    Submitting,
    Offline,
    BankOffered,
    BankOpen,
    BankLeft,
    Declined,
    Cancelled,
    Paid,
    Expired,
    Unknown,
    Refused,
    Email,
    EmailFixed,
    TwoBrands,
    LateCards,
    CardExpired,
    RemovalAsked,
    OfflineIdle,
    AtBankRedirect,
    RenewalFailed,
}

const fn state(name: &'static str, kind: Kind) -> State {
    State {
        name,
        options: &[],
        runs: true,
        changes: true,
        held: None,
        kind,
    }
}

/// Every state.
pub static STATES: [State; 30] = [
    State {
        runs: false,
        changes: false,
        held: Some(".wasm "),
        ..state("loading", Kind::Loading)
    },
    State {
        runs: false,
        changes: false,
        held: Some(".wasm "),
        ..state("not-loaded", Kind::NotLoaded)
    },
    state("ready", Kind::Ready),
    state("consent", Kind::Consent),
    state("chosen", Kind::Chosen),
    state("coded", Kind::Coded),
    state("code-invalid", Kind::CodeInvalid),
    state("code-refused", Kind::CodeRefused),
    state("filled", Kind::Filled),
    state("invalid", Kind::Invalid),
    State {
        held: Some("/confirm "),
        ..state("submitting", Kind::Submitting)
    },
    State {
        changes: false,
        ..state("offline", Kind::Offline)
    },
    state("bank-offered", Kind::BankOffered),
    state("bank-open", Kind::BankOpen),
    state("bank-left", Kind::BankLeft),
    state("declined", Kind::Declined),
    state("cancelled", Kind::Cancelled),
    state("paid", Kind::Paid),
    State {
        options: &["--time-divisor", "200"],
        ..state("expired", Kind::Expired)
    },
    State {
        options: &["--time-divisor", "200"],
        ..state("unknown", Kind::Unknown)
    },
    State {
        held: Some(".wasm "),
        ..state("refused", Kind::Refused)
    },
    state("email", Kind::Email),
    state("email-fixed", Kind::EmailFixed),
    state("two-brands", Kind::TwoBrands),
    State {
        held: Some("GET /public/payment_sessions/"),
        ..state("late-cards", Kind::LateCards)
    },
    State {
        held: Some(".wasm "),
        ..state("card-expired", Kind::CardExpired)
    },
    state("removal-asked", Kind::RemovalAsked),
    // Another language's words could not come without a network.
    State {
        changes: false,
        ..state("offline-idle", Kind::OfflineIdle)
    },
    state("at-bank-redirect", Kind::AtBankRedirect),
    State {
        options: &["--time-divisor", "1200"],
        ..state("renewal-failed", Kind::RenewalFailed)
    },
];

impl State {
    /// The state of this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn named(name: &str) -> Result<&'static Self, Failure> {
        let found = STATES.iter().find(|state| state.name == name);
        found.ok_or_else(|| format!("no state is called {name}").into())
    }

    /// Shows a checkout on a page of its own, in the locale and theme, and brings it into this state. The payer's browser
    /// is in the frame afterwards.
    ///
    /// # Errors
    ///
    /// When it cannot be reached.
    pub async fn reach(
        &self,
        scene: &Scene,
        locale: &str,
        theme: &str,
    ) -> Result<BarePage, Failure> {
        self.reach_with(scene, (locale, theme), Payer::Waits).await
    }

    /// The same with a payer who does not wait for it.
    ///
    /// # Errors
    ///
    /// When it cannot be reached.
    pub async fn reach_with(
        &self,
        scene: &Scene,
        dress: (&str, &str),
        payer: Payer,
    ) -> Result<BarePage, Failure> {
        let (checkout, gate) = match self.held {
            Some(held) => {
                let (checkout, gate) = held_back::holding(&scene.demo.checkout, held)?;
                (checkout, Some(gate))
            }
            None => (scene.demo.checkout.clone(), None),
        };
        let more = match self.kind {
            Kind::Consent => keeping(scene).await?,
            Kind::Chosen
            | Kind::Coded
            | Kind::CodeInvalid
            | Kind::CodeRefused
            | Kind::LateCards
            | Kind::CardExpired
            | Kind::RemovalAsked => {
                let mut more = keeping(scene).await?;
                // Past the gate, which is for the checkout that is looked at.
                let page = BarePage::open(scene, &scene.demo.checkout, dress, &more, None).await?;
                scene.enter_checkout().await?;
                scene.type_card(GOOD_CARD).await?;
                scene.visible("#save-card").await?.click().await?;
                scene.press_pay().await?;
                scene.phase("succeeded").await?;
                drop(page);
                more["require_cvc_recollection"] = json!(matches!(
                    self.kind,
                    Kind::Coded | Kind::CodeInvalid | Kind::CodeRefused
                ));
                more
            }
            Kind::Email => json!({ "collect_email": true }),
            Kind::EmailFixed => json!({ "customer_email": "payer@example.com" }),
            _ => json!({}),
        };
        let mut page = BarePage::open(scene, &checkout, dress, &more, gate).await?;
        if matches!(self.kind, Kind::Refused) {
            page.lose_secret(scene, dress).await?;
        }
        if matches!(self.kind, Kind::AtBankRedirect) {
            page.set(scene, json!({ "threeDs": "redirect" })).await?;
            page.never_leaves(scene).await?;
        }
        scene.enter_frame().await?;
        if payer == Payer::Types {
            begins(scene).await?;
        }
        self.act(scene, page.gate.as_ref()).await?;
        Ok(page)
    }

    async fn act(&self, scene: &Scene, gate: Option<&Gate>) -> Result<(), Failure> {
        match self.kind {
            Kind::Loading => drop(scene.visible("#card-number").await?),
            Kind::NotLoaded => {
                gate.ok_or("nothing is held")?.cut();
                scene.visible("#load-failed").await?;
            }
            Kind::Ready => scene.phase("ready").await?,
            Kind::Consent => drop(scene.visible("#save-card").await?),
            Kind::Chosen => {
                scene.visible("#saved-cards input:checked").await?;
            }
            Kind::Coded => drop(code_of_saved_card(scene).await?),
            Kind::CodeInvalid => {
                code_of_saved_card(scene).await?;
                scene.press_pay().await?;
                scene.visible("[aria-invalid='true']").await?;
            }
            Kind::CodeRefused => {
                let code = code_of_saved_card(scene).await?;
                scene.keys(&code, "999").await?;
                scene.press_pay().await?;
                scene.visible("#notice .notice").await?;
            }
            Kind::Filled => {
                scene.phase("ready").await?;
                scene.type_card(GOOD_CARD).await?;
            }
            Kind::Invalid => is_mistaken(scene).await?,
            Kind::Submitting => {
                pay(scene, GOOD_CARD).await?;
                scene.phase("submitting").await?;
            }
            Kind::Offline => {
                scene.phase("ready").await?;
                scene.go_offline().await?;
                scene.pay_with(GOOD_CARD).await?;
                scene.phase("submitting").await?;
                scene.visible("#offline").await?;
            }
            Kind::BankOffered => is_offered_the_bank(scene).await?,
            Kind::BankOpen => {
                to_bank_and_back(scene, false).await?;
                scene.visible("#checkout[data-window='open']").await?;
            }
            Kind::BankLeft => {
                to_bank_and_back(scene, true).await?;
                scene.visible("#finish-at-bank").await?;
            }
            Kind::Declined => {
                pay(scene, DECLINED_CARD).await?;
                scene.visible("#notice .notice").await?;
            }
            Kind::Cancelled => {
                to_bank_and_back(scene, false).await?;
                scene.visible("#cancel-challenge").await?.click().await?;
                scene.visible("#notice .notice").await?;
            }
            Kind::Paid => {
                pay(scene, GOOD_CARD).await?;
                scene.phase("succeeded").await?;
            }
            Kind::Expired => scene.phase("expired").await?,
            Kind::Unknown => {
                to_bank_and_back(scene, false).await?;
                scene.phase("unknown").await?;
            }
            Kind::Refused => {
                gate.ok_or("nothing is held")?.open();
                scene.phase("broken").await?;
            }
            Kind::Email => {
                scene.phase("ready").await?;
                scene.visible("#email").await?;
            }
            Kind::EmailFixed => {
                scene.phase("ready").await?;
                scene.visible("#email:read-only").await?;
            }
            Kind::TwoBrands => {
                scene.phase("ready").await?;
                scene.type_card(TWO_BRANDS_CARD).await?;
                scene.visible("#card-brand").await?;
            }
            Kind::LateCards => cards_come_late(scene, gate).await?,
            Kind::CardExpired => comes_back_later(scene, gate).await?,
            Kind::RemovalAsked => drop(asks_to_remove(scene).await?),
            Kind::OfflineIdle => {
                scene.phase("ready").await?;
                scene.go_offline().await?;
                scene.visible("#offline").await?;
            }
            Kind::AtBankRedirect => {
                pay(scene, CHALLENGED_CARD).await?;
                scene.visible("#go-to-bank").await?;
            }
            Kind::RenewalFailed => starts_again_in_vain(scene).await?,
        }
        Ok(())
    }
}

/// Half of a card, with the payer still in its number.
async fn begins(scene: &Scene) -> Result<(), Failure> {
    for (field, text) in [("name", "Þór"), ("number", "4242 4")] {
        let input = scene.visible(&format!("#card-{field}")).await?;
        scene.keys(&input, text).await?;
    }
    Ok(())
}

/// What a session is made with that may keep the card of a customer of its own.
///
/// # Errors
///
/// When there is no customer.
pub async fn keeping(scene: &Scene) -> Result<Value, Failure> {
    let customer = scene
        .post("/v1/customers", &json!({ "email": "payer@example.com" }))
        .await?;
    Ok(json!({ "customer": customer["id"], "save_payment_method": true }))
}

/// Its field, which is another card's until the saved ones are there.
async fn code_of_saved_card(scene: &Scene) -> Result<WebElement, Failure> {
    scene.visible("#checkout[data-card='coded']").await?;
    scene.visible("#card-code").await
}

async fn pay(scene: &Scene, card: &str) -> Result<(), Failure> {
    scene.phase("ready").await?;
    scene.pay_with(card).await
}

/// The browser opens no window by itself.
async fn is_offered_the_bank(scene: &Scene) -> Result<(), Failure> {
    scene.phase("ready").await?;
    let never = "window.open = () => null";
    scene.driver().execute(never, vec![]).await?;
    scene.pay_with(CHALLENGED_CARD).await?;
    scene.visible("#continue-to-bank").await?;
    Ok(())
}

/// Into the bank's window, and back to the page, which is closed behind or left open.
async fn to_bank_and_back(scene: &Scene, closes: bool) -> Result<(), Failure> {
    pay(scene, CHALLENGED_CARD).await?;
    let shop = scene.into_bank_window().await?;
    scene.visible("#code").await?;
    if closes {
        scene.driver().close_window().await?;
    }
    scene.driver().switch_to_window(shop).await?;
    scene.enter_frame().await
}

/// Everything that can be wrong is.
async fn is_mistaken(scene: &Scene) -> Result<(), Failure> {
    scene.phase("ready").await?;
    scene.type_card("4242 4242 4242 4241").await?;
    let name = scene.visible("#card-name").await?;
    scene.keys(&name, Key::Control + "a").await?;
    scene.keys(&name, Key::Delete + "").await?;
    scene.press_pay().await?;
    scene.visible("[aria-invalid='true']").await?;
    Ok(())
}

/// Saved cards arrive while the payer is typing another one.
async fn cards_come_late(scene: &Scene, gate: Option<&Gate>) -> Result<(), Failure> {
    let number = scene.visible("#card-number").await?;
    scene.keys(&number, "4242").await?;
    gate.ok_or("nothing is held")?.open();
    scene.visible("#checkout[data-card='late']").await?;
    Ok(())
}

/// The payer comes back once the saved card has expired: nobody can save one that has. What day it is stands in the document.
async fn comes_back_later(scene: &Scene, gate: Option<&Gate>) -> Result<(), Failure> {
    scene.visible("#card-number").await?;
    // In place of the element that it stands in: the document's policy lets nobody write into a script.
    let later = "const boot = document.getElementById('boot'); const said = JSON.parse(boot.textContent); \
                 const later = document.createElement('data'); later.id = 'boot'; later.hidden = true; \
                 later.textContent = JSON.stringify({ ...said, today: [2031, 1] }); boot.replaceWith(later);";
    scene.driver().execute(later, vec![]).await?;
    gate.ok_or("nothing is held")?.open();
    scene.visible("#another-card:checked").await?;
    Ok(())
}

/// The first of two presses; returns the button for the second.
///
/// # Errors
///
/// When no card is chosen, or nothing is asked.
pub async fn asks_to_remove(scene: &Scene) -> Result<WebElement, Failure> {
    let remove = scene.visible("#remove-card").await?;
    let before = remove.text().await?;
    remove.click().await?;
    scene
        .until("the payer is asked", || async {
            Ok(remove.text().await? != before)
        })
        .await?;
    Ok(remove)
}

/// On a page that has no new secret to give.
async fn starts_again_in_vain(scene: &Scene) -> Result<(), Failure> {
    scene.phase("expired").await?;
    let text = scene.visible("#panel-text").await?;
    let before = text.text().await?;
    scene.visible("#start-again").await?.click().await?;
    scene
        .until("the payer is told that it cannot be", || async {
            Ok(text.text().await? != before)
        })
        .await?;
    Ok(())
}
