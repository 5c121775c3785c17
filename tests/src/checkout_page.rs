//! What a payer can do with the checkout on a page.

use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::merchant_page::MerchantPage;
use crate::{Engine, Failure, Scene};

/// A card with everything else that the form asks for.
pub const GOOD_CARD: &str = "4242 4242 4242 4242";
/// Asks the bank.
pub const CHALLENGED_CARD: &str = "4000 0025 0000 3155";
/// Declined.
pub const DECLINED_CARD: &str = "4000 0000 0000 0002";
/// Declined for lack of money.
pub const EMPTY_CARD: &str = "4000 0000 0000 9995";
/// UnionPay and Discover; the payer chooses.
pub const TWO_BRANDS_CARD: &str = "6223 0000 0000 0016";

const PATIENCE: Duration = Duration::from_secs(20);
const TICK: Duration = Duration::from_millis(50);

impl Scene {
    /// Opens a page of the shop.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn open(&self, path: &str) -> Result<(), Failure> {
        Ok(self
            .driver()
            .goto(format!("{}{path}", self.demo.shop))
            .await?)
    }

    /// Serves a page whose HTML has the checkout of a session, opens it, and steps into its frame once its form can be used.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn show_session(&self, page: MerchantPage, session: &Value) -> Result<(), Failure> {
        let url = page.origin.clone();
        let (id, secret) = (&session["id"], &session["client_secret"]);
        let element =
            format!("<borga-checkout session-id={id} client-secret={secret}></borga-checkout>");
        page.serve(&self.demo.checkout, &element, "");
        self.driver().goto(url).await?;
        self.enter_checkout().await
    }

    /// The same with a session of its own, made with `more` parameters, on a page that has nothing else.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn show_form(&self, more: &Value) -> Result<(), Failure> {
        let page = MerchantPage::on("shop")?;
        let session = self.session_with(&page.origin, 1990, more).await?;
        self.show_session(page, &session).await
    }

    /// Steps into the checkout's frame once its form can be used.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn enter_checkout(&self) -> Result<(), Failure> {
        self.enter_frame().await?;
        self.phase("ready").await
    }

    /// Steps into the checkout's frame, whatever it shows.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn enter_frame(&self) -> Result<(), Failure> {
        self.driver().enter_default_frame().await?;
        self.enter_frame_of_page().await
    }

    /// The same from the page that the browser is in, which may itself be a frame.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn enter_frame_of_page(&self) -> Result<(), Failure> {
        self.driver()
            .query(By::Css("borga-checkout"))
            .wait(PATIENCE, TICK)
            .first()
            .await?;
        let frame =
            "return document.querySelector('borga-checkout')?.shadowRoot?.querySelector('iframe')";
        self.until("the element makes its frame", || async {
            Ok(!self.driver().execute(frame, vec![]).await?.json().is_null())
        })
        .await?;
        let frame = self.driver().execute(frame, vec![]).await?.element()?;
        Ok(frame.enter_frame().await?)
    }

    /// Waits until the checkout is in a phase.
    ///
    /// # Errors
    ///
    /// When it never is.
    pub async fn phase(&self, name: &str) -> Result<(), Failure> {
        let checkout = By::Css(format!("#checkout[data-phase='{name}']"));
        self.driver()
            .query(checkout)
            .wait(PATIENCE, TICK)
            .first()
            .await?;
        Ok(())
    }

    /// An element once it is on the page and visible.
    ///
    /// # Errors
    ///
    /// When it never is.
    pub async fn visible(&self, css: &str) -> Result<WebElement, Failure> {
        let driver = self.driver();
        Ok(driver
            .query(By::Css(css))
            .wait(PATIENCE, TICK)
            .and_displayed()
            .first()
            .await?)
    }

    /// Types a card into the form, over what stands there.
    ///
    /// # Errors
    ///
    /// When the form is not there.
    pub async fn type_card(&self, number: &str) -> Result<(), Failure> {
        for (field, text) in [
            ("card-number", number),
            ("card-expiry", "03 30"),
            ("card-code", "737"),
            ("card-name", "Jón Prófari"),
        ] {
            let input = self.visible(&format!("#{field}")).await?;
            self.keys(&input, Key::Control + "a").await?;
            self.keys(&input, text).await?;
        }
        Ok(())
    }

    /// The text of the field with this id, with `|` at the caret or `[]` around what is selected.
    ///
    /// # Errors
    ///
    /// When there is no such field.
    pub async fn text_and_caret(&self, field: &str) -> Result<String, Failure> {
        let script = "const it = document.getElementById(arguments[0]); const [a, b] = [it.selectionStart, it.selectionEnd]; \
                      return it.value.slice(0, a) + (a === b ? '|' : '[' + it.value.slice(a, b) + ']') + it.value.slice(b)";
        let shown = self.driver().execute(script, vec![json!(field)]).await?;
        Ok(shown.convert()?)
    }

    /// What stands in the card's fields: number, expiry date, code and name.
    ///
    /// # Errors
    ///
    /// When there is no form.
    pub async fn typed(&self) -> Result<Value, Failure> {
        let script = "return ['number', 'expiry', 'code', 'name'].map((it) => document.getElementById(`card-${it}`).value)";
        self.ask(script).await
    }

    /// What the document that the browser is in answers to a script.
    ///
    /// # Errors
    ///
    /// When the script throws or the browser does not answer.
    pub async fn ask(&self, script: &str) -> Result<Value, Failure> {
        Ok(self.driver().execute(script, vec![]).await?.json().clone())
    }

    /// Types into a field.
    ///
    /// # Errors
    ///
    /// When it cannot be typed into.
    pub async fn keys(
        &self,
        input: &WebElement,
        keys: impl Into<TypingData>,
    ) -> Result<(), Failure> {
        if self.browser.engine == Engine::WebKit {
            // Its driver types only where the focus is already.
            let is_active = "return document.activeElement === arguments[0]";
            let is_active = self
                .driver()
                .execute(is_active, vec![input.to_json()?])
                .await?;
            if is_active.json() == false {
                input.click().await?;
            }
        }
        Ok(input.send_keys(keys.into()).await?)
    }

    /// The id of what has the focus in the document that the browser is in.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn focused(&self) -> Result<String, Failure> {
        // Not by the driver's own word for it, which WebKit's answers with an element that it then does not know.
        let id = "return document.activeElement.id";
        Ok(self.driver().execute(id, vec![]).await?.convert()?)
    }

    /// Presses Pay.
    ///
    /// # Errors
    ///
    /// When there is no such button.
    pub async fn press_pay(&self) -> Result<(), Failure> {
        Ok(self.visible("#pay").await?.click().await?)
    }

    /// Types a card and pays with it.
    ///
    /// # Errors
    ///
    /// When the form is not there.
    pub async fn pay_with(&self, number: &str) -> Result<(), Failure> {
        self.type_card(number).await?;
        self.press_pay().await
    }

    /// Opens a checkout page of the shop and pays there with a card.
    ///
    /// # Errors
    ///
    /// When the form is not there.
    pub async fn pay_on(&self, path: &str, number: &str) -> Result<(), Failure> {
        self.open(path).await?;
        self.enter_checkout().await?;
        self.pay_with(number).await
    }

    /// Waits for the shop's order page and its word on the order; returns the order's id.
    ///
    /// # Errors
    ///
    /// When the page never comes or says something else.
    pub async fn order_page(&self, status: &str) -> Result<String, Failure> {
        self.driver().enter_default_frame().await?;
        let order = By::Css(format!("#order[data-status='{status}']"));
        let order = self
            .driver()
            .query(order)
            .wait(PATIENCE, TICK)
            .first()
            .await?;
        Ok(order
            .attr("data-order")
            .await?
            .ok_or("an order without an id")?)
    }

    /// Waits for the order page to say paid, and holds the ledger against it: this amount was charged, once, and nothing else.
    ///
    /// # Errors
    ///
    /// When the page never says so, or the ledger has anything else.
    pub async fn is_paid_once(&self, amount: i64) -> Result<(), Failure> {
        self.order_page("paid").await?;
        let charged = self.ledger().await?;
        if charged == [(amount, "charged".to_owned())] {
            Ok(())
        } else {
            Err(format!("{amount} is paid, but the ledger has {charged:?}").into())
        }
    }

    /// Takes the network from the frame, in which the browser is: its own calls fail as they do without one, and count
    /// themselves in `tries`; its document hears of it from the browser.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn go_offline(&self) -> Result<(), Failure> {
        let cut = "window.whole = window.fetch; window.tries = 0; \
                   window.fetch = () => { window.tries += 1; return Promise.reject(new TypeError('offline')); }; \
                   window.dispatchEvent(new Event('offline'));";
        self.driver().execute(cut, vec![]).await?;
        Ok(())
    }

    /// Gives it back.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn come_online(&self) -> Result<(), Failure> {
        let back = "window.fetch = window.whole; window.dispatchEvent(new Event('online'));";
        self.driver().execute(back, vec![]).await?;
        Ok(())
    }

    /// What the page has heard from the element, by name.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn heard(&self) -> Result<Vec<String>, Failure> {
        let script = "return [...document.querySelectorAll('#events li')].map((item) => item.dataset.name ?? item.textContent.trim().split(/\\s/)[0])";
        let names = self.driver().execute(script, vec![]).await?;
        Ok(names.convert()?)
    }
}
