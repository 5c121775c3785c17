//! What a payer, a merchant and an attacker see and do, in real browsers. One program: its tests share the machine to the end.

mod accessibility;
mod anything;
mod appearance;
mod bad_networks;
mod before_the_wasm;
mod blocked;
mod card_input;
mod early_frame;
mod element_places;
mod every_state;
mod frameworks;
mod lifecycle;
mod look;
mod modal;
mod moves;
mod native_3ds;
mod origins_and_secrets;
mod pay_with_card;
mod renewal;
mod saved_cards;
mod strict_browsers;
mod strict_pages;
mod taken_out;
mod three_d_secure;
mod without_keys;
