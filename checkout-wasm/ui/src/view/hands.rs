//! What the view can ask of the program around it when the payer does something.
//! Plain functions: on the server they do nothing, in the frame they reach the one running program.

use checkout_protocol::frame_message::Field;
use leptos::ev::{Event, MouseEvent};

/// The program's functions.
#[derive(Clone, Copy)]
pub struct Hands {
    /// The text of a field changed.
    pub typed: fn(Field, Event),
    /// A field lost the focus.
    pub left: fn(Field),
    /// Pay was pressed: read the fields once more, then check and pay.
    pub pay: fn(),
    /// Opens the bank's window, before anything else is done.
    pub continue_to_bank: fn(),
    /// Shows the bank's window again and asks the server.
    pub finish_at_bank: fn(),
    /// Gives the challenge up for another try.
    pub try_again: fn(),
    /// Gives the challenge up.
    pub cancel: fn(),
}

/// A press of a button as an event handler: one type for all of them, for the sake of the payer's download.
pub fn press(hand: fn()) -> impl Fn(MouseEvent) + 'static {
    move |_| hand()
}

impl Hands {
    /// On the server nobody presses anything.
    pub const NONE: Self = Self {
        typed: |_, _| (),
        left: |_| (),
        pay: || (),
        continue_to_bank: || (),
        finish_at_bank: || (),
        try_again: || (),
        cancel: || (),
    };
}
