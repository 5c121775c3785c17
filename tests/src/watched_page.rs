//! A merchant's page that watches the checkout: what it tells, what goes wrong, who listens, how many frames there are.

use serde_json::{Value, json};

use crate::checkout_page::CHALLENGED_CARD;
use crate::merchant_page::{MerchantPage, Site};
use crate::{Failure, Scene};

/// What the page's own script may be allowed by, where the policy goes by nonces.
pub const NONCE: &str = "r4nd0m";

/// The page that a test's browser is on.
pub struct WatchedPage<'a> {
    scene: &'a Scene,
}

/// How one differs from another.
pub struct Setting<'a> {
    /// The session's amount.
    pub amount: i64,
    /// Where script and frame come from.
    pub checkout: &'a str,
    /// Takes the place of the one tag that loads the script.
    pub scripts: Option<String>,
    /// Takes the place of the policy.
    pub policy: Option<String>,
    /// More headers.
    pub headers: Vec<(&'static str, String)>,
    /// Properties of the element besides session, secret and origin.
    pub options: Value,
}

impl<'a> Setting<'a> {
    /// A page with the smallest policy and 1990 kr. to pay.
    #[must_use]
    pub fn of(scene: &'a Scene) -> Self {
        Self {
            amount: 1990,
            checkout: &scene.demo.checkout,
            scripts: None,
            policy: None,
            headers: Vec::new(),
            options: json!({}),
        }
    }
}

impl<'a> WatchedPage<'a> {
    /// Opens a page with a session of its own and no checkout in it yet.
    ///
    /// # Errors
    ///
    /// When there is no session, or the browser does not answer.
    pub async fn open(scene: &'a Scene, setting: Setting<'_>) -> Result<Self, Failure> {
        let Setting {
            amount,
            checkout,
            scripts,
            policy,
            mut headers,
            mut options,
        } = setting;
        let page = MerchantPage::on("shop")?;
        let url = page.origin.clone();
        let session = scene.session(&url, amount).await?;
        let scripts = scripts.unwrap_or_else(|| {
            format!("<script type=\"module\" src=\"{checkout}/v1/borga.js\"></script>")
        });
        let policy = policy.unwrap_or_else(|| {
            format!("default-src 'none'; script-src 'self' {checkout}; frame-src {checkout}")
        });
        headers.push(("content-security-policy", policy));
        page.serve_site(Site {
            html: format!(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Shop</title>\
                 <script nonce=\"{NONCE}\" src=\"/watch.js\"></script>{scripts}\
                 <main id=\"place\"></main><aside id=\"other\"></aside></html>"
            ),
            headers,
            scripts: vec![("/watch.js", include_str!("watch.js").to_owned())],
        });
        scene.driver().goto(url).await?;
        options["session"] = session["id"].clone();
        options["secret"] = session["client_secret"].clone();
        options["checkout"] = checkout.into();
        let page = Self { scene };
        page.run(&format!("shop.options = {options}")).await?;
        Ok(page)
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    ///
    /// When it throws.
    pub async fn run(&self, script: &str) -> Result<Value, Failure> {
        self.scene.driver().enter_default_frame().await?;
        let answer = self.scene.driver().execute(script, vec![]).await?;
        Ok(answer.json().clone())
    }

    /// Runs the body of an async function in the page and waits for its end.
    ///
    /// # Errors
    ///
    /// When it throws, or takes longer than half a minute.
    pub async fn wait_for(&self, body: &str) -> Result<Value, Failure> {
        self.scene.driver().enter_default_frame().await?;
        let script = format!(
            "const done = arguments[0]; \
             (async () => {{ {body} }})().then((value) => done({{ value }}), (error) => done({{ error: String(error) }}))"
        );
        let answer = self.scene.driver().execute_async(script, vec![]).await?;
        match answer.json()["error"].as_str() {
            Some(error) => Err(error.to_owned().into()),
            None => Ok(answer.json()["value"].clone()),
        }
    }

    /// Into the bank's page, which the element lays over this one.
    ///
    /// # Errors
    ///
    /// When it never does.
    pub async fn into_overlay(&self) -> Result<(), Failure> {
        let frame = "shop.checkout.shadowRoot.querySelector('dialog[open] iframe')";
        self.until("the bank is shown", &format!("return {frame} !== null"))
            .await?;
        let driver = self.scene.driver();
        let frame = driver.execute(format!("return {frame}"), vec![]).await?;
        frame.element()?.enter_frame().await?;
        let bank = self.scene.visible("iframe[name='bank']").await?;
        bank.enter_frame().await?;
        self.scene.visible("#code").await?;
        Ok(())
    }

    /// Waits until a script answers with `true`.
    ///
    /// # Errors
    ///
    /// When it never does.
    pub async fn until(&self, what: &str, script: &str) -> Result<(), Failure> {
        self.scene
            .until(what, || async { Ok(self.run(script).await? == true) })
            .await
    }

    /// Puts a checkout into the page.
    ///
    /// # Errors
    ///
    /// When the script never comes, or the browser does not answer.
    pub async fn put(&self) -> Result<(), Failure> {
        self.wait_for("await customElements.whenDefined('borga-checkout'); shop.put();")
            .await?;
        Ok(())
    }

    /// Takes it out.
    ///
    /// # Errors
    ///
    /// When that throws.
    pub async fn take(&self) -> Result<(), Failure> {
        self.run("shop.take()").await?;
        Ok(())
    }

    /// The details of the events of this name, so far.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn told(&self, name: &str) -> Result<Vec<Value>, Failure> {
        let told = format!("return shop.told.filter((it) => it.name === '{name}')");
        match self.run(&told).await? {
            Value::Array(details) => Ok(details),
            _ => Ok(Vec::new()),
        }
    }

    /// Waits until the page hears that its session is paid, and holds it against the ledger: told once, charged once.
    ///
    /// # Errors
    ///
    /// When it is never told, or the ledger has anything else, or the page had an error.
    pub async fn hears_of_one_payment(&self) -> Result<(), Failure> {
        let is_told = "return shop.told.some(({ name }) => name === 'borga-complete')";
        self.until("the payment completes", is_told).await?;
        let told = self.told("borga-complete").await?.len();
        let charged = self.scene.ledger().await?;
        if told != 1 || charged.len() != 1 {
            return Err(format!("told {told} times, charged {charged:?}").into());
        }
        self.has_no_troubles().await
    }

    /// Puts the checkout in and pays, with the bank's page over this one.
    ///
    /// # Errors
    ///
    /// As its steps.
    pub async fn pays_with_the_bank_over_it(&self) -> Result<(), Failure> {
        self.put().await?;
        self.scene.enter_checkout().await?;
        self.scene.pay_with(CHALLENGED_CARD).await?;
        self.into_overlay().await?;
        self.scene.answer_bank("1234").await?;
        self.hears_of_one_payment().await
    }

    /// Holds what must be true at the end of every test: nobody threw.
    ///
    /// # Errors
    ///
    /// When somebody did.
    pub async fn has_no_troubles(&self) -> Result<(), Failure> {
        match self.run("return shop.troubles").await? {
            Value::Array(troubles) if troubles.is_empty() => Ok(()),
            troubles => Err(format!("the page's errors: {troubles}").into()),
        }
    }
}
