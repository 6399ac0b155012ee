//! Rules of RFC 5545 in the form in which a task has them.

use chrono::{Datelike, NaiveDate};
use recurrence::{FIRST_DAY, LAST_DAY, RepeatRule};
use task::TaskSeries;

use crate::date::Moment;

const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// The rule of every so many days, weeks, months or years.
pub(crate) fn every(interval: u32, frequency: &str) -> String {
    match interval {
        0 | 1 => format!("FREQ={frequency}"),
        _ => format!("FREQ={frequency};INTERVAL={interval}"),
    }
}

/// An RRULE with the parts that a task's rule has; `None` for one that means anything else.
pub(crate) fn read_rule(text: &str) -> Option<String> {
    let upper = text.trim().to_ascii_uppercase();
    let rule = upper.strip_prefix("RRULE:").unwrap_or(&upper);
    // Parts that only the program itself knows, and the first day of the week where it changes nothing.
    let every_week = !rule.contains("INTERVAL=");
    let is_lost =
        |name: &str| name.starts_with("X-") || name.starts_with("TT_") || name.starts_with("WKST=") && every_week;
    let is_kept = |part: &&str| !is_lost(part.trim_start());
    let parts: Vec<&str> = rule.split(';').filter(is_kept).collect();
    let part = |name: &str| parts.iter().find_map(|part| part.strip_prefix(name));
    let rule = match (part("BYSETPOS="), part("BYDAY=")) {
        // The last of all Fridays of a month is its last Friday.
        (Some(place), Some(day)) if DAYS.contains(&day) => {
            let others = parts.iter().filter(|part| !part.starts_with("BYSETPOS=") && !part.starts_with("BYDAY="));
            let mut rule: Vec<String> = others.map(|part| (*part).to_owned()).collect();
            rule.push(format!("BYDAY={place}{day}"));
            rule.join(";")
        }
        _ => parts.join(";"),
    };
    RepeatRule::parse(&rule).ok().map(|rule| rule.to_string())
}

/// The rule of a task that is first due then: a yearly one may name that day and month.
pub(crate) fn read_rule_from(text: &str, due: Option<&Moment>) -> Option<String> {
    read_rule(text).or_else(|| {
        let due = NaiveDate::parse_from_str(due?.text().get(..10)?, "%Y-%m-%d").ok()?;
        let names_due = [format!("BYMONTH={}", due.month()), format!("BYMONTHDAY={}", due.day())];
        let upper = text.trim().to_ascii_uppercase();
        let parts: Vec<&str> = upper.split(';').filter(|part| !names_due.iter().any(|name| name == part)).collect();
        upper.contains("FREQ=YEARLY").then(|| read_rule(&parts.join(";")))?
    })
}

/// Where a series stands, as our own export says it: the day from which it is counted, and how many occurrences were completed.
pub(crate) fn read_series(anchor: &str, passed: Option<&str>) -> Option<TaskSeries> {
    let anchor = anchor.trim().parse().ok().filter(|day| (FIRST_DAY..=LAST_DAY).contains(day))?;
    Some(TaskSeries { anchor, passed: passed.map_or(Some(0), |number| number.trim().parse().ok())? })
}
