//! In every state, in every engine: the focus is not lost, nothing is called wrong that the payer is not done with, and
//! what was typed is still there.

use browser_tests::checkout_page::{DECLINED_CARD, GOOD_CARD};
use browser_tests::look::BarePage;
use browser_tests::states::{Payer, STATES, State, keeping};
use browser_tests::{Engine, Failure, Scene, held_back, in_every_engine, play_with};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

in_every_engine!(
    while_a_card_is_typed,
    with_saved_cards,
    while_it_is_paid,
    without_a_network,
    while_it_waits_for_one,
    when_the_time_is_over,
    when_it_cannot_start_again,
    when_nobody_knows_how_it_ended,
    a_button_that_goes_when_it_is_pressed_gives_the_focus_on,
    a_box_that_rests_while_it_is_paid_gives_the_focus_on,
    what_rests_while_the_card_is_on_its_way_gives_the_focus_to_the_button,
);

/// What must hold in a state.
struct Holds {
    state: &'static str,
    payer: Payer,
    /// The id of what has the focus; without one it stayed with the page.
    focus: &'static str,
    /// Which fields are called wrong.
    wrong: &'static [&'static str],
    /// Number, expiry date, code and name.
    typed: [&'static str; 4],
}

/// With a payer who has begun to type.
const fn typing(state: &'static str, focus: &'static str) -> Holds {
    Holds {
        state,
        payer: Payer::Types,
        focus,
        wrong: &[],
        typed: BEGUN,
    }
}

const NOTHING: [&str; 4] = [""; 4];
const BEGUN: [&str; 4] = ["4242 4", "", "", "Þór"];
const NAME: &str = "Jón Prófari";
const GOOD: [&str; 4] = ["4242 4242 4242 4242", "03 / 30", "737", NAME];
const CHALLENGED: [&str; 4] = ["4000 0025 0000 3155", "03 / 30", "737", NAME];

