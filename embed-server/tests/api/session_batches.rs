//! Sessions of the same moment are written together, and nobody can tell.

use checkout_protocol::id::SessionId;
use checkout_protocol::timestamp::Timestamp;
use embed_server::clock::{Clock as _, SystemClock};
use embed_server::domain::payment::Payment;
use embed_server::domain::payment_session::PaymentSession;
use embed_server::entropy::Entropy;
use embed_server::operations::reply::SECRET;
use embed_server::session_writer::SessionWriter;
use embed_server::store::idempotency_keys::{self, Claim};
use embed_server::store::session_batch::{self, Answered, NewRows};
use embed_server::store::{Store, payment_sessions, payments};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{ORIGIN, TestServer};

/// The rows of a session that the API made, to be written again under other ids.
async fn rows(server: &TestServer, store: &Store, wanted: Value) -> NewRows {
    let id = server.session_with(wanted).await.id;
    let id: SessionId = id.parse().unwrap();
    let mut tx = store.read().await.unwrap();
    let session = payment_sessions::find_public(&mut tx, id).await;
    let session = session.unwrap().unwrap();
    let (merchant, mode) = (session.merchant_id, session.mode);
    let payment = payments::find(&mut tx, merchant, mode, session.payment_id).await;
    NewRows {
        answered: None,
        payment: payment.unwrap().unwrap(),
        session,
    }
}

fn renewed(rows: &NewRows, key: Option<&str>) -> NewRows {
    let entropy = Entropy::default();
    let mut rows = rows.clone();
    rows.payment.id = entropy.id(SystemClock.now());
    rows.session.id = entropy.id(SystemClock.now());
    rows.payment.session = Some(rows.session.id);
    rows.session.payment_id = rows.payment.id;
    rows.answered = key.map(|key| Answered {
        claim: Claim {
            merchant_id: rows.session.merchant_id,
            mode: rows.session.mode,
            credential: SECRET.to_owned(),
            key: key.to_owned(),
            method: "POST".to_owned(),
            path: "/v1/payment_sessions".to_owned(),
            fingerprint: "abc".to_owned(),
        },
        status: 201,
        sealed_body: format!("sealed {}", rows.session.id),
    });
    rows
}

/// What a reader finds of them.
async fn found(store: &Store, rows: &NewRows) -> (Option<Payment>, Option<PaymentSession>, String) {
    let (merchant, mode) = (rows.session.merchant_id, rows.session.mode);
    let mut tx = store.read().await.unwrap();
    let payment = payments::find(&mut tx, merchant, mode, rows.payment.id).await;
    let session = payment_sessions::find(&mut tx, merchant, mode, rows.session.id).await;
    let answered = match &rows.answered {
        Some(Answered { claim, .. }) => idempotency_keys::find(&mut tx, claim).await.unwrap(),
        None => None,
    };
    (payment.unwrap(), session.unwrap(), format!("{answered:?}"))
}

async fn insert(store: &Store, all: &[NewRows]) -> Vec<bool> {
    let mut tx = store.begin().await.unwrap();
    let written = session_batch::insert(&mut tx, all).await.unwrap();
    tx.commit().await.unwrap();
    written
}

#[tokio::test]
async fn a_batch_writes_what_is_written_one_by_one() {
    let server = TestServer::start().await;
    let store = server.sibling().await.app.store.clone();
    let customer = server.customer().await;
    let full = json!({
        "customer": customer, "save_payment_method": true, "customer_email": "þóra@shop.example",
        "customer_kennitala": "0101302989", "locale": "is", "description": "\"Two\" tickets\n\\ 🎟 it's",
        "external_reference": "order_1", "metadata": {"order_id": "1", "þ": "'; DROP TABLE payments; --"},
        "return_url": format!("{ORIGIN}/orders/1"), "cancel_url": format!("{ORIGIN}/cart"),
    });
    for body in [json!({}), full] {
        let like = rows(&server, &store, body.clone()).await;
        let (alone, together) = (
            renewed(&like, Some("alone")),
            renewed(&like, Some("together")),
        );
        let (alone, together) = match body.get("customer") {
            Some(_) => (alone, together),
            None => (renewed(&like, None), renewed(&like, None)),
        };
        let mut tx = store.begin().await.unwrap();
        if let Some(Answered {
            claim,
            status,
            sealed_body,
        }) = &alone.answered
        {
            let at = alone.session.created_at;
            idempotency_keys::take(&mut tx, claim, *status, sealed_body, None, at)
                .await
                .unwrap();
        }
        payments::insert(&mut tx, &alone.payment).await.unwrap();
        payment_sessions::insert(&mut tx, &alone.session)
            .await
            .unwrap();
        tx.commit().await.unwrap();

        assert_eq!(
            insert(&store, std::slice::from_ref(&together)).await,
            [true]
        );

        let expected = found(&store, &alone).await;
        let (payment, session, answered) = found(&store, &together).await;
        assert_eq!(session.as_ref(), Some(&together.session));
        assert_eq!(payment.as_ref(), Some(&together.payment));
        let its = |rows: &NewRows| format!("sealed {}", rows.session.id);
        assert_eq!(answered.replace(&its(&together), &its(&alone)), expected.2);
        assert_eq!(answered == "None", together.answered.is_none());
        // Columns that nothing reads back yet would show here: both are forgotten at the same age.
        assert_eq!(expected.1.unwrap(), alone.session);
    }
    let mut tx = store.begin().await.unwrap();
    let old = Timestamp(server.clock.now().0 + 1);
    assert_eq!(idempotency_keys::forget(&mut tx, old).await.unwrap(), 2);
}

