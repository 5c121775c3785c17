//! An origin (`scheme://host[:port]`) in the form that browsers send.
//!
//! It is never built from a request: a `Host` header only picks one of the origins that the shop was told.

use std::fmt;
use std::str::FromStr;

use reqwest::Url;

/// An http or https origin, ASCII, without a path and without the scheme's own port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// Why a text is not an origin.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is not an origin: write scheme://host[:port] with http or https and nothing after it"
)]
pub struct OriginError(String);

impl Origin {
    /// The origin as text, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether only this machine can be meant (RFC 6761 §6.3).
    pub(crate) fn is_on_this_machine(&self) -> bool {
        Url::parse(&self.0).is_ok_and(|url| {
            url.host_str()
                .is_some_and(|host| host == "localhost" || host.ends_with(".localhost"))
        })
    }

    /// Whether a `Host` header names this origin. Letter case and the scheme's own port make no difference.
    pub(crate) fn is_named_by(&self, host: &str) -> bool {
        let plain =
            |character: char| character.is_ascii_alphanumeric() || "-.:[]".contains(character);
        let Some((scheme, _)) = self.0.split_once("://") else {
            return false;
        };
        host.chars().all(plain)
            && Url::parse(&format!("{scheme}://{host}"))
                .is_ok_and(|url| url.origin().ascii_serialization() == self.0)
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let refused = || OriginError(text.to_owned());
        let url = Url::parse(text).map_err(|_| refused())?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let anonymous = url.username().is_empty() && url.password().is_none();
        if matches!(url.scheme(), "http" | "https") && bare && anonymous {
            Ok(Self(url.origin().ascii_serialization()))
        } else {
            Err(refused())
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    fn origin(text: &str) -> Origin {
        text.parse().expect("an origin")
    }

    #[test]
    fn an_origin_loses_its_trailing_slash_and_default_port() {
        assert_eq!(
            origin("https://Shop.Example:443/").as_str(),
            "https://shop.example"
        );
    }

    #[test]
    fn text_with_a_path_a_user_or_another_scheme_is_no_origin() {
        for text in [
            "https://a/b",
            "https://u@a",
            "https://a?x",
            "ftp://a",
            "shop.example",
            "null",
        ] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_host_names_an_origin_only_when_host_and_port_agree() {
        let shop = origin("http://shop.localhost:4100");
        assert!(shop.is_named_by("SHOP.localhost:4100"));
        for host in [
            "shop.localhost",
            "evil.example:4100",
            "a@shop.localhost:4100",
            "shop.localhost:4100/x",
            "",
        ] {
            assert!(!shop.is_named_by(host), "{host}");
        }
    }
}
