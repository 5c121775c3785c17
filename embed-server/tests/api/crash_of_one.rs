//! One of two processes on one database dies by `kill -9` under load. Nothing that was answered is lost, and what
//! callers send again, as they do when a connection breaks, is done once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::program::Program;
use crate::support::{
    ORIGIN, Session, charges, confirmation, envelope, press, send, session_of, until,
};

const BUYERS: usize = 8;
const CLERKS: usize = 4;

/// Two servers, as callers see them: the first one until it no longer answers.
struct Shop {
    urls: [String; 2],
    secret_key: String,
    http: reqwest::Client,
    /// Connections that broke.
    broken: AtomicUsize,
}

impl Shop {
    /// Sends the same request to the processes in turn until one answers.
    async fn ask(&self, first: usize, path: &str, bearer: &str, key: &str, body: &Value) -> Value {
        for process in [first, 1] {
            let request = self
                .http
                .post(format!("{}{path}", self.urls[process]))
                .bearer_auth(bearer)
                .header("Idempotency-Key", key)
                .json(body);
            let answered = match request.send().await {
                Ok(answer) => answer.json().await,
                Err(error) => Err(error),
            };
            match answered {
                Ok(body) => return body,
                Err(_) => self.broken.fetch_add(1, Ordering::SeqCst),
            };
        }
        panic!("the process that lives did not answer {path}");
    }

    async fn session(&self, process: usize, key: &str) -> Value {
        let body = json!({"mode": "embedded", "amount": 1990, "origin": ORIGIN});
        let made = self.ask(
            process,
            "/v1/payment_sessions",
            &self.secret_key,
            key,
            &body,
        );
        made.await
    }

    async fn confirm(&self, process: usize, session: &Session, body: &Value) -> Value {
        let path = format!("/public/payment_sessions/{}/confirm", session.id);
        self.ask(process, &path, &session.client_secret, "", body)
            .await
    }

    async fn get(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.urls[1]);
        send(self.http.get(url).bearer_auth(&self.secret_key))
            .await
            .body
    }

    /// Every element of a list, page by page.
    async fn all(&self, path: &str) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        loop {
            let after = found.last().map_or(String::new(), |last| {
                format!("&starting_after={}", last["id"].as_str().unwrap())
            });
            let page = self.get(&format!("{path}?limit=100{after}")).await;
            found.extend(page["data"].as_array().unwrap().iter().cloned());
            if page["has_more"] != true {
                return found;
            }
        }
    }
}

/// One purchase, with the same press again when the connection breaks.
async fn buy(shop: &Shop, sandbox: &sandbox::Sandbox, process: usize) -> Session {
    let session = session_of(&shop.session(process, &press()).await);
    let card = envelope(sandbox, &session.id, "4242424242424242").await;
    let answer = shop
        .confirm(process, &session, &confirmation(&press(), &card))
        .await;
    assert_eq!(answer["status"], "succeeded", "{answer}");
    session
}

/// What a clerk was answered: session and refund ids by idempotency key.
#[derive(Default)]
struct Desk {
    sessions: BTreeMap<String, String>,
    refunds: BTreeMap<String, String>,
}

/// Makes sessions and small refunds on both processes until told to stop.
async fn clerk(shop: Arc<Shop>, payment: String, closing: Arc<AtomicBool>) -> Desk {
    let mut desk = Desk::default();
    let refund = json!({"payment": payment, "amount": 10});
    let mut turn = 0;
    while !closing.load(Ordering::SeqCst) {
        turn += 1;
        let key = press();
        let made = shop.session(turn % 2, &key).await;
        let id = made["id"].as_str().unwrap_or_else(|| panic!("{made}"));
        desk.sessions.insert(key, id.to_owned());
        if turn % 8 == 0 && desk.refunds.len() < 100 {
            let key = press();
            let path = "/v1/refunds";
            let made = shop
                .ask(turn / 8 % 2, path, &shop.secret_key, &key, &refund)
                .await;
            let id = made["id"].as_str().unwrap_or_else(|| panic!("{made}"));
            desk.refunds.insert(key, id.to_owned());
        }
    }
    desk
}

