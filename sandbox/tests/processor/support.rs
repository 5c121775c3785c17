//! A sandbox with a receiver for its notifications, and the calls that a gateway makes.

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use reqwest::{Client, Response, redirect};
use sandbox::card_key::CardJwk;
use sandbox::wire::{Notification, NotificationItem};
use sandbox::{Clock, HmacKey, Sandbox, Settings, test_card};
use serde_json::{Value, json};
use time::macros::datetime;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

pub const API_KEY: &str = "test-api-key";
pub const HMAC_KEY: &str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
pub const RETURN_URL: &str = "http://shop.example/back?order=7";

/// Nothing here takes that long; without it a missing event would hang the run instead of failing it.
const HANG: Duration = Duration::from_secs(20);

pub struct Scene {
    pub sandbox: Sandbox,
    pub client: Client,
    notifications: mpsc::UnboundedReceiver<NotificationItem>,
}

/// What the receiver does with the notifications to come; when used up it accepts.
type Answers = Arc<Mutex<VecDeque<StatusCode>>>;

#[derive(Clone)]
struct Inbox {
    arrived: mpsc::UnboundedSender<NotificationItem>,
    answers: Answers,
}

impl Scene {
    pub async fn start() -> Self {
        Self::whose_receiver_answers(&[]).await
    }

    pub async fn whose_receiver_answers(answers: &[u16]) -> Self {
        let answers = answers
            .iter()
            .map(|status| StatusCode::from_u16(*status).unwrap());
        let (arrived, notifications) = mpsc::unbounded_channel();
        let inbox = Inbox {
            arrived,
            answers: Arc::new(Mutex::new(answers.collect())),
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let target = format!("http://{}/webhooks", listener.local_addr().unwrap());
        let receiver = Router::new()
            .route("/webhooks", post(receive))
            .with_state(inbox);
        tokio::spawn(async move { axum::serve(listener, receiver).await });

        let sandbox = Sandbox::start(Settings {
            notification_url: Some(target.parse().unwrap()),
            notification_retry: Duration::from_millis(1),
            late_notification: Duration::from_millis(20),
            clock: Clock::fixed(datetime!(2026-06-15 12:00 UTC)),
            ..Settings::local(API_KEY, HmacKey::from_hex(HMAC_KEY).unwrap())
        })
        .await
        .unwrap();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            sandbox,
            client,
            notifications,
        }
    }

    /// The next notification to arrive.
    pub async fn notification(&mut self) -> NotificationItem {
        tokio::time::timeout(HANG, self.notifications.recv())
            .await
            .expect("it arrives")
            .unwrap()
    }

    /// Those that have arrived and were not looked at.
    pub fn notifications_left(&mut self) -> usize {
        std::iter::from_fn(|| self.notifications.try_recv().ok()).count()
    }

