//! What a payer can do at the bank.

use std::time::Duration;

use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

use crate::{Engine, Failure, Scene};

impl Scene {
    /// Waits for a second window and goes into it; returns the first one. Where the engine refuses one without a press of its
    /// own, *Continue to your bank* is pressed.
    ///
    /// # Errors
    ///
    /// When none opens.
    pub async fn into_bank_window(&self) -> Result<WindowHandle, Failure> {
        let shop = self.driver().window().await?;
        if self.browser.engine == Engine::WebKit {
            self.opens_or_offers().await?;
        }
        self.into_opened_window(shop).await
    }

    /// WebKit refuses most windows that come later than the press on Pay, and lets some open: it is either, and later.
    async fn opens_or_offers(&self) -> Result<(), Failure> {
        let is_open =
            async || -> Result<bool, Failure> { Ok(self.driver().windows().await?.len() == 2) };
        let ways = By::Css("#continue-to-bank, #finish-at-bank");
        let way = async || -> Result<Option<WebElement>, Failure> {
            for way in self.driver().find_all(ways.clone()).await? {
                if way.is_displayed().await? {
                    return Ok(Some(way));
                }
            }
            Ok(None)
        };
        self.until("a window, or a way to open it", || async {
            Ok(is_open().await? || way().await?.is_some())
        })
        .await?;
        match way().await? {
            Some(way) if !is_open().await? => Ok(way.click().await?),
            _ => Ok(()),
        }
    }

    /// The same where the test has pressed the button.
    ///
    /// # Errors
    ///
    /// When none opens.
    pub async fn into_opened_window(&self, shop: WindowHandle) -> Result<WindowHandle, Failure> {
        self.until("the bank's window opens", || async {
            Ok(self.driver().windows().await?.len() == 2)
        })
        .await?;
        let windows = self.driver().windows().await?;
        let bank = windows
            .into_iter()
            .find(|window| *window != shop)
            .ok_or("no second window")?;
        self.driver().switch_to_window(bank).await?;
        Ok(shop)
    }

    /// Answers the bank's question.
    ///
    /// # Errors
    ///
    /// When the bank's page is not there.
    pub async fn answer_bank(&self, code: &str) -> Result<(), Failure> {
        let wait = (Duration::from_secs(20), Duration::from_millis(50));
        let input = self
            .driver()
            .query(By::Id("code"))
            .wait(wait.0, wait.1)
            .first()
            .await?;
        self.keys(&input, code).await?;
        self.picture("bank").await?;
        Ok(self.driver().find(By::Id("confirm")).await?.click().await?)
    }

    /// The whole way through the bank's window, back to the page that opened it.
    ///
    /// # Errors
    ///
    /// As its steps.
    pub async fn through_bank_window(&self, code: &str) -> Result<(), Failure> {
        let shop = self.into_bank_window().await?;
        self.answer_bank(code).await?;
        self.back_in(shop).await
    }

    /// Waits until only one window is left and goes back into it.
    ///
    /// # Errors
    ///
    /// When the other one stays.
    pub async fn back_in(&self, shop: WindowHandle) -> Result<(), Failure> {
        self.until("the bank's window closes", || async {
            Ok(self.driver().windows().await?.len() == 1)
        })
        .await?;
        Ok(self.driver().switch_to_window(shop).await?)
    }
}
