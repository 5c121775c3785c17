//! What a cluster is made and started with.
//! Everything stands on the command line: what an earlier start wrote into a folder cannot get in the way.

use std::path::Path;

use crate::{failure::Outcome, project::utf8};

/// Every test of a run may have a pool of its own, and the demo and a person may look in besides.
const CONNECTIONS_MAX: u16 = 300;

/// What must still be there after the machine has lost its power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing: no write waits for the disk. What tests prove does not depend on it, and they end sooner.
    Throwaway,
    /// Every commit, as in production; with enough memory to measure by.
    Durable,
}

/// `initdb`'s arguments, for a new folder.
pub fn for_making(durability: Durability, data: &Path) -> Outcome<Vec<String>> {
    let mut arguments = words(&[
        // Whoever runs it: the name stands in the URL.
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        // We read one line of its log.
        "--lc-messages=C",
    ]);
    if durability == Durability::Throwaway {
        arguments.push("--no-sync".to_owned());
    }
    arguments.extend(["-D".to_owned(), utf8(data)?]);
    Ok(arguments)
}

/// `postgres`' arguments.
pub fn for_running(
    durability: Durability,
    data: &Path,
    sockets: &Path,
    port: u16,
) -> Outcome<Vec<String>> {
    let mut settings = vec![
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        // It is a list: quotes keep a comma or a space from dividing the path.
        format!(
            "unix_socket_directories=\"{}\"",
            utf8(sockets)?.replace('"', "\"\"")
        ),
        format!("max_connections={CONNECTIONS_MAX}"),
        "logging_collector=off".to_owned(),
        "log_destination=stderr".to_owned(),
    ];
    settings.extend(words(match durability {
        Durability::Throwaway => &[
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
        ],
        Durability::Durable => &[
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "shared_buffers=256MB",
        ],
    }));
    let mut arguments = vec!["-D".to_owned(), utf8(data)?];
    arguments.extend(settings.into_iter().flat_map(|it| ["-c".to_owned(), it]));
    Ok(arguments)
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().copied().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn running(durability: Durability, sockets: &str) -> String {
        for_running(durability, Path::new("/c/data"), Path::new(sockets), 5433)
            .unwrap()
            .join(" ")
    }

    #[test]
    fn only_a_throwaway_cluster_does_not_wait_for_the_disk() {
        assert!(running(Durability::Throwaway, "/c").contains("-c fsync=off"));
        let durable = running(Durability::Durable, "/c");
        for setting in [
            "-c fsync=on",
            "-c synchronous_commit=on",
            "-c shared_buffers=256MB",
        ] {
            assert!(durable.contains(setting), "{durable}");
        }
        assert!(!durable.contains("off -c full"), "{durable}");

        let made = |durability| for_making(durability, Path::new("/c/data")).unwrap();
        assert!(made(Durability::Throwaway).contains(&"--no-sync".to_owned()));
        assert!(!made(Durability::Durable).contains(&"--no-sync".to_owned()));
    }

    #[test]
    fn nobody_outside_this_machine_reaches_it() {
        let line = running(Durability::Throwaway, "/c");

        assert!(line.contains("-c listen_addresses=127.0.0.1 "), "{line}");
        assert!(line.contains("-c port=5433 "), "{line}");
    }

    #[test]
    fn a_folder_with_a_comma_or_quotes_stays_one_folder() {
        let line = running(Durability::Throwaway, "/a, \"b\"");

        assert!(
            line.contains(r#"unix_socket_directories="/a, ""b""" "#),
            "{line}"
        );
    }
}
