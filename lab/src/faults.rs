//! What the sandbox is told to do, as `POST /faults` takes it, where more than one case wants it.

/// The acquirer has charged; its answer and its notification wait until somebody mends it.
pub(crate) const HELD: &str = r#"{"answer": "hold", "notifications": "hold"}"#;
/// The bank takes the answer and does not lead back.
pub(crate) const RETURN_LOST: &str = r#"{"bank": "return_lost"}"#;
/// The bank asks by its app.
pub(crate) const APP: &str = r#"{"bank_asks": "app"}"#;
/// It asks first by which way.
pub(crate) const CHOICE: &str = r#"{"bank_asks": "choice"}"#;
/// It asks for another code after the first.
pub(crate) const TWICE: &str = r#"{"bank_asks": "twice"}"#;
/// The same of an acquirer that takes its time.
pub(crate) const TWICE_SLOWLY: &str = r#"{"bank_asks": "twice", "answer_delay_ms": 1500}"#;
/// It leads by way of another site.
pub(crate) const DETOUR: &str = r#"{"bank_asks": "detour"}"#;
