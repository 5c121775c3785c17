//! Why a measurement could not be made, in words for the person who started it.

/// Whatever went wrong below; it is only shown.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What every step gives back.
pub type Outcome<T = ()> = Result<T, Failure>;
