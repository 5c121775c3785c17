//! What many requests want at the same moment, done for all of them at once: one statement or one wait for the disk
//! instead of many. Nobody waits for others to come; what came while the last batch was at work is the next one.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, oneshot};

/// At most so many at once: larger batches would only make the others wait.
const BATCH: usize = 256;
/// Requests that may wait for their turn; more wait before the queue.
const QUEUE: usize = 1_024;

/// The queue to the tasks that do the work. They end with it.
#[derive(Debug)]
pub struct Together<Wanted, Done> {
    queue: mpsc::Sender<Job<Wanted, Done>>,
}

#[derive(Debug)]
struct Job<Wanted, Done> {
    wanted: Wanted,
    done: oneshot::Sender<Done>,
}

impl<Wanted, Done> Clone for Together<Wanted, Done> {
    fn clone(&self) -> Self {
        Self {
            queue: self.queue.clone(),
        }
    }
}

impl<Wanted: Send + 'static, Done: Send + 'static> Together<Wanted, Done> {
    /// Starts so many tasks. `work` answers each of a batch in its order, or none of them.
    #[must_use]
    pub fn start<W, F>(tasks: usize, work: W) -> Self
    where
        W: Fn(Vec<Wanted>) -> F + Clone + Send + 'static,
        F: Future<Output = Option<Vec<Done>>> + Send + 'static,
    {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..tasks {
            tokio::spawn(run(Arc::clone(&jobs), work.clone()));
        }
        Self { queue }
    }

    /// What came of it; `None` when the batch was not done, for whatever reason: then whoever asks must go its own way.
    pub async fn ask(&self, wanted: Wanted) -> Option<Done> {
        let (done, answer) = oneshot::channel();
        self.queue.send(Job { wanted, done }).await.ok()?;
        answer.await.ok()
    }
}

async fn run<Wanted, Done, W, F>(jobs: Arc<Mutex<mpsc::Receiver<Job<Wanted, Done>>>>, work: W)
where
    W: Fn(Vec<Wanted>) -> F,
    F: Future<Output = Option<Vec<Done>>>,
{
    loop {
        let mut batch = Vec::new();
        if jobs.lock().await.recv_many(&mut batch, BATCH).await == 0 {
            return;
        }
        let (wanted, waiting): (Vec<_>, Vec<_>) =
            batch.into_iter().map(|job| (job.wanted, job.done)).unzip();
        // Those who are not answered see their channel closed.
        let done = work(wanted).await.unwrap_or_default();
        for (waiting, done) in waiting.into_iter().zip(done) {
            // Whoever asked may be gone.
            let _ = waiting.send(done);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::Semaphore;

    #[tokio::test]
    async fn what_came_meanwhile_is_done_at_once_and_each_has_its_own_answer() {
        let gate = Arc::new(Semaphore::new(0));
        let open = Arc::clone(&gate);
        let together = Together::start(1, move |wanted: Vec<usize>| {
            let gate = Arc::clone(&gate);
            async move {
                gate.acquire().await.ok()?.forget();
                let size = wanted.len();
                Some(wanted.into_iter().map(|it| (it, size)).collect())
            }
        });
        let asked: Vec<_> = (0..300)
            .map(|number| {
                let together = together.clone();
                tokio::spawn(async move { together.ask(number).await })
            })
            .collect();
        // On this one thread everybody has asked before the work goes on.
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        open.add_permits(300);

        let mut sizes = Vec::new();
        for (number, asked) in asked.into_iter().enumerate() {
            let (answer, size) = asked.await.unwrap().unwrap();
            assert_eq!(answer, number);
            sizes.push(size);
        }
        assert!(sizes.iter().all(|size| *size <= BATCH), "{sizes:?}");
        assert!(sizes.iter().any(|size| *size > 1), "{sizes:?}");
    }

    #[tokio::test]
    async fn a_batch_that_is_not_done_is_told_and_the_next_one_is() {
        let together = Together::start(1, async |wanted: Vec<bool>| {
            wanted.iter().all(|good| *good).then_some(wanted)
        });

        assert_eq!(together.ask(false).await, None);
        assert_eq!(together.ask(true).await, Some(true));
    }
}
