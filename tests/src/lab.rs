//! Plays the lab's cases: does in a browser what a case's steps say, and waits for the shop's verdict.

use std::time::Duration;

use borga_embed_lab::{Act, Case, MerchantPage, Place};
use serde_json::Value;
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

use crate::checkout_page::GOOD_CARD;
use crate::demo::Demo;
use crate::network::Network;
use crate::{Engine, Failure, Scene, play_elsewhere, play_with};

/// Plays a case on a scene of its own.
///
/// # Panics
///
/// When it does not end as it must.
pub fn play_case(engine: Engine, case: &'static Case) {
    let divisor = case.time_divisor.to_string();
    let options = ["--time-divisor", &divisor];
    play_with(engine, case.name, &options, |scene| async move {
        Player::begin(&scene, case).await?.play().await
    });
}

/// Plays a case that [plays anywhere](Case::plays_anywhere) on somebody else's page, which makes a session each time it is
/// opened. Judged is what the page hears; what became of the order they see themselves.
///
/// # Panics
///
/// When it does not end as it must.
pub fn play_case_on(engine: Engine, case: &'static Case, page: &str, sandbox: Option<&str>) {
    let demo = Demo::elsewhere(page, sandbox).expect("a folder");
    play_elsewhere(engine, case.name, demo, |scene| async move {
        Player::begin_elsewhere(&scene, case).await?.play().await
    });
}

/// What the bank asks, whatever way it takes.
const QUESTION: &str = "#question";

/// How long a page that is there takes to answer the driver, at most.
const A_PAGES_ANSWER: Duration = Duration::from_secs(5);

/// Writes down on any page what it hears, across the pages of its origin.
const WRITE_DOWN: &str = r#"
    const [surface] = arguments;
    document.querySelector("borga-checkout").threeDs = surface;
    sessionStorage.setItem("borga lab", "[]");
    for (const ending of ["borga-complete", "borga-cancel", "borga-pending", "borga-error"]) {
      // Before the page's own listeners, which may lead away.
      window.addEventListener(ending, ({ detail }) => {
        const heard = JSON.parse(sessionStorage.getItem("borga lab"));
        heard.push(detail.code ? `${ending} ${detail.code}` : ending);
        sessionStorage.setItem("borga lab", JSON.stringify(heard));
      }, true);
    }
"#;

/// Somebody at a browser.
struct Player<'a> {
    scene: &'a Scene,
    case: &'static Case,
    network: Option<Network>,
    /// The tab that the case began in, and the second one once there is one.
    tabs: Vec<WindowHandle>,
    /// Which of them the player looks at.
    here: usize,
    /// The bank's window, while there is one.
    bank: Option<WindowHandle>,
    /// Where the bank's app is, once the payer has taken the phone.
    phone: String,
    /// Whether the page is the lab's own.
    is_ours: bool,
}

impl<'a> Player<'a> {
    /// Opens the case's page and begins a run, up to a form that can be used.
    async fn begin(scene: &'a Scene, case: &'static Case) -> Result<Self, Failure> {
        let network = if case.cuts_network() {
            Some(Network::in_front_of(&scene.demo.checkout).await?)
        } else {
            None
        };
        let checkout = network
            .as_ref()
            .map(|network| format!("?checkout={}", network.origin))
            .unwrap_or_default();
        scene.open(&format!("/lab/{}{checkout}", case.name)).await?;
        scene.visible("#start").await?.click().await?;
        let player = Self {
            scene,
            case,
            network,
            tabs: vec![scene.driver().window().await?],
            here: 0,
            bank: None,
            phone: String::new(),
            is_ours: true,
        };
        player.see("ready").await?;
        Ok(player)
    }

    /// Opens somebody else's page, and writes down what it hears.
    async fn begin_elsewhere(scene: &'a Scene, case: &'static Case) -> Result<Self, Failure> {
        if !case.faults.is_empty() {
            scene.faults(&serde_json::from_str(case.faults)?).await?;
        } else if !scene.demo.sandbox.is_empty() {
            scene.faults(&Value::Null).await?;
        }
        scene.driver().goto(&scene.demo.shop).await?;
        let player = Self {
            scene,
            case,
            network: None,
            tabs: vec![scene.driver().window().await?],
            here: 0,
            bank: None,
            phone: String::new(),
            is_ours: false,
        };
        player.see("ready").await?;
        player.to_page().await?;
        let surface = vec![case.surface().into()];
        scene.driver().execute(WRITE_DOWN, surface).await?;
        Ok(player)
    }

