//! Random bits.

use crate::browser;

/// 128 random bits, at once.
///
/// # Panics
///
/// In a browser without a source of randomness: nothing here would be safe in it.
pub fn bits() -> u128 {
    let mut bytes = [0; 16];
    fill(&mut bytes);
    u128::from_be_bytes(bytes)
}

/// Fills `bytes`.
///
/// # Panics
///
/// As [`bits`].
pub fn fill(bytes: &mut [u8]) {
    let filled = browser::window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(bytes));
    assert!(filled.is_ok(), "a browser has random numbers");
}
