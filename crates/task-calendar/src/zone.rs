//! A time zone for readers that know none: VTIMEZONE, from what the zone does in the years around.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDateTime, TimeDelta, Weekday};

use crate::time;
use crate::writer::CalendarWriter;

/// A change of a zone's offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoneChange {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// The seconds ahead of UTC until then.
    pub before: i32,
    /// The seconds ahead of UTC from then on.
    pub after: i32,
}

impl ZoneChange {
    /// What the clocks show just before they change.
    fn local(&self) -> NaiveDateTime {
        self.at + TimeDelta::seconds(self.before.into())
    }
}

/// The weekday of a month on which the clocks change each year: the `nth` one, or the last one for -1.
#[derive(Debug, PartialEq, Eq)]
struct YearlyRule {
    month: u32,
    nth: i32,
    weekday: Weekday,
}

/// Writes a zone: `changes` are all of some whole years, and `offset` is that of a zone without any.
pub(crate) fn write(writer: &mut CalendarWriter, name: &str, changes: &[ZoneChange], offset: i32) {
    writer.begin("VTIMEZONE");
    writer.line("TZID", name);
    // By the offsets: summer time, winter time, and what there was once.
    let mut groups: BTreeMap<(i32, i32), Vec<ZoneChange>> = BTreeMap::new();
    for change in changes {
        groups.entry((change.before, change.after)).or_default().push(*change);
    }
    let rules: Option<Vec<YearlyRule>> = groups.values().map(|group| yearly_rule(group)).collect();
    match rules.filter(|rules| rules.len() == 2) {
        Some(rules) => {
            for (group, rule) in groups.values().zip(rules) {
                observance(writer, group, Some(&rule));
            }
        }
        None => {
            let first = changes.first().map_or(offset, |change| change.before);
            initial(writer, first);
            groups.values().for_each(|group| observance(writer, group, None));
        }
    }
    writer.end("VTIMEZONE");
}

/// What holds before the first change.
fn initial(writer: &mut CalendarWriter, offset: i32) {
    writer.begin("STANDARD");
    writer.line("DTSTART", "19700101T000000");
    writer.line("TZOFFSETFROM", &time::offset(offset));
    writer.line("TZOFFSETTO", &time::offset(offset));
    writer.end("STANDARD");
}

/// Changes between the same offsets: by a rule, or each by itself.
fn observance(writer: &mut CalendarWriter, group: &[ZoneChange], rule: Option<&YearlyRule>) {
    let Some((first, others)) = group.split_first() else { return };
    let component = if first.after > first.before { "DAYLIGHT" } else { "STANDARD" };
    writer.begin(component);
    writer.line("DTSTART", &time::local(first.local()));
    writer.line("TZOFFSETFROM", &time::offset(first.before));
    writer.line("TZOFFSETTO", &time::offset(first.after));
    match rule {
        Some(YearlyRule { month, nth, weekday }) => {
            let code = weekday.to_string()[..2].to_uppercase();
            writer.line("RRULE", &format!("FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{code}"));
        }
        // A line for each: some readers see the first of several values alone.
        None => others.iter().for_each(|change| writer.line("RDATE", &time::local(change.local()))),
    }
    writer.end(component);
}

/// The rule of changes of which there is one each year.
fn yearly_rule(group: &[ZoneChange]) -> Option<YearlyRule> {
    let first = group.first()?.local();
    let is_alike = |change: &ZoneChange, year: i32| {
        let local = change.local();
        local.year() == year
            && (local.month(), local.weekday(), local.time()) == (first.month(), first.weekday(), first.time())
    };
    let is_yearly = group.len() > 1 && group.iter().zip(first.year()..).all(|(change, year)| is_alike(change, year));
    let nth = |change: &ZoneChange| i32::try_from(change.local().day0() / 7 + 1).unwrap_or_default();
    let is_last = |change: &ZoneChange| {
        let day = change.local().date();
        day.day() + 7 > u32::from(day.num_days_in_month())
    };
    let rule = |nth| YearlyRule { month: first.month(), nth, weekday: first.weekday() };
    match is_yearly {
        true if group.iter().all(is_last) => Some(rule(-1)),
        true if group.iter().all(|change| nth(change) == nth(&group[0])) => Some(rule(nth(&group[0]))),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
