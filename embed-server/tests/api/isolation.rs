//! Another merchant's things, and the other mode's, do not exist: on every route that takes an id.

use embed_server::operations::fan_out_events::fan_out_events;
use serde_json::{Value, json};

use crate::support::{ORIGIN, TestServer, send};

/// One thing of each kind, of `server`'s merchant in test mode.
struct Things {
    payment: String,
    session: String,
    refund: String,
    customer: String,
    method: String,
    key: String,
    endpoint: String,
    delivery: String,
    event: String,
}

async fn things(server: &TestServer) -> Things {
    let paid = server.paid_with("4242424242424242").await;
    let refund = json!({"payment": paid.payment, "amount": 1});
    let refund = server
        .post("/v1/refunds", &server.secret_key, &refund)
        .await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;
    let keys = server.get("/v1/api_keys", &server.secret_key).await;
    let endpoint = json!({"url": "https://shop.is/hook", "enabled_events": ["*"]});
    let endpoint = server
        .post("/v1/webhook_endpoints", &server.secret_key, &endpoint)
        .await;
    server.customer().await;
    fan_out_events(server.app()).await.unwrap();
    let deliveries = format!(
        "/v1/webhook_endpoints/{}/deliveries",
        endpoint.body["id"].as_str().unwrap()
    );
    let deliveries = server.get(&deliveries, &server.secret_key).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Things {
        payment: paid.payment,
        session: paid.id,
        refund: text(&refund.body["id"]),
        customer,
        method,
        key: text(&keys.body["data"][0]["id"]),
        endpoint: text(&endpoint.body["id"]),
        delivery: text(&deliveries.body["data"][0]["id"]),
        event: text(&deliveries.body["data"][0]["event"]),
    }
}

/// Every route and field that takes an id, with the thing that it names.
fn requests(of: &Things) -> Vec<Asked> {
    let Things {
        payment,
        session,
        refund,
        customer,
        method,
        key,
        ..
    } = of;
    [
        by_path(payment, session, refund, customer),
        by_path_of_cards_and_keys(method, key),
        by_path_of_webhooks(of),
        by_field(payment, customer, method),
        by_cursor(of),
    ]
    .concat()
}

