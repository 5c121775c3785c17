//! Turns signals into news that a thread can wait for.
//! What to do about them is the receiver's choice.

use std::{
    io,
    sync::mpsc::{self, Receiver},
    thread,
};

use signal_hook::{
    consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};

use crate::failure::Outcome;

/// Something that a signal told.
pub enum News {
    /// Ctrl-C, a polite kill, or the terminal was closed.
    EndAsked,
    /// At least one child ended.
    ChildChanged,
}

/// From here on, these signals are news and no longer end this process.
///
/// # Errors
/// When the system refuses to tell us about signals.
pub fn watch() -> Outcome<Receiver<News>> {
    let explain = |error: io::Error| format!("cannot watch for signals: {error}");
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGCHLD]).map_err(explain)?;
    let (sender, news) = mpsc::channel();
    let forward = move || {
        for signal in signals.forever() {
            let item = if signal == SIGCHLD {
                News::ChildChanged
            } else {
                News::EndAsked
            };
            if sender.send(item).is_err() {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(forward)
        .map_err(explain)?;
    Ok(news)
}
