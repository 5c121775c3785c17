//! One event on its way to one endpoint: what follows from what came of a try.

use checkout_protocol::api::webhook_endpoint::{self as wire, DeliveryStatus};
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{EventId, MerchantId, WebhookDeliveryId, WebhookEndpointId};
use checkout_protocol::timestamp::Timestamp;

/// Pauses before each try, in milliseconds: at once, and after 1 minute, 10 minutes and 1 hour.
pub const PAUSES_MS: [i64; 4] = [0, 60_000, 600_000, 3_600_000];

/// A delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookDelivery {
    /// Its id.
    pub id: WebhookDeliveryId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// Where it goes.
    pub endpoint_id: WebhookEndpointId,
    /// What it tells.
    pub event_id: EventId,
    /// Its type.
    pub event_type: String,
    /// How it stands.
    pub status: DeliveryStatus,
    /// Tries whose end is known.
    pub attempts: u32,
    /// When it is tried next.
    pub next_attempt_at: Option<Timestamp>,
    /// Until when a process may be at it.
    pub claimed_until: Timestamp,
    /// What came of the last try.
    pub last: Option<Tried>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// When it began.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// What was answered, if anything was.
    pub http_status: Option<u16>,
    /// Why it failed, if no answer came.
    pub error: Option<String>,
    /// The beginning of the answer's body.
    pub answer: Option<String>,
    /// How long the endpoint wants to be left alone, in milliseconds.
    pub retry_after_ms: Option<i64>,
}

impl Tried {
    /// A try that came to nothing.
    #[must_use]
    pub fn not_sent(at: Timestamp, error: impl Into<String>) -> Self {
        Self {
            at,
            took_ms: 0,
            http_status: None,
            error: Some(error.into()),
            answer: None,
            retry_after_ms: None,
        }
    }

    /// As the merchant API shows it.
    #[must_use]
    pub fn view(&self) -> wire::DeliveryAttempt {
        wire::DeliveryAttempt {
            at: self.at,
            duration_ms: self.took_ms,
            http_status: self.http_status,
            error: self.error.clone(),
            response_body: self.answer.clone(),
        }
    }

    /// Whether the endpoint took it: any 2xx.
    #[must_use]
    pub const fn succeeded(&self) -> bool {
        matches!(self.http_status, Some(200..=299))
    }

    /// Whether the endpoint says that nobody will ever be there again: 410.
    #[must_use]
    pub const fn is_gone(&self) -> bool {
        matches!(self.http_status, Some(410))
    }
}

impl WebhookDelivery {
    /// The delivery after a try that ended at `now`, with pauses like [`PAUSES_MS`].
    #[must_use]
    pub fn after(self, tried: Tried, now: Timestamp, pauses_ms: &[i64; 4]) -> Self {
        let attempts = self.attempts.saturating_add(1);
        let pause = usize::try_from(attempts)
            .ok()
            .and_then(|attempts| pauses_ms.get(attempts));
        let (status, next_attempt_at) = match pause {
            _ if tried.succeeded() => (DeliveryStatus::Succeeded, None),
            Some(pause) => {
                let wanted = tried.retry_after_ms.unwrap_or(0).min(pauses_ms[3]);
                let pause = (*pause).max(wanted);
                (DeliveryStatus::Pending, Some(now.plus_ms(pause)))
            }
            None => (DeliveryStatus::Failed, None),
        };
        Self {
            status,
            attempts,
            next_attempt_at,
            claimed_until: Timestamp(0),
            last: Some(tried),
            ..self
        }
    }

    /// As the merchant API shows it.
    #[must_use]
    pub fn view(&self) -> wire::WebhookDelivery {
        wire::WebhookDelivery {
            id: self.id,
            endpoint: self.endpoint_id,
            event: self.event_id,
            event_type: self.event_type.clone(),
            status: self.status,
            attempts: self.attempts,
            next_attempt_at: self.next_attempt_at,
            last_attempt: self.last.as_ref().map(Tried::view),
            created_at: self.created_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery() -> WebhookDelivery {
        WebhookDelivery {
            id: WebhookDeliveryId::from_bits(1),
            merchant_id: MerchantId::from_bits(1),
            mode: Mode::Test,
            endpoint_id: WebhookEndpointId::from_bits(1),
            event_id: EventId::from_bits(1),
            event_type: "payment.succeeded".to_owned(),
            status: DeliveryStatus::Pending,
            attempts: 0,
            next_attempt_at: Some(Timestamp(0)),
            claimed_until: Timestamp(5_000),
            last: None,
            created_at: Timestamp(0),
        }
    }

    fn answered(http_status: u16, retry_after_ms: Option<i64>) -> Tried {
        Tried {
            at: Timestamp(0),
            took_ms: 5,
            http_status: Some(http_status),
            error: None,
            answer: None,
            retry_after_ms,
        }
    }

    #[test]
    fn a_failing_delivery_is_tried_four_times_with_longer_and_longer_pauses() {
        let mut delivery = delivery();
        let mut pauses = Vec::new();
        for _ in 0..3 {
            delivery = delivery.after(answered(500, None), Timestamp(10), &PAUSES_MS);
            assert_eq!(delivery.status, DeliveryStatus::Pending);
            pauses.push(delivery.next_attempt_at.unwrap().0 - 10);
        }
        delivery = delivery.after(answered(500, None), Timestamp(10), &PAUSES_MS);

        assert_eq!(pauses, [60_000, 600_000, 3_600_000]);
        assert_eq!(
            (delivery.status, delivery.attempts, delivery.next_attempt_at),
            (DeliveryStatus::Failed, 4, None)
        );
    }

    #[test]
    fn only_2xx_is_a_success_and_ends_it() {
        for status in [200, 201, 204, 299] {
            let delivery = delivery().after(answered(status, None), Timestamp(10), &PAUSES_MS);
            assert_eq!(delivery.status, DeliveryStatus::Succeeded, "{status}");
        }
        for status in [100, 199, 300, 301, 302, 308, 400, 410, 500] {
            let delivery = delivery().after(answered(status, None), Timestamp(10), &PAUSES_MS);
            assert_eq!(delivery.status, DeliveryStatus::Pending, "{status}");
        }
    }

    #[test]
    fn an_endpoint_may_ask_for_a_longer_pause_and_not_for_a_shorter_one() {
        let next = |retry_after_ms| {
            let delivery = delivery().after(
                answered(503, Some(retry_after_ms)),
                Timestamp(0),
                &PAUSES_MS,
            );
            delivery.next_attempt_at.unwrap().0
        };
        assert_eq!(next(1), 60_000);
        assert_eq!(next(120_000), 120_000);
        assert_eq!(next(i64::MAX), 3_600_000);
    }
}
