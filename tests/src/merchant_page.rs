//! A merchant's page on an origin of its own: one file, served from this process.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use crate::Failure;

/// A page and where it stands.
pub struct MerchantPage {
    /// Its origin.
    pub origin: String,
    listener: TcpListener,
}

impl MerchantPage {
    /// Takes a port for a page of the site `name`.localhost.
    ///
    /// # Errors
    ///
    /// When there is no port.
    pub fn on(name: &str) -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let origin = format!("http://{name}.localhost:{}", listener.local_addr()?.port());
        Ok(Self { origin, listener })
    }

    /// Serves the page until the test ends, under the smallest policy that the checkout needs and `more` directives.
    pub fn serve(self, checkout: &str, body: &str, more: &str) {
        let page = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Shop</title>\
             <script type=\"module\" src=\"{checkout}/v1/borga.js\"></script>{body}</html>"
        );
        let policy = format!(
            "default-src 'none'; script-src {checkout}; frame-src {checkout}; base-uri 'none'; \
             form-action 'none'; {more}"
        );
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
             content-security-policy: {policy}\r\nconnection: close\r\n\r\n{page}",
            page.len()
        );
        std::thread::spawn(move || {
            for stream in self.listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                let _ = stream.write_all(answer.as_bytes());
            }
        });
    }
}