    /// Every step, then the verdict.
    async fn play(mut self) -> Result<(), Failure> {
        for act in self.case.acts {
            if let Err(failure) = self.act(*act).await {
                let shown = self.shown().await;
                return Err(format!("{act:?}: {failure:?}; {shown}").into());
            }
        }
        self.verdict().await
    }

    async fn act(&mut self, act: Act) -> Result<(), Failure> {
        let scene = self.scene;
        match act {
            Act::Pay => self.pay(self.case.card).await,
            Act::PayWithGoodCard => self.pay(GOOD_CARD).await,
            Act::PayIfAsked => {
                let asked_or_told = ["ready", "processing", "succeeded"]
                    .map(|phase| format!("#checkout[data-phase='{phase}']"));
                self.to_checkout(&asked_or_told.join(",")).await?;
                let checkout = scene.driver().find(By::Id("checkout")).await?;
                let is_asked = checkout.attr("data-phase").await?.as_deref() == Some("ready");
                if is_asked {
                    // It may hear of the other tab while the card is typed; the next step says what must be seen then.
                    let _ = self.pay(self.case.card).await;
                }
                Ok(())
            }
            Act::PayAgain => self.press("#pay").await,
            Act::SeeBank(Place::Window) => {
                self.enter_new_window().await?;
                self.bank_asks().await
            }
            Act::SeeBrokenBank => self.enter_broken_bank().await,
            Act::SeeBank(Place::Overlay) => self.to_overlay().await,
            Act::SeeBank(Place::Page) => {
                self.to_tab(&format!("document.querySelector('{QUESTION}') !== null"))
                    .await?;
                self.bank_asks().await
            }
            Act::Pass => self.answer("1234").await,
            Act::Fail => self.answer("1111").await,
            Act::ChooseApp => Ok(scene.visible("#choose-app").await?.click().await?),
            Act::ChooseCode => Ok(scene.visible("#choose-code").await?.click().await?),
            Act::OpenPhone => {
                let phone = scene.visible("#phone").await?.prop("href").await?;
                scene.picture("bank-waits").await?;
                self.phone = phone.ok_or("the phone has no address")?;
                Ok(())
            }
            Act::Approve => scene.answer_on_phone(&self.phone, "approve").await,
            Act::Refuse => scene.answer_on_phone(&self.phone, "refuse").await,
            Act::CancelAtBank => Ok(scene.visible("#cancel").await?.click().await?),
            Act::WindowCloses => self.window_closes().await,
            Act::CloseBank => self.close_bank().await,
            Act::GoBackToPage => self.to_page().await,
            Act::GoToBankWindow => self.to_bank_window().await,
            Act::Continue => self.press("#continue-to-bank").await,
            Act::SeeFinishAtBank => self.to_checkout("#finish-at-bank").await,
            Act::FinishAtBank => self.press("#finish-at-bank").await,
            Act::TryAgain => self.press("#try-again").await,
            Act::Cancel => self.press("#cancel-challenge").await,
            Act::BlockWindows => {
                self.to_checkout("#checkout").await?;
                let none = "window.open = () => null";
                Ok(scene.driver().execute(none, vec![]).await.map(drop)?)
            }
            Act::GoBackInBrowser => {
                scene.driver().back().await?;
                self.to_page().await
            }
            Act::Reload => {
                self.to_page().await?;
                Ok(scene.driver().refresh().await?)
            }
            Act::Unmount => self.press_on_page("#unmount").await,
            Act::Mount => self.press_on_page("#mount").await,
            Act::Disconnect => self.network(Network::cut),
            Act::Connect => self.network(Network::join),
            Act::ClearFaults => scene.faults(&Value::Null).await,
            Act::SecondTab => self.second_tab().await,
            Act::FirstTab => {
                self.here = 0;
                self.to_page().await
            }
            Act::See(phase) => self.see(phase).await,
            Act::Charged => scene.is_charged().await,
        }
    }

    /// Waits for the shop's word that everything is as it must be.
    async fn verdict(mut self) -> Result<(), Failure> {
        self.here = 0;
        self.to_page().await?;
        if !self.is_ours {
            return self.heard_as_it_must().await;
        }
        let passed = "return document.querySelector('#verdict[data-passed=\"true\"]') !== null";
        let judged = self.scene.until("the verdict", || async {
            // A page that is on its way has none.
            let passed = self.scene.driver().execute(passed, vec![]).await;
            Ok(passed.is_ok_and(|passed| passed.json() == true))
        });
        if judged.await.is_ok() {
            return Ok(());
        }
        Err(self.shown().await.into())
    }

