//! One kept connection: a request out, an answer in. It does not know what is asked.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::head;
use crate::failure::{Failure, Outcome};

/// More than most answers; a longer one makes it grow.
const BUFFER_BYTES: usize = 4 * 1_024;
/// As much of an unexpected answer as a person needs to see.
const SHOWN_BYTES: usize = 300;

/// Open to one server.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// # Errors
    /// When the status is another one: with what the server says.
    pub fn expect(&self, status: u16) -> Outcome {
        if self.status == status {
            return Ok(());
        }
        let shown = &self.body[..self.body.len().min(SHOWN_BYTES)];
        let shown = String::from_utf8_lossy(shown);
        Err(format!("the server answered {}, not {status}: {shown}", self.status).into())
    }
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open(server: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(server)
            .await
            .map_err(|error| Failure::from(format!("cannot connect to {server}: {error}")))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            received: Vec::with_capacity(BUFFER_BYTES),
        })
    }

    /// Sends a whole request and waits for the whole answer.
    ///
    /// # Errors
    /// When the connection breaks, or the answer is none.
    pub async fn exchange(&mut self, request: &[u8]) -> Outcome<Answer<'_>> {
        self.send(request).await?;
        self.receive().await
    }

    /// Sends a whole request.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn send(&mut self, request: &[u8]) -> Outcome {
        self.stream.write_all(request).await?;
        Ok(())
    }

    /// Waits for the answer to what was sent last.
    ///
    /// # Errors
    /// When the connection breaks, or the answer is none.
    pub async fn receive(&mut self) -> Outcome<Answer<'_>> {
        self.received.clear();
        let mut head = None;
        loop {
            if head.is_none() {
                head = head::parse(&self.received)
                    .map_err(|problem| format!("an answer cannot be read: {problem}"))?;
            }
            if let Some(head) = head {
                let end = head.body_at + head.body_bytes;
                if self.received.len() > end {
                    return Err("an answer is longer than it says".into());
                }
                if self.received.len() == end {
                    return Ok(Answer {
                        status: head.status,
                        body: &self.received[head.body_at..],
                    });
                }
            }
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err("the server closed a connection instead of answering".into());
            }
        }
    }

    /// Whether nothing has come yet.
    pub fn is_silent(&self) -> bool {
        let mut byte = [0];
        let read = self.stream.try_read(&mut byte);
        read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    /// Answers every request of one connection with these pieces, then closes it.
    async fn server(pieces: &'static [&'static str]) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 100];
            while stream.read(&mut request).await.unwrap() > 0 {
                for piece in pieces {
                    stream.write_all(piece.as_bytes()).await.unwrap();
                    stream.flush().await.unwrap();
                }
            }
        });
        address
    }

    #[tokio::test]
    async fn an_answer_may_come_in_pieces_and_the_connection_stays() {
        let pieces = &[
            "HTTP/1.1 200 OK\r\ncontent-",
            "length: 4\r\n\r",
            "\n12",
            "34",
        ];
        let mut connection = Connection::open(server(pieces).await).await.unwrap();

        for _ in 0..3 {
            let answer = connection
                .exchange(b"GET / HTTP/1.1\r\n\r\n")
                .await
                .unwrap();
            assert_eq!((answer.status, answer.body), (200, &b"1234"[..]));
        }
    }

    #[tokio::test]
    async fn an_unexpected_answer_fails_with_its_words() {
        let pieces = &["HTTP/1.1 503 No\r\ncontent-length: 4\r\n\r\nbusy"];
        let mut connection = Connection::open(server(pieces).await).await.unwrap();

        let answer = connection
            .exchange(b"GET / HTTP/1.1\r\n\r\n")
            .await
            .unwrap();

        let failure = answer.expect(200).unwrap_err().to_string();
        assert_eq!(failure, "the server answered 503, not 200: busy");
    }

    #[tokio::test]
    async fn bytes_too_many_are_noticed() {
        let pieces = &["HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n12345"];
        let mut connection = Connection::open(server(pieces).await).await.unwrap();

        let answer = connection.exchange(b"GET / HTTP/1.1\r\n\r\n").await;

        assert!(answer.unwrap_err().to_string().contains("longer"));
    }
}
