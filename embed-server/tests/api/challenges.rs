//! 3-D Secure by redirect: the start page, the bank, the way back.

use checkout_protocol::crockford;
use serde_json::{Value, json};

use crate::support::{Answer, ORIGIN, Session, TestServer, press, send, until};

const CHALLENGED: &str = "4000002500003155";

pub struct Challenged {
    pub session: Session,
    press: String,
    pub id: String,
}

pub async fn challenged(server: &TestServer, session: Session) -> Challenged {
    let press = press();
    let answer = server.confirm(&session, &press, CHALLENGED).await;
    assert_eq!(answer.body["status"], "requires_action", "{}", answer.body);
    let id = answer.body["challenge"]["id"].as_str().unwrap().to_owned();
    Challenged { session, press, id }
}

impl Challenged {
    async fn surface(&self, server: &TestServer, body: Value) -> Answer {
        let path = format!(
            "/public/payment_sessions/{}/challenges/{}/surface",
            self.session.id, self.id
        );
        server.post(&path, &self.session.client_secret, &body).await
    }

    async fn claim(&self, server: &TestServer, nonce: &str) -> Answer {
        let path = format!("/3ds/{}/claim", self.id);
        send(server.request("POST", &path).json(&json!({"nonce": nonce}))).await
    }

    async fn cancel(&self, server: &TestServer) -> Answer {
        let path = format!("/public/payment_sessions/{}/cancel", self.session.id);
        server
            .post(
                &path,
                &self.session.client_secret,
                &json!({"attempt_id": self.press}),
            )
            .await
    }

    /// Announces a surface, claims it and passes the bank with a code; returns where the bank sends the payer.
    pub async fn through_the_bank(&self, server: &TestServer, surface: &str, code: &str) -> String {
        let nonce = crockford::encode_u128(1);
        let announced = self
            .surface(server, json!({"surface": surface, "nonce": nonce}))
            .await;
        assert_eq!(announced.status, 200, "{}", announced.body);
        let visit = self.claim(server, &nonce).await;
        assert_eq!(visit.status, 200, "{}", visit.body);
        at_the_bank(visit.body["url"].as_str().unwrap(), code).await
    }
}

pub async fn at_the_bank(url: &str, code: &str) -> String {
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let form = if code == "cancel" {
        [("action", "cancel")]
    } else {
        [("code", code)]
    };
    let answer = http.post(url).form(&form).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 303);
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    // Browsers know the checkout by its name; this client knows it by its port.
    location.replace("http://checkout.localhost:4101", "")
}

pub async fn back(server: &TestServer, path: &str) -> Answer {
    send(server.request("GET", path)).await
}

#[tokio::test]
async fn a_passed_challenge_pays() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    assert_eq!(server.charges(), [], "nothing is charged before the bank");

    let way_back = challenged.through_the_bank(&server, "popup", "1234").await;
    let page = back(&server, &way_back).await;

    assert_eq!(page.status, 200);
    assert!(page.body.as_str().unwrap().contains("close()"));
    assert_eq!(server.session_status(&challenged.session).await, "complete");
    assert_eq!(server.charges(), [(1990, "charged".to_owned())]);
}

