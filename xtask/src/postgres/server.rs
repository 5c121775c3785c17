//! A `postgres` process: its log, its readiness, its end.
//! It knows of no folder but the log's, and of no client.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use crate::{failure::Outcome, log, process, say};

/// What is left to do after a crash takes longest, and on a small cluster stays well below this.
const START_MAX: Duration = Duration::from_mins(1);
/// It says so as soon as it accepts connections, in the same words since long before the oldest that we run on.
const READY: &[u8] = b"database system is ready to accept connections";

/// How to ask for the end, and how long an answer may take: fast, which writes back what is only in
/// memory; then immediate, which just ends and leaves the rest to the next start.
const END: [(&str, Duration); 2] = [
    ("INT", Duration::from_secs(20)),
    ("QUIT", Duration::from_secs(5)),
];

/// Ends when it is dropped.
pub struct Server {
    child: Child,
    log: PathBuf,
    /// Tells of readiness, and by its own end that nobody is left who could write to the log.
    output: Receiver<Ready>,
}

/// The log says so.
struct Ready;

impl Server {
    /// Starts it and waits until it accepts connections. Call this on the thread that lives as long
    /// as the cluster: where we can arrange it, the process ends with the thread that started it.
    ///
    /// # Errors
    /// When it does not start, ends again, or is not ready in time: with the end of its log.
    pub fn start(mut command: Command, log: PathBuf) -> Outcome<Self> {
        let file = File::create(&log)
            .map_err(|error| format!("cannot write {}: {error}", log.display()))?;
        // Its own group: Ctrl-C reaches us alone, and we end it.
        command
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|error| format!("cannot start postgres: {error}"))?;
        let (sender, output) = mpsc::channel();
        if let Some(written) = child.stderr.take() {
            thread::spawn(move || copy(written, file, &sender));
        }
        let server = Self { child, log, output };
        let trouble = match server.output.recv_timeout(START_MAX) {
            Ok(Ready) => return Ok(server),
            Err(RecvTimeoutError::Disconnected) => "ended instead of getting ready".to_owned(),
            Err(RecvTimeoutError::Timeout) => {
                format!("is not ready after {} s", START_MAX.as_secs())
            }
        };
        Err(format!("PostgreSQL {trouble}; {}", log::end_of(&server.log)).into())
    }

    /// # Errors
    /// When it has ended by itself: with the end of its log.
    pub fn refuse_ended(&mut self) -> Outcome {
        let status = match self.child.try_wait() {
            Ok(None) => return Ok(()),
            Ok(Some(status)) => status.to_string(),
            Err(error) => error.to_string(),
        };
        let log = log::end_of(&self.log);
        Err(format!("PostgreSQL ended by itself ({status}); {log}").into())
    }

    /// The process id.
    #[cfg(test)]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether its last process ends in this time.
    fn ends_within(&self, limit: Duration) -> bool {
        loop {
            match self.output.recv_timeout(limit) {
                Ok(Ready) => {}
                Err(error) => return error == RecvTimeoutError::Disconnected,
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The group: what was started may be a script that waits for the server.
        let group = -i64::from(self.child.id());
        let ended = END.into_iter().any(|(signal, patience)| {
            // A number that is free again may be somebody else's by now.
            if self.refuse_ended().is_ok() {
                process::signal(signal, &[group]);
            }
            self.ends_within(patience)
        });
        if !ended && self.refuse_ended().is_ok() {
            say::progress("PostgreSQL did not end when asked; killed");
            process::signal("KILL", &[group]);
        }
        let _ = self.child.wait();
    }
}

/// Goes on to the end of the output, whatever happens to the log: a full pipe would hold the server up.
fn copy(output: impl Read, mut log: impl Write, sender: &Sender<Ready>) {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line).is_ok_and(|it| it > 0) {
        let _ = log.write_all(&line);
        if line.windows(READY.len()).any(|words| words == READY) {
            let _ = sender.send(Ready);
        }
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::project;

    fn start(name: &str, script: &str) -> Outcome<Server> {
        let folder = project::target().join("xtask-tests").join(name);
        fs::create_dir_all(&folder).unwrap();
        let mut command = process::program(Path::new("/bin/sh"));
        command
            .args(["-c", script])
            .current_dir(&folder)
            .stdin(Stdio::null());
        Server::start(command, folder.join("postgres.log"))
    }

    const SAYS_READY: &str = "echo 'LOG:  database system is ready to accept connections' >&2";

    fn process_of(server: &Server) -> PathBuf {
        PathBuf::from(format!("/proc/{}", server.id()))
    }

    #[test]
    fn a_server_is_ready_when_it_says_so_and_ends_with_its_value() {
        let mut server = start(
            "server-ready",
            &format!("echo starting >&2; {SAYS_READY}; exec sleep 1000"),
        )
        .unwrap();
        assert!(server.refuse_ended().is_ok());
        let process = process_of(&server);
        assert!(process.exists());

        drop(server);

        assert!(!process.exists());
    }

    #[test]
    fn a_server_behind_a_script_ends_with_the_script() {
        // With a command still to come, the shell does not become this one itself.
        let inner = format!(
            "echo $$ >server.pid; {}; exec sleep 1000",
            SAYS_READY.replace('\'', "\"")
        );
        let script = format!("sh -c '{inner}'; true");
        let server = start("server-script", &script).unwrap();
        let folder = server.log.parent().unwrap().to_owned();
        let id = fs::read_to_string(folder.join("server.pid"));

        drop(server);

        // Whoever takes over a process that has lost its parent may take its time with it.
        let status = fs::read_to_string(format!("/proc/{}/stat", id.unwrap().trim()));
        assert!(status.is_err() || status.is_ok_and(|it| it.contains(") Z ")));
    }

    #[test]
    fn a_server_that_ends_at_once_is_named_with_its_last_words() {
        let script = "echo starting >&2; echo 'FATAL: the port is taken' >&2; exit 1";

        let failure = start("server-ended", script).map(drop).unwrap_err();

        let failure = failure.to_string();
        assert!(failure.contains("ended instead"), "{failure}");
        assert!(failure.ends_with("FATAL: the port is taken"), "{failure}");
    }
}
