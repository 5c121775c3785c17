//! The scene of a test: a server on a free port, a sandbox beside it, a merchant with its keys.

use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use checkout_protocol::api_key::{KeyType, Mode};
use checkout_protocol::crockford;
use checkout_protocol::timestamp::Timestamp;
use embed_server::app::App;
use embed_server::clock::{ManualClock, SystemClock};
use embed_server::config::Config;
use embed_server::entropy::Entropy;
use embed_server::http::assets::{Assets, VERSION};
use embed_server::operations::create_api_key::{NewKey, create_api_key};
use embed_server::operations::create_merchant;
use embed_server::store::{Store, events};
use embed_server::workers;
use sandbox::{FaultSettings, HmacKey, Sandbox, test_card};
use serde_json::{Value, json};
use sqlx::Connection as _;
use tempfile::TempDir;

#[path = "described.rs"]
mod described;

pub const ORIGIN: &str = "http://shop.localhost:4100";
pub const HMAC_KEY: &str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
pub const API_KEY: &str = "acquirer-key";

/// A server with everything around it.
pub struct TestServer {
    pub base: String,
    pub sandbox: Sandbox,
    pub secret_key: String,
    pub publishable_key: String,
    pub merchant: String,
    pub clock: Arc<ManualClock>,
    pub dir: TempDir,
    app: App,
    http: reqwest::Client,
}

/// Another server on the same database.
pub struct Sibling {
    pub base: String,
    pub app: App,
}

async fn serve(
    config: &Config,
    clock: &Arc<ManualClock>,
    listener: tokio::net::TcpListener,
) -> App {
    let app = App::build(config, clock.clone()).await.unwrap();
    let assets = Assets::load(&config.assets_dir, &config.checkout_origin).unwrap();
    let service = embed_server::http::router(app.clone(), assets)
        .into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    app
}

