//! The servers that belong to one demo: started together, watched together, ended together.
//! It sleeps until a signal comes; it does not know what the servers do.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::{Receiver, RecvError, RecvTimeoutError},
    time::{Duration, Instant},
};

use super::{health, member::Member};
use crate::{
    failure::{Failure, Outcome},
    postgres::Cluster,
    process, say,
    signals::{self, News},
};

/// A debug build that creates its database on a busy machine stays well below this.
const START_MAX: Duration = Duration::from_mins(1);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);
/// Longer than a server's own patience with open requests should be.
const END_MAX: Duration = Duration::from_secs(5);

/// Why the demo does not go on.
#[derive(Debug)]
pub enum Halt {
    /// A signal asked for the end.
    Asked,
    /// Something went wrong.
    Failed(Failure),
}

impl<F: Into<Failure>> From<F> for Halt {
    fn from(failure: F) -> Self {
        Self::Failed(failure.into())
    }
}

/// Ends its members when it is dropped.
pub struct Household {
    members: Vec<Member>,
    news: Receiver<News>,
    logs: PathBuf,
    // Ends after the members, which use it.
    cluster: Option<Cluster>,
}

impl Household {
    /// From here on, a signal is news and no longer ends this process.
    ///
    /// # Errors
    /// When the system refuses to tell us about signals.
    pub fn new(logs: &Path) -> Outcome<Self> {
        Ok(Self {
            members: Vec::new(),
            news: signals::watch()?,
            logs: logs.to_owned(),
            cluster: None,
        })
    }

    /// Watches over the database as well, and ends it after the members.
    pub fn keep(&mut self, cluster: Option<Cluster>) {
        self.cluster = cluster;
    }

    /// Starts a server. Call this on the thread that lives as long as the demo: where we can
    /// arrange it, the child ends with the thread that started it.
    ///
    /// # Errors
    /// When the log cannot be written or the program does not start.
    pub fn start(&mut self, name: &'static str, command: Command) -> Outcome {
        self.members.push(Member::start(name, &self.logs, command)?);
        Ok(())
    }

    /// Waits until the member that was started last answers `/healthz` with 200.
    ///
    /// # Errors
    /// When a signal asks for the end, a server ends, or the time is up.
    pub fn wait_until_healthy(&mut self, port: u16) -> Result<(), Halt> {
        let start = Instant::now();
        while !health::get(port, "/healthz").is_ok_and(|answer| answer.status == 200) {
            match self.news.recv_timeout(BETWEEN_LOOKS) {
                Ok(News::EndAsked) => return Err(Halt::Asked),
                Ok(News::ChildChanged) | Err(RecvTimeoutError::Timeout) => self.refuse_ended()?,
                Err(RecvTimeoutError::Disconnected) => return Err(lost_signals()),
            }
            if start.elapsed() > START_MAX {
                let waited_for = self.members.last();
                let (name, log) = waited_for.map(|it| (it.name(), it.end_of_log())).unzip();
                return Err(Halt::from(format!(
                    "{} does not answer on http://127.0.0.1:{port}/healthz; {}",
                    name.unwrap_or("nothing"),
                    log.unwrap_or_default()
                )));
            }
        }
        // Something else may answer on the port of a server that could not have it.
        self.refuse_ended()?;
        Ok(())
    }

    /// Waits until a signal asks for the end.
    ///
    /// # Errors
    /// When a server ends by itself.
    pub fn wait_for_the_end(&mut self) -> Result<(), Halt> {
        loop {
            match self.news.recv() {
                Ok(News::EndAsked) => return Ok(()),
                Ok(News::ChildChanged) => self.refuse_ended()?,
                Err(RecvError) => return Err(lost_signals()),
            }
        }
    }

    /// The members' process ids as JSON, with `_` for `-` in their names.
    pub fn process_ids(&self) -> String {
        let id = |it: &Member| {
            (
                it.name().replace('-', "_"),
                serde_json::Value::from(it.id()),
            )
        };
        serde_json::Value::Object(self.members.iter().map(id).collect()).to_string()
    }

    fn refuse_ended(&mut self) -> Outcome {
        // First: members that have lost their database say less about it.
        if let Some(cluster) = &mut self.cluster {
            cluster.refuse_ended()?;
        }
        for member in &mut self.members {
            if let Some(status) = member.status() {
                let (name, log) = (member.name(), member.end_of_log());
                return Err(format!("{name} ended by itself ({status}); {log}").into());
            }
        }
        Ok(())
    }

    fn all_ended(&mut self) -> bool {
        self.members
            .iter_mut()
            .all(|member| member.status().is_some())
    }
}

impl Drop for Household {
    fn drop(&mut self) {
        let members = self.members.iter_mut();
        let running = members.filter_map(|it| it.status().is_none().then_some(it.id()));
        process::signal("TERM", &running.map(i64::from).collect::<Vec<_>>());
        let start = Instant::now();
        while !self.all_ended() {
            let Some(left) = END_MAX.checked_sub(start.elapsed()) else {
                break;
            };
            // Whatever the news is, the next look at the members tells more.
            let _ = self.news.recv_timeout(left.min(BETWEEN_LOOKS));
        }
        for member in &mut self.members {
            if member.status().is_none() {
                say::progress(&format!(
                    "demo: {} did not end when asked; killed",
                    member.name()
                ));
                member.kill();
            }
        }
    }
}

fn lost_signals() -> Halt {
    Halt::from("no more signals can be received")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::project;

    fn household(name: &str) -> Household {
        let logs = project::target().join("xtask-tests").join(name);
        let _ = fs::remove_dir_all(&logs);
        fs::create_dir_all(&logs).unwrap();
        Household::new(&logs).unwrap()
    }

    fn shell(script: &str) -> Command {
        let mut command = process::program(Path::new("/bin/sh"));
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_server_that_ends_is_named_with_its_last_words() {
        let mut household = household("last-words");
        household
            .start("sandbox", shell("echo no card key >&2; exit 7"))
            .unwrap();

        let Err(Halt::Failed(failure)) = household.wait_for_the_end() else {
            panic!("its end was not noticed")
        };

        let failure = failure.to_string();
        assert!(failure.starts_with("sandbox ended by itself"), "{failure}");
        assert!(failure.ends_with("no card key"), "{failure}");
    }

    #[test]
    fn a_dropped_household_leaves_no_process_behind() {
        let mut household = household("dropped");
        household
            .start("sandbox", shell("exec sleep 1000"))
            .unwrap();
        let process = PathBuf::from(format!("/proc/{}", household.members[0].id()));
        assert!(process.exists());

        drop(household);

        assert!(!process.exists());
    }

    #[test]
    fn process_ids_are_listed_by_name() {
        let mut household = household("ids");
        household
            .start("embed-server", shell("exec sleep 1000"))
            .unwrap();

        let id = household.members[0].id();

        assert_eq!(
            household.process_ids(),
            format!("{{\"embed_server\":{id}}}")
        );
    }
}
