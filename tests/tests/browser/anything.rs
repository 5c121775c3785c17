//! Whatever is done to the form, its program goes on: thousands of events in an order that nobody would choose, and then a
//! payment. A program that had met what it cannot go on from would not answer any more.

use browser_tests::checkout_page::GOOD_CARD;
use browser_tests::{Engine, Failure, Scene, in_every_engine, play};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

in_every_engine!(nothing_that_is_done_to_the_form_stops_its_program,);

/// Each is the way to another order of events.
const SEEDS: [u32; 3] = [1, 20_261_122, 4_294_967_291];

/// What is done does not pay and does not go anywhere: Enter and the button are left out.
const DO_ANYTHING: &str = r#"
const [seed, times, done] = arguments;
let state = seed;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 4294967296) * below);
};
const one = (things) => things[random(things.length)];
window.stops ??= [];
if (!window.listens) {
  window.listens = true;
  addEventListener('error', ({ message }) => stops.push(String(message)));
  addEventListener('unhandledrejection', ({ reason }) => stops.push(String(reason)));
}
const texts = ['', ' ', '4', '4242 4242 4242 4242', '4242424242424242424', '3782 822463 10005', '6223 0000 0000 0016',
  '9'.repeat(1000), '4242\u00a04242', '４２４２', '٤٢٤٢', '12/30', '2030-12', '00', '1', '/', ' / ', '13 / 30', '99999',
  'é\u0301', '👩‍👩‍👧‍👦', '\ud83d', '\u202e4242', 'Jón', '山田', '<b>', '\0', '\n', 'a@b', '"', "'", '\\'];
const kinds = ['insertText', 'insertFromPaste', 'insertFromDrop', 'deleteByDrag', 'deleteByCut', 'deleteContentForward',
  'deleteContentBackward', 'insertCompositionText', 'insertReplacementText', 'historyUndo', 'nonsense', ''];
const fields = ['card-number', 'card-expiry', 'card-code', 'card-name', 'email', 'card-brand'];
const clicked = ['another-card', 'remove-card', 'save-card', 'start-again', 'try-again', 'cancel-challenge', 'continue-to-bank',
  'finish-at-bank', 'panel', 'notice', 'checkout', 'root'];
const it = () => document.getElementById(one(fields));
const tell = (target, event) => target?.dispatchEvent(event);
const acts = [
  () => { const field = it(); const text = one(texts);
    field.value = random(2) ? text : field.value.slice(0, random(field.value.length + 1)) + text;
    const caret = random(field.value.length + 3);
    if (random(2)) field.setSelectionRange?.(random(caret + 1), caret);
    tell(field, new InputEvent('input', { bubbles: true, inputType: one(kinds), isComposing: random(4) === 0 })); },
  () => tell(it(), new Event('change', { bubbles: true })),
  () => tell(it(), new CompositionEvent(one(['compositionstart', 'compositionend']), { bubbles: true })),
  () => it().focus(),
  () => document.activeElement.blur(),
  () => tell(it(), new FocusEvent(one(['focusin', 'focusout']), { bubbles: true })),
  () => tell(it(), new KeyboardEvent('keydown', { bubbles: true, cancelable: true, key: one(['z', 'Z', 'y', 'a', 'Tab', 'Escape', 'Dead', 'Process']),
    ctrlKey: random(2) === 0, shiftKey: random(3) === 0, metaKey: random(5) === 0, isComposing: random(5) === 0 })),
  () => document.getElementById(one(clicked))?.click(),
  () => tell(document.getElementById(one([...clicked, ...fields])), new MouseEvent('mousedown', { bubbles: true, cancelable: true })),
  () => tell(window, new Event(one(['online', 'offline', 'focus', 'blur', 'resize']))),
  () => tell(window, new PageTransitionEvent(one(['pageshow', 'pagehide']), { persisted: random(2) === 0 })),
  () => tell(document, new Event('visibilitychange')),
  () => tell(window, new MessageEvent('message', { origin: one([location.origin, 'null', '']), data: one([null, 0, 'hint', [], {},
    { borga: 'hint' }, { borga: 1 }, { borga: {} }, { borga: 'frame.hello' }]) })),
];
// Each in a task of its own, as a payer's.
const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data: left }) => {
  if (left === 0) return done(stops);
  one(acts)();
  if (left === 1) tell(window, new Event('online'));
  port2.postMessage(left - 1);
};
port2.postMessage(times);
"#;

fn nothing_that_is_done_to_the_form_stops_its_program(engine: Engine) {
    play(engine, "anything", |scene| async move {
        let more = json!({"collect_email": true});
        scene.show_form(&more).await?;
        for seed in SEEDS {
            let stops = does_anything(&scene, seed).await?;
            assert_eq!(stops, json!([]), "seed {seed}");
        }
        // The form is still one that a payer can use.
        scene.type_card(GOOD_CARD).await?;
        let email = scene.visible("#email").await?;
        scene.keys(&email, Key::Control + "a").await?;
        scene.keys(&email, "payer@example.com").await?;
        scene.press_pay().await?;
        scene.phase("succeeded").await?;
        let stops = scene.driver().execute("return stops", vec![]).await?;
        assert_eq!(stops.json(), &json!([]), "nor later");
        Ok(())
    });
}

async fn does_anything(scene: &Scene, seed: u32) -> Result<Value, Failure> {
    let arguments = vec![json!(seed), json!(1000)];
    let stops = scene.driver().execute_async(DO_ANYTHING, arguments).await?;
    Ok(stops.json().clone())
}
