//! How a page may have the form look: a few typed values and never CSS, so that nothing can leave its declaration.
//!
//! A value that is none is left out and named in [`Appearance::warnings`]. Whether a colour can be read on its ground is
//! judged where the theme's own colours are known, by the server.

use serde::{Deserialize, Serialize};

pub use color::Color;

mod color;

/// The values that a page chose. What is absent stays as the theme has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Appearance {
    /// Button, focus, chosen card: `#rgb` or `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional, type = "`#${string}`"))]
    pub accent: Option<Color>,
    /// The ground of the form. It decides between the light and the dark theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional, type = "`#${string}`"))]
    pub background: Option<Color>,
    /// What is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional, type = "`#${string}`"))]
    pub text: Option<Color>,
    /// The lines around fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional, type = "`#${string}`"))]
    pub border: Option<Color>,
    /// Mistakes and refusals.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional, type = "`#${string}`"))]
    pub danger: Option<Color>,
    /// Corners of fields and buttons: 0 to 24 CSS pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub radius: Option<u8>,
    /// Between the fields: 8 to 24 CSS pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub spacing: Option<u8>,
    /// Of the text, where the payer's browser has 16: 14 to 20 CSS pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub font_size: Option<u8>,
    /// Fonts that payers have: nothing is loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub font: Option<Font>,
    /// What was left out, for developers.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// As much of an unknown name as a developer needs to find it.
const NAME_CHARS: usize = 40;

/// A family of fonts, each a stack of what the systems bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Font {
    /// What the payer's system is written in.
    System,
    /// A grotesque, the same on every system as far as there is one.
    Sans,
    /// With serifs.
    Serif,
    /// With round ends, where the system has one.
    Rounded,
    /// All letters of one width.
    Mono,
}

impl Font {
    /// The family that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        [
            Self::System,
            Self::Sans,
            Self::Serif,
            Self::Rounded,
            Self::Mono,
        ]
        .into_iter()
        .find(|font| font.as_str() == text)
    }

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Sans => "sans",
            Self::Serif => "serif",
            Self::Rounded => "rounded",
            Self::Mono => "mono",
        }
    }
}

impl Appearance {
    /// Takes a text value by its name; one that is none is left out.
    pub fn take_text(&mut self, name: &str, text: &str) {
        let color = match name {
            "accent" => &mut self.accent,
            "background" => &mut self.background,
            "text" => &mut self.text,
            "border" => &mut self.border,
            "danger" => &mut self.danger,
            _ => {
                let font = Font::from_text(text).filter(|_| name == "font");
                match font {
                    Some(_) => self.font = font,
                    None => self.ignore(name),
                }
                return;
            }
        };
        *color = Color::from_hex(text);
        if color.is_none() {
            self.ignore(name);
        }
    }

    /// Takes a number by its name; one out of range is left out.
    pub fn take_number(&mut self, name: &str, number: i64) {
        let (place, range) = match name {
            "radius" => (&mut self.radius, 0..=24),
            "spacing" => (&mut self.spacing, 8..=24),
            "fontSize" => (&mut self.font_size, 14..=20),
            _ => return self.ignore(name),
        };
        *place = u8::try_from(number)
            .ok()
            .filter(|number| range.contains(number));
        if place.is_none() {
            self.ignore(name);
        }
    }

    /// Leaves a value out and remembers what it could have been.
    pub fn ignore(&mut self, name: &str) {
        let remedy = match name {
            "accent" | "background" | "text" | "border" | "danger" => {
                "a colour is written #rgb or #rrggbb"
            }
            "radius" => "it is a whole number from 0 to 24",
            "spacing" => "it is a whole number from 8 to 24",
            "fontSize" => "it is a whole number from 14 to 20",
            "font" => "it is system, sans, serif, rounded or mono",
            _ => "there is no such value",
        };
        let name: String = name.chars().take(NAME_CHARS).collect();
        self.warnings
            .push(format!("appearance.{name} is not used: {remedy}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_none_changes_nothing_and_is_named() {
        let mut look = Appearance::default();
        for (name, text) in [
            ("accent", "red"),
            ("background", "#fff;color:red"),
            ("text", "url(//x)"),
            ("border", "var(--x)"),
            ("danger", "#ÿÿf"),
            ("font", "Comic Sans"),
            ("font", "system; x"),
            ("--accent", "#000"),
        ] {
            look.take_text(name, text);
        }
        for (name, number) in [
            ("radius", 25),
            ("radius", -1),
            ("spacing", 7),
            ("fontSize", 21),
            ("fontSize", 270),
            ("accent", 0),
        ] {
            look.take_number(name, number);
        }
        let warnings = std::mem::take(&mut look.warnings);
        assert_eq!(look, Appearance::default());
        assert_eq!(warnings.len(), 14, "{warnings:?}");
        assert_eq!(
            warnings[0],
            "appearance.accent is not used: a colour is written #rgb or #rrggbb"
        );
    }

    #[test]
    fn every_value_is_taken() {
        let mut look = Appearance::default();
        for name in ["accent", "background", "text", "border", "danger"] {
            look.take_text(name, "#123");
        }
        for (name, number) in [("radius", 0), ("spacing", 24), ("fontSize", 14)] {
            look.take_number(name, number);
        }
        look.take_text("font", "serif");
        let json = serde_json::to_value(&look).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "accent": "#112233", "background": "#112233", "text": "#112233", "border": "#112233",
                "danger": "#112233", "radius": 0, "spacing": 24, "fontSize": 14, "font": "serif",
            })
        );
        assert_eq!(serde_json::from_value::<Appearance>(json).unwrap(), look);
    }
}
