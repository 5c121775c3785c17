//! A slow mobile network in front of the checkout: one rate for all connections together, and a long way.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, mpsc};
use tokio::time::{Instant, sleep_until};

use crate::Failure;
use crate::network::before;

/// 400 kbit/s and 400 ms, which browsers' tools call slow 3G.
const BYTES_PER_MS: u64 = 50;
const ONE_WAY: Duration = Duration::from_millis(200);
const PIECE_BYTES: usize = 1_400;

/// When the line is free again, for each direction.
#[derive(Clone)]
struct Line(Arc<Mutex<Instant>>);

/// Stands in front of the checkout at `origin`; returns its own origin.
///
/// # Errors
///
/// When there is no port.
pub async fn in_front_of(origin: &str) -> Result<String, Failure> {
    let (upstream, listener, ours) = before(origin).await?;
    let [up, down] = [0, 1].map(|_| Line(Arc::new(Mutex::new(Instant::now()))));
    tokio::spawn(async move {
        while let Ok((browser, _)) = listener.accept().await {
            let (up, down) = (up.clone(), down.clone());
            tokio::spawn(async move {
                // The handshake goes there and back before anything is sent.
                sleep_until(Instant::now() + 2 * ONE_WAY).await;
                let Ok(server) = TcpStream::connect(("127.0.0.1", upstream)).await else {
                    return;
                };
                let (from_browser, to_browser) = browser.into_split();
                let (from_server, to_server) = server.into_split();
                tokio::spawn(carry(from_browser, to_server, up));
                carry(from_server, to_browser, down).await;
            });
        }
    });
    Ok(ours)
}

/// Carries everything from one end to the other, each piece when it would have arrived.
async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin + Send + 'static,
    line: Line,
) {
    let (arrives, mut arriving) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        while let Some((due, piece)) = arriving.recv().await {
            sleep_until(due).await;
            if to.write_all(&piece).await.is_err() {
                return;
            }
        }
        let _ = to.shutdown().await;
    });
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        // The end, or a browser that went away: the other side hears of it after what is under way.
        let Ok(length @ 1..) = from.read(&mut piece).await else {
            return;
        };
        let sent = {
            let mut free = line.0.lock().await;
            let taken = u64::try_from(length).unwrap_or_default() / BYTES_PER_MS;
            *free = Instant::now().max(*free) + Duration::from_millis(taken);
            *free
        };
        // A sender is held up by its own line, as by a full buffer.
        sleep_until(sent).await;
        if arrives
            .send((sent + ONE_WAY, piece[..length].to_vec()))
            .is_err()
        {
            return;
        }
    }
}
