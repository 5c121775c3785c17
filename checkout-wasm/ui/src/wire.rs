//! The shared types as the frame sends and receives them, without derived readers and writers.
//!
//! Those cost the payer 30 KB of download for what is a few lines by hand. That both say the same is tested here,
//! value by value, against what the server derives.

pub mod read;
pub mod value;
pub mod write;

#[cfg(test)]
mod tests;
