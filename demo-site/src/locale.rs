//! The two languages of the shop and how a visitor gets one.
//!
//! No cookie: an explicit choice travels in the links as `?lang=`.

/// A language of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locale {
    /// Icelandic.
    Icelandic,
    /// English, also for visitors who speak neither.
    English,
}

/// One text in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    icelandic: &'static str,
    english: &'static str,
}

impl Text {
    /// A text, Icelandic first.
    pub const fn new(icelandic: &'static str, english: &'static str) -> Self {
        Self { icelandic, english }
    }

    /// The text in one language.
    pub const fn to(self, locale: Locale) -> &'static str {
        match locale {
            Locale::Icelandic => self.icelandic,
            Locale::English => self.english,
        }
    }
}

impl Locale {
    /// BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Icelandic => "is",
            Self::English => "en",
        }
    }

    /// The other language, for the language switch.
    pub const fn other(self) -> Self {
        match self {
            Self::Icelandic => Self::English,
            Self::English => Self::Icelandic,
        }
    }

    /// Reads a tag; regions are ignored (`is-IS` is `is`).
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split('-').next().unwrap_or_default();
        [Self::Icelandic, Self::English]
            .into_iter()
            .find(|locale| language.eq_ignore_ascii_case(locale.tag()))
    }

    /// The language an `Accept-Language` header asks for most; English if it asks for neither (RFC 9110 §12.5.4).
    pub fn accepted(header: &str) -> Self {
        let mut best = (0, Self::English);
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let Some(locale) = parts.next().and_then(Self::from_tag) else {
                continue;
            };
            let weight = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(1000, thousandths);
            if weight > best.0 {
                best = (weight, locale);
            }
        }
        best.1
    }
}

/// Reads a quality value (`0.8`) as thousandths, so that weights compare as integers; nonsense weighs nothing.
fn thousandths(quality: &str) -> u32 {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    let digits = format!("{whole}{:0<3}", fraction.get(..3).unwrap_or(fraction));
    digits.parse().map_or(0, |value: u32| value.min(1000))
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_heaviest_known_language_of_the_header_wins() {
        for (header, expected) in [
            ("is", Locale::Icelandic),
            ("is-IS,is;q=0.9,en;q=0.8", Locale::Icelandic),
            ("en-GB,en;q=0.9,is;q=0.8", Locale::English),
            ("de,is;q=0.3,en;q=0.2", Locale::Icelandic),
            ("en;q=0.25, is;q=0.5", Locale::Icelandic),
            ("is;q=0, en", Locale::English),
            ("de", Locale::English),
            ("is;q=x", Locale::English),
            ("", Locale::English),
        ] {
            assert_eq!(Locale::accepted(header), expected, "{header}");
        }
    }
}
