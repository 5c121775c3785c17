//! Web origins: one normal form, compared byte by byte, and the allowlist entries of a key.
//!
//! Parsing (feature `origin-parse`) uses the URL rules of browsers, so that what we store is what a browser sends in
//! `Origin`. An empty allowlist allows nobody; `null` is never an origin.

use std::fmt;

use serde::{Deserialize, Serialize};

/// `scheme://host[:port]` in ASCII, default port left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origin(String);

impl Origin {
    /// The normal form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "origin-parse")]
pub use parsing::{AllowedOrigin, OriginError};

#[cfg(feature = "origin-parse")]
mod parsing {
    use url::{Host, Url};

    use super::Origin;
    use crate::api_key::Mode;

    /// Why a text is not an origin we accept.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
    pub enum OriginError {
        /// Not a URL with a host.
        #[error("must be an origin such as https://shop.example")]
        NotAnOrigin,
        /// It has a path, query, fragment or user name.
        #[error(
            "must be only scheme, host and port, such as https://shop.example, with nothing after them"
        )]
        MoreThanAnOrigin,
        /// Another scheme than https, or http for a name that is not this machine's own.
        #[error("must begin with https:// (http:// only for localhost in test mode)")]
        Insecure,
        /// A trailing dot or an empty label: browsers take it for another origin than the one meant.
        #[error("must not have an empty part or a trailing dot in its host name")]
        EmptyLabel,
        /// An IP address in live mode.
        #[error("must be a host name, not an IP address, in live mode")]
        IpAddress,
        /// A `*` anywhere but as the whole first label, or over a public suffix such as `*.is`.
        #[error("may have one leading `*.` label, over a domain of your own")]
        Wildcard,
    }

    impl Origin {
        /// Reads an origin, as a merchant writes it or a browser sends it.
        ///
        /// # Errors
        ///
        /// [`OriginError`], in words that a merchant can act on.
        pub fn parse(text: &str, mode: Mode) -> Result<Self, OriginError> {
            if text.contains('*') {
                return Err(OriginError::Wildcard);
            }
            let url = Url::parse(text).map_err(|_| OriginError::NotAnOrigin)?;
            let host = url.host().ok_or(OriginError::NotAnOrigin)?;
            let bare = matches!(url.path(), "" | "/")
                && !text.ends_with('/')
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
                && !text.contains(['@', '\\'])
                && text.trim() == text;
            if !bare {
                return Err(OriginError::MoreThanAnOrigin);
            }
            check_host(&host, mode)?;
            match url.scheme() {
                "https" => {}
                "http" if mode == Mode::Test && is_loopback(&host) => {}
                _ => return Err(OriginError::Insecure),
            }
            Ok(Self(url.origin().ascii_serialization()))
        }

        /// The origin of a whole URL, for redirect targets.
        ///
        /// # Errors
        ///
        /// [`OriginError`] as for [`Origin::parse`].
        pub fn of_url(url: &Url, mode: Mode) -> Result<Self, OriginError> {
            Self::parse(&url.origin().ascii_serialization(), mode)
        }
    }

    fn check_host(host: &Host<&str>, mode: Mode) -> Result<(), OriginError> {
        match host {
            Host::Domain(name) if name.split('.').any(str::is_empty) => {
                Err(OriginError::EmptyLabel)
            }
            Host::Ipv4(_) | Host::Ipv6(_) if mode == Mode::Live => Err(OriginError::IpAddress),
            Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_) => Ok(()),
        }
    }

    fn is_loopback(host: &Host<&str>) -> bool {
        match host {
            Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        }
    }

    /// One entry of a key's `allowed_origins`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum AllowedOrigin {
        /// Exactly this origin.
        Exact(Origin),
        /// Every sub-domain of a base, with the same scheme and port; not the base itself.
        SubDomainsOf(Origin),
    }

    impl AllowedOrigin {
        /// Reads an entry: an origin, or one whose first label is `*`.
        ///
        /// # Errors
        ///
        /// [`OriginError`], in words that a merchant can act on.
        pub fn parse(text: &str, mode: Mode) -> Result<Self, OriginError> {
            let Some((scheme, rest)) = text.split_once("://*.") else {
                return Origin::parse(text, mode).map(Self::Exact);
            };
            let base = Origin::parse(&format!("{scheme}://{rest}"), mode)?;
            let url = Url::parse(base.as_str()).map_err(|_| OriginError::NotAnOrigin)?;
            match url.host() {
                Some(Host::Domain(name)) if psl::domain_str(name).is_some() => {
                    Ok(Self::SubDomainsOf(base))
                }
                _ => Err(OriginError::Wildcard),
            }
        }

        /// Whether `origin` is allowed by this entry.
        #[must_use]
        pub fn allows(&self, origin: &Origin) -> bool {
            match self {
                Self::Exact(allowed) => allowed == origin,
                Self::SubDomainsOf(base) => {
                    let split = |origin: &Origin| {
                        origin
                            .as_str()
                            .split_once("://")
                            .map(|(scheme, rest)| (scheme.to_owned(), rest.to_owned()))
                    };
                    let (Some((base_scheme, base_rest)), Some((scheme, rest))) =
                        (split(base), split(origin))
                    else {
                        return false;
                    };
                    // The port is at the end of both, so a suffix match compares it too.
                    base_scheme == scheme
                        && rest
                            .strip_suffix(&base_rest)
                            .is_some_and(|label| label.len() > 1 && label.ends_with('.'))
                }
            }
        }
    }

    impl std::fmt::Display for AllowedOrigin {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            match self {
                Self::Exact(origin) => origin.fmt(f),
                Self::SubDomainsOf(base) => f.write_str(&base.as_str().replacen("://", "://*.", 1)),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use proptest::prelude::*;

        fn check(text: &str, mode: Mode, expected: Result<&str, OriginError>) {
            let parsed = Origin::parse(text, mode);
            assert_eq!(
                parsed.as_ref().map(Origin::as_str).map_err(|error| *error),
                expected,
                "{text}"
            );
        }

        #[test]
        fn origins_have_one_form() {
            check(
                "https://shop.example",
                Mode::Live,
                Ok("https://shop.example"),
            );
            check(
                "HTTPS://Shop.Example:443",
                Mode::Live,
                Ok("https://shop.example"),
            );
            check(
                "https://shop.example:8443",
                Mode::Live,
                Ok("https://shop.example:8443"),
            );
            check(
                "https://bücher.example",
                Mode::Live,
                Ok("https://xn--bcher-kva.example"),
            );
            check(
                "http://localhost:3000",
                Mode::Test,
                Ok("http://localhost:3000"),
            );
            check(
                "http://shop.localhost:3000",
                Mode::Test,
                Ok("http://shop.localhost:3000"),
            );
            check("http://127.0.0.1:80", Mode::Test, Ok("http://127.0.0.1"));
            check("http://[::1]:3000", Mode::Test, Ok("http://[::1]:3000"));
        }

        #[test]
        fn everything_else_is_refused_with_its_reason() {
            use OriginError::{
                EmptyLabel, Insecure, IpAddress, MoreThanAnOrigin, NotAnOrigin, Wildcard,
            };
            check("null", Mode::Test, Err(NotAnOrigin));
            check("", Mode::Test, Err(NotAnOrigin));
            check("shop.example", Mode::Test, Err(NotAnOrigin));
            check("file:///etc/passwd", Mode::Test, Err(NotAnOrigin));
            check("*", Mode::Test, Err(Wildcard));
            check("https://shop.example/", Mode::Test, Err(MoreThanAnOrigin));
            check(
                "https://shop.example/path",
                Mode::Test,
                Err(MoreThanAnOrigin),
            );
            check("https://shop.example?q", Mode::Test, Err(MoreThanAnOrigin));
            check("https://shop.example#f", Mode::Test, Err(MoreThanAnOrigin));
            check("https://me@shop.example", Mode::Test, Err(MoreThanAnOrigin));
            check("https://@shop.example", Mode::Test, Err(MoreThanAnOrigin));
            check(" https://shop.example", Mode::Test, Err(MoreThanAnOrigin));
            check("https://shop.example.", Mode::Test, Err(EmptyLabel));
            check("https://shop..example", Mode::Test, Err(EmptyLabel));
            check("http://shop.example", Mode::Test, Err(Insecure));
            check("http://localhost", Mode::Live, Err(Insecure));
            check("ftp://shop.example", Mode::Test, Err(Insecure));
            check("https://192.0.2.7", Mode::Live, Err(IpAddress));
            check("https://[2001:db8::1]", Mode::Live, Err(IpAddress));
        }

        #[test]
        fn a_wildcard_covers_sub_domains_and_nothing_else() {
            let entry = AllowedOrigin::parse("https://*.shop.example", Mode::Live).unwrap();
            let allows = |text| entry.allows(&Origin::parse(text, Mode::Live).unwrap());

            assert!(allows("https://www.shop.example"));
            assert!(allows("https://a.b.shop.example"));
            assert!(!allows("https://shop.example"));
            assert!(!allows("https://evilshop.example"));
            assert!(!allows("https://www.shop.example:8443"));
            assert!(!allows("https://shop.example.evil.example"));
            assert_eq!(entry.to_string(), "https://*.shop.example");
        }

        #[test]
        fn a_wildcard_over_a_public_suffix_is_refused() {
            for text in [
                "https://*.is",
                "https://*.co.uk",
                "https://*",
                "https://*.*.shop.is",
                "https://a.*.shop.is",
            ] {
                assert!(AllowedOrigin::parse(text, Mode::Live).is_err(), "{text}");
            }
        }

        proptest! {
            #[test]
            fn no_text_panics_and_what_parses_is_stable(text in "(https?://)?[ -~]{0,30}") {
                if let Ok(origin) = Origin::parse(&text, Mode::Test) {
                    prop_assert_eq!(Origin::parse(origin.as_str(), Mode::Test), Ok(origin));
                }
                let _ = AllowedOrigin::parse(&text, Mode::Test);
            }
        }
    }
}
