//! Sends signed notifications until they are accepted, those of one payment in order.
//!
//! Whether the answer to the request that caused one ever arrived makes no difference.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::CONTENT_TYPE;
use tokio::sync::watch;
use url::Url;

use crate::cards::Brand;
use crate::faults::{Faults, NotificationFault, Plan};
use crate::wire::{Amount, Notification, NotificationEnvelope, NotificationItem};
use crate::{HmacKey, Settings, answering, random};

const TRIES_MAX: u32 = 60;
const PAUSE_MAX: Duration = Duration::from_secs(5);
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// Something that a notification tells.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) code: &'static str,
    pub(crate) payment_psp_reference: String,
    /// Of a reversal or refund.
    pub(crate) modification_psp_reference: Option<String>,
    pub(crate) reference: String,
    pub(crate) amount: Amount,
    pub(crate) success: bool,
    /// Why it failed; or what happened, when the event itself is a failure.
    pub(crate) reason: Option<&'static str>,
    pub(crate) brand: Option<Brand>,
    pub(crate) additional_data: BTreeMap<String, String>,
    pub(crate) date: String,
}

/// The sender. Cloning it gives the same one.
#[derive(Clone, Debug)]
pub(crate) struct Notifications(Arc<Sender>);

#[derive(Debug)]
struct Sender {
    target: Option<Url>,
    key: HmacKey,
    merchant_account: String,
    pause: Duration,
    late: Duration,
    client: reqwest::Client,
    faults: Arc<Faults>,
    stopped: watch::Receiver<bool>,
    /// By payment. A queue is there exactly while a task works on it.
    queues: Mutex<HashMap<String, VecDeque<Waiting>>>,
}

#[derive(Debug)]
struct Waiting {
    item: NotificationItem,
    fault: NotificationFault,
    epoch: u64,
}

impl Notifications {
    pub(crate) fn new(
        settings: &Settings,
        faults: Arc<Faults>,
        stopped: watch::Receiver<bool>,
    ) -> Result<Self, reqwest::Error> {
        // A receiver that redirects has not accepted; and no proxy may read along.
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(ANSWER_WITHIN)
            .build()?;
        Ok(Self(Arc::new(Sender {
            target: settings.notification_url.clone(),
            key: settings.hmac_key.clone(),
            merchant_account: settings.merchant_account.clone(),
            pause: settings.notification_retry,
            late: settings.late_notification,
            client,
            faults,
            stopped,
            queues: Mutex::default(),
        })))
    }

    /// Queues one notification and returns at once.
    pub(crate) fn send(&self, event: Event, plan: Plan) {
        if self.0.target.is_none() || plan.notifications == NotificationFault::Drop {
            return;
        }
        let payment = event.payment_psp_reference.clone();
        let item = self.0.item(event);
        let waiting = Waiting {
            item,
            fault: plan.notifications,
            epoch: plan.epoch,
        };
        let mut queues = self.0.queues();
        if let Some(queue) = queues.get_mut(&payment) {
            queue.push_back(waiting);
        } else {
            queues.insert(payment.clone(), VecDeque::from([waiting]));
            let sender = Arc::clone(&self.0);
            tokio::spawn(async move {
                tokio::select! {
                    () = sender.work_off(&payment) => {}
                    () = answering::stopped(sender.stopped.clone()) => {}
                }
            });
        }
    }
}

impl Sender {
    fn queues(&self) -> MutexGuard<'_, HashMap<String, VecDeque<Waiting>>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn item(&self, event: Event) -> NotificationItem {
        let payment = event.payment_psp_reference;
        let (psp_reference, original_reference) = match event.modification_psp_reference {
            Some(modification) => (modification, Some(payment)),
            None => (payment, None),
        };
        NotificationItem {
            additional_data: event.additional_data,
            amount: event.amount,
            event_code: event.code.to_owned(),
            event_date: event.date,
            merchant_account_code: self.merchant_account.clone(),
            merchant_reference: event.reference,
            original_reference,
            payment_method: event.brand.map(|brand| brand.wire_name().to_owned()),
            psp_reference,
            reason: event.reason.map(str::to_owned),
            success: event.success.to_string(),
        }
    }

    async fn work_off(&self, payment: &str) {
        while let Some(waiting) = self.next(payment) {
            let copies = match waiting.fault {
                NotificationFault::Hold => {
                    self.faults.cleared(waiting.epoch).await;
                    1
                }
                NotificationFault::Late => {
                    tokio::time::sleep(self.late).await;
                    1
                }
                NotificationFault::Twice => 2,
                NotificationFault::Thrice => 3,
                NotificationFault::Send
                | NotificationFault::Drop
                | NotificationFault::OutOfOrder
                | NotificationFault::BadSignature
                | NotificationFault::BadSignatureOnce => 1,
            };
            for _ in 0..copies {
                self.deliver(&waiting).await;
            }
        }
    }

    /// The next of this payment; taking away the queue when it is empty ends the task.
    fn next(&self, payment: &str) -> Option<Waiting> {
        let mut queues = self.queues();
        let next = queues.get_mut(payment)?.pop_front();
        if next.is_none() {
            queues.remove(payment);
        }
        next
    }

    async fn deliver(&self, waiting: &Waiting) {
        let mut pause = self.pause;
        for attempt in 1..=TRIES_MAX {
            if self.accepted(waiting, attempt).await {
                return;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(PAUSE_MAX);
        }
        tracing::error!(
            psp_reference = waiting.item.psp_reference,
            tries = TRIES_MAX,
            "notification given up"
        );
    }

    async fn accepted(&self, waiting: &Waiting, attempt: u32) -> bool {
        let Some(target) = &self.target else {
            return true;
        };
        let body = serde_json::to_vec(&self.signed(waiting, attempt)).unwrap_or_default();
        let request = self
            .client
            .post(target.clone())
            .header(CONTENT_TYPE, "application/json");
        let outcome = request.body(body).send().await;
        let psp_reference = waiting.item.psp_reference.as_str();
        match outcome {
            Ok(answer) if answer.status().is_success() => return true,
            Ok(answer) => {
                let status = answer.status().as_u16();
                tracing::warn!(psp_reference, attempt, status, "notification refused");
            }
            Err(error) => {
                let error = error.without_url();
                tracing::warn!(psp_reference, attempt, %error, "notification not delivered");
            }
        }
        false
    }

    /// Signed anew for each attempt: a wrong signature lasts only as long as the fault.
    fn signed(&self, waiting: &Waiting, attempt: u32) -> Notification {
        let mut item = waiting.item.clone();
        let wrong = match waiting.fault {
            NotificationFault::BadSignature => !self.faults.cleared_since(waiting.epoch),
            NotificationFault::BadSignatureOnce => attempt == 1,
            NotificationFault::Send
            | NotificationFault::Hold
            | NotificationFault::Drop
            | NotificationFault::Twice
            | NotificationFault::Thrice
            | NotificationFault::Late
            | NotificationFault::OutOfOrder => false,
        };
        let signature = if wrong {
            STANDARD.encode(random::bytes::<32>())
        } else {
            self.key.sign(&item)
        };
        item.additional_data
            .insert("hmacSignature".to_owned(), signature);
        let notification_items = vec![NotificationEnvelope { item }];
        Notification {
            live: "false".to_owned(),
            notification_items,
        }
    }
}