/// With one who has typed a whole card and pressed Pay.
const fn paying(state: &'static str, focus: &'static str, typed: [&'static str; 4]) -> Holds {
    Holds {
        typed,
        ..typing(state, focus)
    }
}

/// With one who types nothing before the state is there.
const fn waiting(state: &'static str, focus: &'static str) -> Holds {
    Holds {
        payer: Payer::Waits,
        typed: NOTHING,
        ..typing(state, focus)
    }
}

static TYPING: [Holds; 10] = [
    typing("loading", "card-number"),
    typing("not-loaded", "card-number"),
    typing("ready", "card-number"),
    typing("consent", "card-number"),
    typing("email", "card-number"),
    typing("email-fixed", "card-number"),
    Holds {
        typed: GOOD,
        ..typing("filled", "card-name")
    },
    Holds {
        typed: ["6223 0000 0000 0016", "03 / 30", "737", NAME],
        ..typing("two-brands", "card-name")
    },
    Holds {
        wrong: &["card-number", "card-name"],
        typed: ["4242 4242 4242 4241", "03 / 30", "737", ""],
        ..typing("invalid", "card-number")
    },
    typing("refused", "panel-title"),
];

static SAVED: [Holds; 7] = [
    waiting("chosen", ""),
    waiting("coded", ""),
    waiting("card-expired", ""),
    waiting("removal-asked", "remove-card"),
    Holds {
        wrong: &["card-code"],
        ..waiting("code-invalid", "card-code")
    },
    Holds {
        typed: ["", "", "999", ""],
        ..waiting("code-refused", "card-code")
    },
    Holds {
        typed: ["4242", "", "", ""],
        ..waiting("late-cards", "card-number")
    },
];

static PAYING: [Holds; 8] = [
    paying("submitting", "card-name", GOOD),
    paying(
        "declined",
        "card-name",
        ["4000 0000 0000 0002", "03 / 30", "737", NAME],
    ),
    paying("paid", "panel-title", NOTHING),
    paying("bank-offered", "panel-title", CHALLENGED),
    paying("bank-left", "panel-title", CHALLENGED),
    paying("cancelled", "notice", CHALLENGED),
    paying("at-bank-redirect", "panel-title", CHALLENGED),
    // The last: its window stays.
    paying("bank-open", "panel-title", CHALLENGED),
];

// After these there is no network, and those need a demo of their own.
static OFFLINE_IDLE: [Holds; 1] = [typing("offline-idle", "card-number")];
static OFFLINE: [Holds; 1] = [paying("offline", "card-name", GOOD)];
static EXPIRED: [Holds; 1] = [typing("expired", "panel-title")];
static RENEWAL_FAILED: [Holds; 1] = [waiting("renewal-failed", "start-again")];
static UNKNOWN: [Holds; 1] = [paying("unknown", "panel-title", CHALLENGED)];

static ALL: [&[Holds]; 8] = [
    &TYPING,
    &SAVED,
    &PAYING,
    &OFFLINE_IDLE,
    &OFFLINE,
    &EXPIRED,
    &RENEWAL_FAILED,
    &UNKNOWN,
];

#[test]
fn no_state_is_left_out() {
    let mut held: Vec<&str> = ALL.iter().copied().flatten().map(|it| it.state).collect();
    let mut all: Vec<&str> = STATES.iter().map(|state| state.name).collect();
    held.sort_unstable();
    all.sort_unstable();
    assert_eq!(held, all);
}

fn while_a_card_is_typed(engine: Engine) {
    hold(engine, "states-typing", &TYPING);
}

fn with_saved_cards(engine: Engine) {
    hold(engine, "states-saved", &SAVED);
}

fn while_it_is_paid(engine: Engine) {
    hold(engine, "states-paying", &PAYING);
}

fn without_a_network(engine: Engine) {
    hold(engine, "states-offline", &OFFLINE_IDLE);
}

fn while_it_waits_for_one(engine: Engine) {
    hold(engine, "states-waiting", &OFFLINE);
}

fn when_the_time_is_over(engine: Engine) {
    hold(engine, "states-expired", &EXPIRED);
}

fn when_it_cannot_start_again(engine: Engine) {
    hold(engine, "states-renewal", &RENEWAL_FAILED);
}

fn when_nobody_knows_how_it_ended(engine: Engine) {
    hold(engine, "states-unknown", &UNKNOWN);
}

fn hold(engine: Engine, name: &'static str, states: &'static [Holds]) {
    let options = State::named(states[0].state).expect("a state").options;
    play_with(engine, name, options, move |scene| async move {
        for holds in states {
            let state = State::named(holds.state)?;
            // What keeps the page where it is has not come to WebKit.
            if engine == Engine::WebKit && state.name == "at-bank-redirect" {
                continue;
            }
            let _page = state
                .reach_with(&scene, ("en", "light"), holds.payer)
                .await?;
            // Its driver does not always bring a window to the front again, where it has the focus and gives it on.
            let is_behind =
                engine == Engine::WebKit && ["bank-open", "unknown"].contains(&state.name);
            scene
                .until(&format!("{} has {:?}", state.name, holds.focus), || async {
                    let focus = focus(&scene).await?;
                    Ok(focus == holds.focus || is_behind && focus == "")
                })
                .await?;
            assert_eq!(wrong(&scene).await?, json!(holds.wrong), "{}", state.name);
            assert_eq!(scene.typed().await?, json!(holds.typed), "{}", state.name);
        }
        Ok(())
    });
}

/// The id of what has the focus, if that can be seen.
async fn focus(scene: &Scene) -> Result<Value, Failure> {
    scene.ask("const it = document.activeElement; const { height } = it.getBoundingClientRect(); return height > 0 ? it.id : 'hidden'",
    )
    .await
}

async fn wrong(scene: &Scene) -> Result<Value, Failure> {
    scene
        .ask("return [...document.querySelectorAll('[aria-invalid=true]')].map((it) => it.id)")
        .await
}

fn a_button_that_goes_when_it_is_pressed_gives_the_focus_on(engine: Engine) {
    play_with(engine, "pressed", &[], |scene| async move {
        let state = State::named("bank-left")?;
        let _page = state.reach(&scene, "en", "light").await?;
        press(&scene, "try-again", Key::Enter).await?;
        scene.phase("ready").await?;
        // Nothing is said above the form, so the payer is where they begin.
        has_the_focus(&scene, "card-number").await
    });
}

fn a_box_that_rests_while_it_is_paid_gives_the_focus_on(engine: Engine) {
    play_with(engine, "ticked", &[], |scene| async move {
        let state = State::named("consent")?;
        let _page = state.reach(&scene, "en", "light").await?;
        scene.type_card(DECLINED_CARD).await?;
        press(&scene, "save-card", Key::Space).await?;
        press(&scene, "save-card", Key::Enter).await?;
        scene.visible("#notice .notice").await?;
        has_the_focus(&scene, "notice").await
    });
}

fn what_rests_while_the_card_is_on_its_way_gives_the_focus_to_the_button(engine: Engine) {
    play_with(engine, "rests", &[], |scene| async move {
        let (checkout, gate) = held_back::holding(&scene.demo.checkout, "/confirm ")?;
        let more = keeping(&scene).await?;
        let dress = ("en", "light");
        let page = BarePage::open(&scene, &checkout, dress, &more, Some(gate)).await?;
        scene.enter_checkout().await?;
        scene.type_card(GOOD_CARD).await?;
        press(&scene, "save-card", Key::Space).await?;
        press(&scene, "save-card", Key::Enter).await?;
        scene.phase("submitting").await?;
        has_the_focus(&scene, "pay").await?;
        page.gate.as_ref().ok_or("nothing is held")?.open();
        scene.phase("succeeded").await?;
        has_the_focus(&scene, "panel-title").await?;

        // The card that was kept, in a group that rests as a whole.
        let (checkout, gate) = held_back::holding(&scene.demo.checkout, "/confirm ")?;
        let page = BarePage::open(&scene, &checkout, dress, &more, Some(gate)).await?;
        scene.enter_frame().await?;
        let chosen = scene.visible("#saved-cards input:checked").await?;
        scene.keys(&chosen, Key::Enter + "").await?;
        scene.phase("submitting").await?;
        has_the_focus(&scene, "pay").await?;
        page.gate.as_ref().ok_or("nothing is held")?.open();
        scene.phase("succeeded").await
    });
}

/// Presses a key on what has this id, as somebody does who has no pointer.
async fn press(scene: &Scene, id: &str, key: Key) -> Result<(), Failure> {
    scene
        .ask(&format!("document.getElementById('{id}').focus()"))
        .await?;
    let keys = scene.driver().action_chain().send_keys(key);
    Ok(keys.perform().await?)
}

async fn has_the_focus(scene: &Scene, id: &str) -> Result<(), Failure> {
    scene
        .until(&format!("{id} has the focus"), || async {
            Ok(focus(scene).await? == id)
        })
        .await
}
