//! The head of an HTTP answer, as far as it matters here. No chunks: our servers know how long their answers are.

/// What the first part of an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The status.
    pub status: u16,
    /// Where the body begins.
    pub body_at: usize,
    /// How long it is, in bytes.
    pub body_bytes: usize,
}

const END: &[u8] = b"\r\n\r\n";
const LENGTH: &[u8] = b"content-length:";

/// The head, once it is complete.
///
/// # Errors
/// When it is not HTTP/1.1, or does not say how long the body is.
pub fn parse(bytes: &[u8]) -> Result<Option<Head>, &'static str> {
    let Some(end) = bytes.windows(END.len()).position(|window| window == END) else {
        return Ok(None);
    };
    let mut lines = bytes[..end].split(|byte| *byte == b'\n');
    let status = lines
        .next()
        .and_then(|line| line.strip_prefix(b"HTTP/1.1 "))
        .and_then(|rest| number(rest.get(..3)?))
        .ok_or("it is not HTTP/1.1")?;
    let body_bytes = lines
        .find_map(|line| {
            let (name, value) = line.split_at_checked(LENGTH.len())?;
            name.eq_ignore_ascii_case(LENGTH)
                .then(|| number(value.trim_ascii()))?
        })
        .ok_or("it has no Content-Length")?;
    Ok(Some(Head {
        status: u16::try_from(status).map_err(|_| "its status is no status")?,
        body_at: end + END.len(),
        body_bytes,
    }))
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_once_its_head_is_whole() {
        let text = b"HTTP/1.1 201 Created\r\nx: y\r\nContent-Length: 12\r\n\r\n{";
        let head = Head {
            status: 201,
            body_at: text.len() - 1,
            body_bytes: 12,
        };

        assert_eq!(parse(text), Ok(Some(head)));
        for end in 0..text.len() - 1 {
            assert_eq!(parse(&text[..end]), Ok(None), "after {end} bytes");
        }
    }

    #[test]
    fn what_we_cannot_count_is_refused() {
        for text in [
            "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n",
            "HTTP/1.1 abc\r\ncontent-length: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: two\r\n\r\n",
            "\r\n\r\n",
        ] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
    }
}
