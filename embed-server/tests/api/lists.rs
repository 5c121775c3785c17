//! Pages in both directions, filters, and what is expanded within them.

use serde_json::{Value, json};

use crate::support::TestServer;

async fn page(server: &TestServer, query: &str) -> (Vec<String>, bool) {
    let answer = server
        .get(&format!("/v1/payments?{query}"), &server.secret_key)
        .await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    let ids = answer.body["data"].as_array().unwrap().iter();
    let ids = ids
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect();
    (ids, answer.body["has_more"].as_bool().unwrap())
}

async fn payments(server: &TestServer, count: usize) -> Vec<String> {
    let mut made = Vec::new();
    for number in 0..count {
        let body = json!({"amount": 100, "external_reference": format!("order_{}", number % 2)});
        let answer = server.post("/v1/payments", &server.secret_key, &body).await;
        made.push(answer.body["id"].as_str().unwrap().to_owned());
    }
    made.reverse();
    made
}

#[tokio::test]
async fn pages_go_from_the_newest_to_the_oldest_and_back() {
    let server = TestServer::start().await;
    let newest_first = payments(&server, 7).await;

    let (first, more) = page(&server, "limit=3").await;
    assert_eq!((&first[..], more), (&newest_first[..3], true));
    let (second, more) = page(&server, &format!("limit=3&starting_after={}", first[2])).await;
    assert_eq!((&second[..], more), (&newest_first[3..6], true));
    let (third, more) = page(&server, &format!("limit=3&starting_after={}", second[2])).await;
    assert_eq!((&third[..], more), (&newest_first[6..], false));
    let (back, more) = page(&server, &format!("limit=3&ending_before={}", third[0])).await;
    assert_eq!((&back[..], more), (&newest_first[3..6], true));
    let (back, more) = page(&server, &format!("limit=3&ending_before={}", back[0])).await;
    assert_eq!((&back[..], more), (&newest_first[..3], false));
    let (none, more) = page(&server, &format!("ending_before={}", newest_first[0])).await;
    assert_eq!((none, more), (vec![], false));
}

#[tokio::test]
async fn a_page_that_is_exactly_full_has_no_more() {
    let server = TestServer::start().await;
    let all = payments(&server, 4).await;
    assert_eq!(page(&server, "limit=4").await, (all.clone(), false));
    assert_eq!(page(&server, "limit=3").await, (all[..3].to_vec(), true));
    assert_eq!(page(&server, "").await, (all, false));
}

#[tokio::test]
async fn payments_are_found_by_reference_customer_and_status() {
    let server = TestServer::start().await;
    let all = payments(&server, 4).await;
    let (odd, _) = page(&server, "external_reference=order_1").await;
    assert_eq!(odd, [all[0].clone(), all[2].clone()]);
    let (next, more) = page(
        &server,
        &format!(
            "external_reference=order_1&limit=1&starting_after={}",
            odd[0]
        ),
    )
    .await;
    assert_eq!((next, more), (vec![odd[1].clone()], false));

    let paid = server.paid_with("4242424242424242").await.payment;
    assert_eq!(page(&server, "status=succeeded").await.0, [paid]);
    assert_eq!(page(&server, "status=created").await.0, all);
    assert_eq!(
        page(&server, "status=pending").await.0,
        all,
        "as some documents call it"
    );

    let customer = server.customer().await;
    let body = json!({"amount": 5, "customer": customer});
    let theirs = server.post("/v1/payments", &server.secret_key, &body).await;
    assert_eq!(
        page(&server, &format!("customer={customer}")).await.0,
        [theirs.body["id"].as_str().unwrap()]
    );
}

#[tokio::test]
async fn wrong_queries_are_refused_by_name() {
    let server = TestServer::start().await;
    let ghost = "pay_01hx9z3k2mfq7nbvd4cw8ej5rt";
    for (query, status, code, param) in [
        ("limit=0", 400, "invalid_parameter", "limit"),
        ("limit=101", 400, "invalid_parameter", "limit"),
        ("limit=ten", 400, "invalid_parameter", "limit"),
        ("limit=1&limit=2", 400, "invalid_parameter", "limit"),
        (
            "starting_after=cus_1",
            400,
            "invalid_parameter",
            "starting_after",
        ),
        ("status=paid", 400, "invalid_parameter", "status"),
        ("page=2", 400, "unknown_parameter", "page"),
        ("expand[]=amount", 400, "invalid_parameter", "expand[]"),
        (
            &format!("starting_after={ghost}"),
            404,
            "resource_not_found",
            "starting_after",
        ),
        (
            &format!("ending_before={ghost}"),
            404,
            "resource_not_found",
            "ending_before",
        ),
        (
            &format!("starting_after={ghost}&ending_before={ghost}"),
            400,
            "invalid_parameter",
            "ending_before",
        ),
        (
            "customer=cus_01hx9z3k2mfq7nbvd4cw8ej5rt",
            404,
            "resource_not_found",
            "customer",
        ),
    ] {
        let answer = server
            .get(&format!("/v1/payments?{query}"), &server.secret_key)
            .await;
        assert_eq!(
            (answer.status, answer.code()),
            (status, code),
            "{query}: {}",
            answer.body
        );
        assert_eq!(
            answer.body["error"]["param"].as_str().unwrap_or(""),
            param,
            "{query}"
        );
    }
}

#[tokio::test]
async fn ids_are_expanded_also_within_what_was_expanded() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;
    let session = server.session_with(json!({"customer": customer})).await;
    let path = format!("/v1/payment_sessions/{}", session.id);

    let query = "expand[]=customer.default_payment_method&expand[]=payment.session.customer";
    let answer = server
        .get(&format!("{path}?{query}"), &server.secret_key)
        .await;

    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["customer"]["id"], customer.as_str());
    assert_eq!(
        answer.body["customer"]["default_payment_method"]["id"],
        method.as_str()
    );
    assert_eq!(answer.body["payment"]["id"], session.payment.as_str());
    assert_eq!(answer.body["payment"]["session"]["id"], session.id.as_str());
    assert_eq!(
        answer.body["payment"]["session"]["customer"]["email"],
        "payer@shop.example"
    );
    assert_eq!(
        answer.body["payment"]["session"]["client_secret"],
        Value::Null
    );
    assert!(
        answer.body["client_secret"].is_string(),
        "the session's own answer has it"
    );

    let list = server
        .get("/v1/payments?expand[]=session&limit=1", &server.secret_key)
        .await;
    assert_eq!(list.body["data"][0]["session"]["id"], session.id.as_str());
    assert_eq!(
        list.body["data"][0]["session"]["client_secret"],
        Value::Null
    );
    let data = server
        .get(
            "/v1/payments?expand[]=data.customer&limit=1",
            &server.secret_key,
        )
        .await;
    assert_eq!(data.body["data"][0]["customer"]["id"], customer.as_str());

    for wrong in ["amount", "customer.name", "payment.refund", "a.b.c.d.e"] {
        let answer = server
            .get(&format!("{path}?expand[]={wrong}"), &server.secret_key)
            .await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "invalid_parameter"),
            "{wrong}"
        );
    }
}
