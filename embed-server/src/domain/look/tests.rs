use super::*;

fn appearance(members: &[(&str, &str)]) -> Appearance {
    let mut appearance = Appearance::default();
    for (name, text) in members {
        appearance.take_text(name, text);
    }
    appearance
}

fn look(theme: Theme, members: &[(&str, &str)]) -> Look {
    Look::of(theme, appearance(members))
}

fn value<'a>(look: &'a Look, name: &str) -> Option<&'a str> {
    let found = look
        .properties
        .iter()
        .find(|(property, _)| property == name);
    found.map(|(_, value)| &**value)
}

#[test]
fn nothing_chosen_changes_nothing() {
    for theme in [Theme::Light, Theme::Dark, Theme::Auto] {
        let look = look(theme, &[]);
        assert_eq!(look.theme, theme);
        assert_eq!((look.properties, look.warnings), (vec![], vec![]));
    }
}

#[test]
fn a_colour_is_used_only_in_the_theme_where_it_can_be_read() {
    let look = look(Theme::Auto, &[("text", "#222222")]);
    assert_eq!(value(&look, "--ink-light"), Some("#222222"));
    assert_eq!(value(&look, "--ink-dark"), None);
    let [warning] = &look.warnings[..] else {
        panic!("{:?}", look.warnings);
    };
    for part in [
        "appearance.text",
        "dark theme",
        "#222222",
        "4.50:1",
        "lighter",
    ] {
        assert!(warning.contains(part), "{part} is missing: {warning}");
    }
}

#[test]
fn a_theme_that_is_not_shown_warns_of_nothing() {
    let look = look(Theme::Light, &[("text", "#222222")]);
    assert_eq!(look.warnings, Vec::<String>::new());
    assert_eq!(value(&look, "--ink-light"), Some("#222222"));
}

#[test]
fn the_pair_and_its_ratio_are_named() {
    let look = look(Theme::Light, &[("border", "#cccccc")]);
    assert_eq!(
        look.warnings,
        [
            "appearance.border is not used in the light theme: #cccccc on #ffffff has a contrast of 1.60:1 and needs \
             3.00:1; choose a darker colour"
        ]
    );
    assert_eq!(look.properties, []);
}

#[test]
fn what_is_written_on_the_accent_can_always_be_read() {
    for (accent, on) in [
        ("#0a5a66", "#ffffff"),
        ("#e0007a", "#ffffff"),
        ("#d98200", "#000000"),
    ] {
        let look = look(Theme::Light, &[("accent", accent)]);
        // The last is too bright for a shape on white, but not on its own dark ground.
        let look = if look.warnings.is_empty() {
            look
        } else {
            Look::of(Theme::Dark, appearance(&[("accent", accent)]))
        };
        let theme = look.theme.as_str();
        assert_eq!(
            value(&look, &format!("--on-accent-{theme}")),
            Some(on),
            "{look:?}"
        );
    }
}

#[test]
fn every_accent_leaves_black_or_white_readable() {
    for step in 0..=0xff {
        let grey = Color::new(step << 16 | step << 8 | step);
        let best = grey.contrast(Color::WHITE).max(grey.contrast(Color::BLACK));
        assert!(best >= TEXT, "{grey}");
        if grey.contrast(Color::WHITE) < TEXT {
            assert!(grey.contrast(Color::BLACK) >= TEXT, "{grey}");
        }
    }
}

#[test]
fn a_ground_of_the_pages_own_decides_the_theme() {
    for (ground, theme) in [("#fdf6ec", Theme::Light), ("#1b1033", Theme::Dark)] {
        for wanted in [Theme::Auto, Theme::Light, Theme::Dark] {
            let look = look(wanted, &[("background", ground)]);
            assert_eq!(look.theme, theme);
            let page = if wanted == Theme::Auto {
                "light dark"
            } else {
                wanted.as_str()
            };
            assert_eq!(value(&look, "--page"), Some(page));
            let property = format!("--ground-{}", theme.as_str());
            assert_eq!(value(&look, &property), Some(ground));
            assert_eq!(look.warnings, Vec::<String>::new());
        }
    }
}