#[tokio::test]
async fn a_failed_challenge_lets_the_payer_try_again() {
    let server = TestServer::start().await;
    let mut session = server.session().await;

    for (code, expected) in [
        ("1111", "authentication_failed"),
        ("2222", "authentication_rejected"),
        ("3333", "authentication_unavailable"),
        ("cancel", "authentication_cancelled"),
    ] {
        let challenged = challenged(&server, session).await;
        let way_back = challenged.through_the_bank(&server, "popup", code).await;
        back(&server, &way_back).await;
        let attempt = &server.view(&challenged.session).await["last_attempt"];
        assert_eq!(
            (&attempt["status"], &attempt["code"]),
            (&json!("failed"), &json!(expected)),
            "{code}"
        );
        session = challenged.session;
    }
    assert_eq!(server.charges(), []);
    let paid = server.confirm(&session, &press(), "4242424242424242").await;

    assert_eq!(paid.body["status"], "succeeded");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_return_that_comes_five_times_at_once_charges_once() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    let way_back = challenged.through_the_bank(&server, "popup", "1234").await;

    let returns: Vec<_> = (0..5)
        .map(|_| tokio::spawn(send(server.request("GET", &way_back))))
        .collect();
    for page in returns {
        assert_eq!(page.await.unwrap().status, 200);
    }

    assert_eq!(server.session_status(&challenged.session).await, "complete");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_forged_result_changes_nothing_and_the_real_one_still_pays() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    let way_back = challenged.through_the_bank(&server, "popup", "1234").await;

    for forged in ["Y", "{}", "%00", "authorised"] {
        back(
            &server,
            &format!("/3ds/{}/return?redirectResult={forged}", challenged.id),
        )
        .await;
    }
    let view = server.view(&challenged.session).await;
    assert_eq!(view["last_attempt"]["status"], "requires_action");
    assert_eq!(server.charges(), []);
    back(&server, &way_back).await;

    assert_eq!(server.session_status(&challenged.session).await, "complete");
}

#[tokio::test]
async fn a_result_of_another_payment_pays_nothing_here_and_the_right_one_still_does() {
    let server = TestServer::start().await;
    let cheap = challenged(&server, server.session_with(json!({"amount": 1})).await).await;
    let dear = challenged(
        &server,
        server.session_with(json!({"amount": 90_000})).await,
    )
    .await;
    let cheap_way_back = cheap.through_the_bank(&server, "popup", "1234").await;
    let dear_way_back = dear.through_the_bank(&server, "popup", "1234").await;
    let result = cheap_way_back.split_once("redirectResult=").unwrap().1;

    back(
        &server,
        &format!("/3ds/{}/return?redirectResult={result}", dear.id),
    )
    .await;
    assert_eq!(server.session_status(&dear.session).await, "open");
    assert_eq!(
        server.view(&dear.session).await["last_attempt"]["status"],
        "requires_action"
    );
    back(&server, &dear_way_back).await;

    assert_eq!(server.session_status(&dear.session).await, "complete");
}

#[tokio::test]
async fn a_forged_result_that_comes_at_the_same_time_does_not_swallow_the_real_one() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    let way_back = challenged.through_the_bank(&server, "popup", "1234").await;
    let forged = format!("/3ds/{}/return?redirectResult=forged", challenged.id);

    let returns: Vec<_> = [&forged, &way_back, &forged]
        .into_iter()
        .map(|path| tokio::spawn(send(server.request("GET", path))))
        .collect();
    for page in returns {
        assert_eq!(page.await.unwrap().status, 200);
    }

    assert_eq!(server.session_status(&challenged.session).await, "complete");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_redirected_payer_comes_back_to_the_return_url_with_the_session() {
    let server = TestServer::start().await;
    let return_url = format!("{ORIGIN}/orders/1?lang=is");
    let session = server.session_with(json!({"return_url": return_url})).await;
    let challenged = challenged(&server, session).await;

    let way_back = challenged
        .through_the_bank(&server, "redirect", "1111")
        .await;
    let answer = back(&server, &way_back).await;

    let id = &challenged.session.id;
    assert_eq!(answer.status, 303);
    let location = answer.header("location").unwrap();
    let (place, token) = location.split_once("&borga_resume=").unwrap();
    assert_eq!(
        place,
        format!("{ORIGIN}/orders/1?lang=is&session={id}&session_id={id}")
    );
    assert!(token.starts_with("rsm_"), "{location}");
}

