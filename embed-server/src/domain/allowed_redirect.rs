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

/// The parameter of a way back that tells the page how things stand.
pub const RESUME_PARAMETER: &str = "borga_resume";

/// `url` with the session named in its query, by both documented names, and the token for its page; what the merchant
/// wrote there stays, but for what an earlier way back left.
#[must_use]
pub fn with_session(mut url: Url, session: &str, resume_token: Option<&str>) -> Url {
    // The merchant's own pairs stay as they were written: whoever reads them may not read them as we do.
    let theirs: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_ours(pair))
        .collect();
    let theirs = theirs.join("&");
    url.set_query(
        Some(&theirs)
            .filter(|query| !query.is_empty())
            .map(String::as_str),
    );
    let mut query = url.query_pairs_mut();
    query
        .append_pair("session", session)
        .append_pair("session_id", session);
    if let Some(token) = resume_token {
        query.append_pair(RESUME_PARAMETER, token);
    }
    drop(query);
    url
}

/// Whether we wrote the pair: a merchant's own may have the same name.
fn is_ours(pair: &str) -> bool {
    ["session=ps_", "session_id=ps_", "borga_resume="]
        .iter()
        .any(|ours| pair.starts_with(ours))
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
            with_session(url, "ps_1", Some("rsm_1")).as_str(),
            "https://shop.example/thanks?order=1&session=ps_1&session_id=ps_1&borga_resume=rsm_1#top"
        );
    }

    #[test]
    fn a_second_way_back_takes_the_place_of_the_first() {
        let url = Url::parse(
            "https://shop.example/?q=a%20b&flag&session=autumn&session=ps_1&session_id=ps_1&borga_resume=rsm_1",
        );
        assert_eq!(
            with_session(url.unwrap(), "ps_2", Some("rsm_2")).as_str(),
            "https://shop.example/?q=a%20b&flag&session=autumn&session=ps_2&session_id=ps_2&borga_resume=rsm_2"
        );
    }
}
