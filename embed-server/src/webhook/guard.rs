//! Webhooks reach the internet and nothing else: not this machine, not its network, not the cloud's metadata.
//!
//! A name is resolved once for each connection, what it resolves to is checked, and the connection goes to just those
//! addresses: an answer that changes afterwards leads nowhere. Addresses in the URL itself are never resolved, so they
//! are checked with the URL.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use checkout_protocol::origin::Origin;
use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::domain::public_address::is_public;

/// Ports that webhooks are sent to.
const PORTS: [u16; 2] = [443, 8443];

/// Why a URL cannot be an endpoint's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATarget {
    /// Neither https nor one of the settings' test origins.
    #[error("must begin with `https://`")]
    Scheme,
    /// A name and a password in it would be in our database and logs.
    #[error("must not have a user name or a password")]
    Credentials,
    /// Some other port.
    #[error("must be on port 443 or 8443")]
    Port,
    /// An address or a name that is not on the internet.
    #[error("must be reachable from the internet: not an address or a name of a private network")]
    Private,
    /// A part that is never sent.
    #[error("must not have a fragment (`#…`)")]
    Fragment,
}

/// Whether webhooks may be sent there, as far as the URL tells. What its name resolves to is checked at every
/// connection.
///
/// # Errors
///
/// [`NotATarget`].
pub fn check(url: &Url) -> Result<(), NotATarget> {
    if url.scheme() != "https" {
        return Err(NotATarget::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(NotATarget::Credentials);
    }
    if url.fragment().is_some() {
        return Err(NotATarget::Fragment);
    }
    if !url
        .port_or_known_default()
        .is_some_and(|port| PORTS.contains(&port))
    {
        return Err(NotATarget::Port);
    }
    let is_on_the_internet = match url.host() {
        Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
        Some(Host::Domain(name)) => is_public_name(name),
        None => false,
    };
    if is_on_the_internet {
        Ok(())
    } else {
        Err(NotATarget::Private)
    }
}

/// Names that mean this machine or a network's own, whatever they resolve to (RFC 6761, RFC 6762, RFC 8375, ICANN's
/// `.internal`), and names without a dot, which a resolver completes with the local domain.
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && !matches!(
            last,
            "localhost" | "local" | "internal" | "test" | "invalid" | "onion"
        )
        && !name.ends_with(".home.arpa")
}

/// Whether the URL is at one of the origins that the settings allow for development, in test mode.
#[must_use]
pub fn is_test_origin(url: &Url, allowed: &[Origin]) -> bool {
    let origin = url.origin().ascii_serialization();
    allowed.iter().any(|allowed| allowed.as_str() == origin)
        && url.username().is_empty()
        && url.password().is_none()
}

/// How a name is looked up.
pub type Lookup = fn(String) -> BoxFuture<'static, std::io::Result<Vec<SocketAddr>>>;

/// Resolves to addresses on the internet only, by whatever looks names up.
#[derive(Debug)]
pub struct PublicOnly(pub Lookup);

