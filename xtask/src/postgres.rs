//! PostgreSQL for tests, for the demo, and for whoever wants one for an hour: `cargo xtask postgres`.
//! Such a cluster lets every program on this machine in, so it must never hold what matters.

mod account;
mod cluster;
mod place;
mod port;
mod programs;
mod server;
mod settings;

pub use self::{
    cluster::Cluster,
    programs::{Programs, VERSION_MIN},
    settings::Durability,
};
use crate::{
    failure::Outcome,
    say, setup,
    signals::{self, News},
};

/// Tests that find a URL in this variable make databases of their own in that cluster.
pub const TEST_VARIABLE: &str = "BORGA_TEST_POSTGRES";

/// Carries out the command; comes back when a signal asks for the end.
///
/// # Errors
/// When there is no PostgreSQL, or it does not start or ends by itself.
pub fn run() -> Outcome {
    setup::for_postgres()?;
    let news = signals::watch()?;
    let mut cluster = Cluster::start(Durability::Throwaway)?;
    say::result(&cluster.url());
    say::progress(&format!(
        "PostgreSQL {} runs until Ctrl-C and leaves nothing behind; log and socket are in {}.\n\
         With {TEST_VARIABLE} set to this URL, embed-server's tests use it.",
        cluster.version(),
        cluster.folder().display()
    ));
    loop {
        match news.recv() {
            Ok(News::EndAsked) => return Ok(()),
            Ok(News::ChildChanged) => cluster.refuse_ended()?,
            Err(lost) => return Err(format!("no more signals can be received: {lost}").into()),
        }
    }
}
