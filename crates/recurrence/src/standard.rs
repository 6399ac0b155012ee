//! A series as RFC 5545 says it. A rule of a task counts from its first day (the anchor) and puts days that a month does not have at its
//! end; RFC 5545 counts from DTSTART and leaves such days out. So the days of the anchor become parts of the rule here.

use chrono::{Datelike, Months, NaiveDate};

use crate::days::LAST_DAY;
use crate::end::RepeatEnd;
use crate::print::code;
use crate::rule::{NthWeekday, RepeatFrom, RepeatPattern, RepeatRule};

/// For how many months days are listed that no rule of RFC 5545 gives.
const LISTED_MONTHS: u32 = 120;
/// The last day that each month has.
const SHORTEST_MONTH: u32 = 28;

/// Where a series stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesState {
    /// The day from which the occurrences are counted.
    pub anchor: NaiveDate,
    /// The day of the occurrence that is due.
    pub due: NaiveDate,
    /// From when the next one is counted.
    pub from: RepeatFrom,
    /// How many occurrences were completed.
    pub passed: u16,
}

/// A series from its due day on, in the terms of RFC 5545.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardSeries {
    /// The due day, if it is none that the rule gives: it stands alone before the others.
    pub alone: Option<NaiveDate>,
    /// The others, if there are any.
    pub rest: Option<StandardRule>,
}

/// An RRULE with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardRule {
    /// DTSTART, which is the first day of the rule.
    pub start: NaiveDate,
    /// The parts without UNTIL. There is either COUNT among them, or `until`.
    pub parts: String,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// RDATE: days that no rule gives, for ten years.
    pub more: Vec<NaiveDate>,
}

impl RepeatRule {
    /// A rule that gives the same days from the due one on, as if the series began there. The last of February of a series that
    /// began on the 29th becomes the 28th.
    #[must_use]
    pub fn from_due(&self, state: SeriesState) -> Self {
        let SeriesState { anchor, due, from, .. } = state;
        let pattern = match &self.pattern {
            RepeatPattern::Monthly if from == RepeatFrom::Due && anchor.day() != due.day() => {
                RepeatPattern::MonthDays(vec![i8::try_from(anchor.day()).unwrap_or(1)])
            }
            other => other.clone(),
        };
        Self { pattern, end: self.end_from_due(state), ..self.clone() }
    }

    /// The end, with the count of what is left of one.
    fn end_from_due(&self, SeriesState { anchor, due, from, passed }: SeriesState) -> RepeatEnd {
        let RepeatEnd::Count(count) = self.end else { return self.end };
        let counted = || self.days(anchor).position(|day| day >= due).and_then(|before| u16::try_from(before).ok());
        let before = if from == RepeatFrom::Completion || anchor > due { passed } else { counted().unwrap_or(passed) };
        RepeatEnd::Count(count.saturating_sub(before).max(1))
    }

    /// The days of the series from the one that is due, as RFC 5545 says them. Of a task that repeats from its completion, as if each
    /// occurrence were completed on its day.
    pub fn standard(&self, state: SeriesState) -> StandardSeries {
        let due = state.due;
        let counts_from_due = state.from == RepeatFrom::Completion || state.anchor > due;
        let anchor = if counts_from_due { due } else { state.anchor };
        let end = self.end_from_due(state);
        let endless = self.clone().ending(RepeatEnd::Never);
        let from_due = endless.days(anchor).skip_while(move |day| *day < due);
        let days: Box<dyn Iterator<Item = NaiveDate>> = match end {
            RepeatEnd::Never => Box::new(from_due),
            RepeatEnd::Until(last) => Box::new(from_due.take_while(move |day| *day == due || *day <= last)),
            RepeatEnd::Count(count) => Box::new(from_due.take(usize::from(count))),
        };
        endless.series(anchor, end, days)
    }

    /// The series of these days, which are those of the rule from the due one on.
    fn series(&self, anchor: NaiveDate, end: RepeatEnd, days: impl Iterator<Item = NaiveDate>) -> StandardSeries {
        let mut days = days.peekable();
        let alone = days.next_if(|day| !self.gives(anchor, *day));
        let Some(start) = days.peek().copied() else { return StandardSeries { alone, rest: None } };
        let lists_days = self.lists_days(anchor);
        let listed_until = start.checked_add_months(Months::new(LISTED_MONTHS)).unwrap_or(LAST_DAY);
        let more = |day: &NaiveDate| *day <= listed_until && !self.gives(anchor, *day);
        let mut parts = self.standard_parts(anchor);
        let until = match end {
            RepeatEnd::Until(last) => Some(last),
            RepeatEnd::Never | RepeatEnd::Count(_) => None,
        };
        let mut listed = Vec::new();
        if matches!(end, RepeatEnd::Count(_)) {
            let (given, others): (Vec<NaiveDate>, Vec<NaiveDate>) = days.partition(|day| self.gives(anchor, *day));
            parts.push_str(&format!(";COUNT={}", given.len()));
            listed = others.into_iter().filter(more).collect();
        } else if lists_days {
            listed = days.take_while(|day| *day <= listed_until).filter(more).collect();
        }
        StandardSeries { alone, rest: Some(StandardRule { start, parts, until, more: listed }) }
    }

