//! Talks to the person at the terminal.
//! A reader that has gone away is no error: the demo goes on when its output is closed.

use std::io::{Write, stderr, stdout};

/// What is being done right now; on stderr, so that stdout keeps to results.
pub fn progress(line: &str) {
    let _ = writeln!(stderr().lock(), "{line}");
}

/// A result that another program may read; flushed at once.
pub fn result(text: &str) {
    let mut stdout = stdout().lock();
    let _ = writeln!(stdout, "{text}");
    let _ = stdout.flush();
}
