//! The lab's pages: what each case is served with, what the sandbox is told, and how a run is judged.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::scene::{CHECKOUT, Scene};

/// What the sandbox was last told, and its charges.
#[derive(Clone, Default)]
struct Sandbox(Arc<Mutex<(Value, Vec<Value>)>>);

impl Sandbox {
    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let set = |State(it): State<Self>, body: String| async move {
            it.told(serde_json::from_str(&body).expect("JSON"));
            Json(json!({}))
        };
        let clear = |State(it): State<Self>| async move {
            it.told(Value::Null);
            Json(json!({}))
        };
        let ledger = |State(it): State<Self>| async move { Json(it.charges()) };
        let routes = Router::new()
            .route("/faults", axum::routing::post(set).delete(clear))
            .route("/ledger", get(ledger))
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        address
    }

    fn told(&self, faults: Value) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 = faults;
    }

    fn faults(&self) -> Value {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .0
            .clone()
    }

    fn charge(&self, amount: i64) {
        let charge = json!({"amount": amount, "status": "charged"});
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .1
            .push(charge);
    }

    fn charges(&self) -> Vec<Value> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .1
            .clone()
    }
}

async fn lab() -> (Scene, Sandbox) {
    let sandbox = Sandbox::default();
    let url = sandbox.start().await;
    (Scene::with_sandbox(&url).await, sandbox)
}

/// Begins a run; gives the address of its page.
async fn begin(scene: &Scene, case: &str) -> String {
    let started = scene.post_form(&format!("/lab/{case}"), &[]).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.body);
    started.location
}

#[tokio::test]
async fn a_shop_without_a_sandbox_has_no_lab() {
    let scene = Scene::new().await;
    for path in ["/lab", "/lab/cases.json", "/lab/popup"] {
        assert_eq!(
            scene.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let started = scene.post_form("/lab/popup", &[]).await;
    assert_eq!(started.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_case_is_listed_and_has_a_page_that_says_what_to_do() {
    let (scene, _) = lab().await;
    let list = scene.get("/lab").await.body;
    let cases = scene.get("/lab/cases.json").await.json();
    let cases = cases["data"].as_array().expect("a list");
    assert_eq!(cases.len(), borga_embed_lab::all().count());
    for case in borga_embed_lab::all() {
        let address = format!("/lab/{}", case.name);
        assert!(list.contains(&format!("href=\"{address}\"")), "{address}");
        let page = scene.get(&address).await.body;
        for step in case.steps() {
            assert!(
                page.contains(&step.replace('&', "&amp;")),
                "{address}: {step}"
            );
        }
        assert!(page.contains("id=\"start\""), "{address}");
    }
    assert_eq!(
        scene.get("/lab/none-such").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_run_makes_the_sandbox_fail_and_has_an_order_of_its_own() {
    let (scene, sandbox) = lab().await;
    let first = begin(&scene, "bank-posts-twice-popup").await;
    assert_eq!(sandbox.faults(), json!({"bank": "posts_twice"}));
    let second = begin(&scene, "popup").await;
    assert_eq!(
        sandbox.faults(),
        Value::Null,
        "what failed before works again"
    );
    assert_ne!(first, second);

    let page = scene.get(&second).await;
    for part in [
        "session-id=\"ps_1\"",
        "client-secret=\"pcs_secret_1\"",
        &format!("checkout-origin=\"{CHECKOUT}\""),
        "three-ds=\"popup\"",
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    scene.get(&first).await;
    let amounts: Vec<Value> = scene
        .api
        .ledger()
        .created
        .iter()
        .map(|body| body["amount"].clone())
        .collect();
    assert_eq!(
        amounts,
        [1_002, 1_001],
        "so that the ledger can be asked for one run"
    );
}

#[tokio::test]
async fn the_page_of_an_ended_session_still_has_its_secret() {
    let (scene, _) = lab().await;
    let address = begin(&scene, "redirect").await;
    scene.get(&address).await;
    scene.api.ledger().settle("complete", "succeeded");
    let page = scene.get(&address).await;
    assert!(page.body.contains("client-secret=\"pcs_secret_1\""));
}

#[tokio::test]
async fn pages_are_served_as_their_cases_want_them() {
    let (scene, _) = lab().await;
    let page = |case: &'static str| async {
        let address = begin(&scene, case).await;
        (scene.get(&address).await, address)
    };
    let (plain, _) = page("popup").await;
    assert_eq!((plain.opener.as_str(), plain.embedder.as_str()), ("", ""));
    let (opener, _) = page("page-opener-policy-popup").await;
    assert_eq!(
        (opener.opener.as_str(), opener.embedder.as_str()),
        ("same-origin", "")
    );
    let (isolated, _) = page("page-isolated-popup").await;
    assert_eq!(
        (isolated.opener.as_str(), isolated.embedder.as_str()),
        ("same-origin", "require-corp")
    );
    let (around, address) = page("page-sandboxed-popup").await;
    assert!(
        around
            .body
            .contains("sandbox=\"allow-scripts allow-same-origin allow-forms\"")
    );
    assert!(!around.body.contains("<borga-checkout"));
    let inner = scene.get(&format!("{address}&framed=yes")).await;
    assert!(inner.body.contains("<borga-checkout"));
    assert!(
        inner.policy.contains("frame-ancestors 'self'"),
        "{}",
        inner.policy
    );
    assert!(
        plain.policy.contains("frame-ancestors 'none'"),
        "{}",
        plain.policy
    );
}

#[tokio::test]
async fn another_address_of_the_checkout_is_one_of_this_machine() {
    let (scene, _) = lab().await;
    let address = begin(&scene, "offline-while-paying").await;
    let other = "http://checkout.localhost:9";
    let page = scene.get(&format!("{address}&checkout={other}")).await;
    assert!(page.body.contains(&format!("src=\"{other}/v1/borga.js\"")));
    assert!(
        page.policy.contains(&format!("frame-src {other};")),
        "{}",
        page.policy
    );
    for other in ["https://evil.example", "http://localhost.evil.example", "x"] {
        let page = scene.get(&format!("{address}&checkout={other}")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{other}");
    }
}

#[tokio::test]
async fn a_run_is_judged_by_what_was_heard_the_order_and_the_ledger() {
    let (scene, sandbox) = lab().await;
    let address = begin(&scene, "popup").await;
    scene.get(&address).await;
    let order = address.split_once("order=").expect("an order").1;
    let judged = async |heard: Value| {
        let body = json!({"order": order, "heard": heard});
        scene.post_json("/lab/popup/verdict", &body).await.json()["passed"].clone()
    };
    assert_eq!(
        judged(json!(["borga-complete"])).await,
        false,
        "not paid yet"
    );
    scene.api.ledger().settle("complete", "succeeded");
    sandbox.charge(1_002);
    assert_eq!(
        judged(json!(["borga-complete"])).await,
        false,
        "another run's charge"
    );
    sandbox.charge(1_001);
    assert_eq!(judged(json!([])).await, false, "nobody heard of it");
    assert_eq!(judged(json!(["borga-complete"])).await, true);
    sandbox.charge(1_001);
    assert_eq!(
        judged(json!(["borga-complete"])).await,
        false,
        "charged twice"
    );
}