type Asked = (&'static str, String, Value);

fn asked(method: &'static str, path: String, body: Value) -> Asked {
    (method, path, body)
}

fn by_path(payment: &str, session: &str, refund: &str, customer: &str) -> Vec<Asked> {
    vec![
        asked("GET", format!("/v1/payments/{payment}"), Value::Null),
        asked(
            "PATCH",
            format!("/v1/payments/{payment}"),
            json!({"description": "x"}),
        ),
        asked(
            "POST",
            format!("/v1/payments/{payment}"),
            json!({"description": "x"}),
        ),
        asked(
            "GET",
            format!("/v1/payment_sessions/{session}"),
            Value::Null,
        ),
        asked("GET", format!("/v1/refunds/{refund}"), Value::Null),
        asked("GET", format!("/v1/customers/{customer}"), Value::Null),
        asked(
            "PATCH",
            format!("/v1/customers/{customer}"),
            json!({"name": "x"}),
        ),
        asked(
            "POST",
            format!("/v1/customers/{customer}"),
            json!({"name": "x"}),
        ),
    ]
}

fn by_path_of_cards_and_keys(method: &str, key: &str) -> Vec<Asked> {
    vec![
        asked("GET", format!("/v1/payment_methods/{method}"), Value::Null),
        asked(
            "DELETE",
            format!("/v1/payment_methods/{method}"),
            Value::Null,
        ),
        asked(
            "POST",
            format!("/v1/payment_methods/{method}/set_default"),
            json!({}),
        ),
        asked("GET", format!("/v1/api_keys/{key}"), Value::Null),
        asked(
            "PATCH",
            format!("/v1/api_keys/{key}"),
            json!({"label": "x"}),
        ),
        asked("POST", format!("/v1/api_keys/{key}"), json!({"label": "x"})),
        asked("POST", format!("/v1/api_keys/{key}/rotate"), json!({})),
        asked("DELETE", format!("/v1/api_keys/{key}"), Value::Null),
    ]
}

fn by_path_of_webhooks(of: &Things) -> Vec<Asked> {
    let (delivery, event) = (&of.delivery, &of.event);
    let endpoint = format!("/v1/webhook_endpoints/{}", of.endpoint);
    let deliveries = format!("{endpoint}/deliveries");
    vec![
        asked("GET", endpoint.clone(), Value::Null),
        asked("PATCH", endpoint.clone(), json!({"enabled": false})),
        asked("POST", endpoint.clone(), json!({"enabled": false})),
        asked("DELETE", endpoint.clone(), Value::Null),
        asked("POST", format!("{endpoint}/rotate_secret"), json!({})),
        asked("POST", format!("{endpoint}/test"), json!({})),
        asked("GET", deliveries.clone(), Value::Null),
        asked("POST", format!("{deliveries}/{delivery}/retry"), json!({})),
        asked("GET", format!("/v1/events/{event}"), Value::Null),
    ]
}

fn by_field(payment: &str, customer: &str, method: &str) -> Vec<Asked> {
    let embedded = |field: &str, id: &str| {
        let mut body = json!({"mode": "embedded", "origin": ORIGIN, field: id});
        if field != "payment" {
            body["amount"] = json!(1);
        }
        asked("POST", "/v1/payment_sessions".to_owned(), body)
    };
    let charge = |body: Value| asked("POST", "/v1/payments".to_owned(), body);
    let list = |path: String| asked("GET", path, Value::Null);
    vec![
        asked(
            "POST",
            "/v1/refunds".to_owned(),
            json!({"payment": payment}),
        ),
        charge(json!({"amount": 1, "customer": customer})),
        charge(json!({"amount": 1, "payment_method": method})),
        list(format!("/v1/payments?customer={customer}")),
        list(format!("/v1/payment_methods?customer={customer}")),
        list(format!("/v1/refunds?payment={payment}")),
        list(format!("/v1/payment_sessions?payment={payment}")),
        embedded("payment", payment),
        embedded("customer", customer),
    ]
}

fn by_cursor(of: &Things) -> Vec<Asked> {
    let lists = [
        ("payments", &of.payment),
        ("payment_sessions", &of.session),
        ("refunds", &of.refund),
        ("customers", &of.customer),
        ("payment_methods", &of.method),
        ("api_keys", &of.key),
        ("webhook_endpoints", &of.endpoint),
        ("events", &of.event),
    ];
    ["starting_after", "ending_before"]
        .into_iter()
        .flat_map(|cursor| {
            lists.map(|(list, id)| asked("GET", format!("/v1/{list}?{cursor}={id}"), Value::Null))
        })
        .collect()
}

async fn see_nothing(server: &TestServer, of: &Things, key: &str) {
    for (method, path, body) in requests(of) {
        let request = server.request(method, &path).bearer_auth(key);
        let answer = send(if body.is_null() {
            request
        } else {
            request.json(&body)
        })
        .await;
        assert_eq!(
            (answer.status, answer.code()),
            (404, "resource_not_found"),
            "{method} {path}: {}",
            answer.body
        );
    }
    for list in [
        "payments",
        "payment_sessions",
        "refunds",
        "customers",
        "payment_methods",
        "webhook_endpoints",
        "events",
    ] {
        let answer = server.get(&format!("/v1/{list}"), key).await;
        assert_eq!(
            answer.body,
            json!({"data": [], "has_more": false}),
            "{list}"
        );
    }
}

#[tokio::test]
async fn another_merchant_sees_nothing_on_any_route() {
    let server = TestServer::start().await;
    let things = things(&server).await;
    let (_, stranger, _) = server.other_merchant().await;

    see_nothing(&server, &things, &stranger).await;

    let payment = server
        .get(
            &format!("/v1/payments/{}", things.payment),
            &server.secret_key,
        )
        .await;
    assert_eq!(
        payment.body["description"],
        Value::Null,
        "and changes nothing"
    );
    assert_eq!(
        server
            .get("/v1/merchants/current", &server.secret_key)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_other_mode_sees_nothing_on_any_route() {
    let server = TestServer::start().await;
    let things = things(&server).await;
    let live = server.live_key().await;

    // Live sessions need an https origin: what the test mode's shop would be refused for is not what is asked here.
    let things_of_live = requests(&things);
    assert!(things_of_live.len() > 30, "every route is there");
    for (method, path, mut body) in things_of_live {
        if body.get("origin").is_some() {
            body["origin"] = json!("https://shop.example");
        }
        let request = server.request(method, &path).bearer_auth(&live);
        let answer = send(if body.is_null() {
            request
        } else {
            request.json(&body)
        })
        .await;
        assert_eq!(
            (answer.status, answer.code()),
            (404, "resource_not_found"),
            "{method} {path}: {}",
            answer.body
        );
    }
}

/// A new route with an id must be walked, too.
#[test]
fn every_route_with_an_id_is_walked() {
    let table = include_str!("../../src/http/mod.rs");
    let of = Things {
        payment: "{id}".to_owned(),
        session: "{id}".to_owned(),
        refund: "{id}".to_owned(),
        customer: "{id}".to_owned(),
        method: "{id}".to_owned(),
        key: "{id}".to_owned(),
        endpoint: "{id}".to_owned(),
        delivery: "{delivery}".to_owned(),
        event: "{id}".to_owned(),
    };
    let walked: Vec<String> = requests(&of).into_iter().map(|(_, path, _)| path).collect();
    let mut routes = 0;
    for route in table
        .split('"')
        .filter(|text| text.starts_with("/v1/") && text.contains("{id}"))
    {
        routes += 1;
        assert!(
            walked.iter().any(|path| path == route),
            "{route} is not walked"
        );
    }
    assert!(
        routes >= 8,
        "the table of URLs has {routes} routes with an id"
    );
}
