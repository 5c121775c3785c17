//! What a long poll that waits costs the server in memory.

use std::time::Duration;

use tokio::runtime::Runtime;

use super::ground::{Ground, WORK};
use super::say;
use crate::failure::Outcome;
use crate::figure::thousands;
use crate::load::connection::Connection;

/// After this nobody is still on the way to waiting; a poll waits 25 s.
const SETTLED: Duration = Duration::from_secs(3);

/// Growth of the server's memory for each of so many waiting polls, in bytes. The kernel's part is not in it.
///
/// # Errors
/// When a poll does not wait.
pub fn bytes_each(runtime: &Runtime, ground: &Ground, count: usize) -> Outcome<u64> {
    runtime.block_on(async {
        let mut requests = ground.polls(WORK, count).await?;
        let server = ground.serve(WORK).await?;
        // What the first request of all costs is nobody's.
        for request in requests.iter_mut().take(1) {
            let mut first = Connection::open(server.address).await?;
            first.send(request.next()).await?;
            tokio::time::sleep(SETTLED).await;
        }
        let before = server.process().resident_bytes()?;
        let mut waiting = Vec::new();
        for number in 0..count {
            let mut connection = Connection::open(server.address).await?;
            let request = number % requests.len();
            connection.send(requests[request].next()).await?;
            waiting.push(connection);
        }
        tokio::time::sleep(SETTLED).await;
        let after = server.process().resident_bytes()?;
        if !waiting.iter().all(Connection::is_silent) {
            return Err("a long poll was answered at once".into());
        }
        let bytes = after.saturating_sub(before) / u64::try_from(count)?;
        say(&format!(
            "{count} long polls on {}: {} bytes each",
            ground.engine.name(),
            thousands(bytes)
        ));
        Ok(bytes)
    })
}
