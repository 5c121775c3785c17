//! From the values that a page chose to what the document is styled with: each colour only where it can be read.
//!
//! A colour that cannot be read on its ground is not applied, and the page is told why. The limits are those of WCAG 2.2
//! (1.4.3 and 1.4.11), measured on the tinted grounds on which text stands, not only on the plain one.

use checkout_protocol::appearance::{Appearance, Color};
use checkout_protocol::frame_message::Theme;

/// What is to be set on the document.
#[derive(Debug, PartialEq, Eq)]
pub struct Look {
    /// The theme that is shown: a ground of the page's own decides it.
    pub theme: Theme,
    /// Custom properties and their values.
    pub properties: Vec<(String, String)>,
    /// What was not taken, why, and what to do.
    pub warnings: Vec<String>,
}

/// Contrast of text, in hundredths.
const TEXT: u32 = 450;
/// Contrast of shapes, in hundredths.
const SHAPE: u32 = 300;
/// How much of the text's colour its softer form has, in percent.
const SOFT: u16 = 72;
/// How much of the text's colour tints the ground of what is chosen or rests, in percent.
const TINT: u16 = 5;
/// How much of the colour of mistakes tints the ground of a refusal, in percent.
const BAD_TINT: u16 = 8;

/// A theme's own colours; `checkout-wasm/ui/style/00-theme.css` has the same.
struct Base {
    theme: Theme,
    ground: Color,
    ink: Color,
    line: Color,
    accent: Color,
    good: Color,
    bad: Color,
}

static BASES: [Base; 2] = [
    Base {
        theme: Theme::Light,
        ground: Color::WHITE,
        ink: Color::new(0x14_21_3a),
        line: Color::new(0x6f_7b_93),
        accent: Color::new(0x0a_5a_66),
        good: Color::new(0x17_70_3c),
        bad: Color::new(0xb3_26_1e),
    },
    Base {
        theme: Theme::Dark,
        ground: Color::new(0x12_1a_26),
        ink: Color::new(0xee_f2_f8),
        line: Color::new(0x76_84_9c),
        accent: Color::new(0x4f_c3_d2),
        good: Color::new(0x6f_d4_97),
        bad: Color::new(0xff_b4_ab),
    },
];

impl Base {
    fn is_readable_on(&self, ground: Color) -> bool {
        soft_contrast(self.ink, ground) >= TEXT
            && self.bad.contrast(self.bad.over(ground, BAD_TINT)) >= TEXT
            && [self.line, self.accent, self.good]
                .into_iter()
                .all(|color| color.contrast(ground) >= SHAPE)
    }
}

fn soft_contrast(ink: Color, ground: Color) -> u32 {
    ink.over(ground, SOFT).contrast(ink.over(ground, TINT))
}

impl Look {
    /// The properties as declarations of a style sheet; every value was made here from a typed one.
    #[must_use]
    pub fn css(&self) -> String {
        let mut css = String::from(":root{");
        for (name, value) in &self.properties {
            css.extend([name.as_str(), ":", value.as_str(), ";"]);
        }
        css.push('}');
        css
    }

    /// The look of a page that asked for `theme` and `appearance`.
    #[must_use]
    pub fn of(theme: Theme, mut appearance: Appearance) -> Self {
        let mut look = Self {
            theme,
            properties: vec![],
            warnings: std::mem::take(&mut appearance.warnings),
        };
        let ground = look.ground(appearance.background);
        for base in &BASES {
            if look.theme == Theme::Auto || look.theme == base.theme {
                look.colours(base, ground.unwrap_or(base.ground), &appearance);
            }
        }
        for (name, number) in [
            ("radius", appearance.radius),
            ("gap", appearance.spacing),
            ("size", appearance.font_size),
        ] {
            if let Some(number) = number {
                look.set(&format!("--{name}"), number.to_string());
            }
        }
        if let Some(font) = appearance.font {
            look.set("--font", format!("var(--{})", font.as_str()));
        }
        look
    }

    /// The page's own ground, if one of the themes can be read on it: then that theme is shown.
    fn ground(&mut self, wanted: Option<Color>) -> Option<Color> {
        let wanted = wanted?;
        let Some(base) = BASES.iter().find(|base| base.is_readable_on(wanted)) else {
            self.warnings.push(format!(
                "appearance.background {wanted} is not used: neither the light nor the dark theme can be read on it; \
                 choose a lighter or a darker colour"
            ));
            return None;
        };
        // What the element around the frame expects stays as it was.
        let page = match self.theme {
            Theme::Auto => "light dark",
            Theme::Light | Theme::Dark => self.theme.as_str(),
        };
        self.set("--page", page);
        self.theme = base.theme;
        self.set(&format!("--ground-{}", base.theme.as_str()), wanted);
        Some(wanted)
    }

    fn colours(&mut self, base: &Base, ground: Color, appearance: &Appearance) {
        let theme = base.theme.as_str();
        for (name, color, property, tint, least) in [
            ("text", appearance.text, "ink", TINT, TEXT),
            ("danger", appearance.danger, "bad", BAD_TINT, TEXT),
            ("border", appearance.border, "line", 0, SHAPE),
            ("accent", appearance.accent, "accent", 0, SHAPE),
        ] {
            let Some(color) = color else { continue };
            let under = color.over(ground, tint);
            let ratio = color.contrast(under);
            if ratio < least {
                let change = match base.theme {
                    Theme::Dark => "lighter",
                    Theme::Light | Theme::Auto => "darker",
                };
                self.warnings.push(format!(
                    "appearance.{name} is not used in the {theme} theme: {color} on {under} has a contrast of {}:1 and \
                     needs {}:1; choose a {change} colour",
                    ratio_text(ratio),
                    ratio_text(least),
                ));
                continue;
            }
            self.set(&format!("--{property}-{theme}"), color);
            if name == "text" && soft_contrast(color, ground) < TEXT {
                self.set(&format!("--soft-{theme}"), "100%");
            }
            if name == "accent" {
                // One of them can be read on every colour.
                let (on, away) = if color.contrast(Color::WHITE) >= TEXT {
                    (Color::WHITE, Color::BLACK)
                } else {
                    (Color::BLACK, Color::WHITE)
                };
                self.set(&format!("--on-accent-{theme}"), on);
                self.set(&format!("--away-{theme}"), away);
            }
        }
    }

    fn set(&mut self, name: &str, value: impl Into<String>) {
        self.properties.push((name.to_owned(), value.into()));
    }
}

fn ratio_text(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests;
