//! Turns signals into news that a thread can wait for.
//! What to do about them is the receiver's choice.

use std::{
    io,
    sync::{
        Arc,
        atomic::AtomicBool,
        mpsc::{self, Receiver},
    },
    thread,
};

use signal_hook::{
    consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM},
    flag,
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

/// From here on, Ctrl-C ends the programs that we have started and wait for, and so the command
/// fails in order and clears up what it holds; a second one ends us at once.
///
/// # Errors
/// When the system refuses to tell us about signals.
pub fn outlive_an_interrupt() -> Outcome {
    const STATUS: i32 = 130;
    let interrupted = Arc::new(AtomicBool::new(false));
    flag::register_conditional_shutdown(SIGINT, STATUS, Arc::clone(&interrupted))
        .and_then(|_| flag::register(SIGINT, interrupted))
        .map_err(|error| format!("cannot watch for signals: {error}"))?;
    Ok(())
}