    /// The verdict on a page that has none of its own.
    async fn heard_as_it_must(&self) -> Result<(), Failure> {
        let heard = async || -> Result<Vec<String>, Failure> {
            let heard = "return JSON.parse(sessionStorage.getItem('borga lab'))";
            Ok(self
                .scene
                .driver()
                .execute(heard, vec![])
                .await?
                .convert()?)
        };
        let judged = self.scene.until("the ending", || async {
            // A page that is on its way has nothing to say.
            Ok(heard().await.is_ok_and(|heard| heard == self.case.endings))
        });
        match judged.await {
            Ok(()) => Ok(()),
            Err(_) => Err(format!(
                "the page heard {:?} and must hear {:?}",
                heard().await?,
                self.case.endings
            )
            .into()),
        }
    }

    /// What stands on the page, for whoever reads of a failure.
    async fn shown(&mut self) -> String {
        self.here = 0;
        let verdict = async {
            self.to_page().await?;
            let verdict = self.scene.driver().find(By::Id("verdict")).await?;
            Ok::<_, Failure>(verdict.text().await?)
        };
        let verdict = verdict.await.unwrap_or_default();
        let phase = async {
            self.to_checkout("#checkout").await?;
            let checkout = self.scene.driver().find(By::Id("checkout")).await?;
            Ok::<_, Failure>(checkout.text().await?)
        };
        let phase = phase.await.unwrap_or_default();
        format!("{verdict} The checkout says: {phase:?}")
    }

    /// Answers the bank, and waits until it has taken the answer: the page with the question is gone.
    async fn answer(&self, code: &str) -> Result<(), Failure> {
        let scene = self.scene;
        let question = scene.visible("#code").await?;
        scene.answer_bank(code).await?;
        scene
            .until("the bank takes the answer", || async {
                // A page that is just being left may stay without an answer: then it is asked again.
                let asked = tokio::time::timeout(A_PAGES_ANSWER, question.tag_name()).await;
                Ok(matches!(asked, Ok(Err(_))))
            })
            .await
    }

    /// Into the tab once it has a page on which `is_there` answers `true`. A page may be on its way, and WebKit's driver does
    /// not know a tab while another process takes it over.
    async fn to_tab(&self, is_there: &str) -> Result<(), Failure> {
        let driver = self.scene.driver();
        let tab = &self.tabs[self.here];
        let is_there = format!("return {is_there}");
        let arrived = async || -> Result<bool, Failure> {
            driver.switch_to_window(tab.clone()).await?;
            driver.enter_default_frame().await?;
            let answer = driver.execute(&*is_there, vec![]).await?;
            Ok(answer.json() == true)
        };
        self.scene
            .until(&is_there, || async { Ok(arrived().await.unwrap_or(false)) })
            .await
    }

    /// Into the merchant's page, wherever it stands, once it is there.
    async fn to_page(&self) -> Result<(), Failure> {
        let ours = "document.querySelector('#lab, #framed') !== null";
        self.to_tab(if self.is_ours { ours } else { "true" })
            .await?;
        if self.case.page == MerchantPage::Sandboxed {
            self.scene.visible("#framed").await?.enter_frame().await?;
        }
        Ok(())
    }

    /// Into the checkout, once something there that `css` names is displayed. WebKit's driver loses a page and its frames more
    /// than once while a page of another site takes a tab over, so all of it is one condition.
    async fn to_checkout(&self, css: &str) -> Result<(), Failure> {
        let arrived = async || -> Result<bool, Failure> {
            self.to_page().await?;
            self.scene.enter_frame_of_page().await?;
            let found = self.scene.driver().find(By::Css(css)).await?;
            Ok(found.is_displayed().await?)
        };
        self.scene
            .until(css, || async { Ok(arrived().await.unwrap_or(false)) })
            .await
    }

    async fn see(&self, phase: &str) -> Result<(), Failure> {
        self.to_checkout(&format!("#checkout[data-phase='{phase}']"))
            .await
    }

    async fn pay(&self, card: &str) -> Result<(), Failure> {
        self.to_checkout("#card-number").await?;
        self.scene.pay_with(card).await
    }

    async fn press(&self, css: &str) -> Result<(), Failure> {
        self.to_checkout(css).await?;
        Ok(self.scene.visible(css).await?.click().await?)
    }

    /// What the page's own script does, whatever lies over it.
    async fn press_on_page(&self, css: &str) -> Result<(), Failure> {
        self.to_page().await?;
        let press = format!("document.querySelector('{css}').click()");
        self.scene.driver().execute(press, vec![]).await?;
        Ok(())
    }

