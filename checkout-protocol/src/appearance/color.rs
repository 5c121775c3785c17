//! A colour, and how well two can be told apart: WCAG 2.2, "relative luminance" and "contrast ratio", in whole numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An opaque sRGB colour.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color([u8; 3]);

impl Color {
    /// White.
    pub const WHITE: Self = Self([255; 3]);
    /// Black.
    pub const BLACK: Self = Self([0; 3]);

    /// `0x14213a` as `#14213a`.
    #[must_use]
    pub const fn new(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self([red, green, blue])
    }

    /// A colour from `#rgb` or `#rrggbb`, in any case; nothing else is one.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let (b'#', digits) = text.as_bytes().split_first()? else {
            return None;
        };
        let (bits, times) = match digits.len() {
            3 => (8, 17),
            6 => (4, 1),
            _ => return None,
        };
        let mut rgb = 0;
        for digit in digits {
            rgb = (rgb << bits) | (char::from(*digit).to_digit(16)? * times);
        }
        Some(Self::new(rgb))
    }

    /// `percent` of this colour over another, as `color-mix(in srgb, …)` mixes.
    #[must_use]
    pub fn over(self, ground: Self, percent: u16) -> Self {
        let mut mixed = self.0;
        for (channel, under) in mixed.iter_mut().zip(ground.0) {
            let sum = u16::from(*channel) * percent + u16::from(under) * (100 - percent);
            *channel = u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX);
        }
        Self(mixed)
    }

    /// In ten-thousandths: 0 is black, 10,000 white.
    #[must_use]
    pub fn luminance(self) -> u32 {
        let [red, green, blue] = self.0.map(linear);
        (2_126 * red + 7_152 * green + 722 * blue + 5_000) / 10_000
    }

    /// The contrast ratio in hundredths, rounded down: 2,100 for black on white.
    #[must_use]
    pub fn contrast(self, other: Self) -> u32 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 500) * 100 / (one.min(two) + 500)
    }
}

/// What a channel adds to the light, in ten-thousandths.
fn linear(channel: u8) -> u32 {
    LIGHT[usize::from(channel)]
}

static LIGHT: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut channel = 0;
    while channel < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it is at most 10,000")]
        {
            table[channel] = exact(channel as u128) as u32;
        }
        channel += 1;
    }
    table
}

const fn exact(channel: u128) -> u128 {
    // c is channel / 255, and 0.04045 × 255 = 10.3.
    if channel <= 10 {
        return (channel * 10_000 * 100 / 255 + 646) / 1_292;
    }
    // y = x ^ 2.4 is y ^ 5 = x ^ 12: the largest y of which half a step less is not too much.
    let (of, base) = (channel * 1_000 + 14_025, 269_025);
    let (mut low, mut high) = (0, 10_000);
    while low < high {
        let middle = u128::div_ceil(low + high, 2);
        if is_at_most(2 * middle - 1, 20_000, of, base) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// Whether `(y / whole) ^ 5 ≤ (x / base) ^ 12`.
const fn is_at_most(y: u128, whole: u128, x: u128, base: u128) -> bool {
    // In steps of 2^-60 of one; what is lost by them is far below half a ten-thousandth.
    const ONE: u128 = 1 << 60;
    power(y * ONE / whole, 5, ONE) <= power(x * ONE / base, 12, ONE)
}

const fn power(part: u128, exponent: u32, one: u128) -> u128 {
    let (mut product, mut left) = (one, exponent);
    while left > 0 {
        product = product * part / one;
        left -= 1;
    }
    product
}

impl fmt::Display for Color {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl fmt::Debug for Color {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl TryFrom<String> for Color {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::from_hex(&text).ok_or("a colour is #rgb or #rrggbb")
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        Color::from_hex(text).unwrap()
    }

    #[test]
    fn only_three_or_six_digits_are_a_colour() {
        assert_eq!(color("#0aF"), color("#00AAff"));
        assert_eq!(color("#14213a"), Color::new(0x0014_213a));
        for text in [
            "",
            "#",
            "#1",
            "#12",
            "#1234",
            "#12345",
            "#1234567",
            "#12345678",
            "14213a",
            "#14213g",
            "#+12",
            "# 12",
            "#12 ",
            "#€",
            "##123",
            "red",
        ] {
            assert_eq!(Color::from_hex(text), None, "{text}");
        }
    }

    #[test]
    fn a_colour_is_written_as_it_is_read() {
        assert_eq!(color("#00A0ff").to_string(), "#00a0ff");
    }

    // Computed with the formula's own words in another language.
    #[test]
    fn light_is_as_the_definition_has_it() {
        for (channel, light) in [
            (0, 0),
            (1, 3),
            (10, 30),
            (11, 33),
            (12, 37),
            (50, 319),
            (119, 1_845),
            (128, 2_159),
            (200, 5_776),
            (254, 9_911),
            (255, 10_000),
        ] {
            assert_eq!(linear(channel), light, "{channel}");
        }
    }

    #[test]
    fn contrast_is_as_published() {
        for (one, two, ratio) in [
            ("#000", "#fff", 2_100),
            ("#fff", "#fff", 100),
            ("#767676", "#fff", 454),
            ("#777", "#fff", 447),
            ("#949494", "#fff", 303),
            ("#f00", "#fff", 399),
            ("#00f", "#fff", 859),
            ("#0a5a66", "#fff", 787),
        ] {
            let found = color(one).contrast(color(two));
            assert!(found.abs_diff(ratio) <= 1, "{one} on {two}: {found}");
            assert_eq!(found, color(two).contrast(color(one)));
        }
    }

    #[test]
    fn colours_mix_by_channel() {
        assert_eq!(color("#000").over(color("#fff"), 50), color("#808080"));
        assert_eq!(color("#123456").over(color("#fff"), 100), color("#123456"));
        assert_eq!(color("#123456").over(color("#fff"), 0), color("#ffffff"));
    }
}
