//! The reminders, the subscriptions and the choice of mail in the database: one statement a call.

use chrono::NaiveDateTime;
use db::{Db, Param, Row};
use http_api::ApiError;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use user_language::Language;

const CLAIM: &str = include_str!("../sql/claim_reminders.sql");
const MARK: &str = include_str!("../sql/mark_reminders.sql");
const SWEEP: &str = include_str!("../sql/sweep.sql");
const NOTIFICATIONS: &str = include_str!("../sql/notifications.sql");
const CHOOSE_MAIL: &str = include_str!("../sql/choose_mail.sql");
const SUBSCRIBE: &str = include_str!("../sql/subscribe.sql");
const UNSUBSCRIBE: &str = include_str!("../sql/unsubscribe.sql");
const UNDELIVERED: &str = include_str!("../sql/undelivered.sql");
const RECIPIENTS: &str = include_str!("../sql/recipients.sql");
const PUT_OFF: &str = include_str!("../sql/put_off.sql");
const KEEP_MAIL: &str = include_str!("../sql/keep_mail.sql");

/// How the statements write a local time.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// A subscribed browser.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SubscribedBrowser {
    pub(crate) id: String,
    pub(crate) endpoint: String,
    pub(crate) p256dh: String,
    pub(crate) auth: String,
    /// The tag of the language of its messages.
    language: String,
}

impl SubscribedBrowser {
    pub(crate) fn language(&self) -> Language {
        Language::preferred(&self.language)
    }
}

/// Where messages of a user go.
#[derive(Debug, Clone)]
pub(crate) struct Recipients {
    pub(crate) browsers: Vec<SubscribedBrowser>,
    /// The proved address of a user who wants mails.
    pub(crate) address: Option<String>,
    pub(crate) mail_language: Language,
}

impl Recipients {
    fn read(row: &Row) -> Result<Self, ApiError> {
        let browsers = serde_json::from_str(&row.text("subscriptions")?).map_err(ApiError::internal)?;
        let mail_language = Language::preferred(&row.text("mail_language")?);
        Ok(Self { browsers, address: row.opt_text("address")?, mail_language })
    }
}

/// The name of a reminder: whose, of which task, and which of its reminders.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReminderKey {
    pub(crate) owner: String,
    pub(crate) task: i64,
    /// When the task is due: a day, or a local time.
    pub(crate) due: String,
    pub(crate) minutes: i64,
    /// Which attempt to send it this is.
    pub(crate) attempts: i64,
}

/// A reminder that this clock may send.
#[derive(Debug, Clone)]
pub(crate) struct ClaimedReminder {
    pub(crate) key: ReminderKey,
    pub(crate) title: String,
    /// Its moment, in Unix seconds.
    pub(crate) remind_at: i64,
    /// Now where the user is.
    pub(crate) local_now: NaiveDateTime,
    /// Those who do not have it yet.
    pub(crate) recipients: Recipients,
    /// The subscriptions, and `mail`, that have it.
    pub(crate) reached: Vec<String>,
}

impl ClaimedReminder {
    fn read(row: &Row) -> Result<Self, ApiError> {
        let (owner, due) = (row.text("owner")?, row.text("due")?);
        let key = ReminderKey {
            owner,
            task: row.i64("task")?,
            due,
            minutes: row.i64("minutes")?,
            attempts: row.i64("attempts")?,
        };
        let local_now = NaiveDateTime::parse_from_str(&row.text("local_now")?, LOCAL).map_err(ApiError::internal)?;
        let reached = serde_json::from_str(&row.text("reached")?).map_err(ApiError::internal)?;
        let (title, remind_at) = (row.text("title")?, row.i64("remind_at")?);
        Ok(Self { key, title, remind_at, local_now, recipients: Recipients::read(row)?, reached })
    }
}

/// What became of a reminder, for the statement that stores it.
#[derive(Debug, Serialize)]
pub(crate) struct MarkedReminder {
    #[serde(flatten)]
    pub(crate) key: ReminderKey,
    pub(crate) reached: Vec<String>,
    pub(crate) is_sent: bool,
    /// In how many seconds it is tried again; `None` if it is not.
    pub(crate) retry: Option<u32>,
    pub(crate) error: Option<String>,
}

/// What became of a message to a browser.
#[derive(Debug, Serialize)]
pub(crate) struct MarkedPush {
    pub(crate) id: String,
    /// `sent`, `gone` or `failed`.
    pub(crate) outcome: &'static str,
    pub(crate) error: Option<String>,
}

/// What became of a mail.
#[derive(Debug, Serialize)]
pub(crate) struct MarkedMail {
    pub(crate) owner: String,
    pub(crate) error: Option<String>,
}

/// Outcomes that are stored by one statement.
#[derive(Debug, Default, Serialize)]
pub(crate) struct MarkedOutcomes {
    pub(crate) reminders: Vec<MarkedReminder>,
    pub(crate) pushes: Vec<MarkedPush>,
    pub(crate) mails: Vec<MarkedMail>,
}

/// How a user is reminded.
pub(crate) struct NotificationState {
    /// The address; `None` for a user who does not exist.
    pub(crate) address: Option<String>,
    pub(crate) is_proved: bool,
    pub(crate) wants_mail: bool,
    pub(crate) mail_sent_at: Option<String>,
    pub(crate) mail_error: Option<String>,
    /// The subscriptions as the API shows them.
    pub(crate) subscriptions: Box<RawValue>,
}

