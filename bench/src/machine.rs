//! What was measured, and on what, in one line.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::failure::Outcome;
use crate::figure::{Figure, milliseconds};

/// As much as a small transaction appends to a log.
const PROBE_BYTES: usize = 8 * 1_024;
const PROBES: usize = 20;

/// Cores, processor, memory, and how long the disk takes to keep a little.
///
/// # Errors
/// When the disk cannot be written.
pub fn describe(folder: &Path) -> Outcome<String> {
    Ok(format!(
        "{}; 8 KiB appended and kept by the disk in {} at best",
        processor_and_memory()?,
        milliseconds(disk_us(folder)?),
    ))
}

/// The commit, cores, processor and memory.
///
/// # Errors
/// When the system does not say how many cores there are.
pub fn processor_and_memory() -> Outcome<String> {
    let cores = std::thread::available_parallelism()?;
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let (processor, memory) = (read("/proc/cpuinfo"), read("/proc/meminfo"));
    Ok(format!(
        "{}{cores} cores, {}, {} GB of memory",
        commit(),
        value(&processor, "model name").unwrap_or("unknown processor"),
        gigabytes(&memory),
    ))
}

/// Of which commit; nothing outside of a checkout.
fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short=9", "HEAD"]) else {
        return String::new();
    };
    let changes = match git(&["status", "--porcelain", "--untracked-files=no"]) {
        Some(changed) if changed.is_empty() => "",
        _ => " with changes",
    };
    format!("commit {commit}{changes}, ")
}

/// How many threads wanted a core in the last minute, on average: ours and whatever else runs there.
pub fn load() -> String {
    let averages = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let minute = averages.split_whitespace().next();
    minute.unwrap_or("unknown").to_owned()
}

fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| Some(line.strip_prefix(name)?.split_once(':')?.1.trim()))
}

fn gigabytes(memory: &str) -> String {
    let kb = value(memory, "MemTotal").and_then(|text| text.split(' ').next()?.parse().ok());
    Figure::quotient(kb.unwrap_or(0), 1_000_000).whole()
}

fn disk_us(folder: &Path) -> Outcome<u64> {
    let path = folder.join("disk-probe");
    let mut file = File::create(&path)?;
    let mut best = u128::MAX;
    for _ in 0..PROBES {
        let start = Instant::now();
        file.write_all(&[7; PROBE_BYTES])?;
        file.sync_data()?;
        best = best.min(start.elapsed().as_micros());
    }
    fs::remove_file(path)?;
    Ok(u64::try_from(best)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_name() {
        let text = "processor\t: 0\nmodel name\t: A Fine One\nmodel\t\t: 1\n";

        assert_eq!(value(text, "model name"), Some("A Fine One"));
        assert_eq!(value(text, "cache"), None);
        assert_eq!(gigabytes("MemTotal:       24560000 kB\n"), "25");
    }

    #[test]
    fn this_machine_is_described() {
        let line = describe(&std::env::temp_dir()).unwrap();

        assert!(line.contains(" cores, "), "{line}");
        assert!(line.contains(" at best"), "{line}");
        assert!(load().contains('.'), "{}", load());
    }
}
