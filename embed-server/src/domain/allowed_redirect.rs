//! Where a payer may be sent back to. There is no open redirect: only the session's own origin and the merchant's
//! registered domains.

use checkout_protocol::api_key::Mode;
use checkout_protocol::origin::Origin;
use url::Url;

/// Why a URL is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedirectError {
    /// Not an absolute http(s) URL, or with user name or password in it.
    #[error("must be an absolute URL such as https://shop.example/thanks")]
    NotAUrl,
    /// Elsewhere than the merchant is known to be.
    #[error("must be on the session's origin or on one of the merchant's allowed redirect domains")]
    Elsewhere,
}

/// The URL, when the payer may be sent there.
///
/// # Errors
///
/// [`RedirectError`].
pub fn check(
    text: &str,
    mode: Mode,
    session_origin: Option<&Origin>,
    domains: &[String],
) -> Result<Url, RedirectError> {
    let url = Url::parse(text).map_err(|_| RedirectError::NotAUrl)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(RedirectError::NotAUrl);
    }
    let origin = Origin::of_url(&url, mode).map_err(|_| RedirectError::NotAUrl)?;
    let host = url.host_str().unwrap_or_default();
    let known = session_origin == Some(&origin)
        || domains
            .iter()
            .any(|domain| host.eq_ignore_ascii_case(domain));
    if known {
        Ok(url)
    } else {
        Err(RedirectError::Elsewhere)
    }
}

/// `url` with the session named in its query, by both documented names; what the merchant wrote there stays.
#[must_use]
pub fn with_session(mut url: Url, session: &str) -> Url {
    url.query_pairs_mut()
        .append_pair("session", session)
        .append_pair("session_id", session);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(text: &str) -> Result<(), RedirectError> {
        let origin = Origin::parse("https://shop.example", Mode::Live).unwrap();
        let domains = ["www.other.example".to_owned()];
        check(text, Mode::Live, Some(&origin), &domains).map(|_| ())
    }

    #[test]
    fn only_the_sessions_origin_and_registered_domains_are_targets() {
        assert_eq!(allowed("https://shop.example/thanks?order=1"), Ok(()));
        assert_eq!(allowed("https://www.other.example/"), Ok(()));
        for elsewhere in [
            "https://evil.example/",
            "https://shop.example.evil.example/",
            "https://sub.shop.example/",
            "https://shop.example:8443/",
        ] {
            assert_eq!(
                allowed(elsewhere),
                Err(RedirectError::Elsewhere),
                "{elsewhere}"
            );
        }
        for not_a_url in [
            "",
            "/thanks",
            "javascript:alert(1)",
            "http://shop.example/",
            "https://a@shop.example/",
        ] {
            assert_eq!(
                allowed(not_a_url),
                Err(RedirectError::NotAUrl),
                "{not_a_url}"
            );
        }
    }

    #[test]
    fn the_merchants_own_query_stays() {
        let url = Url::parse("https://shop.example/thanks?order=1#top").unwrap();
        assert_eq!(
            with_session(url, "ps_1").as_str(),
            "https://shop.example/thanks?order=1&session=ps_1&session_id=ps_1#top"
        );
    }
}
