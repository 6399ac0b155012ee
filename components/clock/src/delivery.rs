//! Sends messages: the requests of a batch leave at once, so that one slow server does not hold up the others.

use http_api::ApiError;
use mail_api::MailDelivery;
use serde_json::json;
use web_push::{PushService, PushSigner, PushSubscription};

use crate::env::ClockEnv;
use crate::message::{EncodedPush, WrittenMail};
use crate::outcome::MessageOutcome;
use crate::settings::PushSettings;
use crate::store::{ReminderStore, SubscribedBrowser};

/// How many requests are in flight at once. A batch of 50 reminders for ten browsers each, all slow, ends within the lease of a minute.
const IN_FLIGHT: usize = 100;

/// How messages leave, read once for a request.
pub(crate) struct DeliverySettings {
    /// The public address.
    pub(crate) base: String,
    /// `None`: there are no push messages.
    pub(crate) push: Option<PushDelivery>,
    /// How mails leave.
    pub(crate) mail: MailDelivery,
}

/// How push messages leave.
pub(crate) struct PushDelivery {
    signer: PushSigner,
    services: PushService,
}

impl DeliverySettings {
    /// Reads them.
    pub(crate) fn load(env: &ClockEnv<'_>) -> Result<Self, ApiError> {
        let settings = env.settings;
        let now = (env.now_ms)() / 1000;
        let push = settings.push()?.map(|PushSettings { key, contact, services }| PushDelivery {
            signer: PushSigner::new(key, contact, now),
            services,
        });
        Ok(Self { base: settings.base()?.to_string(), push, mail: settings.mail()? })
    }
}

/// A message that is ready: a request and the name of the server that gets it, or what became of it already.
pub(crate) enum ReadyMessage {
    /// For a push service.
    Push(Box<http::Request<Vec<u8>>>, String),
    /// For the mail API.
    Mail(Box<http::Request<Vec<u8>>>),
    /// For nobody.
    Done(MessageOutcome),
}

impl ReadyMessage {
    /// A push message for a browser.
    pub(crate) fn push(push: &PushDelivery, browser: &SubscribedBrowser, message: &EncodedPush) -> Self {
        // The push services that may be called can be fewer than they were.
        let subscription = PushSubscription::parse(&browser.endpoint, &browser.p256dh, &browser.auth, &push.services);
        let request = subscription.map_err(|why| why.to_string()).and_then(|subscription| {
            let request = message.message().request(&subscription, &push.signer);
            request.ok_or_else(|| "The message is too long.".to_owned())
        });
        match request {
            Ok(request) => {
                let service = request.uri().host().unwrap_or_default().to_owned();
                Self::Push(Box::new(request), service)
            }
            Err(why) => Self::Done(MessageOutcome::Rejected(why)),
        }
    }

    /// A mail. `once` names it, so that the API sends it once even if it is asked twice.
    pub(crate) fn mail(
        settings: &DeliverySettings,
        store: &ReminderStore,
        address: &str,
        mail: &WrittenMail,
        once: Option<&str>,
    ) -> Result<Self, ApiError> {
        let mail = mail.to(address);
        match &settings.mail {
            MailDelivery::Off => Ok(Self::Done(MessageOutcome::Rejected("This server sends no mails.".to_owned()))),
            MailDelivery::Outbox => {
                let entry = json!({"type": mail.kind, "to": mail.to, "subject": mail.subject, "text": mail.text});
                http_api::log(&json!({"level": "info", "event": "mail", "mail": entry}));
                store.keep_mail(&entry)?;
                Ok(Self::Done(MessageOutcome::Sent))
            }
            MailDelivery::Api { url, key, from } => {
                let request = mail.to_request(url, key, from);
                let mut request =
                    request.ok_or_else(|| ApiError::internal("variable mail_api_key is no header value"))?;
                if let Some(value) = once.and_then(|once| http::HeaderValue::from_str(once).ok()) {
                    request.headers_mut().insert("idempotency-key", value);
                }
                Ok(Self::Mail(Box::new(request)))
            }
        }
    }
}

/// Sends messages; their outcomes in the same order.
pub(crate) fn send(env: &ClockEnv<'_>, messages: Vec<ReadyMessage>) -> Vec<MessageOutcome> {
    let mut requests = Vec::new();
    let kept: Vec<KeptMessage> = messages
        .into_iter()
        .map(|message| match message {
            ReadyMessage::Push(request, service) => {
                requests.push(*request);
                KeptMessage::Push(service)
            }
            ReadyMessage::Mail(request) => {
                requests.push(*request);
                KeptMessage::Mail
            }
            ReadyMessage::Done(outcome) => KeptMessage::Done(outcome),
        })
        .collect();
    let mut results = Vec::with_capacity(requests.len());
    while !requests.is_empty() {
        let rest = requests.split_off(IN_FLIGHT.min(requests.len()));
        results.extend((env.send)(std::mem::replace(&mut requests, rest)));
    }
    let mut results = results.into_iter();
    let lost = || Err("it was not sent".to_owned());
    kept.into_iter()
        .map(|message| match message {
            KeptMessage::Push(service) => MessageOutcome::of_push(&service, &results.next().unwrap_or_else(lost)),
            KeptMessage::Mail => MessageOutcome::of_mail(&results.next().unwrap_or_else(lost)),
            KeptMessage::Done(outcome) => outcome,
        })
        .collect()
}

/// What is known of a message while its request is on its way.
enum KeptMessage {
    Push(String),
    Mail,
    Done(MessageOutcome),
}
