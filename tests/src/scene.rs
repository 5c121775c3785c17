//! A test's scene: the demo, a browser, and what must hold whatever the test did.

use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::{Browser, Habits};
use crate::demo::Demo;
use crate::engine::Engine;
use crate::network;

/// Why a test could not go on.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The scene.
pub struct Scene {
    name: &'static str,
    /// Sessions that were made without an order of the shop.
    sessions: Mutex<Vec<String>>,
    /// The three servers.
    pub demo: Demo,
    /// The browser.
    pub browser: Browser,
}

/// Plays a test on a scene of its own. Afterwards, whatever it did: the ledger shows exactly the charges that the
/// shop's orders and the test's own sessions show, and no page broke a policy.
///
/// # Panics
///
/// When the test failed; a picture of the page is kept where pictures are asked for.
pub fn play<F, P>(engine: Engine, name: &'static str, part: F)
where
    F: FnOnce(Arc<Scene>) -> P,
    P: Future<Output = Result<(), Failure>> + Send + 'static,
{
    play_with(engine, name, &[], part);
}

/// What makes a browser keep the frame in the page's process. Its driver reaches only that one with what it imitates of
/// the payer's system and with questions about names and roles.
const ONE_PROCESS: &[&str] = &[
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process",
];

/// The same in a Chromium whose driver can imitate the payer's system.
///
/// # Panics
///
/// When the test failed.
pub fn play_imitating<F, P>(name: &'static str, part: F)
where
    F: FnOnce(Arc<Scene>) -> P,
    P: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let habits = Habits {
        arguments: ONE_PROCESS,
        ..Habits::default()
    };
    play_in(name, &[], &habits, part);
}

/// The same on a demo with options of its own.
///
/// # Panics
///
/// When the test failed.
pub fn play_with<F, P>(engine: Engine, name: &'static str, options: &[&str], part: F)
where
    F: FnOnce(Arc<Scene>) -> P,
    P: Future<Output = Result<(), Failure>> + Send + 'static,
{
    act(engine, name, options, &Habits::default(), part);
}

/// The same in a Chromium that its payer has set up.
///
/// # Panics
///
/// When the test failed.
pub fn play_in<F, P>(name: &'static str, options: &[&str], habits: &Habits, part: F)
where
    F: FnOnce(Arc<Scene>) -> P,
    P: Future<Output = Result<(), Failure>> + Send + 'static,
{
    act(Engine::Chromium, name, options, habits, part);
}

/// Plays a test on somebody else's page: what must hold there only they can see.
///
/// # Panics
///
/// When the test failed.
pub fn play_elsewhere<F, P>(engine: Engine, name: &'static str, demo: Demo, part: F)
where
    F: FnOnce(Arc<Scene>) -> P,
    P: Future<Output = Result<(), Failure>> + Send + 'static,
{
    act_on(engine, name, demo, false, &Habits::default(), part);
}

fn act<F, P>(engine: Engine, name: &'static str, options: &[&str], habits: &Habits, part: F)
where
    F: FnOnce(Arc<Scene>) -> P,
    P: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let demo = Demo::start(options).expect("the demo starts");
    act_on(engine, name, demo, true, habits, part);
}

fn act_on<F, P>(
    engine: Engine,
    name: &'static str,
    demo: Demo,
    is_ours: bool,
    habits: &Habits,
    part: F,
) where
    F: FnOnce(Arc<Scene>) -> P,
    P: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let scene = runtime.block_on(async {
        Arc::new(Scene {
            name,
            sessions: Mutex::default(),
            demo,
            browser: Browser::start(engine, habits)
                .await
                .expect("the browser starts"),
        })
    });
    let acting = runtime.spawn(part(Arc::clone(&scene)));
    let ended = runtime.block_on(async {
        let ended = acting.await;
        let _ = scene.picture("end").await;
        match ended {
            Ok(Ok(())) if !is_ours => Ok(()),
            Ok(Ok(())) => scene
                .what_must_hold()
                .await
                .map_err(|failure| failure.to_string()),
            // What a driver says stands in its error only for developers.
            Ok(Err(failure)) => Err(format!("{failure:?}")),
            Err(panicked) => Err(format!("{panicked}")),
        }
    });
    let console = runtime
        .block_on(scene.browser.console())
        .unwrap_or_default();
    let seen = match &ended {
        Ok(()) => Value::Null,
        Err(_) => runtime.block_on(scene.seen()).unwrap_or_default(),
    };
    if let Some(scene) = Arc::into_inner(scene) {
        runtime.block_on(scene.browser.quit());
    }
    if let Err(failure) = ended {
        panic!("{name} in {engine:?}: {failure}\nseen: {seen:#}\nconsole: {console:#?}");
    }
}

impl Scene {
    /// The browser session.
    #[must_use]
    pub const fn driver(&self) -> &WebDriver {
        &self.browser.driver
    }

    /// Keeps a picture of the page in the folder of `BORGA_SCREENSHOTS`, for a person to look at. Only Chromium's: one of
    /// each is enough, and they would take each other's place.
    ///
    /// # Errors
    ///
    /// When the browser does not answer or the file cannot be written.
    pub async fn picture(&self, what: &str) -> Result<(), Failure> {
        let Some(folder) = std::env::var_os("BORGA_SCREENSHOTS").map(PathBuf::from) else {
            return Ok(());
        };
        if self.browser.engine != Engine::Chromium {
            return Ok(());
        }
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{}-{what}.png", self.name));
        Ok(self.driver().screenshot(&file).await?)
    }

    /// What the document shows that the browser is in, and among how many windows: where a test that failed has stopped.
    async fn seen(&self) -> Result<Value, Failure> {
        let script = "const checkout = document.getElementById('checkout'); const focus = document.activeElement; \
                      return { at: location.pathname, is: { ...checkout?.dataset }, focus: focus?.id || focus?.localName, \
                      says: document.body?.innerText }";
        let mut seen = self.driver().execute(script, vec![]).await?.json().clone();
        seen["windows"] = json!(self.driver().windows().await?.len());
        Ok(seen)
    }

    /// A GET of the demo's servers, by their port: names under `localhost` are known to browsers only.
    ///
    /// # Errors
    ///
    /// When there is no JSON to be had.
    pub async fn json(&self, origin: &str, path: &str) -> Result<Value, Failure> {
        let request = reqwest::Client::new()
            .get(format!("{}{path}", by_port(origin)?))
            .header("host", origin.trim_start_matches("http://"))
            .bearer_auth(&self.demo.secret_key);
        Ok(request.send().await?.json().await?)
    }

    /// A session for a page on `origin`, made as a merchant's server makes it.
    ///
    /// # Errors
    ///
    /// When the API refuses it.
    pub async fn session(&self, origin: &str, amount: i64) -> Result<Value, Failure> {
        self.session_with(origin, amount, &json!({})).await
    }

    /// The same with more parameters.
    ///
    /// # Errors
    ///
    /// When the API refuses it.
    pub async fn session_with(
        &self,
        origin: &str,
        amount: i64,
        more: &Value,
    ) -> Result<Value, Failure> {
        let mut body =
            json!({"mode": "embedded", "amount": amount, "currency": "ISK", "origin": origin});
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        let session = self.post("/v1/payment_sessions", &body).await?;
        let id = session["id"].as_str().unwrap_or_default().to_owned();
        self.sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(id);
        Ok(session)
    }

    /// Makes the sandbox's answers go wrong, or with `null` right again; its own words for faults.
    ///
    /// # Errors
    ///
    /// When the sandbox refuses.
    pub async fn faults(&self, faults: &Value) -> Result<(), Failure> {
        let address = format!("{}/faults", by_port(&self.demo.sandbox)?);
        let client = reqwest::Client::new();
        let request = match faults {
            Value::Null => client.delete(address),
            faults => client.post(address).json(faults),
        };
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// Has the acquirer do its work, and keeps its answers and notifications back until the faults are taken away.
    ///
    /// # Errors
    ///
    /// When the sandbox refuses.
    pub async fn hold_acquirer(&self) -> Result<(), Failure> {
        let held = json!({"answer": "hold", "notifications": "hold"});
        self.faults(&held).await
    }

    /// Waits until the acquirer has charged.
    ///
    /// # Errors
    ///
    /// When it never does.
    pub async fn is_charged(&self) -> Result<(), Failure> {
        self.until("the acquirer has charged", || async {
            Ok(!self.ledger().await?.is_empty())
        })
        .await
    }

    /// What the payer answers in the bank's app, `approve` or `refuse`, on a phone that is no part of the browser.
    ///
    /// # Errors
    ///
    /// When the bank does not answer.
    pub async fn answer_on_phone(&self, address: &str, answer: &str) -> Result<(), Failure> {
        let path = address.trim_start_matches(&self.demo.sandbox);
        let request = reqwest::Client::new()
            .post(format!("{}{path}", by_port(&self.demo.sandbox)?))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("action={answer}"));
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// A POST of the merchant's server.
    ///
    /// # Errors
    ///
    /// When the API refuses it.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let request = reqwest::Client::new()
            .post(format!("{}{path}", by_port(&self.demo.checkout)?))
            .bearer_auth(&self.demo.secret_key)
            .json(body);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    /// What was really charged: amount and status of each charge.
    ///
    /// # Errors
    ///
    /// When the sandbox does not answer.
    pub async fn ledger(&self) -> Result<Vec<(i64, String)>, Failure> {
        let ledger = self.json(&self.demo.sandbox, "/ledger").await?;
        let entries = ledger.as_array().ok_or("the ledger is no list")?;
        Ok(entries
            .iter()
            .map(|entry| {
                let status = entry["status"].as_str().unwrap_or_default().to_owned();
                (entry["amount"].as_i64().unwrap_or_default(), status)
            })
            .collect())
    }

    /// The order page's own word on an order.
    ///
    /// # Errors
    ///
    /// When the shop does not answer.
    pub async fn order(&self, id: &str) -> Result<Value, Failure> {
        self.json(&self.demo.shop, &format!("/orders/{id}.json"))
            .await
    }

    /// Waits until a condition holds.
    ///
    /// # Errors
    ///
    /// When it never does, or asking fails.
    pub async fn until<P: Future<Output = Result<bool, Failure>>>(
        &self,
        what: &str,
        mut condition: impl FnMut() -> P,
    ) -> Result<(), Failure> {
        let asking = async {
            let mut ticks = tokio::time::interval(Duration::from_millis(50));
            while !condition().await? {
                ticks.tick().await;
            }
            Ok::<(), Failure>(())
        };
        tokio::time::timeout(Duration::from_secs(30), asking)
            .await
            .map_err(|_| format!("never happened: {what}"))?
    }

    async fn what_must_hold(&self) -> Result<(), Failure> {
        let mut charged: Vec<i64> = self
            .ledger()
            .await?
            .into_iter()
            .filter(|(_, status)| status != "reversed")
            .map(|(amount, _)| amount)
            .collect();
        let orders = self.json(&self.demo.shop, "/orders.json").await?;
        let mut paid = Vec::new();
        for order in orders["data"].as_array().ok_or("the orders are no list")? {
            let order = self.order(order["id"].as_str().unwrap_or_default()).await?;
            if order["status"] == "paid" {
                paid.push(order["amount"].as_i64().unwrap_or_default());
            }
        }
        let sessions = self
            .sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for id in sessions {
            let session = self
                .json(&self.demo.checkout, &format!("/v1/payment_sessions/{id}"))
                .await?;
            if session["status"] == "complete" {
                paid.push(session["amount"].as_i64().unwrap_or_default());
            }
        }
        charged.sort_unstable();
        paid.sort_unstable();
        if charged != paid {
            return Err(format!(
                "charged {charged:?}, but orders and sessions say that {paid:?} is paid"
            )
            .into());
        }
        let log = self.demo.log("embed-server")?;
        let trouble = log.lines().find(|line| {
            // A frame refused on a foreign page is what the policy is there for.
            let broken_policy =
                line.contains("policy violation") && !line.contains("frame-ancestors");
            broken_policy || line.contains("panicked")
        });
        self.asked_nobody_else().await?;
        let console = self.browser.console().await?;
        let refused = console.iter().find(|line| {
            line.contains("Content Security Policy") && !line.contains("frame-ancestors")
        });
        if let Some(line) = refused {
            return Err(format!("a page broke its policy: {line}").into());
        }
        match trouble {
            Some(line) => Err(format!("the server's log has: {line}").into()),
            None => Ok(()),
        }
    }
}

impl Scene {
    /// A page of the merchant's asks its own origin and the checkout's, and nobody else. Chromium's console tells it of all pages
    /// by their policies; this, in every engine, of the one that is shown in the end. Every test ends with it.
    ///
    /// # Errors
    ///
    /// When it asked somebody else; the error has the addresses.
    pub async fn asked_nobody_else(&self) -> Result<(), Failure> {
        let mut allowed = network::places_before(&self.demo.checkout);
        allowed.push(self.demo.checkout.clone());
        let asked = format!(
            "const allowed = [location.origin, ...{}]; \
             return performance.getEntriesByType('resource').map(({{ name }}) => name)\
             .filter((name) => !name.startsWith('data:') && !allowed.includes(new URL(name).origin))",
            json!(allowed)
        );
        self.driver().enter_default_frame().await?;
        let asked: Vec<String> = self.driver().execute(asked, vec![]).await?.convert()?;
        match asked.as_slice() {
            [] => Ok(()),
            asked => Err(format!("the page asked {asked:?}").into()),
        }
    }
}

/// `http://name.localhost:1234` as an address that every resolver knows.
///
/// # Errors
///
/// When the origin has no port.
pub fn by_port(origin: &str) -> Result<String, Failure> {
    let (_, port) = origin.rsplit_once(':').ok_or("an origin without a port")?;
    Ok(format!("http://127.0.0.1:{port}"))
}
