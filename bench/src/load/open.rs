//! Open loop: requests are due at their times, whether the server keeps up or not. It shows how long a payer waits.
//! A request that has to wait for a free connection waits from the moment it was due.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::runtime;
use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinSet, LocalSet};

use super::Plan;
use super::connection::Connection;
use super::request::Requests;
use crate::failure::Outcome;
use crate::latency::Latencies;

type Due = mpsc::UnboundedReceiver<Instant>;

struct Shared {
    due: Mutex<Due>,
    requests: RefCell<Requests>,
    latencies: RefCell<Latencies>,
    from: Instant,
}

/// Asks so often in a second.
///
/// # Errors
/// The first answer that is not as expected, or a broken connection.
pub fn open(plan: Plan, per_second: u64, requests: Requests) -> Outcome<Latencies> {
    let pause = Duration::from_secs(1) / u32::try_from(per_second.max(1))?;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    LocalSet::new().block_on(&runtime, async {
        let mut connections = Vec::new();
        for _ in 0..plan.connections {
            connections.push(Connection::open(plan.server).await?);
        }
        let start = Instant::now();
        let from = start + plan.warm_up;
        let to = from + plan.window;
        let (sender, due) = mpsc::unbounded_channel();
        // A thread of its own: the runtime's clock goes in whole milliseconds, too coarse for answers within one.
        let pacer = std::thread::spawn(move || pace(start, pause, to, &sender));
        let shared = Rc::new(Shared {
            due: Mutex::new(due),
            requests: RefCell::new(requests),
            latencies: RefCell::new(Latencies::new()?),
            from,
        });
        let mut asking = JoinSet::new();
        for connection in connections {
            asking.spawn_local(ask(connection, Rc::clone(&shared), plan.expected));
        }
        while let Some(asked) = asking.join_next().await {
            asked??;
        }
        pacer
            .join()
            .map_err(|_| "the thread that paces requests died")?;
        let shared = Rc::into_inner(shared).ok_or("a connection is still at work")?;
        Ok(shared.latencies.into_inner())
    })
}

/// Says of each request when it is due, at that time.
fn pace(start: Instant, pause: Duration, to: Instant, due: &mpsc::UnboundedSender<Instant>) {
    let mut next = start;
    while next < to {
        let now = Instant::now();
        if now < next {
            std::thread::park_timeout(next - now);
        } else if due.send(next).is_ok() {
            next += pause;
        } else {
            return;
        }
    }
}

async fn ask(mut connection: Connection, shared: Rc<Shared>, expected: u16) -> Outcome {
    let mut request = Vec::new();
    loop {
        let due = shared.due.lock().await.recv().await;
        let Some(due) = due else {
            return Ok(());
        };
        shared.requests.borrow_mut().write_next(&mut request);
        connection.exchange(&request).await?.expect(expected)?;
        if due >= shared.from {
            shared.latencies.borrow_mut().record(due.elapsed());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_due_at_equal_distances_up_to_the_end() {
        let (sender, mut due) = mpsc::unbounded_channel();
        let start = Instant::now();
        let pause = Duration::from_micros(300);

        pace(start, pause, start + pause * 10, &sender);

        for count in 0..10 {
            assert_eq!(due.try_recv(), Ok(start + pause * count));
        }
        assert!(due.try_recv().is_err());
    }
}
