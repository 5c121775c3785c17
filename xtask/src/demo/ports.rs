//! Which server listens where, and what the browser calls it.
//! The names are three sites to a browser, so that what is cross-site in a real shop is so here.

use std::net::{Ipv4Addr, TcpListener};

use crate::failure::Outcome;

/// Three ports in a row: shop, checkout, sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    base: u16,
}

impl Ports {
    /// The three ports from the first.
    ///
    /// # Errors
    /// When there are no three, or when they need rights.
    pub fn from_base(base: u16) -> Outcome<Self> {
        match base {
            1024..=65533 => Ok(Self { base }),
            _ => Err(format!("--port-base {base}: choose one from 1024 to 65533").into()),
        }
    }

    /// # Errors
    /// When another program listens on one of them.
    pub fn refuse_taken(self) -> Outcome {
        let names = ["shop", "checkout server", "sandbox"];
        for (port, name) in [self.shop(), self.checkout(), self.sandbox()]
            .into_iter()
            .zip(names)
        {
            if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                return Err(format!(
                    "port {port}, for the {name}, cannot be used ({error}): \
                     end the program that listens there, or choose three others with --port-base"
                )
                .into());
            }
        }
        Ok(())
    }

    pub fn shop(self) -> u16 {
        self.base
    }

    pub fn checkout(self) -> u16 {
        self.base + 1
    }

    pub fn sandbox(self) -> u16 {
        self.base + 2
    }

    pub fn shop_address(self) -> String {
        address(self.shop())
    }

    pub fn checkout_address(self) -> String {
        address(self.checkout())
    }

    pub fn sandbox_address(self) -> String {
        address(self.sandbox())
    }

    /// The checkout server as another server calls it: no resolver need know `*.localhost`.
    pub fn checkout_url(self) -> String {
        format!("http://{}", self.checkout_address())
    }

    /// The sandbox as another server calls it.
    pub fn sandbox_url(self) -> String {
        format!("http://{}", self.sandbox_address())
    }

    pub fn shop_origin(self) -> String {
        format!("http://shop.localhost:{}", self.shop())
    }

    pub fn checkout_origin(self) -> String {
        format!("http://checkout.localhost:{}", self.checkout())
    }

    pub fn sandbox_origin(self) -> String {
        format!("http://bank.localhost:{}", self.sandbox())
    }

    /// Other names under which a browser reaches the shop.
    pub fn other_shop_origins(self) -> [String; 2] {
        [
            format!("http://127.0.0.1:{}", self.shop()),
            format!("http://localhost:{}", self.shop()),
        ]
    }
}

fn address(port: u16) -> String {
    format!("127.0.0.1:{port}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_ports_follow_each_other() {
        let ports = Ports::from_base(4100).unwrap();

        assert_eq!(
            [ports.shop(), ports.checkout(), ports.sandbox()],
            [4100, 4101, 4102]
        );
    }

    #[test]
    fn each_server_is_a_site_of_its_own() {
        let ports = Ports::from_base(4100).unwrap();

        assert_eq!(ports.shop_origin(), "http://shop.localhost:4100");
        assert_eq!(ports.checkout_origin(), "http://checkout.localhost:4101");
        assert_eq!(ports.sandbox_origin(), "http://bank.localhost:4102");
    }

    #[test]
    fn a_base_without_room_for_three_is_refused() {
        assert!(Ports::from_base(65533).is_ok());
        assert!(Ports::from_base(65534).is_err());
        assert!(Ports::from_base(80).is_err());
    }

    #[test]
    fn a_taken_port_is_named_with_the_remedy() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();

        let failure = Ports { base: port }.refuse_taken().unwrap_err().to_string();

        assert!(failure.contains(&port.to_string()), "{failure}");
        assert!(failure.contains("--port-base"), "{failure}");
    }
}
