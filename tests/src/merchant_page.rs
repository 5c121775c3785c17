//! A merchant's page on an origin of its own, served from this process.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use crate::Failure;

/// A page and where it stands.
pub struct MerchantPage {
    /// Its origin.
    pub origin: String,
    listener: TcpListener,
}

/// What stands on the origin.
#[derive(Default)]
pub struct Site {
    /// The page: the answer to every address that is no script's.
    pub html: String,
    /// Its headers, as they go over the wire.
    pub headers: Vec<(&'static str, String)>,
    /// The site's own scripts: path and text.
    pub scripts: Vec<(&'static str, String)>,
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
        let html = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Shop</title>\
             <script type=\"module\" src=\"{checkout}/v1/borga.js\"></script>{body}</html>"
        );
        let policy = format!(
            "default-src 'none'; script-src {checkout}; frame-src {checkout}; base-uri 'none'; \
             form-action 'none'; {more}"
        );
        self.serve_site(Site {
            html,
            headers: vec![("content-security-policy", policy)],
            ..Site::default()
        });
    }

    /// Serves a page with headers and scripts of its own.
    pub fn serve_site(self, site: Site) {
        let site = Arc::new(site);
        std::thread::spawn(move || {
            for stream in self.listener.incoming() {
                let (Ok(stream), site) = (stream, Arc::clone(&site)) else {
                    return;
                };
                // Browsers open connections that they may need later, and say nothing on them.
                std::thread::spawn(move || site.answer(stream));
            }
        });
    }
}

impl Site {
    fn answer(&self, mut stream: TcpStream) {
        let mut request = [0; 4096];
        let length = stream.read(&mut request).unwrap_or_default();
        let request = String::from_utf8_lossy(&request[..length]);
        let path = request.split(' ').nth(1).unwrap_or_default();
        let script = self.scripts.iter().find(|(name, _)| *name == path);
        let (kind, text) = match script {
            Some((_, text)) => ("text/javascript", text),
            None => ("text/html", &self.html),
        };
        let mut head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {kind}; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n",
            text.len()
        );
        for (name, value) in &self.headers {
            head.extend([*name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(text.as_bytes());
    }
}
