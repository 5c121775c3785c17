//! One shop on its own port with its own API, and a browser-like client that follows no redirect by itself.
//!
//! It asserts nothing.

use std::path::PathBuf;

use demo_site::{Secret, Settings, serve};
use reqwest::header::{HOST, LOCATION};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::api::Api;

/// Never to be seen anywhere but in the API's `Authorization`.
pub const SECRET_KEY: &str = "sk_test_never_to_be_seen";
/// Public by nature.
pub const PUBLISHABLE_KEY: &str = "pk_test_public";
/// Signs what the shop is told.
pub const WEBHOOK_SECRET: &str = "whsec_bmV2ZXIgdG8gYmUgc2VlbiwgYW5kIGxvbmcgZW5vdWdo";
/// Where the checkout is said to be.
pub const CHECKOUT: &str = "http://checkout.localhost:4101";

/// A shop and everything around it.
pub struct Scene {
    /// The stand-in behind the shop.
    pub api: Api,
    /// `host:port` of the shop's public origin.
    pub host: String,
    address: String,
    client: Client,
}

/// An answer, read whole.
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// `Location`, or empty.
    pub location: String,
    /// `Content-Security-Policy`, or empty.
    pub policy: String,
    /// `Cross-Origin-Opener-Policy`, or empty.
    pub opener: String,
    /// `Cross-Origin-Embedder-Policy`, or empty.
    pub embedder: String,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a JSON body")
    }
}

/// A folder with one of the two scripts: the other was not built.
fn pages_dir() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("borga-shop-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("react.js"), "react()").expect("a file");
    folder
}

impl Scene {
    /// A shop in front of a working API.
    pub async fn new() -> Self {
        let api = Api::default();
        let api_url = api.start().await;
        Self::with_api(api, &api_url, None).await
    }

    /// The same with a sandbox that it may make fail.
    pub async fn with_sandbox(url: &str) -> Self {
        let api = Api::default();
        let api_url = api.start().await;
        Self::with_api(api, &api_url, Some(url)).await
    }

    /// A shop whose API is not there.
    pub async fn without_api() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let nobody = listener.local_addr().expect("an address");
        drop(listener);
        Self::with_api(Api::default(), &format!("http://{nobody}"), None).await
    }

    async fn with_api(api: Api, api_url: &str, sandbox: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let host = format!("shop.localhost:{}", address.port());
        let settings = Settings {
            public_origin: format!("http://{host}").parse().expect("an origin"),
            other_origins: vec![format!("http://{address}").parse().expect("an origin")],
            api_url: api_url.parse().expect("an origin"),
            checkout_origin: CHECKOUT.parse().expect("an origin"),
            sandbox_url: sandbox.map(|url| url.parse().expect("an origin")),
            secret_key: Secret::new(SECRET_KEY.to_owned()),
            webhook_secret: Some(Secret::new(WEBHOOK_SECRET.to_owned())),
            publishable_key: PUBLISHABLE_KEY.to_owned(),
            pages_dir: pages_dir(),
        };
        tokio::spawn(serve(listener, settings));
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client");
        Self {
            api,
            host,
            address: format!("http://{address}"),
            client,
        }
    }

    /// A `GET` on the public origin.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_as(&self.host, path).await
    }

    /// A `GET` with any `Host`.
    pub async fn get_as(&self, host: &str, path: &str) -> Answer {
        self.send(
            self.client
                .get(format!("{}{path}", self.address))
                .header(HOST, host),
        )
        .await
    }

    /// A form sent to the public origin.
    pub async fn post_form(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = self.client.post(format!("{}{path}", self.address));
        self.send(request.header(HOST, &self.host).form(form)).await
    }

    /// A form sent with any `Host`.
    pub async fn post_form_as(&self, host: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = self.client.post(format!("{}{path}", self.address));
        self.send(request.header(HOST, host).form(form)).await
    }

    /// JSON sent to the public origin.
    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        let request = self.client.post(format!("{}{path}", self.address));
        self.send(request.header(HOST, &self.host).json(body)).await
    }

    /// What a server sends to the shop's server, with these headers.
    pub async fn post_signed(
        &self,
        path: &str,
        headers: &[(&str, String)],
        body: String,
    ) -> StatusCode {
        let request = self.client.post(format!("{}{path}", self.address));
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, value)
        });
        self.send(request.body(body)).await.status
    }

    /// Opens a checkout page without an order and gives the id of the order that this makes.
    pub async fn new_order(&self, checkout: &str) -> String {
        let location = self.get(checkout).await.location;
        let (_, id) = location
            .split_once("order=")
            .expect("an order in the address");
        id.split('&').next().unwrap_or_default().to_owned()
    }

    /// An order whose element page was opened once, so that its session exists.
    pub async fn order_with_session(&self) -> String {
        let order = self.new_order("/checkout/element").await;
        self.get(&format!("/checkout/element?order={order}")).await;
        order
    }

    async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("the shop answers");
        let header = |response: &Response, name: &str| {
            let value = response.headers().get(name).and_then(|it| it.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        Answer {
            status: response.status(),
            location: header(&response, LOCATION.as_str()),
            policy: header(&response, "content-security-policy"),
            opener: header(&response, "cross-origin-opener-policy"),
            embedder: header(&response, "cross-origin-embedder-policy"),
            body: response.text().await.expect("a text body"),
        }
    }
}
