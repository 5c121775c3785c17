//! Where the demo's checkout server keeps its data: in a file, or in a PostgreSQL of the demo's own.
//! It makes the place; what stands in it is the server's business.

use std::path::Path;

use clap::ValueEnum;

use crate::{
    failure::Outcome,
    postgres::{Cluster, Durability},
    project::utf8,
};

const FILE: &str = "borga.db";
const CLUSTER: &str = "postgres";

/// What one may choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// A file in the demo's folder
    Sqlite,
    /// A cluster in the demo's folder
    Postgres,
}

/// A database that is there, or that the server makes when it first looks.
pub struct Database {
    engine: Engine,
    url: String,
    is_new: bool,
    cluster: Option<Cluster>,
}

impl Database {
    /// The one of a demo's folder; `kept` when the folder is for the next time, too.
    ///
    /// # Errors
    /// When PostgreSQL is asked for and does not start.
    pub fn open(engine: Engine, folder: &Path, kept: bool) -> Outcome<Self> {
        match engine {
            Engine::Sqlite => {
                let file = folder.join(FILE);
                Ok(Self {
                    engine,
                    url: format!("sqlite://{}", utf8(&file)?),
                    is_new: !file.is_file(),
                    cluster: None,
                })
            }
            Engine::Postgres => {
                let cluster = if kept {
                    Cluster::keep(&folder.join(CLUSTER), Durability::Durable)?
                } else {
                    Cluster::start_within(folder, Durability::Throwaway)?
                };
                Ok(Self {
                    engine,
                    url: cluster.url(),
                    is_new: cluster.is_new(),
                    cluster: Some(cluster),
                })
            }
        }
    }

    /// As a key in the memory of a folder, which may have one of each.
    pub fn name(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }

    /// As the server's settings have it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether nothing was there before.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// What has to be watched and ended, if there is something.
    pub fn take_cluster(&mut self) -> Option<Cluster> {
        self.cluster.take()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::project;

    #[test]
    fn a_file_is_new_until_the_server_has_made_it() {
        let folder = project::target().join("xtask-tests").join("database");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let open = || Database::open(Engine::Sqlite, &folder, true).unwrap();

        assert!(open().is_new());
        fs::write(folder.join(FILE), "").unwrap();

        assert!(!open().is_new());
        assert!(open().url().starts_with("sqlite:///"));
        assert!(open().url().ends_with("/database/borga.db"));
    }
}
