//! A network in front of the checkout that can be cut and joined again.

use std::sync::{Mutex, PoisonError};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::Failure;

/// The network; everything passes until it is cut.
pub struct Network {
    /// The checkout's origin behind it.
    pub origin: String,
    is_cut: watch::Sender<bool>,
}

/// A place in front of the checkout at `origin`: the checkout's port, who listens, and the origin of that.
pub(crate) async fn before(origin: &str) -> Result<(u16, TcpListener, String), Failure> {
    let (_, port) = origin.rsplit_once(':').ok_or("an origin without a port")?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let ours = format!(
        "http://checkout.localhost:{}",
        listener.local_addr()?.port()
    );
    stands_before(origin, &ours);
    Ok((port.parse()?, listener, ours))
}

/// Origins of tests' own in front of a checkout, each with the checkout's.
static PLACES: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Remembers that who asks `ours` is answered by the checkout at `origin`.
pub(crate) fn stands_before(origin: &str, ours: &str) {
    let mut places = PLACES.lock().unwrap_or_else(PoisonError::into_inner);
    places.push((ours.to_owned(), origin.to_owned()));
}

/// The origins at which the checkout at `origin` answers besides its own.
pub(crate) fn places_before(origin: &str) -> Vec<String> {
    let places = PLACES.lock().unwrap_or_else(PoisonError::into_inner);
    let ours = places.iter().filter(|(_, behind)| behind == origin);
    ours.map(|(ours, _)| ours.clone()).collect()
}

impl Network {
    /// Stands in front of the checkout at `origin`.
    ///
    /// # Errors
    ///
    /// When there is no port.
    pub async fn in_front_of(origin: &str) -> Result<Self, Failure> {
        let (upstream, listener, ours) = before(origin).await?;
        let (is_cut, seen) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                tokio::spawn(carry(browser, upstream, seen.clone()));
            }
        });
        Ok(Self {
            origin: ours,
            is_cut,
        })
    }

    /// Ends every connection, and each one that is tried.
    pub fn cut(&self) {
        self.is_cut.send_replace(true);
    }

    /// Lets everything pass again.
    pub fn join(&self) {
        self.is_cut.send_replace(false);
    }
}

async fn carry(mut browser: TcpStream, upstream: u16, mut is_cut: watch::Receiver<bool>) {
    if *is_cut.borrow() {
        return;
    }
    let Ok(mut server) = TcpStream::connect(("127.0.0.1", upstream)).await else {
        return;
    };
    tokio::select! {
        // Whoever goes first, the other hears of it.
        _ = copy_bidirectional(&mut browser, &mut server) => {}
        _ = is_cut.wait_for(|is_cut| *is_cut) => {}
    }
}