    pub async fn jwk(&self) -> CardJwk {
        self.get("/card-key").await.json().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).send().await.unwrap()
    }

    /// A request of the gateway that has no body.
    pub async fn with_key(&self, method: reqwest::Method, path: &str) -> Response {
        let request = self.client.request(method, self.url(path));
        request.header("X-API-Key", API_KEY).send().await.unwrap()
    }

    /// A request of the gateway, not sent yet.
    pub fn request(&self, path: &str, body: &Value) -> reqwest::RequestBuilder {
        self.client
            .post(self.url(path))
            .header("X-API-Key", API_KEY)
            .json(body)
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let response = self.request(path, body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// A refund, not sent yet.
    pub fn refund_request(&self, payment: &str, krónur: i64) -> reqwest::RequestBuilder {
        let body = json!({
            "merchantAccount": "BorgaDemo",
            "amount": { "currency": "ISK", "value": krónur * 100 },
            "reference": "ref_1",
        });
        self.request(&format!("/v71/payments/{payment}/refunds"), &body)
    }

    pub async fn refund(&self, payment: &str, krónur: i64) -> (u16, Value) {
        let response = self.refund_request(payment, krónur).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    pub async fn reverse(&self, payment: &str) -> (u16, Value) {
        let body = json!({ "merchantAccount": "BorgaDemo", "reference": "rev_1" });
        self.post(&format!("/v71/payments/{payment}/reversals"), &body)
            .await
    }

    /// A charged payment whose notification has arrived; its reference.
    pub async fn charged(&mut self, number: &str) -> String {
        let answer = self.pay(number).await;
        self.notification().await;
        answer["pspReference"].as_str().unwrap().to_owned()
    }

    /// The body of a payment of 1990 krónur.
    pub async fn payment_body(&self, reference: &str, card: &Value) -> Value {
        json!({
            "amount": { "currency": "ISK", "value": 199_000 },
            "merchantAccount": "BorgaDemo",
            "reference": reference,
            "returnUrl": RETURN_URL,
            "channel": "Web",
            "paymentMethod": {
                "type": "scheme",
                "encryptedCard": test_card::encrypt(&self.jwk().await, "ps_1", card),
            },
            "browserInfo": { "userAgent": "test", "language": "is" },
        })
    }

    pub async fn pay_with(&self, card: &Value) -> Value {
        let body = self.payment_body("att_1", card).await;
        let (status, answer) = self.post("/v71/payments", &body).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    pub async fn pay(&self, number: &str) -> Value {
        self.pay_with(&test_card::card(number)).await
    }

    /// Path of the bank page that the payer is sent to.
    pub async fn challenge(&self, number: &str) -> String {
        let answer = self.pay(number).await;
        assert_eq!(answer["resultCode"], "RedirectShopper", "{answer}");
        let url = answer["action"]["url"].as_str().unwrap();
        url.strip_prefix(&self.sandbox.origin()).unwrap().to_owned()
    }

    /// Presses a button on the bank page.
    pub async fn press(&self, page: &str, button: &str, code: &str) -> Response {
        let form = [("action", button), ("code", code)];
        self.client
            .post(self.url(page))
            .form(&form)
            .send()
            .await
            .unwrap()
    }

    /// Answers the challenge with a code and returns the `redirectResult` of the way back.
    pub async fn redirect_result(&self, page: &str, code: &str) -> String {
        redirect_result(&self.press(page, "confirm", code).await)
    }

    pub async fn details(&self, redirect_result: &str) -> (u16, Value) {
        let body = json!({ "details": { "redirectResult": redirect_result } });
        self.post("/v71/payments/details", &body).await
    }

    pub async fn ledger(&self) -> Value {
        self.get("/ledger").await.json().await.unwrap()
    }

    pub async fn faults(&self, settings: Value) {
        let response = self
            .client
            .post(self.url("/faults"))
            .json(&settings)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{settings}");
    }

    pub async fn clear_faults(&self) {
        self.client
            .delete(self.url("/faults"))
            .send()
            .await
            .unwrap();
    }

    pub fn url(&self, path: &str) -> String {
        self.sandbox.origin() + path
    }
}

pub fn location(response: &Response) -> String {
    assert_eq!(response.status(), 303);
    response.headers()["location"].to_str().unwrap().to_owned()
}

pub fn redirect_result(response: &Response) -> String {
    let back = url::Url::parse(&location(response)).unwrap();
    let (_, value) = back
        .query_pairs()
        .find(|(name, _)| name == "redirectResult")
        .unwrap();
    value.into_owned()
}

async fn receive(
    State(inbox): State<Inbox>,
    axum::Json(notification): axum::Json<Notification>,
) -> StatusCode {
    let [envelope] = <[_; 1]>::try_from(notification.notification_items).expect("one item");
    inbox.arrived.send(envelope.item).unwrap();
    inbox
        .answers
        .lock()
        .unwrap()
        .pop_front()
        .unwrap_or(StatusCode::OK)
}