impl NotificationState {
    fn read(row: &Row) -> Result<Self, ApiError> {
        let subscriptions = row.opt_text("subscriptions")?.unwrap_or_else(|| "[]".to_owned());
        Ok(Self {
            address: row.opt_text("address")?,
            is_proved: row.get::<Option<bool>>("is_proved")?.unwrap_or_default(),
            wants_mail: row.get::<Option<bool>>("wants_mail")?.unwrap_or_default(),
            mail_sent_at: row.opt_time("mail_sent_at")?,
            mail_error: row.opt_text("mail_error")?,
            subscriptions: RawValue::from_string(subscriptions).map_err(ApiError::internal)?,
        })
    }
}

/// The subscription that a browser gave, checked.
pub(crate) struct NewSubscription {
    pub(crate) endpoint: String,
    pub(crate) p256dh: String,
    pub(crate) auth: String,
    pub(crate) device: Option<String>,
    /// The endpoint that the browser had before.
    pub(crate) replaces: Option<String>,
}

/// A stored subscription.
pub(crate) struct StoredSubscription {
    /// Whether the user did not have it before.
    pub(crate) is_new: bool,
    pub(crate) id: String,
    /// As the API shows it.
    pub(crate) shown: Box<RawValue>,
}

/// A reminder that was given up.
#[derive(Debug, Serialize)]
pub(crate) struct UndeliveredReminder {
    task: i64,
    title: String,
    due: String,
    remind_at: String,
    error: String,
}

/// The statements, on an open connection.
pub(crate) struct ReminderStore(pub(crate) Db);

impl ReminderStore {
    /// Claims up to `most` reminders for so many seconds.
    pub(crate) fn claim(&self, most: i64, lease: i64) -> Result<Vec<ClaimedReminder>, ApiError> {
        self.0.query(CLAIM, &[most.into(), lease.into()])?.iter().map(ClaimedReminder::read).collect()
    }

    /// Stores outcomes.
    pub(crate) fn mark(&self, outcomes: &MarkedOutcomes) -> Result<(), ApiError> {
        let json = |value: serde_json::Result<String>| value.map(Param::from).map_err(ApiError::internal);
        let params = [
            json(serde_json::to_string(&outcomes.reminders))?,
            json(serde_json::to_string(&outcomes.pushes))?,
            json(serde_json::to_string(&outcomes.mails))?,
        ];
        self.0.query_row(MARK, &params)?;
        Ok(())
    }

    /// Deletes what has served its time; for how many seconds the longest waiting reminder waits, `None` if the time of none has come.
    pub(crate) fn sweep(&self, history_days: i64) -> Result<Option<i64>, ApiError> {
        Ok(self.0.query_row(SWEEP, &[history_days.into()])?.get("oldest")?)
    }

    pub(crate) fn notifications(&self, owner: &str) -> Result<NotificationState, ApiError> {
        NotificationState::read(&self.0.query_row(NOTIFICATIONS, &[owner.to_owned().into()])?)
    }

    pub(crate) fn choose_mail(
        &self,
        owner: &str,
        wanted: bool,
        language: Language,
    ) -> Result<NotificationState, ApiError> {
        let params = [owner.to_owned().into(), Param::Boolean(wanted), language.tag().to_owned().into()];
        NotificationState::read(&self.0.query_row(CHOOSE_MAIL, &params)?)
    }

    /// Stores a subscription; `None` if the user has `most` already.
    pub(crate) fn subscribe(
        &self,
        owner: &str,
        new: NewSubscription,
        language: Language,
        most: i64,
    ) -> Result<Option<StoredSubscription>, ApiError> {
        let NewSubscription { endpoint, p256dh, auth, device, replaces } = new;
        let owner = owner.to_owned();
        let params = [
            owner.into(),
            endpoint.into(),
            p256dh.into(),
            auth.into(),
            device.into(),
            language.tag().to_owned().into(),
            most.into(),
            replaces.into(),
        ];
        let Some(row) = self.0.query_one(SUBSCRIBE, &params)? else { return Ok(None) };
        let shown = RawValue::from_string(row.text("subscription")?).map_err(ApiError::internal)?;
        Ok(Some(StoredSubscription { is_new: row.bool("added")?, id: row.text("id")?, shown }))
    }

    /// Forgets a subscription; whether the user had it.
    pub(crate) fn unsubscribe(&self, owner: &str, id: &str) -> Result<bool, ApiError> {
        Ok(self.0.query_one(UNSUBSCRIBE, &[owner.to_owned().into(), id.to_owned().into()])?.is_some())
    }

    pub(crate) fn undelivered(&self, owner: &str, most: i64) -> Result<Vec<UndeliveredReminder>, ApiError> {
        let read = |row: &Row| {
            let (task, title, due) = (row.i64("task")?, row.text("title")?, row.text("due")?);
            Ok(UndeliveredReminder { task, title, due, remind_at: row.time("remind_at")?, error: row.text("error")? })
        };
        self.0.query(UNDELIVERED, &[owner.to_owned().into(), most.into()])?.iter().map(read).collect()
    }

    /// The recipients of a user; `None` for a user who does not exist.
    pub(crate) fn recipients(&self, owner: &str) -> Result<Option<Recipients>, ApiError> {
        self.0.query_one(RECIPIENTS, &[owner.to_owned().into()])?.as_ref().map(Recipients::read).transpose()
    }

    /// Reminds of a task again in so many minutes, if it is open and due then; whether it is.
    pub(crate) fn put_off(&self, owner: &str, task: i64, due: &str, minutes: i64) -> Result<bool, ApiError> {
        let params = [owner.to_owned().into(), task.into(), due.to_owned().into(), minutes.into()];
        Ok(self.0.query_one(PUT_OFF, &params)?.is_some())
    }

    /// Keeps a mail in the outbox of development.
    pub(crate) fn keep_mail(&self, mail: &serde_json::Value) -> Result<(), ApiError> {
        self.0.execute(KEEP_MAIL, &[mail.to_string().into()])?;
        Ok(())
    }
}
