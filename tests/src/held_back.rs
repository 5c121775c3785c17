//! A bad network in front of the checkout: everything passes but the wasm, which waits until it is let go, or is lost
//! until then.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::Failure;

/// The gate that the wasm waits at.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    /// Lets the wasm pass.
    pub fn open(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    fn is_open(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pass(&self) {
        let open = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.0.1.wait_while(open, |open| !*open));
    }
}

/// Whether a request for the wasm may go on.
type Admission = fn(&Gate) -> bool;

/// Stands in front of the checkout at `origin`; returns its own origin and the gate.
///
/// # Errors
///
/// When there is no port.
pub fn in_front_of(origin: &str) -> Result<(String, Gate), Failure> {
    stand(origin, |gate| {
        gate.pass();
        true
    })
}

/// The same, but nobody waits: until the gate is open, a request for the wasm loses its connection.
///
/// # Errors
///
/// When there is no port.
pub fn losing(origin: &str) -> Result<(String, Gate), Failure> {
    stand(origin, Gate::is_open)
}

fn stand(origin: &str, admission: Admission) -> Result<(String, Gate), Failure> {
    let (_, port) = origin.rsplit_once(':').ok_or("an origin without a port")?;
    let upstream: u16 = port.parse()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let ours = format!(
        "http://checkout.localhost:{}",
        listener.local_addr()?.port()
    );
    let gate = Gate::default();
    let waiting = gate.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(stream), gate) = (stream, waiting.clone()) else {
                return;
            };
            std::thread::spawn(move || {
                // A browser that goes away in the middle is nothing to report.
                let _ = relay(&stream, upstream, &gate, admission);
            });
        }
    });
    Ok((ours, gate))
}

/// One request and its answer; the connection ends with it, so that every request is seen.
fn relay(
    browser: &TcpStream,
    upstream: u16,
    gate: &Gate,
    admission: Admission,
) -> std::io::Result<()> {
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
    let is_wasm = head.windows(6).any(|part| part == b".wasm ");
    if is_wasm && !admission(gate) {
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
