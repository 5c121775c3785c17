//! What the log may say.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use sandbox::cards::{Drill, TEST_CARDS};
use sandbox::test_card;
use tracing_subscriber::filter::LevelFilter;

use crate::shopper::{SHOPPER, kept, off_session, store_with, storing_body, token_in};
use crate::support::{API_KEY, HMAC_KEY, Scene};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn not_even_the_most_talkative_log_holds_a_card_number_or_a_key() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .init();
    let mut scene = Scene::start().await;
    for card in TEST_CARDS {
        let storing = storing_body(&scene, &test_card::card(card.number)).await;
        if let Drill::LostAfterCharge | Drill::LostBeforeCharge | Drill::TroubleOnce = card.drill {
            let lost = scene.request("/v71/payments", &storing).send().await;
            assert!(lost.is_err() || lost.is_ok_and(|answer| answer.status() == 500));
            continue;
        }
        scene.pay(card.number).await;
        let answer = store_with(&scene, &storing).await;
        if answer["resultCode"] == "Authorised" {
            scene
                .post("/v71/payments", &off_session(&token_in(&answer)))
                .await;
            let payment = answer["pspReference"].as_str().unwrap();
            scene.refund(payment, 1990).await;
        }
    }
    kept(&scene, SHOPPER).await;
    scene.pay("4111111111111111").await;
    scene.notification().await;

    let text = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();

    for event in ["payment settled", "card stored", "modification settled"] {
        assert!(text.contains(event), "the log is being read: {event}");
    }
    let numbers = TEST_CARDS.iter().map(|card| card.number);
    for secret in numbers.chain(["4111111111111111", API_KEY, HMAC_KEY]) {
        assert!(!text.contains(secret), "{secret}");
    }
}
