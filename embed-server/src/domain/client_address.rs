//! Whose browser is calling: the connection's peer, or what a proxy that we trust says of it.

use std::net::IpAddr;

/// The payer's address. `forwarded` is `X-Forwarded-For`: each proxy adds the address it was called from at the end, so
/// the last one that is no proxy of ours is the first that nobody could have made up.
#[must_use]
pub fn client_address(
    peer: Option<IpAddr>,
    forwarded: Option<&str>,
    trusted_proxies: &[IpAddr],
) -> Option<IpAddr> {
    let peer = peer?.to_canonical();
    if !trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    forwarded?
        .rsplit(',')
        .map(|text| {
            text.trim()
                .parse::<IpAddr>()
                .map(|address| address.to_canonical())
        })
        .find(|address| !matches!(address, Ok(address) if trusted_proxies.contains(address)))?
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        for (peer, forwarded, expected) in [
            ("198.51.100.7", None, Some("198.51.100.7")),
            ("198.51.100.7", Some("203.0.113.9"), Some("198.51.100.7")),
            ("10.0.0.1", Some("203.0.113.9"), Some("203.0.113.9")),
            (
                "10.0.0.1",
                Some("1.2.3.4, 203.0.113.9, 10.0.0.1"),
                Some("203.0.113.9"),
            ),
            ("::ffff:10.0.0.1", Some("2001:db8::7"), Some("2001:db8::7")),
            ("10.0.0.1", Some("1.2.3.4, nonsense"), None),
            ("10.0.0.1", None, None),
        ] {
            let address = client_address(peer.parse().ok(), forwarded, &[proxy]);
            assert_eq!(
                address,
                expected.map(|text| text.parse().unwrap()),
                "{peer} {forwarded:?}"
            );
        }
    }
}
