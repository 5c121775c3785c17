//! Values made of bytes: whatever the bytes are, the value is one that can happen.

pub mod actions;
pub mod events;
pub mod values;

pub use libfuzzer_sys::arbitrary::{Result, Unstructured};

/// One of `choices`.
///
/// # Errors
///
/// When the bytes are used up.
pub fn one_of<T: Clone>(bytes: &mut Unstructured<'_>, choices: &[T]) -> Result<T> {
    bytes.choose(choices).cloned()
}

/// Something, or nothing.
///
/// # Errors
///
/// As what makes it.
pub fn maybe<'a, T>(
    bytes: &mut Unstructured<'a>,
    make: impl FnOnce(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Option<T>> {
    Ok(if bytes.arbitrary()? {
        Some(make(bytes)?)
    } else {
        None
    })
}