#[tokio::test]
async fn without_a_return_url_the_payer_comes_back_to_the_page_but_never_elsewhere() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    let nonce = crockford::encode_u128(5);
    let surface = |page: &str| json!({"surface": "redirect", "nonce": nonce, "page_url": page});

    let elsewhere = challenged
        .surface(&server, surface("https://evil.example/"))
        .await;
    let own = challenged
        .surface(&server, surface(&format!("{ORIGIN}/basket#top")))
        .await;
    let visit = challenged.claim(&server, &nonce).await;
    let way_back = at_the_bank(visit.body["url"].as_str().unwrap(), "1234").await;
    let answer = back(&server, &way_back).await;

    assert_eq!(
        (elsewhere.status, elsewhere.code()),
        (400, "invalid_parameter")
    );
    assert_eq!(own.status, 200);
    assert!(
        answer
            .header("location")
            .unwrap()
            .starts_with(&format!("{ORIGIN}/basket?session="))
    );
}

#[tokio::test]
async fn a_bank_that_asks_once_more_is_met_where_the_payer_is() {
    for surface in ["popup", "inline", "redirect"] {
        let server = TestServer::start().await;
        server.faults(json!({"bank_asks": "twice"}));
        let to_orders = json!({"return_url": format!("{ORIGIN}/orders/1")});
        let challenged = challenged(&server, server.session_with(to_orders).await).await;
        let nonce = crockford::encode_u128(1);

        let first = challenged.through_the_bank(&server, surface, "1234").await;
        let goes_on = back(&server, &first).await;
        let start_page = format!("/3ds/{}?n={nonce}", challenged.id);
        assert_eq!(
            (goes_on.status, goes_on.header("location")),
            (303, Some(start_page.as_str())),
            "{surface}"
        );
        let replayed = back(&server, &first).await;
        let elsewhere = replayed.header("location").unwrap_or_default();
        assert!(!elsewhere.contains(&nonce), "{surface}: {elsewhere}");
        assert!(!replayed.body.to_string().contains(&nonce), "{surface}");
        let view = server.view(&challenged.session).await["last_attempt"].clone();
        assert_eq!(view["challenge"]["opened"], false, "may go on elsewhere");

        let visit = challenged.claim(&server, &nonce).await;
        back(&server, &first).await;
        let view = server.view(&challenged.session).await["last_attempt"].clone();
        assert_eq!(view["challenge"]["opened"], true, "{surface}: a replay");
        let second = at_the_bank(visit.body["url"].as_str().unwrap(), "1234").await;
        assert_ne!(first, second, "{surface}: another step");
        assert_eq!(server.charges(), [], "{surface}: not before the last step");
        let page = back(&server, &second).await;

        let to_page = page.header("location").unwrap_or_default().to_owned();
        assert_eq!(
            to_page.starts_with(&format!("{ORIGIN}/orders/1")),
            surface == "redirect"
        );
        assert_eq!(server.session_status(&challenged.session).await, "complete");
        assert_eq!(server.charges().len(), 1, "{surface}");
    }
}

#[tokio::test]
async fn only_the_newest_opening_reaches_the_bank() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    let (older, newer) = (crockford::encode_u128(1), crockford::encode_u128(2));
    challenged
        .surface(&server, json!({"surface": "popup", "nonce": older}))
        .await;
    challenged
        .surface(&server, json!({"surface": "redirect", "nonce": newer}))
        .await;

    let (late, first) = tokio::join!(
        challenged.claim(&server, &older),
        challenged.claim(&server, &newer)
    );
    let again = challenged.claim(&server, &newer).await;
    let third = challenged
        .surface(
            &server,
            json!({"surface": "popup", "nonce": crockford::encode_u128(3)}),
        )
        .await;

    assert_eq!(first.status, 200);
    assert_eq!(
        again.body, first.body,
        "the same opening, whose answer may have been lost"
    );
    for refused in [&late, &third] {
        assert_eq!((refused.status, refused.code()), (409, "challenge_moved"));
    }
    assert_eq!(
        server.view(&challenged.session).await["last_attempt"]["challenge"]["opened"],
        true
    );
}