#[test]
fn a_ground_on_which_nothing_can_be_read_is_not_used() {
    let look = look(Theme::Auto, &[("background", "#808080")]);
    assert_eq!(look.theme, Theme::Auto);
    assert_eq!(look.properties, []);
    assert!(look.warnings[0].contains("#808080"), "{:?}", look.warnings);
}

#[test]
fn other_colours_are_judged_on_the_pages_own_ground() {
    let on_white = look(Theme::Light, &[("text", "#6a6a6a")]);
    assert_eq!(value(&on_white, "--ink-light"), Some("#6a6a6a"));
    let on_grey = look(
        Theme::Light,
        &[("background", "#e6e6e6"), ("text", "#6a6a6a")],
    );
    assert_eq!(value(&on_grey, "--ink-light"), None);
    assert!(
        on_grey.warnings[0].contains(" on #e"),
        "{:?}",
        on_grey.warnings
    );
}

#[test]
fn text_that_is_just_readable_has_no_softer_form() {
    let strong = look(Theme::Light, &[("text", "#000000")]);
    assert_eq!(value(&strong, "--soft-light"), None);
    let weak = look(Theme::Light, &[("text", "#6a6a6a")]);
    assert_eq!(value(&weak, "--soft-light"), Some("100%"));
}

#[test]
fn sizes_and_fonts_become_properties() {
    let mut chosen = appearance(&[("font", "serif")]);
    for (name, number) in [("radius", 0), ("spacing", 24), ("fontSize", 18)] {
        chosen.take_number(name, number);
    }
    let look = Look::of(Theme::Auto, chosen);
    for (name, wanted) in [
        ("--radius", "0"),
        ("--gap", "24"),
        ("--size", "18"),
        ("--font", "var(--serif)"),
    ] {
        assert_eq!(value(&look, name), Some(wanted));
    }
}

#[test]
fn what_is_no_value_is_named() {
    let look = look(Theme::Auto, &[("shadow", "none")]);
    assert_eq!(
        look.warnings,
        ["appearance.shadow is not used: there is no such value"]
    );
}

#[test]
fn no_value_can_leave_its_declaration() {
    let mut chosen = appearance(&[
        ("accent", "#fff}x{"),
        ("background", "url(https://x)"),
        ("text", "#000;--x:1"),
        ("font", "serif;"),
        ("accent-light", "#000"),
    ]);
    chosen.take_number("radius", i64::MAX);
    assert_eq!(Look::of(Theme::Auto, chosen).properties, []);
}

#[test]
fn the_themes_own_colours_can_be_read() {
    for base in &BASES {
        assert!(base.is_readable_on(base.ground), "{}", base.theme.as_str());
    }
}

#[test]
fn the_style_sheet_has_the_same_colours() {
    let css = include_str!("../../../../checkout-wasm/ui/style/00-theme.css");
    for base in &BASES {
        for (name, color) in [
            ("ground", base.ground),
            ("ink", base.ink),
            ("line", base.line),
            ("accent", base.accent),
            ("bad", base.bad),
        ] {
            let rule = format!("--{name}: var(--{name}-{}, {color});", base.theme.as_str());
            assert!(css.contains(&rule), "{rule}");
        }
        assert!(css.contains(&format!("--good: {};", base.good)));
    }
    for percent in [
        format!("var(--soft-light, {SOFT}%)"),
        format!("var(--ink) {TINT}%"),
        format!("var(--bad) {BAD_TINT}%"),
    ] {
        assert!(css.contains(&percent), "{percent}");
    }
    for font in ["system", "sans", "serif", "rounded", "mono"] {
        assert!(css.contains(&format!("  --{font}: ")), "{font}");
    }
}
