use chrono::NaiveDate;
use user_language::Language;

use super::*;
use crate::store::{Recipients, ReminderKey};

fn reminder(attempts: i64, reached: &[&str]) -> ClaimedReminder {
    let key = ReminderKey { owner: "ann".into(), task: 7, due: "2026-12-01".into(), minutes: 0, attempts };
    let recipients = Recipients { browsers: Vec::new(), address: None, mail_language: Language::English };
    let local_now = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap().and_hms_opt(9, 0, 0).unwrap();
    let reached = reached.iter().map(|id| (*id).to_owned()).collect();
    ClaimedReminder { key, title: "Call the dentist".into(), remind_at: 0, local_now, recipients, reached }
}

fn told(outcomes: &[(&str, MessageOutcome)]) -> Vec<(BatchMessage, MessageOutcome)> {
    let message = |id: &str| BatchMessage { reminder: 0, recipient: id.to_owned() };
    outcomes.iter().map(|(id, outcome)| (message(id), outcome.clone())).collect()
}

fn retry() -> MessageOutcome {
    MessageOutcome::Retry(None, "slow: timed out".to_owned())
}

#[test]
fn a_reminder_is_sent_when_all_have_it_and_only_the_others_are_tried_again() {
    let marked = mark_one(0, &reminder(1, &[]), &told(&[("a", MessageOutcome::Sent), (MAIL, MessageOutcome::Sent)]));
    assert_eq!((marked.is_sent, marked.retry, marked.error), (true, None, None));
    assert_eq!(marked.reached, ["a", MAIL]);
    let marked = mark_one(0, &reminder(1, &[]), &told(&[("a", MessageOutcome::Sent), ("b", retry())]));
    assert_eq!((marked.retry, marked.reached), (Some(60), vec!["a".to_owned()]));
    let last = mark_one(0, &reminder(MAX_ATTEMPTS, &["a"]), &told(&[("b", retry())]));
    assert_eq!((last.is_sent, last.retry, last.error.as_deref()), (true, None, Some("slow: timed out")));
}

#[test]
fn a_reminder_that_reaches_nobody_is_given_up_with_its_reason() {
    let marked =
        mark_one(0, &reminder(1, &[]), &told(&[("a", MessageOutcome::Rejected("x returned 403.".to_owned()))]));
    assert_eq!((marked.is_sent, marked.retry, marked.error.as_deref()), (false, None, Some("x returned 403.")));
    let nobody = mark_one(0, &reminder(1, &[]), &[]);
    assert_eq!((nobody.is_sent, nobody.retry), (false, None));
    assert!(nobody.error.unwrap().starts_with("No browser"));
    assert!(mark_one(0, &reminder(MAX_ATTEMPTS + 1, &[]), &[]).error.unwrap().contains("too often"));
    let gone_since = mark_one(0, &reminder(2, &["a"]), &[]);
    assert_eq!((gone_since.is_sent, gone_since.error), (true, None));
}

#[test]
fn outcomes_are_stored_for_those_whom_they_concern() {
    let marked = mark(&[reminder(1, &[])], &told(&[("a", MessageOutcome::Gone), (MAIL, retry())]));
    assert_eq!((marked.pushes[0].id.as_str(), marked.pushes[0].outcome), ("a", "gone"));
    assert_eq!((marked.mails[0].owner.as_str(), marked.mails[0].error.as_deref()), ("ann", Some("slow: timed out")));
    assert_eq!((marked.reminders.len(), marked.reminders[0].retry), (1, Some(60)));
}

#[test]
fn a_mail_has_the_same_name_at_each_attempt_and_another_one_when_it_is_put_off() {
    let (first, again) = (reminder(1, &[]), reminder(3, &[]));
    assert_eq!(once(&first), once(&again));
    assert_ne!(once(&first), once(&ClaimedReminder { remind_at: 600, ..first.clone() }));
}