#[tokio::test]
async fn a_start_page_that_is_ahead_of_its_frame_waits_for_it() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    let nonce = crockford::encode_u128(9);
    let path = format!("/3ds/{}/claim", challenged.id);
    let early = tokio::spawn(send(
        server.request("POST", &path).json(&json!({"nonce": nonce})),
    ));

    challenged
        .surface(&server, json!({"surface": "popup", "nonce": nonce}))
        .await;

    assert_eq!(early.await.unwrap().status, 200);
}

#[tokio::test]
async fn a_surface_of_another_sessions_challenge_is_refused() {
    let server = TestServer::start().await;
    let ours = challenged(&server, server.session().await).await;
    let other = server.session().await;
    let path = format!(
        "/public/payment_sessions/{}/challenges/{}/surface",
        other.id, ours.id
    );

    let body = json!({"surface": "popup", "nonce": crockford::encode_u128(1)});
    let answer = server.post(&path, &other.client_secret, &body).await;

    assert_eq!((answer.status, answer.code()), (404, "challenge_not_found"));
}

#[tokio::test]
async fn a_payer_who_leaves_the_challenge_is_not_charged_by_its_late_result() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    let way_back = challenged.through_the_bank(&server, "popup", "1234").await;

    assert_eq!(challenged.cancel(&server).await.status, 200);
    assert_eq!(
        challenged.cancel(&server).await.status,
        200,
        "twice is once"
    );
    back(&server, &way_back).await;

    assert_eq!(server.charges(), []);
    assert_eq!(server.session_status(&challenged.session).await, "open");
    let paid = server
        .confirm(&challenged.session, &press(), "4242424242424242")
        .await;
    assert_eq!(paid.body["status"], "succeeded");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn it_is_too_late_to_leave_what_is_paid() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let press = press();
    server.confirm(&session, &press, "4242424242424242").await;

    let path = format!("/public/payment_sessions/{}/cancel", session.id);
    let answer = server
        .post(&path, &session.client_secret, &json!({"attempt_id": press}))
        .await;

    assert_eq!((answer.status, answer.code()), (409, "too_late"));
    assert_eq!(server.session_status(&session).await, "complete");
}

#[tokio::test]
async fn a_details_answer_that_got_lost_settles_by_the_notification() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    let way_back = challenged.through_the_bank(&server, "popup", "1234").await;
    server.faults(json!({"answer": "drop_after_charge", "notifications": "hold"}));

    back(&server, &way_back).await;
    assert_eq!(
        server.view(&challenged.session).await["last_attempt"]["status"],
        "processing"
    );
    server.faults(json!({}));

    until("the notification arrives", || async {
        server.session_status(&challenged.session).await == "complete"
    })
    .await;
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn the_pages_around_the_bank_carry_no_coop_and_stand_in_no_frame_but_the_merchants_that_asked()
 {
    let server = TestServer::start().await;
    for (surface, embedding) in [
        ("popup", "'none'".to_owned()),
        ("redirect", "'none'".to_owned()),
        ("inline", format!("'self' {ORIGIN}")),
    ] {
        let challenged = challenged(&server, server.session().await).await;
        let nonce = crockford::encode_u128(1);
        let announced = challenged
            .surface(&server, json!({"surface": surface, "nonce": nonce}))
            .await;
        assert_eq!(announced.status, 200, "{}", announced.body);

        let start = back(&server, &format!("/3ds/{}?n={nonce}", challenged.id)).await;
        let done = back(&server, &format!("/3ds/{}/return", challenged.id)).await;

        for page in [&start, &done] {
            // A redirect that knows no way back ends on a page of ours too.
            assert_eq!(page.status, 200, "{surface}");
            assert_eq!(page.header("cross-origin-opener-policy"), None);
            let policy = page.header("content-security-policy").unwrap();
            let expected = format!("frame-ancestors {embedding}");
            assert!(policy.ends_with(&expected), "{surface}: {policy}");
            assert!(policy.contains("default-src 'none'"), "{policy}");
            assert_eq!(page.header("cache-control"), Some("no-store"));
        }
        assert!(
            !start.body.to_string().contains("/acs/"),
            "a GET only renders"
        );
    }
}
