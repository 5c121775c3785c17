//! The browsers inside of apps, which show a link of the app and open no windows: a hint for where the bank is shown first.
//! Whoever is taken for the wrong one still reaches the bank, only less well.

/// What such browsers say of themselves, and others do not.
const APPS: [&str; 14] = [
    "FBAN/",
    "FBAV/",
    "FB_IAB/",
    "Instagram",
    "Line/",
    "Snapchat",
    "BytedanceWebview",
    "musical_ly",
    "LinkedInApp",
    "Pinterest/",
    "Twitter for",
    "WhatsApp/",
    "GSA/",
    "; wv)",
];

/// Whether a browser with this `User-Agent` opens windows. Of one that says nothing it is believed.
#[must_use]
pub fn opens_windows(user_agent: Option<&str>) -> bool {
    let Some(text) = user_agent else { return true };
    // A browser on iOS says Safari at its end; a view inside of an app does not.
    let is_view = (text.contains("iPhone") || text.contains("iPad")) && !text.contains("Safari/");
    !is_view && !APPS.iter().any(|app| text.contains(app))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_open_windows() {
        for text in [
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/148.0.0.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36",
            "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
            "",
        ] {
            assert!(opens_windows(Some(text)), "{text}");
        }
        assert!(opens_windows(None));
    }

    #[test]
    fn views_inside_of_apps_do_not() {
        for text in [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0.0]",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
            "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/148.0.0.0 Mobile Safari/537.36",
            "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36 Instagram 350.0.0.0 Android",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/380.0 Mobile/15E148 Safari/604.1",
        ] {
            assert!(!opens_windows(Some(text)), "{text}");
        }
    }
}
