//! One checkout on a page that has nothing else, to be looked at in every language, theme and width.

use std::path::PathBuf;

use checkout_protocol::locale::Locale;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::held_back::Gate;
use crate::merchant_page::MerchantPage;
use crate::{Failure, Scene};

/// The themes that a payer can see; `auto` is always one of them.
pub const THEMES: [&str; 2] = ["light", "dark"];
/// Widths of the form in CSS pixels: a narrow column, a phone, a wide page.
pub const WIDTHS: [u32; 3] = [280, 400, 720];

/// Whether pictures are kept for a person to look at.
#[must_use]
pub fn has_a_viewer() -> bool {
    std::env::var_os("BORGA_SCREENSHOTS").is_some()
}

/// Every language that the checkout speaks, by its tag.
#[must_use]
pub fn locales() -> Vec<&'static str> {
    Locale::ALL.into_iter().map(Locale::tag).collect()
}

/// The page, whose element is made anew by [`BarePage::show`].
pub struct BarePage {
    /// What holds requests back.
    pub gate: Option<Gate>,
    /// What the element is made with.
    pub look: Value,
    session: Value,
    checkout: String,
}

impl BarePage {
    /// Opens it with a session of its own, made with `more` parameters, and shows its checkout.
    ///
    /// # Errors
    ///
    /// When the session cannot be made or the browser does not answer.
    pub async fn open(
        scene: &Scene,
        checkout: &str,
        (locale, theme): (&str, &str),
        more: &Value,
        gate: Option<Gate>,
    ) -> Result<Self, Failure> {
        let merchant = MerchantPage::on("shop")?;
        let session = scene.session_with(&merchant.origin, 1990, more).await?;
        let url = merchant.origin.clone();
        merchant.serve(
            checkout,
            "<main><h1>Shop</h1><div id=place></div></main>",
            "",
        );
        scene.driver().goto(url).await?;
        let page = Self {
            gate,
            look: json!({}),
            session,
            checkout: checkout.to_owned(),
        };
        page.show(scene, locale, theme).await?;
        Ok(page)
    }

    /// Shows it anew with a client secret that opens nothing.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn lose_secret(
        &mut self,
        scene: &Scene,
        (locale, theme): (&str, &str),
    ) -> Result<(), Failure> {
        self.session["client_secret"] = json!("pcs_of_nobody");
        self.show(scene, locale, theme).await
    }

    /// Has the page stay where it is, as one does whose server is slow to answer; the browser stays in the frame. Chromium only.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn never_leaves(&self, scene: &Scene) -> Result<(), Failure> {
        scene.driver().enter_default_frame().await?;
        let stay = "navigation.addEventListener('navigate', (event) => event.preventDefault())";
        scene.driver().execute(stay, vec![]).await?;
        scene.enter_frame().await
    }

    /// Puts a new element into the page.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn show(&self, scene: &Scene, locale: &str, theme: &str) -> Result<(), Failure> {
        scene.driver().enter_default_frame().await?;
        let element = json!({
            "sessionId": self.session["id"],
            "clientSecret": self.session["client_secret"],
            "checkoutOrigin": self.checkout,
            "locale": locale,
            "theme": theme,
            "appearance": self.look,
        });
        // A page of the same theme around it, so that contrast and edges are seen where they matter.
        let script = "await customElements.whenDefined('borga-checkout'); \
             document.documentElement.style.colorScheme = arguments[0].theme; \
             const element = Object.assign(document.createElement('borga-checkout'), arguments[0]); \
             place.replaceChildren(element);";
        let script = format!(
            "return (async (...args) => {{ {} }})(...arguments)",
            script.replace("arguments[0]", "args[0]")
        );
        scene.driver().execute(script, vec![element]).await?;
        Ok(())
    }

    /// Sets properties of the element; the browser stays in the frame.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn set(&self, scene: &Scene, properties: Value) -> Result<(), Failure> {
        scene.driver().enter_default_frame().await?;
        let script = "Object.assign(document.querySelector('borga-checkout'), arguments[0]); \
             const { theme } = arguments[0]; \
             if (theme) document.documentElement.style.colorScheme = theme;";
        scene.driver().execute(script, vec![properties]).await?;
        scene.enter_frame().await
    }

    /// Changes language and theme of what is shown and waits until they are there.
    ///
    /// # Errors
    ///
    /// When they never are.
    pub async fn dress(&self, scene: &Scene, locale: &str, theme: &str) -> Result<(), Failure> {
        self.set(scene, json!({ "locale": locale, "theme": theme }))
            .await?;
        let html = format!("html[lang='{locale}'][data-theme='{theme}']");
        scene.visible(&html).await?;
        // Until then a button has the text of one theme on the ground of the other.
        let is_settled =
            "return !document.getAnimations().some((it) => it instanceof CSSTransition)";
        scene
            .until("the colours have changed", || async {
                Ok(scene.driver().execute(is_settled, vec![]).await?.json() == true)
            })
            .await
    }

    /// Makes the form's place so wide and waits until the frame has the height of its content.
    ///
    /// # Errors
    ///
    /// When it never has.
    pub async fn widen(&self, scene: &Scene, width: u32) -> Result<(), Failure> {
        self.set_width(scene, width).await?;
        let fits = "return innerHeight === \
             Math.ceil(document.getElementById('root').getBoundingClientRect().height)";
        scene
            .until("the frame has the height of its content", || async {
                Ok(scene.driver().execute(fits, vec![]).await?.json() == true)
            })
            .await
    }

    /// Makes the form's place so wide. The height follows only where the program runs.
    ///
    /// # Errors
    ///
    /// When the frame never is as wide.
    pub async fn set_width(&self, scene: &Scene, width: u32) -> Result<(), Failure> {
        scene.driver().enter_default_frame().await?;
        let script = format!("place.style.width = '{width}px'; document.body.style.margin = '0'");
        scene.driver().execute(script, vec![]).await?;
        scene.enter_frame().await?;
        let is_wide = format!("return innerWidth === {width}");
        scene
            .until("the frame is as wide as its place", || async {
                Ok(scene.driver().execute(&*is_wide, vec![]).await?.json() == true)
            })
            .await
    }

    /// Keeps a picture of the element in the folder of `BORGA_SCREENSHOTS`, if there is one.
    ///
    /// # Errors
    ///
    /// When the browser does not answer or the file cannot be written.
    pub async fn picture(&self, scene: &Scene, name: &str) -> Result<(), Failure> {
        let Some(folder) = std::env::var_os("BORGA_SCREENSHOTS").map(PathBuf::from) else {
            return Ok(());
        };
        let folder = folder.join("look");
        std::fs::create_dir_all(&folder)?;
        scene.driver().enter_default_frame().await?;
        let element = scene.driver().find(By::Css("borga-checkout")).await?;
        element
            .screenshot(&folder.join(format!("{name}.png")))
            .await?;
        scene.enter_frame().await
    }
}
