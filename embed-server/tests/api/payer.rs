//! Plays a payer's browser in 3-D Secure: the start page's script, the bank's pages and their forms.

use checkout_protocol::crockford;
use serde_json::{Value, json};

use crate::support::{Answer, Session, TestServer, press, send};

/// A payer whose bank wants something.
pub struct Payer<'a> {
    server: &'a TestServer,
    pub session: Session,
    pub press: String,
    pub challenge: String,
    pub nonce: String,
}

/// A form that a page posts by itself.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The one of a page.
    fn of(page: &str) -> Option<Self> {
        let (_, rest) = page.split_once("action=\"")?;
        let (action, rest) = rest.split_once('"')?;
        let inputs = rest.split("<input ").skip(1);
        let fields = inputs.filter_map(|input| {
            let value = |name: &str| {
                let (_, rest) = input.split_once(&format!("{name}=\""))?;
                Some(rest.split_once('"')?.0.to_owned())
            };
            Some((value("name")?, value("value")?))
        });
        Some(Self {
            // Browsers know the checkout by its name; this client knows it by its port.
            action: action.replace("http://checkout.localhost:4101", ""),
            fields: fields.collect(),
        })
    }
}

fn http() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

impl<'a> Payer<'a> {
    /// Presses Pay with a card whose bank wants something.
    pub async fn pays(server: &'a TestServer, session: Session, number: &str) -> Self {
        let press = press();
        let answer = server.confirm(&session, &press, number).await;
        assert_eq!(answer.body["status"], "requires_action", "{}", answer.body);
        Self {
            challenge: answer.body["challenge"]["id"].as_str().unwrap().to_owned(),
            ..Self::of(server, session, press)
        }
    }

    /// A payer who has pressed Pay, whose challenge is not known yet.
    pub fn of(server: &'a TestServer, session: Session, press: String) -> Self {
        Self {
            server,
            session,
            press,
            challenge: String::new(),
            nonce: crockford::encode_u128(1),
        }
    }

    /// Where the attempt stands.
    pub async fn attempt(&self) -> Value {
        self.server.view(&self.session).await["last_attempt"].clone()
    }

    /// What is asked of the payer now.
    pub async fn kind(&self) -> String {
        let attempt = self.attempt().await;
        attempt["challenge"]["kind"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Announces where the start page is opened.
    pub async fn opens_in(&self, surface: &str) -> Answer {
        self.announces(&json!({"surface": surface, "nonce": self.nonce}))
            .await
    }

    pub async fn announces(&self, surface: &Value) -> Answer {
        let path = format!(
            "/public/payment_sessions/{}/challenges/{}/surface",
            self.session.id, self.challenge
        );
        self.server
            .post(&path, &self.session.client_secret, surface)
            .await
    }

    /// What the start page asks for.
    pub async fn claims(&self) -> Answer {
        self.start_page_says("claim").await
    }

    /// What the start page says.
    pub async fn start_page_says(&self, what: &str) -> Answer {
        let path = format!("/3ds/{}/{what}", self.challenge);
        let request = self.server.request("POST", &path);
        send(request.json(&json!({"nonce": self.nonce}))).await
    }

    /// The way that the start page is given.
    pub async fn way(&self) -> Form {
        let answer = self.claims().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let fields = answer.body["fields"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Form {
            action: text(&answer.body["url"]),
            fields: fields
                .map(|field| (text(&field[0]), text(&field[1])))
                .collect(),
        }
    }

    /// The form that the bank's page posts back after its look at the browser.
    pub async fn is_looked_at(&self, way: &Form) -> Option<Form> {
        let page = http()
            .post(&way.action)
            .form(&way.fields)
            .send()
            .await
            .unwrap();
        Form::of(&page.text().await.unwrap())
    }

    /// The bank's page after a challenge request.
    pub async fn meets_the_bank(&self, way: &Form) -> String {
        let page = http()
            .post(&way.action)
            .form(&way.fields)
            .send()
            .await
            .unwrap();
        assert_eq!(page.status().as_u16(), 303);
        let path = page.headers()["location"].to_str().unwrap();
        format!("http://{}{path}", self.server.sandbox.address())
    }

    /// What the bank's page answers to a code.
    pub async fn answers(&self, page: &str, code: &str) -> String {
        let form = [("code", code)];
        let answer = http().post(page).form(&form).send().await.unwrap();
        answer.text().await.unwrap()
    }

    /// The whole way through the bank; the form that brings the result.
    pub async fn through_the_bank(&self, code: &str) -> Form {
        let page = self.meets_the_bank(&self.way().await).await;
        let last = self.answers(&page, code).await;
        Form::of(&last).unwrap_or_else(|| panic!("{last}"))
    }

    /// The whole way of a payer whose bank looks first, up to the bank's form.
    pub async fn looked_at_and_through_the_bank(&self, code: &str) -> Form {
        assert_eq!(self.opens_in("popup").await.status, 200);
        let back = self.is_looked_at(&self.way().await).await.unwrap();
        self.posts(&back).await;
        self.through_the_bank(code).await
    }

    /// Posts a form to the checkout.
    pub async fn posts(&self, form: &Form) -> Answer {
        let request = self.server.request("POST", &form.action);
        send(request.form(&form.fields)).await
    }

    /// Brings something to the return page.
    pub async fn brings(&self, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/3ds/{}/return", self.challenge);
        send(self.server.request("POST", &path).form(fields)).await
    }

    /// The frame cannot show the hidden frame.
    pub async fn skips_the_look(&self) -> Answer {
        let path = format!(
            "/public/payment_sessions/{}/challenges/{}/skip_fingerprint",
            self.session.id, self.challenge
        );
        self.server
            .post(&path, &self.session.client_secret, &json!({}))
            .await
    }
}