/// Looks names up as this machine does.
#[must_use]
pub fn system(name: String) -> BoxFuture<'static, std::io::Result<Vec<SocketAddr>>> {
    Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let found = (self.0)(name.as_str().to_owned());
        Box::pin(async move {
            let mut public = found.await?;
            public.retain(|address| is_public(address.ip()));
            if public.is_empty() {
                return Err("resolves to no address on the internet".into());
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

/// Resolves names below `localhost` to this machine (RFC 6761), and no other name: for the test origins.
#[derive(Debug)]
pub struct ThisMachineOnly;

impl Resolve for ThisMachineOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let name = name.as_str().trim_end_matches('.');
            if name != "localhost" && !name.ends_with(".localhost") {
                return Err("is not a name of this machine".into());
            }
            let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            let addresses: Addrs = Box::new(std::iter::once(here));
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use checkout_protocol::api_key::Mode;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn checked(text: &str) -> Result<(), NotATarget> {
        check(&text.parse().unwrap())
    }

    #[test]
    fn ordinary_servers_are_targets() {
        for text in [
            "https://shop.is/hook",
            "https://shop.is:8443/hook?x=1",
            "https://8.8.8.8/",
            "https://[2606:4700::1111]/",
            "https://verslun.íslenskt.is/",
        ] {
            assert_eq!(checked(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_is_not_on_the_internet_is_none_however_it_is_written() {
        for text in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://0/",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[::ffff:a00:1]/",
            "https://[64:ff9b::a00:1]/",
            "https://[fc00::1]/",
            "https://[fe80::1]/",
            "https://[2002:7f00:1::]/",
            "https://localhost/",
            "https://localhost./",
            "https://shop.localhost/",
            "https://LOCALHOST/",
            "https://metadata.google.internal/",
            "https://printer.local/",
            "https://intranet/",
            "https://router.home.arpa/",
            "https://１２７.0.0.1/",
        ] {
            assert_eq!(checked(text), Err(NotATarget::Private), "{text}");
        }
    }

    #[test]
    fn other_ways_out_are_closed() {
        assert_eq!(checked("http://shop.is/"), Err(NotATarget::Scheme));
        assert_eq!(checked("ftp://shop.is/"), Err(NotATarget::Scheme));
        assert_eq!(
            checked("https://user@shop.is/"),
            Err(NotATarget::Credentials)
        );
        assert_eq!(
            checked("https://:word@shop.is/"),
            Err(NotATarget::Credentials)
        );
        assert_eq!(checked("https://shop.is:22/"), Err(NotATarget::Port));
        assert_eq!(checked("https://shop.is/#part"), Err(NotATarget::Fragment));
    }

    #[test]
    fn a_test_origin_is_taken_whole() {
        let allowed = [Origin::parse("http://shop.localhost:4100", Mode::Test).unwrap()];
        let is = |text: &str| is_test_origin(&text.parse().unwrap(), &allowed);
        assert!(is("http://shop.localhost:4100/hook"));
        assert!(!is("http://shop.localhost:4101/hook"));
        assert!(!is("https://shop.localhost:4100/hook"));
        assert!(!is("http://shop.localhost:4100@elsewhere.is/hook"));
        assert!(!is("http://user@shop.localhost:4100/hook"));
    }

    #[tokio::test]
    async fn names_of_private_addresses_resolve_to_nothing() {
        let resolved = PublicOnly(system)
            .resolve("localhost".parse().unwrap())
            .await;
        assert!(resolved.is_err());
        let resolved = ThisMachineOnly.resolve("shop.is".parse().unwrap()).await;
        assert!(resolved.is_err());
        let resolved = ThisMachineOnly
            .resolve("shop.localhost".parse().unwrap())
            .await;
        assert_eq!(resolved.unwrap().next().unwrap().ip(), Ipv4Addr::LOCALHOST);
    }

    /// A name whose answer is on the internet at the first look and on this machine afterwards.
    fn flips(_: String) -> BoxFuture<'static, std::io::Result<Vec<SocketAddr>>> {
        static LOOKS: AtomicUsize = AtomicUsize::new(0);
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let there = SocketAddr::from(([8, 8, 8, 8], 0));
        let found = match LOOKS.fetch_add(1, Ordering::SeqCst) {
            0 => vec![here, there],
            _ => vec![here],
        };
        Box::pin(async move { Ok(found) })
    }

    #[tokio::test]
    async fn an_answer_that_changes_between_two_looks_leads_nowhere() {
        let resolver = Arc::new(PublicOnly(flips));
        let first = resolver.resolve("shop.is".parse().unwrap()).await.unwrap();
        let first: Vec<SocketAddr> = first.collect();
        assert_eq!(
            first,
            [SocketAddr::from(([8, 8, 8, 8], 0))],
            "only these are connected to"
        );

        // The connection looks again, and what it finds is checked again.
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let client = reqwest::Client::builder().no_proxy().dns_resolver(resolver);
        let client = client.build().unwrap();
        let sent = client.post(format!("http://shop.is:{port}/")).send();
        tokio::select! {
            sent = sent => assert!(sent.unwrap_err().is_connect()),
            _ = listener.accept() => panic!("it came to this machine"),
        }
    }
}