    /// Whether the rule of RFC 5545 gives a day of the series.
    fn gives(&self, anchor: NaiveDate, day: NaiveDate) -> bool {
        if let Some(days) = self.month_days(anchor).filter(|days| month_day_parts(days).is_none()) {
            let is_last = day.day() == u32::from(day.num_days_in_month());
            return days.iter().any(|given| u32::try_from(*given).map_or(is_last, |given| given == day.day()));
        }
        match &self.pattern {
            RepeatPattern::Weekly(_) | RepeatPattern::MonthDays(_) | RepeatPattern::MonthWeekdays(_) => {
                day != anchor || self.first(day) == day
            }
            RepeatPattern::Daily | RepeatPattern::Monthly | RepeatPattern::Yearly => true,
        }
    }

    /// Whether some days are listed: the ends of months, where a rule names a day that not all months have. There is a part for the
    /// last of some days (BYSETPOS), but not every program understands it.
    fn lists_days(&self, anchor: NaiveDate) -> bool {
        self.month_days(anchor).is_some_and(|days| month_day_parts(&days).is_none())
    }

    /// The days of a month, if the rule goes by them.
    fn month_days(&self, anchor: NaiveDate) -> Option<Vec<i8>> {
        match &self.pattern {
            RepeatPattern::Monthly => Some(vec![i8::try_from(anchor.day()).unwrap_or(1)]),
            RepeatPattern::MonthDays(days) => Some(days.clone()),
            _ => None,
        }
    }

    fn standard_parts(&self, anchor: NaiveDate) -> String {
        let interval = if self.interval > 1 { format!(";INTERVAL={}", self.interval) } else { String::new() };
        let joined = |texts: Vec<String>| texts.join(",");
        let (frequency, days) = match &self.pattern {
            RepeatPattern::Daily => ("DAILY", String::new()),
            RepeatPattern::Weekly(days) => {
                let anchor_day = [anchor.weekday()];
                let days = if days.is_empty() { &anchor_day[..] } else { days };
                let codes = days.iter().map(|day| code(*day).to_owned()).collect();
                ("WEEKLY", format!(";BYDAY={};WKST={}", joined(codes), code(self.week_start)))
            }
            RepeatPattern::Monthly | RepeatPattern::MonthDays(_) => {
                let days = self.month_days(anchor).unwrap_or_default();
                let all = || format!(";BYMONTHDAY={}", joined(days.iter().map(i8::to_string).collect()));
                ("MONTHLY", month_day_parts(&days).unwrap_or_else(all))
            }
            RepeatPattern::MonthWeekdays(days) => {
                ("MONTHLY", format!(";BYDAY={}", joined(days.iter().map(NthWeekday::to_string).collect())))
            }
            RepeatPattern::Yearly => {
                let leap_day = anchor.month() == 2 && anchor.day() == 29;
                let day = if leap_day { "-1".to_owned() } else { anchor.day().to_string() };
                ("YEARLY", format!(";BYMONTH={};BYMONTHDAY={day}", anchor.month()))
            }
        };
        format!("FREQ={frequency}{interval}{days}")
    }
}

/// Days of a month, of which those that a month does not have are at its end; `None` if one rule cannot say that.
fn month_day_parts(days: &[i8]) -> Option<String> {
    // The 31st is the last day of each month.
    let is_late = |day: &&i8| u32::try_from(**day).map_or(true, |day| day > SHORTEST_MONTH);
    let early: Vec<String> = days.iter().filter(|day| !is_late(day)).map(i8::to_string).collect();
    let late: Vec<i8> = days.iter().filter(is_late).copied().collect();
    match late.as_slice() {
        [] => Some(format!(";BYMONTHDAY={}", early.join(","))),
        [-1 | 31] | [31, -1] => {
            let all: Vec<String> = early.into_iter().chain(["-1".to_owned()]).collect();
            Some(format!(";BYMONTHDAY={}", all.join(",")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
