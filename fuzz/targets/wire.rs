//! Whatever a page or a server sends is read or refused, and what is read can be acted on.
#![no_main]

use checkout_fuzz::{Result, Unstructured, actions, one_of, values};
use checkout_protocol::checkout::{Event, Facts};
use checkout_protocol::client_secret::ClientSecret;
use checkout_protocol::frame_message::PageCall;
use checkout_ui::model::Model;
use checkout_ui::snapshot;
use checkout_ui::update::{Action, update};
use checkout_ui::wire::{read, write};
use libfuzzer_sys::fuzz_target;

const DEPTH: u8 = 4;

fn play(bytes: &mut Unstructured<'_>) -> Result<()> {
    match bytes.int_in_range(0..=3)? {
        0 => {
            let value = values::object(bytes, DEPTH)?;
            let method = one_of(bytes, values::METHODS)?;
            if let Ok(PageCall::SessionAttach { client_secret, .. }) = read::page_call(method, &value)
                && let Ok(secret) = ClientSecret::parse(client_secret.expose())
            {
                let again = ClientSecret::parse(&secret.expose());
                assert!(again == Ok(secret), "a secret is read as it was written");
            }
        }
        1 => {
            let sent = actions::session(bytes)?;
            let value = values::of(&sent);
            assert!(read::session_view(&value) == Some(sent), "as it was sent");
            let value = values::nearly(bytes, value)?;
            let Some(view) = read::session_view(&value) else {
                return Ok(());
            };
            let model = Model::new(actions::boot(bytes)?);
            let _ = Facts::from(&view);
            let (model, _) = update(model, Action::Attached(view.clone(), false));
            let (model, _) = update(model, Action::Heard(view));
            let (model, _) = update(model, Action::Happened(Event::CancelAsked, None));
            let _ = write::snapshot(&snapshot::of(&model));
        }
        2 => {
            let sent = actions::boot(bytes)?;
            let value = values::of(&sent);
            let words = sent.words.clone();
            assert!(
                read::boot(&value, words.clone()) == Some(sent),
                "as it was written"
            );
            let value = values::nearly(bytes, value)?;
            if let Some(boot) = read::boot(&value, words) {
                let _ = Model::new(boot).amount_text();
            }
        }
        _ => {
            let value = values::object(bytes, DEPTH)?;
            let _ = (
                read::outcome(&value),
                read::error_code(&value),
                read::words(&value),
            );
        }
    }
    Ok(())
}

fuzz_target!(|bytes: &[u8]| {
    let _ = play(&mut Unstructured::new(bytes));
});
