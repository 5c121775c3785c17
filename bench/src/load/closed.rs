//! Closed loop: every connection asks again as soon as it has its answer. It shows how much a server gives.

use std::cell::RefCell;
use std::rc::Rc;

use tokio::runtime;
use tokio::task::{JoinSet, LocalSet};
use tokio::time::{Instant, sleep_until};

use super::connection::Connection;
use super::request::Requests;
use super::{Load, Plan, Watched};
use crate::failure::Outcome;
use crate::latency::Latencies;

/// What the connections of one loop share; they run on one thread.
struct Shared {
    requests: RefCell<Requests>,
    latencies: RefCell<Latencies>,
}

/// Asks for as much as the server gives.
///
/// # Errors
/// The first answer that is not as expected, or a broken connection.
pub fn closed(plan: Plan, requests: Requests, watched: Watched) -> Outcome<Load> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let shared = Rc::new(Shared {
        requests: RefCell::new(requests),
        latencies: RefCell::new(Latencies::new()?),
    });
    let asking = Rc::clone(&shared);
    let usage = LocalSet::new().block_on(&runtime, ask_and_watch(plan, asking, watched))?;
    // The tasks that shared it have ended.
    let shared = Rc::into_inner(shared).ok_or("a connection is still at work")?;
    Ok(Load {
        latencies: shared.latencies.into_inner(),
        window: plan.window,
        usage,
    })
}

async fn ask_and_watch(plan: Plan, shared: Rc<Shared>, watched: Watched) -> Outcome<super::Usage> {
    let mut connections = Vec::new();
    for _ in 0..plan.connections {
        connections.push(Connection::open(plan.server).await?);
    }
    let from = Instant::now() + plan.warm_up;
    let to = from + plan.window;
    let mut asking = JoinSet::new();
    for connection in connections {
        asking.spawn_local(ask(
            connection,
            Rc::clone(&shared),
            (from, to),
            plan.expected,
        ));
    }
    drop(shared);
    let watching = async {
        sleep_until(from).await;
        let before = watched.look()?;
        sleep_until(to).await;
        Outcome::Ok(watched.look()?.since(before))
    };
    let joining = async {
        while let Some(asked) = asking.join_next().await {
            asked??;
        }
        Outcome::Ok(())
    };
    let (usage, ()) = tokio::try_join!(watching, joining)?;
    Ok(usage)
}

/// One connection's part.
async fn ask(
    mut connection: Connection,
    shared: Rc<Shared>,
    (from, to): (Instant, Instant),
    expected: u16,
) -> Outcome {
    let mut request = Vec::new();
    let mut asked_at = Instant::now();
    while asked_at < to {
        shared.requests.borrow_mut().write_next(&mut request);
        connection.exchange(&request).await?.expect(expected)?;
        let now = Instant::now();
        if now >= from && now < to {
            shared.latencies.borrow_mut().record(now - asked_at);
        }
        asked_at = now;
    }
    Ok(())
}
