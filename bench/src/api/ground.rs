//! The databases that are measured on: a few sessions, made by the server and its own statements, and many of them.

use std::path::{Path, PathBuf};

use checkout_protocol::api_key::{KeyType, Mode};
use checkout_protocol::id::SessionId;
use embed_server::clock::SystemClock;
use embed_server::entropy::Entropy;
use embed_server::operations::create_api_key::{NewKey, create_api_key};
use embed_server::operations::create_merchant::create_merchant;
use embed_server::server_secret::ServerSecret;
use embed_server::store::Store;
use serde_json::Value;

use crate::database::{Engine, growth, texts};
use crate::failure::{Failure, Outcome};
use crate::limit::{self, Plain};
use crate::load::connection::Connection;
use crate::load::request::{COUNTER, Request, Requests};
use crate::rows::Rows;
use crate::server::{self, Server};

/// What a shop sends for each of its orders.
const ORDER: &str = r#"{"mode":"embedded","amount":4900,"currency":"ISK","origin":"https://shop.example",
"return_url":"https://shop.example/orders/{{counter}}","external_reference":"order_{{counter}}",
"description":"Two tickets","customer_email":"payer@shop.example","locale":"is",
"metadata":{"order_id":"{{counter}}","channel":"web"}}"#;
const SESSIONS: &str = "/v1/payment_sessions";

/// Sessions whose reading is measured; more than a database keeps at hand by chance.
const READ: u64 = 20_000;

/// Databases by their names.
pub const FEW: &str = "few";
/// The one with many sessions.
pub const MANY: &str = "many";
/// The one whose writing is measured; made anew of [`FEW`] each time.
pub const WORK: &str = "work";

/// Where the measuring happens.
pub struct Ground {
    /// Which database.
    pub engine: Engine,
    /// A session as the server writes it.
    pub like: Rows,
    folder: PathBuf,
    program: PathBuf,
    secret_key: String,
}

impl Ground {
    /// Makes both databases.
    ///
    /// # Errors
    /// When the database or the server refuses.
    pub async fn make(
        engine: Engine,
        program: &Path,
        folder: &Path,
        few: u64,
        times_as_many: u64,
    ) -> Outcome<Self> {
        let store = engine.make(FEW).await?;
        let (entropy, clock) = (Entropy::default(), SystemClock);
        let merchant = create_merchant(&store, &clock, &entropy, "Bench").await?;
        let new = NewKey {
            merchant_id: merchant.id,
            key_type: KeyType::Secret,
            mode: Mode::Test,
            label: None,
            origins: vec![],
        };
        let (secret_key, _) = create_api_key(&store, &clock, &entropy, new).await?;
        store.close().await;

        let secret_key = secret_key.expose().to_owned();
        let before = growth::count_rows(&engine, FEW).await?;
        let server = Server::start(program, folder, FEW, &engine.url(FEW)).await?;
        let (id, key) = first_session(&server, &secret_key).await?;
        drop(server);
        let after = growth::count_rows(&engine, FEW).await?;
        let tables = growth::growth(&before, &after);

        let store = Store::open(&engine.url(FEW)).await?;
        let like = Rows::read(&store, id, &key).await?;
        limit::fill(&Plain(store.clone()), &like, few - 1).await?;
        store.close().await;
        check_that_rows_are_the_servers(&engine, &before, &tables, few).await?;
        growth::settle(&engine, FEW).await?;
        engine.copy(FEW, MANY).await?;
        let tables: Vec<String> = tables.into_iter().map(|(table, _)| table).collect();
        growth::multiply(&engine, MANY, &tables, times_as_many).await?;
        Ok(Self {
            engine,
            like,
            folder: folder.to_owned(),
            program: program.to_owned(),
            secret_key,
        })
    }