    async fn new_window(&self) -> Result<Option<WindowHandle>, Failure> {
        let windows = self.scene.driver().windows().await?;
        Ok(windows
            .into_iter()
            .find(|window| !self.tabs.contains(window)))
    }

    /// Into the bank's window. WebKit opens none without a press of its own, no browser one after a press that was long ago.
    async fn enter_new_window(&mut self) -> Result<(), Failure> {
        let may_want_press =
            self.scene.browser.engine == Engine::WebKit || self.case.page == MerchantPage::Plain;
        if may_want_press && self.new_window().await?.is_none() {
            self.to_checkout("#checkout").await?;
            let wanted = async || -> Result<bool, Failure> {
                let button = self.scene.driver().find(By::Id("continue-to-bank")).await?;
                Ok(button.is_displayed().await?)
            };
            self.scene
                .until("a window, or a way to open it", || async {
                    Ok(self.new_window().await?.is_some() || wanted().await?)
                })
                .await?;
            if self.new_window().await?.is_none() {
                self.press("#continue-to-bank").await?;
            }
        }
        self.scene
            .until("the bank's window opens", || async {
                Ok(self.new_window().await?.is_some())
            })
            .await?;
        self.bank = self.new_window().await?;
        self.to_bank_window().await
    }

    /// The sandbox's bank says in these words that it is out of order.
    async fn enter_broken_bank(&mut self) -> Result<(), Failure> {
        self.enter_new_window().await?;
        let says = "return (document.body?.innerText ?? '').includes('The bank has trouble')";
        self.scene
            .until("the bank's error", || async {
                // The start page is on its way there.
                let says = self.scene.driver().execute(says, vec![]).await;
                Ok(says.is_ok_and(|says| says.json() == true))
            })
            .await
    }

    async fn to_bank_window(&self) -> Result<(), Failure> {
        let bank = self.bank.clone().ok_or("the bank has no window")?;
        Ok(self.scene.driver().switch_to_window(bank).await?)
    }

    /// Into what lies over the page: the bank's frame stands in a page of the checkout's.
    async fn to_overlay(&self) -> Result<(), Failure> {
        let css = "dialog[open] iframe";
        self.to_page().await?;
        self.in_element(css).await?.enter_frame().await?;
        let bank = self.scene.visible("iframe[name='bank']").await?;
        bank.enter_frame().await?;
        self.bank_asks().await
    }

    /// Until the bank asks where the driver is. What stood there before may be on its way out, and a driver that is asked just
    /// then speaks of a page that is no more.
    async fn bank_asks(&self) -> Result<(), Failure> {
        let asks = async || -> Result<bool, Failure> {
            let question = self.scene.driver().find(By::Css(QUESTION)).await?;
            Ok(question.is_displayed().await?)
        };
        self.scene
            .until("the bank asks", || async {
                Ok(asks().await.unwrap_or(false))
            })
            .await
    }

    /// Finds something in the element's own tree.
    async fn in_element(&self, css: &str) -> Result<WebElement, Failure> {
        let driver = self.scene.driver();
        let find = format!(
            "return document.querySelector('borga-checkout').shadowRoot.querySelector('{css}')"
        );
        self.scene
            .until(css, || async {
                Ok(!driver.execute(&*find, vec![]).await?.json().is_null())
            })
            .await?;
        Ok(driver.execute(&*find, vec![]).await?.element()?)
    }

    async fn window_closes(&mut self) -> Result<(), Failure> {
        self.scene
            .until("the bank's window closes", || async {
                Ok(self.new_window().await?.is_none())
            })
            .await?;
        self.bank = None;
        self.to_page().await
    }

    async fn close_bank(&mut self) -> Result<(), Failure> {
        if self.bank.is_some() {
            self.to_bank_window().await?;
            self.scene.driver().close_window().await?;
            self.bank = None;
            return self.to_page().await;
        }
        self.to_page().await?;
        Ok(self
            .in_element("dialog[open] button")
            .await?
            .click()
            .await?)
    }

    async fn second_tab(&mut self) -> Result<(), Failure> {
        self.here = 1;
        if self.tabs.len() == 1 {
            let driver = self.scene.driver();
            driver.switch_to_window(self.tabs[0].clone()).await?;
            let address = driver.current_url().await?;
            let tab = driver.new_tab().await?;
            self.tabs.push(tab.clone());
            driver.switch_to_window(tab).await?;
            driver.goto(address.as_str()).await?;
        }
        self.to_page().await
    }

    fn network(&self, does: fn(&Network)) -> Result<(), Failure> {
        does(self.network.as_ref().ok_or("the case has no network")?);
        Ok(())
    }
}
