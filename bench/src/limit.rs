//! The limit: the rows of sessions committed as fast as the database takes them, without a server around it.
//!
//! The statements are the server's own, from its library. The plain loop is the yardstick that stays, one transaction
//! for each session; the own loop writes as the server does, several sessions in one transaction.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use embed_server::entropy::Entropy;
use embed_server::session_writer::SessionWriter;
use embed_server::store::session_batch::{Answered, NewRows};
use embed_server::store::{Store, idempotency_keys, payment_sessions, payments};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::failure::Outcome;
use crate::figure::{Figure, per_second};
use crate::latency::Latencies;
use crate::process::Process;
use crate::rows::Rows;

/// A way to make the rows of a session durable.
pub trait Write: Clone + Send + 'static {
    /// Comes back when they are.
    fn write(&self, rows: Rows) -> impl Future<Output = Outcome> + Send;
}

/// In the order of `operations/create_session.rs`, one statement after the other.
#[derive(Clone)]
pub struct Plain(pub Store);

impl Write for Plain {
    async fn write(&self, rows: Rows) -> Outcome {
        let mut tx = self.0.begin().await?;
        let (claim, now) = (&rows.claim, rows.session.created_at);
        let (status, sealed) = (rows.status, &rows.sealed_answer);
        let earlier = idempotency_keys::take(&mut tx, claim, status, sealed, None, now).await?;
        if earlier.is_some() {
            return Err("a key that was new is taken".into());
        }
        payments::insert(&mut tx, &rows.payment).await?;
        payment_sessions::insert(&mut tx, &rows.session).await?;
        Ok(tx.commit().await?)
    }
}

/// As the server writes them.
#[derive(Clone)]
pub struct Own(pub SessionWriter);

impl Write for Own {
    async fn write(&self, rows: Rows) -> Outcome {
        let written = self.0.write(NewRows {
            answered: Some(Answered {
                claim: rows.claim,
                status: rows.status,
                sealed_body: rows.sealed_answer,
            }),
            payment: rows.payment,
            session: rows.session,
        });
        if written.await {
            Ok(())
        } else {
            Err("a session was not written with the others".into())
        }
    }
}

/// How many write at once in the plain loop. On SQLite they only take turns, but a single one would get less of a busy
/// machine than a server does, and make the server look good.
pub const PLAIN_WRITERS: usize = 16;

/// What came of it.
pub struct Limit {
    /// How long a session took.
    pub latencies: Latencies,
    window: Duration,
    cpu: Duration,
}

impl Limit {
    /// Sessions in a second.
    pub fn per_second(&self) -> u64 {
        per_second(self.latencies.count(), self.window)
    }

    /// As a line for the person who waits.
    pub fn line(&self) -> String {
        format!(
            "{}/s, p50 {} µs, p99 {} µs, CPU µs per session: {}",
            self.per_second(),
            self.latencies.p50_us(),
            self.latencies.p99_us(),
            self.us_each().whole(),
        )
    }

    /// Processor time of a session, without a database that is another process.
    pub fn us_each(&self) -> Figure {
        let us = u64::try_from(self.cpu.as_micros()).unwrap_or(u64::MAX);
        Figure::quotient(us, self.latencies.count())
    }
}

/// Writes sessions like `like` for this long, after a warm-up.
///
/// # Errors
/// When the database refuses one.
pub fn measure(
    runtime: &Runtime,
    write: &impl Write,
    writers: usize,
    like: &Rows,
    (warm_up, window): (Duration, Duration),
) -> Outcome<Limit> {
    runtime.block_on(async {
        let entropy = Arc::new(Entropy::default());
        let from = Instant::now() + warm_up;
        let to = from + window;
        let mut writing = JoinSet::new();
        for _ in 0..writers {
            let (write, like, entropy) = (write.clone(), like.clone(), Arc::clone(&entropy));
            writing.spawn(async move {
                let mut took = Vec::new();
                let mut began = Instant::now();
                while began < to {
                    write.write(like.renewed(&entropy)).await?;
                    let now = Instant::now();
                    if now >= from && now < to {
                        took.push(now - began);
                    }
                    began = now;
                }
                Outcome::Ok(took)
            });
        }
        let before = tokio::time::sleep_until(from.into());
        before.await;
        let cpu_before = Process::own().cpu()?;
        let mut latencies = Latencies::new()?;
        while let Some(written) = writing.join_next().await {
            for took in written?? {
                latencies.record(took);
            }
        }
        Ok(Limit {
            latencies,
            window,
            cpu: Process::own().cpu()?.saturating_sub(cpu_before),
        })
    })
}

/// Writes so many sessions like `like`.
///
/// # Errors
/// When the database refuses one.
pub async fn fill(write: &impl Write, like: &Rows, count: u64) -> Outcome {
    let entropy = Entropy::default();
    for _ in 0..count {
        write.write(like.renewed(&entropy)).await?;
    }
    Ok(())
}
