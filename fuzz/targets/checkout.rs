//! The checkout's states with any events: what was announced as started ends once, and paid is the end.
//! `checkout-protocol/tests/checkout_reachable.rs` walks the whole space of two attempts; here are three, any error code and
//! versions that rise and fall.
#![no_main]

use checkout_fuzz::{Unstructured, events};
use checkout_protocol::checkout::{Announcement, Checkout, Effect, Phase};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Unstructured::new(bytes);
    let mut checkout = Checkout::NEW;
    let mut is_owed = false;
    while !bytes.is_empty() {
        let Ok(event) = events::event(&mut bytes) else {
            break;
        };
        let (next, effects) = checkout.after(event);
        let mut endings = 0;
        for effect in &effects {
            match effect {
                Effect::Announce(Announcement::Started(_)) => {
                    assert!(!is_owed, "a second one began before the first ended");
                    is_owed = true;
                }
                Effect::Announce(Announcement::Challenge(_)) => {}
                Effect::Announce(_) => {
                    endings += 1;
                    is_owed = false;
                }
                Effect::Confirm(attempt) => {
                    assert!(matches!(checkout.phase, Phase::Ready { .. }), "sent twice");
                    assert_eq!(next.attempt(), Some(*attempt));
                }
                _ => {}
            }
        }
        assert!(endings <= 1, "two endings in one step");
        assert!(
            !is_owed || next.attempt().is_some(),
            "an attempt never ended"
        );
        if checkout.phase == Phase::Succeeded {
            assert_eq!(
                (next.phase, endings),
                (Phase::Succeeded, 0),
                "paid is the end"
            );
        }
        checkout = next;
    }
});
