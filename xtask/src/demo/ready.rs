//! What the demo prints once everything answers: a line for programs, then a page for people.
//! The line's keys are an interface; the page is not.

use std::path::Path;

use super::{merchant::Keys, ports::Ports};

/// `READY` and one JSON object, on one line.
pub fn line(ports: Ports, keys: &Keys) -> String {
    let object = serde_json::json!({
        "shop": ports.shop_origin(),
        "checkout": ports.checkout_origin(),
        "sandbox": ports.sandbox_origin(),
        "secret_key": keys.secret,
        "publishable_key": keys.publishable,
    });
    format!("READY {object}")
}

/// Where to look, what to type, how to stop.
pub fn help(ports: Ports, folder: &Path, database_url: &str) -> String {
    format!(
        "
Open       {shop}
           {shop}/lab  every way a payment can go wrong
           {sandbox}  the sandbox bank

Test cards, with any date to come and any security code:
           4242 4242 4242 4242  is paid
           4000 0025 0000 3155  asks the bank (3-D Secure)
           4000 0000 0000 0002  is declined
           4000 0000 0000 9995  has too little money
At the bank: 1234 passes, 1111 fails, 2222 is rejected, 3333 is unavailable.

Logs       {folder}
Database   {database_url}
Stop with Ctrl-C.",
        shop = ports.shop_origin(),
        sandbox = ports.sandbox_origin(),
        folder = folder.display(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> String {
        let keys = Keys {
            secret: "sk_test_a".to_owned(),
            publishable: "pk_test_b".to_owned(),
        };
        line(Ports::from_base(4100).unwrap(), &keys)
    }

    #[test]
    fn the_line_for_programs_is_one_line() {
        assert!(!ready().contains('\n'));
    }

    #[test]
    fn the_line_for_programs_carries_what_a_test_needs() {
        let object: serde_json::Value =
            serde_json::from_str(ready().strip_prefix("READY ").unwrap()).unwrap();

        assert_eq!(
            object,
            serde_json::json!({
                "shop": "http://shop.localhost:4100",
                "checkout": "http://checkout.localhost:4101",
                "sandbox": "http://bank.localhost:4102",
                "secret_key": "sk_test_a",
                "publishable_key": "pk_test_b",
            })
        );
    }

    #[test]
    fn the_page_for_people_names_the_shop_the_logs_and_the_database() {
        let ports = Ports::from_base(4100).unwrap();
        let help = help(ports, Path::new("/data"), "sqlite:///data/borga.db");

        assert!(help.contains("http://shop.localhost:4100"));
        assert!(help.contains("/data\n"));
        assert!(help.contains("sqlite:///data/borga.db\n"));
    }
}
