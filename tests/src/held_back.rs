//! A bad network in front of the checkout: everything passes but one kind of request, which waits until it is let go, or
//! is lost until then.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::Failure;
use crate::network::stands_before;

/// The gate that the requests wait at.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<Way>, Condvar)>);

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Way {
    #[default]
    Held,
    Open,
    Cut,
}

impl Gate {
    /// Lets them pass.
    pub fn open(&self) {
        self.set(Way::Open);
    }

    /// Ends their connections without an answer.
    pub fn cut(&self) {
        self.set(Way::Cut);
    }

    fn set(&self, way: Way) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = way;
        self.0.1.notify_all();
    }

    /// Whether the request may pass, once that is known.
    fn passes(&self) -> bool {
        let way = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let way = self.0.1.wait_while(way, |way| *way == Way::Held);
        *way.unwrap_or_else(PoisonError::into_inner) == Way::Open
    }
}

/// Stands in front of the checkout at `origin` and holds its wasm; returns its own origin and the gate.
///
/// # Errors
///
/// When there is no port.
pub fn in_front_of(origin: &str) -> Result<(String, Gate), Failure> {
    holding(origin, ".wasm ")
}

/// The same, but nobody waits: until the gate is opened, a request for the wasm loses its connection.
///
/// # Errors
///
/// When there is no port.
pub fn losing(origin: &str) -> Result<(String, Gate), Failure> {
    let (origin, gate) = in_front_of(origin)?;
    gate.cut();
    Ok((origin, gate))
}

/// As [`in_front_of`] for the requests whose head has `held` in it.
///
/// # Errors
///
/// When there is no port.
pub fn holding(origin: &str, held: &'static str) -> Result<(String, Gate), Failure> {
    let (_, port) = origin.rsplit_once(':').ok_or("an origin without a port")?;
    let upstream: u16 = port.parse()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let ours = format!(
        "http://checkout.localhost:{}",
        listener.local_addr()?.port()
    );
    stands_before(origin, &ours);
    let gate = Gate::default();
    let waiting = gate.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(stream), gate) = (stream, waiting.clone()) else {
                return;
            };
            std::thread::spawn(move || {
                // A browser that goes away in the middle is nothing to report.
                let _ = relay(&stream, upstream, held, &gate);
            });
        }
    });
    Ok((ours, gate))
}

/// One request and its answer; the connection ends with it, so that every request is seen.
fn relay(browser: &TcpStream, upstream: u16, marker: &str, gate: &Gate) -> std::io::Result<()> {
    let mut lines = BufReader::new(browser.try_clone()?);
    let mut head = Vec::new();
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if line == b"\r\n" {
            break;
        }
        if !line.to_ascii_lowercase().starts_with(b"connection:") {
            head.extend(line);
        }
    }
    if String::from_utf8_lossy(&head).contains(marker) && !gate.passes() {
        return browser.shutdown(std::net::Shutdown::Both);
    }
    let mut server = TcpStream::connect(("127.0.0.1", upstream))?;
    server.write_all(&head)?;
    server.write_all(b"connection: close\r\n\r\n")?;
    let mut to_server = server.try_clone()?;
    std::thread::spawn(move || std::io::copy(&mut lines, &mut to_server));
    std::io::copy(&mut server, &mut &*browser)?;
    browser.shutdown(std::net::Shutdown::Both)
}