/// A session with what its frame needs.
#[derive(Clone)]
pub struct Session {
    pub id: String,
    pub client_secret: String,
    pub payment: String,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or("")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// A sandbox that tells `server` what happened.
pub async fn start_sandbox(server: SocketAddr) -> Sandbox {
    let mut settings = sandbox::Settings::local(API_KEY, HmacKey::from_hex(HMAC_KEY).unwrap());
    settings.notification_url = Some(format!("http://{server}/webhooks/adyen").parse().unwrap());
    settings.notification_retry = Duration::from_millis(50);
    settings.late_notification = Duration::from_millis(100);
    Sandbox::start(settings).await.unwrap()
}

/// Browser files as small as they can be: what the pages load is not what these tests are about.
pub fn write_assets(dir: &Path) {
    for (name, text) in [
        ("frame/checkout.wasm", "wasm"),
        ("frame/checkout.js", "glue"),
        ("frame/checkout.css", "form{}"),
        ("frame/late.css", "p{}"),
        ("frame/boot.js", "boot()"),
        ("v1/borga.js", "const gateway=\"https://checkout.borga.is\""),
        ("v1/borga-api.js", "const api=\"https://checkout.borga.is\""),
        (
            "v1/borga-doctor.js",
            "const origin=\"https://checkout.borga.is\"",
        ),
        ("v1/borga-overlay.js", "export const overlay=1"),
        ("v1/borga-explained.js", "export const explained=1"),
        ("v1/scripts.json", &script_list(VERSION)),
    ] {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// What the build says of the scripts of a version.
pub fn script_list(version: &str) -> String {
    let lazy = json!({
        "borga-api.js": "borga-api.11.js", "borga-doctor.js": "borga-doctor.22.js",
        "borga-overlay.js": "borga-overlay.33.js", "borga-explained.js": "borga-explained.44.js",
    });
    json!({"version": version, "lazy": lazy}).to_string()
}

/// Settings of a server in `dir` that charges at `sandbox`.
pub async fn settings(dir: &Path, listen: SocketAddr, sandbox: &Sandbox) -> String {
    let database = database_url(dir).await;
    settings_on(dir, &database, listen, sandbox).await
}

/// A database of this test's own: a file, or one in the cluster that `BORGA_TEST_POSTGRES` names.
pub async fn database_url(dir: &Path) -> String {
    let Ok(cluster) = std::env::var("BORGA_TEST_POSTGRES") else {
        return format!("sqlite://{}/borga.db", dir.display());
    };
    sqlx::any::install_default_drivers();
    let name = format!("test_{}", press());
    let mut connection = sqlx::AnyConnection::connect(&cluster).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .unwrap();
    let (server, _) = cluster.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}

/// The same on a database that is there.
pub async fn settings_on(
    dir: &Path,
    database_url: &str,
    listen: SocketAddr,
    sandbox: &Sandbox,
) -> String {
    let key = reqwest::get(format!("http://{}/card-key", sandbox.address()))
        .await
        .unwrap();
    std::fs::write(dir.join("card-key.json"), key.text().await.unwrap()).unwrap();
    write_assets(&dir.join("dist"));
    let folder = dir.display();
    format!(
        "listen = \"{listen}\"\n\
         database_url = \"{database_url}\"\n\
         secrets_file = \"{folder}/borga.secrets\"\n\
         assets_dir = \"{folder}/dist\"\n\
         checkout_origin = \"http://checkout.localhost:4101\"\n\
         [rate_limits]\n\
         requests_burst = 100000\n\
         hot_burst = 100000\n\
         page_burst = 100000\n\
         failures_burst = 100000\n\
         [acquirer]\n\
         base_url = \"http://{}/v71\"\n\
         api_key = \"{API_KEY}\"\n\
         merchant_account = \"BorgaDemo\"\n\
         webhook_hmac_key = \"{HMAC_KEY}\"\n\
         card_key_file = \"{folder}/card-key.json\"\n\
         repeat_pause_ms = 1\n",
        sandbox.address()
    )
}

/// The settings with some lines of another value: each of `more` replaces the line of the same name.
fn apply(settings: &str, more: &str) -> String {
    let mut lines: Vec<&str> = settings.lines().collect();
    for line in more.lines() {
        let name = line.split(' ').next().unwrap();
        match lines.iter_mut().find(|known| known.starts_with(name)) {
            Some(known) => *known = line,
            None => lines.insert(0, line),
        }
    }
    lines.join("\n")
}

impl TestServer {
    pub async fn start() -> Self {
        Self::start_with("").await
    }

    /// With more settings, as lines of TOML that end in a table of their own.
    pub async fn start_with(more: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let sandbox = start_sandbox(address).await;
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("embed-server.toml");
        let settings = settings(dir.path(), address, &sandbox).await;
        std::fs::write(&file, apply(&settings, more)).unwrap();
        let config = Config::load(Some(&file)).unwrap();

        let clock = Arc::new(ManualClock::at(Timestamp(1_795_000_000_000)));
        let app = serve(&config, &clock, listener).await;

        let (merchant, secret_key, publishable_key) = make_merchant(&app.store).await;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            base: format!("http://{address}"),
            sandbox,
            secret_key,
            publishable_key,
            merchant,
            clock,
            dir,
            app,
            http,
        }
    }

    /// Another server on the same database, with everything in memory of its own: as another process would be.
    pub async fn sibling(&self) -> Sibling {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let app = serve(&self.config(), &self.clock, listener).await;
        tokio::spawn(workers::follow(app.clone()));
        Sibling { base, app }
    }

    /// The settings that it was started with.
    pub fn config(&self) -> Config {
        Config::load(Some(&self.dir.path().join("embed-server.toml"))).unwrap()
    }

    /// A connection to its database, past the server.
    pub async fn database(&self) -> sqlx::AnyConnection {
        let url = self.config().database_url;
        sqlx::AnyConnection::connect(&url).await.unwrap()
    }

    /// A merchant of its own on the same server: id, secret key, publishable key.
    pub async fn other_merchant(&self) -> (String, String, String) {
        make_merchant(&self.app.store).await
    }

    /// A secret key of the same merchant in live mode.
    pub async fn live_key(&self) -> String {
        let merchant = self.merchant.parse().unwrap();
        create_merchant::verify_merchant(&self.app.store, merchant)
            .await
            .unwrap();
        let new = NewKey {
            merchant_id: merchant,
            key_type: KeyType::Secret,
            mode: Mode::Live,
            label: None,
            origins: vec![],
        };
        let store = &self.app.store;
        let (text, _) = create_api_key(store, &SystemClock, &Entropy::default(), new)
            .await
            .unwrap();
        text.expose().to_owned()
    }

    /// A customer of the merchant.
    pub async fn customer(&self) -> String {
        let body = json!({"email": "payer@shop.example"});
        let answer = self.post("/v1/customers", &self.secret_key, &body).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body["id"].as_str().unwrap().to_owned()
    }

    /// A payment of 1990 ISK that was collected with this card.
    pub async fn paid_with(&self, number: &str) -> Session {
        let session = self.session().await;
        let answer = self.confirm(&session, &press(), number).await;
        assert_eq!(answer.body["status"], "succeeded", "{}", answer.body);
        session
    }

    /// A saved card of `customer`: `pm_…`.
    pub async fn saved_card(&self, customer: &str, number: &str) -> String {
        let session = self
            .session_with(json!({"customer": customer, "save_payment_method": true}))
            .await;
        let mut body = confirmation(&press(), &self.envelope(&session, number).await);
        body["save_card"] = json!(true);
        let answer = self.confirm_with(&session, &body).await;
        assert_eq!(answer.body["status"], "succeeded", "{}", answer.body);
        let path = format!("/v1/payment_methods?customer={customer}&limit=1");
        let list = self.get(&path, &self.secret_key).await;
        list.body["data"][0]["id"].as_str().unwrap().to_owned()
    }

    /// The same request with an `Idempotency-Key`.
    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        let request = self.request("POST", path).bearer_auth(&self.secret_key);
        send(request.header("Idempotency-Key", key).json(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        let request = self.request("PATCH", path).bearer_auth(&self.secret_key);
        send(request.json(body)).await
    }

    pub async fn delete(&self, path: &str, bearer: &str) -> Answer {
        send(self.request("DELETE", path).bearer_auth(bearer)).await
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method.parse().unwrap(), format!("{}{path}", self.base))
    }

    pub async fn get(&self, path: &str, bearer: &str) -> Answer {
        send(self.request("GET", path).bearer_auth(bearer)).await
    }

    pub async fn post(&self, path: &str, bearer: &str, body: &Value) -> Answer {
        send(self.request("POST", path).bearer_auth(bearer).json(body)).await
    }

    /// A session of 1990 ISK, made by the merchant's server.
    pub async fn session(&self) -> Session {
        self.session_with(json!({})).await
    }

    /// The same with more fields.
    pub async fn session_with(&self, more: Value) -> Session {
        let mut body =
            json!({"mode": "embedded", "amount": 1990, "currency": "ISK", "origin": ORIGIN});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let answer = self
            .post("/v1/payment_sessions", &self.secret_key, &body)
            .await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        session_of(&answer.body)
    }

    /// A card in the envelope that the session's form would make.
    pub async fn envelope(&self, session: &Session, number: &str) -> String {
        envelope(&self.sandbox, &session.id, number).await
    }

    /// The same of any payload, such as a saved card's code.
    pub async fn sealed(&self, session: &Session, payload: &Value) -> Value {
        let key = reqwest::get(format!("http://{}/card-key", self.sandbox.address()))
            .await
            .unwrap();
        let key = key.json().await.unwrap();
        test_card::encrypt(&key, &session.id, payload).into()
    }

    pub async fn confirm(&self, session: &Session, press: &str, number: &str) -> Answer {
        let body = confirmation(press, &self.envelope(session, number).await);
        self.confirm_with(session, &body).await
    }

    pub async fn confirm_with(&self, session: &Session, body: &Value) -> Answer {
        let path = format!("/public/payment_sessions/{}/confirm", session.id);
        self.post(&path, &session.client_secret, body).await
    }

    pub async fn view(&self, session: &Session) -> Value {
        let path = format!("/public/payment_sessions/{}", session.id);
        self.get(&path, &session.client_secret).await.body
    }

    pub async fn session_status(&self, session: &Session) -> String {
        let path = format!("/v1/payment_sessions/{}", session.id);
        let answer = self.get(&path, &self.secret_key).await;
        answer.body["status"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub async fn payment(&self, session: &Session) -> Value {
        let path = format!("/v1/payments/{}", session.payment);
        self.get(&path, &self.secret_key).await.body
    }

    /// What was really charged: reference, amount and status of each charge.
    pub fn charges(&self) -> Vec<(i64, String)> {
        charges(&self.sandbox)
    }

    pub fn faults(&self, settings: Value) {
        let settings: FaultSettings = serde_json::from_value(settings).unwrap();
        self.sandbox.app().set_faults(settings);
    }

    /// The types of the events written so far, oldest first.
    pub async fn events(&self) -> Vec<String> {
        let mut tx = self.app.store.read().await.unwrap();
        events::types(&mut tx, self.merchant.parse().unwrap(), Mode::Test)
            .await
            .unwrap()
    }

    pub fn app(&self) -> &App {
        &self.app
    }
}

pub async fn envelope(sandbox: &Sandbox, session: &str, number: &str) -> String {
    let key = reqwest::get(format!("http://{}/card-key", sandbox.address()))
        .await
        .unwrap();
    test_card::encrypt(
        &key.json().await.unwrap(),
        session,
        &test_card::card(number),
    )
}

pub fn charges(sandbox: &Sandbox) -> Vec<(i64, String)> {
    let entries = serde_json::to_value(sandbox.app().ledger()).unwrap();
    entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["amount"].as_i64().unwrap(),
                entry["status"].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

pub fn session_of(body: &Value) -> Session {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    Session {
        id: text("id"),
        client_secret: text("client_secret"),
        payment: text("payment"),
    }
}

pub fn confirmation(press: &str, envelope: &str) -> Value {
    json!({
        "attempt_id": press,
        "encrypted_card": envelope,
        "browser": {
            "color_depth": 24, "language": "is", "screen_width": 1280, "screen_height": 800,
            "time_zone_offset": 0, "java_enabled": false,
        },
    })
}

/// A press' id, as a frame mints it.
pub fn press() -> String {
    crockford::encode_u128(u128::from_be_bytes(Entropy::default().bytes()))
}

/// The answer, which is what the OpenAPI document says of the request.
pub async fn send(request: reqwest::RequestBuilder) -> Answer {
    let (http, request) = request.build_split();
    let request = request.unwrap();
    let (method, path) = (request.method().clone(), request.url().path().to_owned());
    let response = http.execute(request).await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    described::check(method.as_str(), &path, status, &headers, &text);
    Answer {
        status,
        headers,
        body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
    }
}

/// Goes on asking until the condition holds; fails when it never does.
pub async fn until<F: Future<Output = bool>>(what: &str, mut condition: impl FnMut() -> F) {
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    let asking = async {
        while !condition().await {
            ticks.tick().await;
        }
    };
    let asked = tokio::time::timeout(Duration::from_secs(30), asking).await;
    assert!(asked.is_ok(), "never happened: {what}");
}

pub async fn make_merchant(store: &Store) -> (String, String, String) {
    let (clock, entropy) = (SystemClock, Entropy::default());
    let merchant = create_merchant::create_merchant(store, &clock, &entropy, "Test Shop")
        .await
        .unwrap();
    let new = |key_type, origins: &[&str]| NewKey {
        merchant_id: merchant.id,
        key_type,
        mode: Mode::Test,
        label: None,
        origins: origins.iter().map(ToString::to_string).collect(),
    };
    let secret = create_api_key(store, &clock, &entropy, new(KeyType::Secret, &[]))
        .await
        .unwrap();
    let publishable = create_api_key(
        store,
        &clock,
        &entropy,
        new(KeyType::Publishable, &[ORIGIN]),
    )
    .await
    .unwrap();
    (
        merchant.id.to_string(),
        secret.0.expose().to_owned(),
        publishable.0.expose().to_owned(),
    )
}