#[tokio::test]
async fn a_taken_claim_stops_its_own_session_and_no_other() {
    let server = TestServer::start().await;
    let store = server.sibling().await.app.store.clone();
    let like = rows(&server, &store, json!({})).await;
    let first = renewed(&like, Some("k1"));
    assert_eq!(insert(&store, std::slice::from_ref(&first)).await, [true]);

    let all = [Some("k1"), Some("k2"), None, Some("k2"), None].map(|key| renewed(&like, key));
    let written = insert(&store, &all).await;

    assert_eq!(written, [false, true, true, false, true]);
    for (rows, written) in all.iter().zip(written) {
        let (payment, session, answered) = found(&store, rows).await;
        assert_eq!((payment.is_some(), session.is_some()), (written, written));
        let is_its_own = answered.contains(&rows.session.id.to_string());
        assert_eq!(is_its_own, written && rows.answered.is_some());
    }
}

#[tokio::test]
async fn a_batch_that_fails_leaves_nothing_and_the_next_one_is_written() {
    let server = TestServer::start().await;
    let store = server.sibling().await.app.store.clone();
    let like = rows(&server, &store, json!({})).await;
    let good = renewed(&like, Some("good"));
    let mut clash = renewed(&like, Some("clash"));
    clash.session.id = like.session.id;

    let mut tx = store.begin().await.unwrap();
    let failed = session_batch::insert(&mut tx, &[good.clone(), clash.clone()]).await;
    assert!(failed.unwrap_err().is_conflict());
    drop(tx);
    let (payment, session, answered) = found(&store, &good).await;
    assert_eq!((payment, session, answered.as_str()), (None, None, "None"));

    let writer = SessionWriter::start(&store);
    assert!(!writer.write(clash.clone()).await);
    assert_eq!(found(&store, &clash).await.2, "None");
    assert!(writer.write(good.clone()).await);
    assert!(found(&store, &good).await.1.is_some());
}

#[tokio::test]
async fn whoever_is_written_to_is_told_after_the_commit() {
    let server = TestServer::start().await;
    let store = server.sibling().await.app.store.clone();
    let like = rows(&server, &store, json!({})).await;
    let writer = SessionWriter::start(&store);
    let all: Vec<NewRows> = (0..40)
        .map(|number| renewed(&like, Some(&format!("k{number}"))))
        .collect();

    let writing = all.iter().cloned().map(|rows| {
        let (writer, store) = (writer.clone(), store.clone());
        tokio::spawn(async move {
            // Seen by another connection at the moment of the answer.
            (
                writer.write(rows.clone()).await,
                found(&store, &rows).await.1.is_some(),
            )
        })
    });

    for told in writing.collect::<Vec<_>>() {
        assert_eq!(told.await.unwrap(), (true, true));
    }
}

#[tokio::test]
async fn without_a_writer_the_request_is_told_so() {
    let server = TestServer::start().await;
    let other = server.sibling().await;
    let store = other.app.store.clone();
    let like = rows(&server, &store, json!({})).await;
    let writer = SessionWriter::start(&store);
    store.close().await;

    assert!(!writer.write(renewed(&like, None)).await);
}

#[tokio::test]
async fn a_repeated_session_is_answered_before_it_is_judged() {
    let server = TestServer::start().await;
    let body = json!({"mode": "embedded", "amount": 1990, "origin": ORIGIN});
    let first = server
        .post_once("/v1/payment_sessions", "order-1", &body)
        .await;
    assert_eq!(first.status, 201);

    let payment = first.body["payment"].as_str().unwrap();
    for other in [
        json!({"mode": "embedded", "amount": -1, "origin": ORIGIN}),
        json!({"mode": "embedded", "amount": 5, "origin": ORIGIN, "customer": "cus_01hx9z3k2mfq7nbvd4cw8ej5rt"}),
        json!({"mode": "embedded", "payment": payment, "origin": ORIGIN}),
        json!({"mode": "embedded", "amount": 7, "origin": ORIGIN}),
    ] {
        let again = server
            .post_once("/v1/payment_sessions", "order-1", &other)
            .await;
        assert_eq!((again.status, &again.body), (201, &first.body), "{other}");
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{other}");
    }
}

#[tokio::test]
async fn frames_that_read_at_the_same_moment_see_each_their_own_session() {
    let server = TestServer::start().await;
    let mut sessions = Vec::new();
    for number in 0..30 {
        sessions.push(server.session_with(json!({"amount": 100 + number})).await);
    }

    let views = sessions.iter().map(|session| async {
        let path = format!("/public/payment_sessions/{}", session.id);
        server.get(&path, &session.client_secret).await
    });
    let views = join_all(views).await;

    for (number, (session, view)) in sessions.iter().zip(&views).enumerate() {
        assert_eq!(view.status, 200, "{}", view.body);
        assert_eq!(view.body["id"], session.id);
        assert_eq!(view.body["amount"], 100 + number);
    }
}