    /// The server on one of the databases.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn serve(&self, name: &str) -> Outcome<Server> {
        let url = self.engine.url(name);
        Server::start(&self.program, &self.folder, name, &url).await
    }

    /// [`WORK`] with few sessions, and nobody at it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn clear(&self) -> Outcome {
        self.engine.copy(FEW, WORK).await
    }

    /// Orders, each with an `Idempotency-Key` of its own.
    pub fn creations(&self) -> Requests {
        Requests::new(vec![creation(&self.secret_key)])
    }

    /// Sessions of a database, as their frames and as the merchant's server read them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn reads(&self, name: &str) -> Outcome<(Requests, Requests)> {
        let secret = ServerSecret::load(&server::secrets_file(&self.folder), &Entropy::default())?;
        let secret = secret.ok_or("the server has not written its keys")?;
        let (mut by_frames, mut by_servers) = (Vec::new(), Vec::new());
        for id in self.some_sessions(name, READ).await? {
            let client_secret = secret.client_secret(id).expose();
            let path = format!("/public/payment_sessions/{id}");
            by_frames.push(Request::get(&path, Some(&client_secret)));
            by_servers.push(Request::get(
                &format!("{SESSIONS}/{id}"),
                Some(&self.secret_key),
            ));
        }
        Ok((Requests::new(by_frames), Requests::new(by_servers)))
    }

    /// Long polls of so many sessions that nothing happens to.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn polls(&self, name: &str, count: usize) -> Outcome<Vec<Request>> {
        let secret = ServerSecret::load(&server::secrets_file(&self.folder), &Entropy::default())?;
        let secret = secret.ok_or("the server has not written its keys")?;
        let sessions = self.some_sessions(name, u64::try_from(count)?).await?;
        let requests = sessions.iter().map(|id| {
            let path = format!("/public/payment_sessions/{id}?after=1&wait=25");
            Request::get(&path, Some(&secret.client_secret(*id).expose()))
        });
        Ok(requests.collect())
    }

    async fn some_sessions(&self, name: &str, count: u64) -> Outcome<Vec<SessionId>> {
        let mut connection = self.engine.connect(name).await?;
        let sql = format!("SELECT id FROM payment_sessions ORDER BY random() LIMIT {count}");
        let ids = texts(&mut connection, &sql).await?;
        let ids = ids.iter().map(|id| {
            let parsed = id.parse();
            parsed.map_err(|_| Failure::from(format!("{id} is no session's id")))
        });
        ids.collect()
    }
}

fn creation(secret_key: &str) -> Request {
    Request::post(SESSIONS, secret_key, &format!("order-{COUNTER}"), ORDER)
}

/// One order, and the `Idempotency-Key` that it had.
async fn first_session(server: &Server, secret_key: &str) -> Outcome<(SessionId, String)> {
    let mut request = creation(secret_key);
    let bytes = request.next();
    let text = String::from_utf8_lossy(bytes).into_owned();
    let key = text
        .split_once("Idempotency-Key: ")
        .and_then(|(_, rest)| rest.lines().next());
    let key = key.ok_or("the request has no Idempotency-Key")?.to_owned();
    let mut connection = Connection::open(server.address).await?;
    let answer = connection.exchange(bytes).await?;
    answer.expect(201)?;
    let session: Value = serde_json::from_slice(answer.body)?;
    let id = session["id"].as_str().and_then(|id| id.parse().ok());
    Ok((id.ok_or("a session without an id was made")?, key))
}

/// The limit loops write what they know of: if the server writes to another table as well, they must learn that.
async fn check_that_rows_are_the_servers(
    engine: &Engine,
    before: &[(String, u64)],
    by_server: &[(String, u64)],
    count: u64,
) -> Outcome {
    let filled = growth::growth(before, &growth::count_rows(engine, FEW).await?);
    let expected: Vec<_> = by_server
        .iter()
        .map(|(table, rows)| (table.clone(), rows * count))
        .collect();
    if filled == expected {
        return Ok(());
    }
    Err(format!("the loops write {filled:?}, the server would write {expected:?}").into())
}
