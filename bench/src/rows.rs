//! The rows of a session as the server wrote them once, to be written again under other ids.

use checkout_protocol::id::SessionId;
use embed_server::clock::{Clock as _, SystemClock};
use embed_server::domain::payment::Payment;
use embed_server::domain::payment_session::PaymentSession;
use embed_server::entropy::Entropy;
use embed_server::operations::reply::SECRET;
use embed_server::store::idempotency_keys::{self, Answered, Claim};
use embed_server::store::{Store, payment_sessions, payments};

use crate::failure::Outcome;

/// One session and all that is written with it.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The claim of the request that made it.
    pub claim: Claim,
    /// The answer's status.
    pub status: u16,
    /// The answer as it is kept.
    pub sealed_answer: String,
    /// Its payment.
    pub payment: Payment,
    /// The session itself.
    pub session: PaymentSession,
}

impl Rows {
    /// What a request with this `Idempotency-Key` has left in the database.
    ///
    /// # Errors
    /// When the request has not been answered from this database.
    pub async fn read(store: &Store, id: SessionId, key: &str) -> Outcome<Self> {
        let mut tx = store.read().await?;
        let session = payment_sessions::find_public(&mut tx, id).await?;
        let session = session.ok_or("the session that was made is not in the database")?;
        let (merchant, mode) = (session.merchant_id, session.mode);
        let payment = payments::find(&mut tx, merchant, mode, session.payment_id).await?;
        let mut claim = Claim {
            merchant_id: merchant,
            mode,
            credential: SECRET.to_owned(),
            key: key.to_owned(),
            method: String::new(),
            path: String::new(),
            fingerprint: String::new(),
        };
        let answered = idempotency_keys::find(&mut tx, &claim).await?;
        let answered: Answered = answered.ok_or("the answer was not kept under its key")?;
        claim.method = answered.method;
        claim.path = answered.path;
        claim.fingerprint = answered.fingerprint;
        Ok(Self {
            claim,
            status: u16::try_from(answered.status)?,
            sealed_answer: answered.body,
            payment: payment.ok_or("the session's payment is not in the database")?,
            session,
        })
    }

    /// The same of a session that is made now.
    pub fn renewed(&self, entropy: &Entropy) -> Self {
        let now = SystemClock.now();
        let mut rows = self.clone();
        let lives_ms = rows.session.expires_at.0 - rows.session.created_at.0;
        rows.payment.id = entropy.id(now);
        rows.session.id = entropy.id(now);
        rows.claim.key = format!("bench-{}", rows.session.id);
        rows.payment.session = Some(rows.session.id);
        rows.session.payment_id = rows.payment.id;
        rows.payment.created_at = now;
        rows.session.created_at = now;
        rows.session.expires_at = now.plus_ms(lives_ms);
        rows
    }
}
