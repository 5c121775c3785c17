//! Ports for programs that want to be told theirs. They lie below those that the system gives to whoever asks for any, so that
//! nothing else takes one between the asking and the listening.

use std::net::TcpStream;
use std::sync::atomic::{AtomicU16, Ordering};

use crate::Failure;

/// The first of three ports in a row that nobody uses, and that no other test of this process gets.
///
/// # Errors
///
/// When there are none.
pub fn three_in_a_row() -> Result<u16, Failure> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = 20_000 + u16::try_from(std::process::id() % 1_000)? * 10;
    for _ in 0..500 {
        let base = start + NEXT.fetch_add(3, Ordering::Relaxed);
        // Not by binding them: a program that another test starts at that moment has everything open that this one has,
        // until it runs, and would keep the port.
        let free = (base..base + 3).all(|port| TcpStream::connect(("127.0.0.1", port)).is_err());
        if free {
            return Ok(base);
        }
    }
    Err("no three free ports in a row".into())
}
