//! Every state of the checkout in every language and theme: nothing that axe finds, in the frame and around it, nothing that
//! is cut off in the narrowest column, and a picture in every width where pictures are asked for.

use browser_tests::look::{BarePage, THEMES, WIDTHS, has_a_viewer, locales};
use browser_tests::states::State;
use browser_tests::{Engine, Failure, Scene, play_with};

fn shows(name: &'static str) {
    let state = State::named(name).expect("a state");
    play_with(
        Engine::Chromium,
        name,
        state.options,
        move |scene| async move {
            let mut page = None;
            for locale in locales() {
                for theme in THEMES {
                    match &page {
                        Some(page) if state.changes => {
                            BarePage::dress(page, &scene, locale, theme).await?;
                        }
                        _ => page = Some(state.reach(&scene, locale, theme).await?),
                    }
                    let page = page.as_ref().ok_or("no page")?;
                    let found = wrong(&scene).await?;
                    assert!(found.is_empty(), "{name} {locale} {theme}: {found:#?}");
                    page.set_width(&scene, WIDTHS[0]).await?;
                    let cut = scene.does_not_fit().await?;
                    assert!(cut.is_empty(), "{name} {locale} {theme}: {cut:#?}");
                    // The height follows alike in every dress; who looks at pictures wants to see it in all of them.
                    let is_first = (locale, theme) == (locales()[0], THEMES[0]);
                    let widths = WIDTHS.into_iter().filter(|_| is_first || has_a_viewer());
                    for width in widths {
                        if state.runs {
                            page.widen(&scene, width).await?;
                        } else {
                            page.set_width(&scene, width).await?;
                        }
                        let name = format!("{name}-{locale}-{theme}-{width}");
                        page.picture(&scene, &name).await?;
                    }
                }
            }
            Ok(())
        },
    );
}

/// What axe finds in the frame and on the page around it.
async fn wrong(scene: &Scene) -> Result<Vec<String>, Failure> {
    let mut found = scene.axe().await?;
    scene.driver().enter_default_frame().await?;
    found.extend(scene.axe().await?);
    scene.enter_frame().await?;
    Ok(found)
}

macro_rules! states {
    ($($test:ident: $name:literal,)*) => {
        $(
            #[test]
            fn $test() {
                shows($name);
            }
        )*

        #[test]
        fn every_state_is_looked_at() {
            let all: Vec<&str> = browser_tests::states::STATES.iter().map(|state| state.name).collect();
            assert_eq!(all, [$($name),*]);
        }
    };
}

states! {
    loading: "loading",
    not_loaded: "not-loaded",
    ready: "ready",
    consent: "consent",
    chosen: "chosen",
    coded: "coded",
    code_invalid: "code-invalid",
    code_refused: "code-refused",
    filled: "filled",
    invalid: "invalid",
    submitting: "submitting",
    offline: "offline",
    bank_offered: "bank-offered",
    bank_open: "bank-open",
    bank_left: "bank-left",
    declined: "declined",
    cancelled: "cancelled",
    paid: "paid",
    expired: "expired",
    unknown: "unknown",
    refused: "refused",
    email: "email",
    email_fixed: "email-fixed",
    two_brands: "two-brands",
    late_cards: "late-cards",
    card_expired: "card-expired",
    removal_asked: "removal-asked",
    offline_idle: "offline-idle",
    at_bank_redirect: "at-bank-redirect",
    renewal_failed: "renewal-failed",
}
