//! Requests made ahead: while the server is measured, a counter is written into them and nothing else.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// Stands for the counter in a text; as wide as what replaces it.
pub const COUNTER: &str = "{{counter}}";

/// Never the same twice, in all the requests of a run.
static COUNT: AtomicU64 = AtomicU64::new(1);

/// One request, made again and again.
pub struct Request {
    bytes: Vec<u8>,
    counters: Vec<Range<usize>>,
}

impl Request {
    /// A GET.
    pub fn get(path: &str, bearer: Option<&str>) -> Self {
        Self::from_text(&head("GET", path, bearer, ""))
    }

    /// A POST of a JSON body.
    pub fn post(path: &str, bearer: &str, idempotency_key: &str, body: &str) -> Self {
        let more = format!(
            "Content-Type: application/json\r\nContent-Length: {}\r\nIdempotency-Key: {idempotency_key}\r\n",
            body.len()
        );
        Self::from_text(&(head("POST", path, Some(bearer), &more) + body))
    }

    fn from_text(text: &str) -> Self {
        let places = text.match_indices(COUNTER);
        let counters = places.map(|(at, it)| at..at + it.len()).collect();
        Self {
            bytes: text.as_bytes().to_vec(),
            counters,
        }
    }

    /// The bytes to send this time.
    pub fn next(&mut self) -> &[u8] {
        if !self.counters.is_empty() {
            let mut count = COUNT.fetch_add(1, Ordering::Relaxed);
            let mut digits = [b'0'; COUNTER.len()];
            for digit in digits.iter_mut().rev() {
                *digit += u8::try_from(count % 10).unwrap_or_default();
                count /= 10;
            }
            for place in &self.counters {
                self.bytes[place.clone()].copy_from_slice(&digits);
            }
        }
        &self.bytes
    }
}

fn head(method: &str, path: &str, bearer: Option<&str>, more: &str) -> String {
    let authorization = match bearer {
        Some(bearer) => format!("Authorization: Bearer {bearer}\r\n"),
        None => String::new(),
    };
    format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: application/json\r\n\
         {authorization}{more}\r\n"
    )
}

/// Several requests, one after the other and from the beginning again.
pub struct Requests {
    all: Vec<Request>,
    next: usize,
}

impl Requests {
    /// # Panics
    /// When there are none.
    pub fn new(all: Vec<Request>) -> Self {
        assert!(!all.is_empty(), "there is something to ask");
        Self { all, next: 0 }
    }

    /// Writes the next one's bytes into `request`, instead of what was there.
    pub fn write_next(&mut self, request: &mut Vec<u8>) {
        request.clear();
        request.extend_from_slice(self.all[self.next].next());
        self.next = (self.next + 1) % self.all.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_has_a_counter_of_its_own_and_its_true_length() {
        let body = format!("{{\"n\":\"{COUNTER}\"}}");
        let mut request = Request::post("/x", "sk", &format!("k{COUNTER}"), &body);
        let mut texts: Vec<String> = (0..12)
            .map(|_| String::from_utf8_lossy(request.next()).into_owned())
            .collect();

        for text in &texts {
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            let length = format!("Content-Length: {}\r\n", body.len());
            assert!(head.contains(&length), "{head}");
            let key = head.split_once("Idempotency-Key: k").unwrap().1;
            let digits = key.lines().next().unwrap();
            assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
            assert_eq!(body, format!("{{\"n\":\"{digits}\"}}"));
        }
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), 12);
    }

    #[test]
    fn requests_come_round_again() {
        let get = |path| Request::get(path, None);
        let mut requests = Requests::new(vec![get("/a"), get("/b")]);
        let mut bytes = Vec::new();
        let mut paths = String::new();
        for _ in 0..5 {
            requests.write_next(&mut bytes);
            paths.push(char::from(bytes[5]));
        }

        assert_eq!(paths, "ababa");
        assert!(bytes.ends_with(b"\r\n\r\n"));
    }
}