fn ids(list: &[Value]) -> BTreeSet<String> {
    list.iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_stays_and_nothing_happens_twice() {
    // The acquirer's notifications go to the one that lives.
    let lives = Program::start().await;
    let dies = lives.beside().await;
    let shop = Arc::new(Shop {
        urls: [dies.address, lives.address].map(|address| format!("http://{address}")),
        secret_key: lives.secret_key.clone(),
        http: reqwest::Client::new(),
        broken: AtomicUsize::new(0),
    });
    let sandbox = &lives.sandbox;
    let shop = &shop;

    let mut bought =
        join_all((0..BUYERS).map(|buyer| async move { buy(shop, sandbox, buyer % 2).await })).await;
    let closing = Arc::new(AtomicBool::new(false));
    let clerks: Vec<_> = bought[..CLERKS]
        .iter()
        .map(|paid| {
            let shop = Arc::clone(shop);
            tokio::spawn(clerk(shop, paid.payment.clone(), Arc::clone(&closing)))
        })
        .collect();
    let faults = json!({"answer": "hold", "notifications": "drop"});
    sandbox
        .app()
        .set_faults(serde_json::from_value(faults).unwrap());
    let buying =
        join_all((0..BUYERS).map(|buyer| async move { buy(shop, sandbox, buyer % 2).await }));
    let killing = async {
        until(
            "everybody's card is charged and no one knows it",
            || async { charges(sandbox).len() == 2 * BUYERS },
        )
        .await;
        drop(dies);
        lives.clear_faults();
    };
    let (second, ()) = tokio::join!(buying, killing);
    bought.extend(second);
    let third =
        join_all((0..BUYERS).map(|buyer| async move { buy(shop, sandbox, buyer % 2).await }));
    bought.extend(third.await);
    closing.store(true, Ordering::SeqCst);
    let mut desk = Desk::default();
    for clerk in clerks {
        let one = clerk.await.unwrap();
        desk.sessions.extend(one.sessions);
        desk.refunds.extend(one.refunds);
    }

    let broken = shop.broken.load(Ordering::SeqCst);
    assert!(broken >= BUYERS, "{broken} connections broke");
    let charged = charges(sandbox);
    assert_eq!(charged.len(), 3 * BUYERS, "each purchase is one charge");
    for session in &bought {
        let path = format!("/v1/payments/{}", session.payment);
        let payment = shop.get(&path).await;
        let status = payment["status"].as_str();
        assert!(
            matches!(status, Some("succeeded" | "partially_refunded")),
            "{payment}"
        );
    }
    let mut answered: BTreeSet<String> = bought.into_iter().map(|session| session.id).collect();
    answered.extend(desk.sessions.values().cloned());
    assert_eq!(answered.len(), 3 * BUYERS + desk.sessions.len());
    assert_eq!(ids(&shop.all("/v1/payment_sessions").await), answered);
    assert_eq!(
        ids(&shop.all("/v1/refunds").await),
        desk.refunds.values().cloned().collect()
    );
    for (key, id) in desk.sessions.iter().take(50) {
        assert_eq!(shop.session(1, key).await["id"], **id, "the answer is kept");
    }
    let ledger = serde_json::to_value(sandbox.app().ledger()).unwrap();
    let given_back: Vec<&str> = ledger
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|charge| charge["refunds"].as_array().unwrap())
        .map(|refund| refund["reference"].as_str().unwrap())
        .collect();
    let different: BTreeSet<&str> = given_back.iter().copied().collect();
    assert_eq!(
        different.len(),
        given_back.len(),
        "no refund went out twice"
    );
    let known: BTreeSet<&str> = desk.refunds.values().map(String::as_str).collect();
    assert!(
        different.is_subset(&known),
        "{different:?} are not all in {known:?}"
    );
    println!(
        "{} sessions, {} refunds, {broken} broken connections",
        answered.len(),
        desk.refunds.len()
    );
}
