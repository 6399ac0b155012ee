//! What a message says: the payload of a push message, which the page's service worker reads, and the text of a mail.

use mail_api::MailMessage;
use serde::Serialize;
use user_language::Language;
use web_push::{PushMessage, Urgency};

use crate::reminder_action::ReminderAction;
use crate::store::ClaimedReminder;
use crate::words;

/// Where a message leads.
const PAGE: &str = "/?due=today";
/// How long a push service keeps a reminder for a device that is away, in seconds: a day.
const REMINDER_TTL: u32 = 24 * 60 * 60;
const TEST_TTL: u32 = 60;

#[derive(Serialize)]
struct MessageAction {
    action: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct PushPayload<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<i64>,
    title: &'a str,
    body: &'a str,
    tag: &'a str,
    url: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<[MessageAction; 3]>,
}

/// A push message, encoded. A later one with the same topic, and the same tag in its payload, replaces it.
pub(crate) struct EncodedPush {
    payload: Vec<u8>,
    topic: String,
    ttl: u32,
}

impl EncodedPush {
    /// The message of a reminder.
    pub(crate) fn reminder(reminder: &ClaimedReminder, token: &str, language: Language) -> Self {
        let key = &reminder.key;
        let tag = format!("todo-task-{}", key.task);
        let payload =
            PushPayload {
                kind: "reminder",
                task: Some(key.task),
                title: &reminder.title,
                body: &words::due_in_words(&key.due, reminder.local_now, language),
                tag: &tag,
                url: PAGE,
                action_url: Some(action_path(token)),
                actions: Some(ReminderAction::ALL.map(|action| MessageAction {
                    action: action.as_str(),
                    title: words::action_name(action, language),
                })),
            };
        Self::new(&payload, REMINDER_TTL)
    }

    /// The message that tests whether messages arrive.
    pub(crate) fn test(language: Language) -> Self {
        let (title, body) = words::test_message(language);
        let (task, action_url, actions) = (None, None, None);
        Self::new(
            &PushPayload { kind: "test", task, title, body, tag: "todo-test", url: PAGE, action_url, actions },
            TEST_TTL,
        )
    }

    fn new(payload: &PushPayload<'_>, ttl: u32) -> Self {
        let encoded = serde_json::to_vec(payload).expect("a payload is plain data");
        Self { payload: encoded, topic: payload.tag.to_owned(), ttl }
    }

    /// What is sent.
    pub(crate) fn message(&self) -> PushMessage<'_> {
        PushMessage { payload: &self.payload, ttl: self.ttl, topic: Some(&self.topic), urgency: Urgency::High }
    }
}

/// A mail, written.
pub(crate) struct WrittenMail {
    subject: String,
    text: String,
    kind: &'static str,
}

impl WrittenMail {
    /// The mail of a reminder. `base` is the public address.
    pub(crate) fn reminder(reminder: &ClaimedReminder, token: &str, base: &str, language: Language) -> Self {
        let due = words::due_in_words(&reminder.key.due, reminder.local_now, language);
        let path = action_path(token);
        let links: Vec<String> = ReminderAction::ALL
            .iter()
            .map(|action| format!("{}: {base}{path}?action={}", words::action_name(*action, language), action.as_str()))
            .collect();
        let (tasks, end) = words::mail_lines(language);
        let text = format!("{}\n{due}.\n\n{}\n\n{tasks}: {base}{PAGE}\n\n{end}\n", reminder.title, links.join("\n"));
        Self { subject: words::mail_subject(&reminder.title, language), text, kind: "reminder" }
    }

    /// The mail that tests whether mails arrive.
    pub(crate) fn test(base: &str, language: Language) -> Self {
        let (subject, body) = words::test_message(language);
        let (tasks, end) = words::mail_lines(language);
        Self {
            subject: subject.to_owned(),
            text: format!("{body}\n\n{tasks}: {base}{PAGE}\n\n{end}\n"),
            kind: "reminder-test",
        }
    }

    /// The mail for an address.
    pub(crate) fn to<'a>(&'a self, address: &'a str) -> MailMessage<'a> {
        MailMessage { to: address, subject: &self.subject, text: &self.text, kind: self.kind }
    }
}

fn action_path(token: &str) -> String {
    format!("/api/reminders/{token}")
}
