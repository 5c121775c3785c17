//! What the system counts of a process: processor time and memory.

use std::fs;
use std::time::Duration;

use crate::failure::{Failure, Outcome};

/// Linux counts processor time for programs in hundredths of a second, on every architecture we run on.
const TICK: Duration = Duration::from_millis(10);

/// Positions in `/proc/PID/stat`, counted after the program's name.
const PARENT: usize = 1;
const USER: usize = 11;
const SYSTEM: usize = 12;
const CHILDREN_USER: usize = 13;
const CHILDREN_SYSTEM: usize = 14;

/// A running process, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Process(pub u32);

impl Process {
    /// Ourselves.
    pub fn own() -> Self {
        Self(std::process::id())
    }

    /// What it has used of the processors, all threads together.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu(self) -> Outcome<Duration> {
        Ok(self.stat()?.time(&[USER, SYSTEM]))
    }

    /// The same with the processes it has started, also those that have ended: a database with its back ends.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu_of_family(self) -> Outcome<Duration> {
        let all = [USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM];
        let mut time = self.stat()?.time(&all);
        for child in running()? {
            // One that ends between two looks counts among its parent's ended children next time.
            if let Ok(stat) = child.stat()
                && stat.field(PARENT) == u64::from(self.0)
            {
                time += stat.time(&all);
            }
        }
        Ok(time)
    }

    /// The one that has started it.
    ///
    /// # Errors
    /// When it has ended.
    pub fn parent(self) -> Outcome<Self> {
        Ok(Self(u32::try_from(self.stat()?.field(PARENT))?))
    }

    /// What it occupies of the memory, in bytes.
    ///
    /// # Errors
    /// When it has ended.
    pub fn resident_bytes(self) -> Outcome<u64> {
        let status = self.read("status")?;
        resident_bytes(&status).ok_or_else(|| "the system does not say VmRSS".into())
    }

    fn stat(self) -> Outcome<Stat> {
        Ok(Stat::parse(&self.read("stat")?))
    }

    fn read(self, name: &str) -> Outcome<String> {
        let Self(id) = self;
        fs::read_to_string(format!("/proc/{id}/{name}"))
            .map_err(|error| Failure::from(format!("process {id} cannot be looked at: {error}")))
    }
}

fn running() -> Outcome<Vec<Process>> {
    let ids = fs::read_dir("/proc")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok().map(Process));
    Ok(ids.collect())
}

struct Stat(Vec<u64>);

impl Stat {
    /// The name stands in brackets and may itself hold brackets and spaces. What is no number counts as 0.
    fn parse(text: &str) -> Self {
        let after_name = text.rsplit_once(')').map_or("", |(_, rest)| rest);
        let numbers = after_name.split_whitespace();
        Self(numbers.map(|word| word.parse().unwrap_or(0)).collect())
    }

    fn field(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    fn time(&self, fields: &[usize]) -> Duration {
        let ticks: u64 = fields.iter().map(|at| self.field(*at)).sum();
        TICK * u32::try_from(ticks).unwrap_or(u32::MAX)
    }
}

fn resident_bytes(status: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kb: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kb * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_program_cannot_confuse_its_numbers() {
        let stat = Stat::parse("7 (a) b (c) S 3 7 7 0 -1 0 9 0 0 0 150 25 30 5 20 0 4 0 1 2 3");

        assert_eq!(stat.field(PARENT), 3);
        assert_eq!(stat.time(&[USER, SYSTEM]), Duration::from_millis(1_750));
        assert_eq!(
            stat.time(&[CHILDREN_USER, CHILDREN_SYSTEM]),
            Duration::from_millis(350)
        );
    }

    #[test]
    fn memory_is_counted_in_bytes() {
        let status = "Name:\tx\nVmHWM:\t 9000 kB\nVmRSS:\t 8192 kB\n";

        assert_eq!(resident_bytes(status), Some(8_388_608));
        assert_eq!(resident_bytes("Name:\tx\n"), None);
    }

    #[test]
    fn we_ourselves_can_be_looked_at() {
        let own = Process::own();

        assert!(own.resident_bytes().unwrap() > 100_000);
        let before = own.cpu().unwrap();
        assert!(own.cpu_of_family().unwrap() >= before);
        assert_ne!(own.parent().unwrap(), own);
    }
}
