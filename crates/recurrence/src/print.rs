//! A rule as RFC 5545 writes it.

use std::fmt;

use chrono::Weekday;

use crate::end::RepeatEnd;
use crate::rule::{NthWeekday, RepeatPattern, RepeatRule};

/// The weekdays from Monday on, as a rule names them.
pub(crate) const CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

pub(crate) fn code(day: Weekday) -> &'static str {
    CODES[day.num_days_from_monday() as usize]
}

impl fmt::Display for RepeatRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (frequency, days) = match &self.pattern {
            RepeatPattern::Daily => ("DAILY", String::new()),
            RepeatPattern::Weekly(days) => ("WEEKLY", joined("BYDAY", days.iter().map(|day| code(*day).to_owned()))),
            RepeatPattern::Monthly => ("MONTHLY", String::new()),
            RepeatPattern::MonthDays(days) => ("MONTHLY", joined("BYMONTHDAY", days.iter().map(i8::to_string))),
            RepeatPattern::MonthWeekdays(days) => ("MONTHLY", joined("BYDAY", days.iter().map(NthWeekday::to_string))),
            RepeatPattern::Yearly => ("YEARLY", String::new()),
        };
        write!(f, "FREQ={frequency}")?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        f.write_str(&days)?;
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", code(self.week_start))?;
        }
        match self.end {
            RepeatEnd::Never => Ok(()),
            RepeatEnd::Until(day) => write!(f, ";UNTIL={}", day.format("%Y%m%d")),
            RepeatEnd::Count(count) => write!(f, ";COUNT={count}"),
        }
    }
}

impl fmt::Display for NthWeekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.nth {
            0 => f.write_str(code(self.weekday)),
            nth => write!(f, "{nth}{}", code(self.weekday)),
        }
    }
}

fn joined(name: &str, values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    if values.is_empty() { String::new() } else { format!(";{name}={}", values.join(",")) }
}
