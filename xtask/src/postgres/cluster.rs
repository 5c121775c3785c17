//! A PostgreSQL cluster of our own: made, started, ended with its value.
//! It makes no databases but the one that every cluster has.

use std::{fs, path::Path};

use super::{
    account::Account,
    place::Place,
    port,
    programs::Programs,
    server::Server,
    settings::{self, Durability},
};
use crate::{failure::Outcome, process, project, version::Version};

/// As long as it is made, it has the other name: what has the first one is complete.
const DATA: &str = "data";
const UNFINISHED_DATA: &str = "data.part";
const LOG: &str = "postgres.log";

/// Accepts connections as long as it lives; ends when it is dropped, or when we are killed.
pub struct Cluster {
    server: Server,
    version: Version,
    port: u16,
    is_new: bool,
    // Last: a folder is removed when nobody writes into it any more.
    place: Place,
}

impl Cluster {
    /// A new one, whose folder goes with it. Call this, and [`Cluster::keep`], on the thread that
    /// lives as long as the cluster.
    ///
    /// # Errors
    /// When there is no PostgreSQL, no place for it, or it does not start.
    pub fn start(durability: Durability) -> Outcome<Self> {
        Self::start_within(&project::target(), durability)
    }

    /// The same with its folder in another one, if PostgreSQL can use that.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn start_within(folder: &Path, durability: Durability) -> Outcome<Self> {
        let account = Account::for_new_cluster()?;
        Self::start_at(Place::fresh(folder, account)?, account, durability)
    }

    /// The one in a folder, made the first time; it stays there.
    ///
    /// # Errors
    /// As [`Cluster::start`], and when another cluster runs there.
    pub fn keep(folder: &Path, durability: Durability) -> Outcome<Self> {
        let account = Account::of_cluster_in(folder)?;
        Self::start_at(Place::kept(folder, account)?, account, durability)
    }

    fn start_at(place: Place, account: Account, durability: Durability) -> Outcome<Self> {
        let programs = Programs::find()?;
        let data = place.path().join(DATA);
        let is_new = !data.exists();
        if is_new {
            make(&programs, account, durability, &place)?;
        }
        let port = port::free()?;
        let mut postgres = account.command(&programs.path("postgres"), place.path())?;
        postgres
            .args(settings::for_running(
                durability,
                &data,
                place.path(),
                port,
            )?)
            .stdin(place.share()?);
        Ok(Self {
            server: Server::start(postgres, place.path().join(LOG))?,
            version: programs.version(),
            port,
            is_new,
            place,
        })
    }

    /// Of the database that every cluster has, for its superuser. It holds no secret: everybody on
    /// this machine may use it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// PostgreSQL's, as people write it.
    pub fn version(&self) -> String {
        let Version(major, minor, _) = self.version;
        format!("{major}.{minor}")
    }

    /// Where its log and its socket are.
    pub fn folder(&self) -> &Path {
        self.place.path()
    }

    /// Whether nothing was there before.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// # Errors
    /// When it has ended by itself: with the end of its log.
    pub fn refuse_ended(&mut self) -> Outcome {
        self.server.refuse_ended()
    }
}

fn make(programs: &Programs, account: Account, durability: Durability, place: &Place) -> Outcome {
    let [unfinished, data] = [UNFINISHED_DATA, DATA].map(|it| place.path().join(it));
    let explain = |error| format!("cannot make {}: {error}", data.display());
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(explain)?;
    }
    let mut initdb = account.command(&programs.path("initdb"), place.path())?;
    initdb.args(settings::for_making(durability, &unfinished)?);
    process::output(initdb)?;
    fs::rename(&unfinished, &data).map_err(explain)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        fs::Permissions,
        net::{Ipv4Addr, TcpStream},
        os::unix::fs::PermissionsExt,
        path::PathBuf,
    };

    use super::*;

    fn listens(port: u16) -> bool {
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
    }

    #[test]
    fn a_cluster_listens_while_it_lives_and_leaves_nothing_behind() {
        let cluster = Cluster::start(Durability::Throwaway).unwrap();
        let (port, process) = (cluster.port, process_of(&cluster));
        let folder = cluster.folder().to_owned();
        assert!(cluster.is_new());
        assert!(
            cluster
                .url()
                .ends_with(&format!("@127.0.0.1:{port}/postgres"))
        );
        assert!(listens(port));
        assert_eq!(
            fs::read_link(process.join("fd/0")).unwrap(),
            folder.join("lock")
        );

        drop(cluster);

        assert!(!listens(port));
        assert!(!process.exists());
        assert!(!folder.exists());
    }

    #[test]
    fn a_kept_cluster_is_made_once() {
        // Not for the owner alone: as root, another account runs it.
        let parent = tempfile::Builder::new()
            .permissions(Permissions::from_mode(0o755))
            .tempdir()
            .unwrap();
        let folder = parent.path().join("postgres");

        let is_new = || {
            Cluster::keep(&folder, Durability::Throwaway)
                .unwrap()
                .is_new()
        };

        assert!(is_new());
        assert!(!is_new());
    }

    fn process_of(cluster: &Cluster) -> PathBuf {
        PathBuf::from(format!("/proc/{}", cluster.server.id()))
    }
}
