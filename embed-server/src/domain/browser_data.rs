//! The browser's data as an authentication request may carry them (EMV 3-D Secure, browser data elements): what a script
//! reported is brought to the nearest value that is allowed. An odd browser must not cost a payment.

use checkout_protocol::api::session_view::Browser;

/// Longest `Accept` and `User-Agent`.
const HEADER_CHARS_MAX: usize = 2_048;

/// Longest language tag.
const LANGUAGE_MAX: usize = 8;

/// From UTC+14 to UTC-14, in minutes, with the sign of `Date.getTimezoneOffset()`.
const TIME_ZONE_MAX: i32 = 14 * 60;

/// More pixels than any screen has.
const PIXELS_MAX: u32 = 65_535;

/// What a script reported, as the standard wants it.
#[must_use]
pub fn standardised(reported: Browser) -> Browser {
    let Browser {
        color_depth,
        language,
        screen_width,
        screen_height,
        time_zone_offset,
        java_enabled,
    } = reported;
    Browser {
        color_depth: Browser::listed_color_depth(u32::from(color_depth)),
        language: language_tag(&language),
        screen_width: screen_width.clamp(1, PIXELS_MAX),
        screen_height: screen_height.clamp(1, PIXELS_MAX),
        time_zone_offset: time_zone_offset.clamp(-TIME_ZONE_MAX, TIME_ZONE_MAX),
        java_enabled,
    }
}

/// The tag, shortened by whole subtags; English for what is none.
fn language_tag(reported: &str) -> String {
    const NONE: &str = "en";
    let well_formed = |subtag: &&str| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let mut tag = String::new();
    for subtag in reported.trim().split('-').take_while(well_formed) {
        let length = tag.len() + usize::from(!tag.is_empty()) + subtag.len();
        // A single sign only begins what follows it (BCP 47, extensions and private use).
        if length > LANGUAGE_MAX || subtag.len() == 1 {
            break;
        }
        if !tag.is_empty() {
            tag.push('-');
        }
        tag.push_str(subtag);
    }
    let begins_well = tag.split('-').next().is_some_and(|primary| {
        primary.len() >= 2 && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    if begins_well { tag } else { NONE.to_owned() }
}

/// A header of the browser's own request, within bounds; `none` where there was nothing.
#[must_use]
pub fn header(text: Option<&str>, none: &str) -> String {
    let text: String = text
        .unwrap_or_default()
        .chars()
        .filter(|sign| sign.is_ascii() && !sign.is_ascii_control())
        .take(HEADER_CHARS_MAX)
        .collect();
    let text = text.trim();
    if text.is_empty() { none } else { text }.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn browser() -> Browser {
        Browser {
            color_depth: 24,
            language: "is".to_owned(),
            screen_width: 1_280,
            screen_height: 800,
            time_zone_offset: 0,
            java_enabled: false,
        }
    }

    #[test]
    fn colour_depths_are_the_nearest_listed_one_below() {
        for (reported, sent) in [
            (24, 24),
            (30, 24),
            (32, 32),
            (36, 32),
            (48, 48),
            (3, 1),
            (0, 24),
            (255, 48),
        ] {
            let browser = Browser {
                color_depth: reported,
                ..browser()
            };
            assert_eq!(standardised(browser).color_depth, sent, "{reported}");
        }
    }

    #[test]
    fn languages_are_cut_between_subtags() {
        for (reported, sent) in [
            ("is", "is"),
            ("is-IS", "is-IS"),
            ("zh-Hant-TW", "zh-Hant"),
            ("sr-Latn-RS", "sr-Latn"),
            ("sl-rozaj-biske", "sl-rozaj"),
            ("de-CH-1996", "de-CH"),
            ("en-US-x-twain", "en-US"),
            ("ca-valencia", "ca"),
            ("haw", "haw"),
            (" pl ", "pl"),
            ("", "en"),
            ("-", "en"),
            ("i-klingon", "en"),
            ("12", "en"),
            ("íslenska", "en"),
            ("en_US", "en"),
            ("muchtoolonglanguage", "en"),
        ] {
            assert_eq!(language_tag(reported), sent, "{reported}");
        }
    }

    #[test]
    fn time_zones_keep_their_sign() {
        for (reported, sent) in [
            (-60, -60),
            (300, 300),
            (-840, -840),
            (10_000, 840),
            (i32::MIN, -840),
        ] {
            let browser = Browser {
                time_zone_offset: reported,
                ..browser()
            };
            assert_eq!(standardised(browser).time_zone_offset, sent);
        }
    }

    #[test]
    fn screens_have_a_size() {
        for (reported, sent) in [(0, 1), (1_920, 1_920), (u32::MAX, 65_535)] {
            let browser = Browser {
                screen_width: reported,
                screen_height: reported,
                ..browser()
            };
            let sent_browser = standardised(browser);
            assert_eq!(
                (sent_browser.screen_width, sent_browser.screen_height),
                (sent, sent)
            );
        }
    }

    #[test]
    fn headers_are_printable_and_bounded() {
        assert_eq!(header(Some("text/html, */*"), "*/*"), "text/html, */*");
        assert_eq!(header(Some("a\tb\u{e9}c"), "*/*"), "abc");
        assert_eq!(header(Some("  "), "*/*"), "*/*");
        assert_eq!(header(None, "*/*"), "*/*");
        assert_eq!(header(Some(&"x".repeat(5_000)), "").len(), 2_048);
    }

    proptest! {
        #[test]
        fn every_language_fits(reported in any::<String>()) {
            let tag = language_tag(&reported);
            prop_assert!((2..=8).contains(&tag.len()));
            prop_assert!(!tag.ends_with('-') && tag.is_ascii());
        }
    }
}
