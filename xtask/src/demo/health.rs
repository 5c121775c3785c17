//! One small request over a plain socket: enough to ask our own servers how they are.
//! No redirects, no TLS, no chunks.

use std::{
    io::{Error, ErrorKind, Read, Result, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

/// A server on this machine that does not answer in this time is not healthy.
const PATIENCE: Duration = Duration::from_secs(2);
/// More than any answer we ask for.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// Status and body.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Answer {
    /// The body, if the answer is a 200 with JSON.
    ///
    /// # Errors
    /// When it is not.
    pub fn expect_json(self) -> Result<String> {
        if self.status != 200 {
            return Err(Error::other(format!("it answered {}", self.status)));
        }
        serde_json::from_str::<serde_json::Value>(&self.body)?;
        Ok(self.body)
    }
}

/// Asks a server on this machine.
///
/// # Errors
/// When it does not answer in HTTP.
pub fn get(port: u16, path: &str) -> Result<Answer> {
    // Version 1.0, so that the body ends with the connection and comes in one piece.
    ask(
        port,
        &format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"),
    )
}

/// Sends JSON to a server on this machine, with a key.
///
/// # Errors
/// When it does not answer in HTTP.
pub fn post(port: u16, path: &str, key: &str, json: &str) -> Result<Answer> {
    let head = format!(
        "POST {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        json.len()
    );
    ask(port, &(head + json))
}

fn ask(port: u16, request: &str) -> Result<Answer> {
    let mut stream =
        TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // In one piece too: a server that answers after the first would close on the rest.
    stream.write_all(request.as_bytes())?;
    let mut text = String::new();
    stream.take(ANSWER_BYTES_MAX).read_to_string(&mut text)?;
    parse(&text).ok_or_else(|| Error::new(ErrorKind::InvalidData, "the answer is not HTTP"))
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut words = head.lines().next()?.split(' ');
    words.next()?.strip_prefix("HTTP/1.")?;
    Some(Answer {
        status: words.next()?.parse().ok()?,
        body: body.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_and_body_are_read() {
        let text = "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok";

        assert_eq!(
            parse(text),
            Some(Answer {
                status: 200,
                body: "ok".to_owned()
            })
        );
    }

    #[test]
    fn another_protocol_is_no_answer() {
        assert_eq!(parse("220 mail.example ESMTP\r\n\r\n"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn an_error_page_is_not_taken_for_json() {
        assert!(
            Answer {
                status: 503,
                body: "{}".to_owned()
            }
            .expect_json()
            .is_err()
        );
        assert!(
            Answer {
                status: 200,
                body: "<html>".to_owned()
            }
            .expect_json()
            .is_err()
        );
    }

    #[test]
    fn a_server_is_asked_and_answers() {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 512];
            let length = stream.read(&mut request).unwrap();
            stream
                .write_all(b"HTTP/1.0 204 No Content\r\n\r\n")
                .unwrap();
            String::from_utf8_lossy(&request[..length]).into_owned()
        });

        assert_eq!(get(port, "/healthz").unwrap().status, 204);
        assert!(
            server
                .join()
                .unwrap()
                .starts_with("GET /healthz HTTP/1.0\r\n")
        );
    }
}
