//! Reads a rule as RFC 5545 writes it.

use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{NaiveDate, Weekday};

use crate::days::{FIRST_DAY, LAST_DAY};
use crate::end::RepeatEnd;
use crate::error::RuleError;
use crate::print::CODES;
use crate::rule::{NthWeekday, RepeatPattern, RepeatRule};

/// The longest rule, in bytes.
const MAX_RULE: usize = 250;
const NAMES: [&str; 7] = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "WKST", "UNTIL", "COUNT"];

impl RepeatRule {
    /// Reads a rule, in any case, with or without `RRULE:` before it. The error says which part is wrong.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        if text.len() > MAX_RULE {
            return Err(RuleError(format!("it may have at most {MAX_RULE} characters")));
        }
        let upper = text.trim().to_ascii_uppercase();
        let parts = RuleParts::split(upper.strip_prefix("RRULE:").unwrap_or(&upper))?;
        let interval = parts.number("INTERVAL", 1..=Self::MAX_INTERVAL)?.unwrap_or(1);
        let pattern = parts.pattern(interval)?.in_order();
        let week_start = parts.read("WKST", "one of MO, TU, WE, TH, FR, SA, SU", weekday)?.unwrap_or(Weekday::Mon);
        Ok(Self { pattern, interval, week_start, end: parts.end()? })
    }
}

/// The parts of a rule by their names, each at most once.
struct RuleParts<'a>([Option<&'a str>; NAMES.len()]);

impl<'a> RuleParts<'a> {
    fn split(rule: &'a str) -> Result<Self, RuleError> {
        let mut parts = [None; NAMES.len()];
        for part in rule.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) =
                part.split_once('=').ok_or_else(|| RuleError(format!("{part} has no value, as in FREQ=DAILY")))?;
            let place = NAMES
                .iter()
                .position(|known| *known == name)
                .ok_or_else(|| RuleError(format!("{name} is not supported; the parts are {}", NAMES.join(", "))))?;
            if parts[place].replace(value).is_some() {
                return Err(RuleError(format!("{name} stands there twice")));
            }
        }
        Ok(Self(parts))
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        NAMES.iter().position(|known| *known == name).and_then(|place| self.0[place])
    }

    /// The value of a part, if it is there.
    fn read<T>(&self, name: &str, what: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, RuleError> {
        let wrong = || RuleError(format!("{name} must be {what}"));
        self.get(name).map(|value| read(value).ok_or_else(wrong)).transpose()
    }

    /// The values of a part between commas; none if it is not there.
    fn list<T>(&self, name: &str, what: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, RuleError> {
        let all = self.read(name, what, |value| value.split(',').map(|item| read(item.trim())).collect())?;
        Ok(all.unwrap_or_default())
    }

    fn number(&self, name: &str, bounds: RangeInclusive<u16>) -> Result<Option<u16>, RuleError> {
        let what = format!("a whole number from {} to {}", bounds.start(), bounds.end());
        self.read(name, &what, |value| whole::<u16>(value).filter(|number| bounds.contains(number)))
    }

    fn pattern(&self, interval: u16) -> Result<RepeatPattern, RuleError> {
        let frequency = self.get("FREQ").ok_or_else(|| RuleError("FREQ is missing".to_owned()))?;
        if self.get("BYMONTHDAY").is_some() && (frequency != "MONTHLY" || self.get("BYDAY").is_some()) {
            return Err(RuleError("BYMONTHDAY goes with FREQ=MONTHLY, and not with BYDAY".to_owned()));
        }
        match frequency {
            // On these weekdays, whatever the word for it.
            "DAILY" if interval == 1 && self.get("BYDAY").is_some() => self.weekdays(),
            "WEEKLY" => self.weekdays(),
            "MONTHLY" if self.get("BYDAY").is_some() => {
                let what = "weekdays such as MO, 2TU or -1FR, with 1 to 5 or -1 to -5";
                self.list("BYDAY", what, nth_weekday).map(RepeatPattern::MonthWeekdays)
            }
            "MONTHLY" if self.get("BYMONTHDAY").is_some() => {
                let what = "days from 1 to 31, or -1 for the last one";
                self.list("BYMONTHDAY", what, month_day).map(RepeatPattern::MonthDays)
            }
            "DAILY" | "YEARLY" if self.get("BYDAY").is_some() => {
                Err(RuleError("BYDAY goes with FREQ=WEEKLY or FREQ=MONTHLY".to_owned()))
            }
            "DAILY" => Ok(RepeatPattern::Daily),
            "MONTHLY" => Ok(RepeatPattern::Monthly),
            "YEARLY" => Ok(RepeatPattern::Yearly),
            _ => Err(RuleError("FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY".to_owned())),
        }
    }

    fn weekdays(&self) -> Result<RepeatPattern, RuleError> {
        self.list("BYDAY", "weekdays such as MO,FR without numbers", weekday).map(RepeatPattern::Weekly)
    }

    fn end(&self) -> Result<RepeatEnd, RuleError> {
        let until = self.read("UNTIL", "a day such as 20261231, from 1970 to 2200", until_day)?;
        let count = self.number("COUNT", 1..=RepeatRule::MAX_COUNT)?;
        match (until, count) {
            (Some(_), Some(_)) => Err(RuleError("UNTIL and COUNT exclude each other".to_owned())),
            (Some(day), None) => Ok(RepeatEnd::Until(day)),
            (None, Some(count)) => Ok(RepeatEnd::Count(count)),
            (None, None) => Ok(RepeatEnd::Never),
        }
    }
}

fn whole<T: FromStr>(digits: &str) -> Option<T> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn weekday(code: &str) -> Option<Weekday> {
    let place = CODES.iter().position(|known| *known == code)?;
    Weekday::try_from(place as u8).ok()
}

fn nth_weekday(value: &str) -> Option<NthWeekday> {
    let at = value.len().checked_sub(2)?;
    let (number, code) = value.split_at_checked(at)?;
    let nth = if number.is_empty() { 0 } else { signed(number).filter(|nth| (1..=5).contains(&nth.abs()))? };
    Some(NthWeekday { nth, weekday: weekday(code)? })
}

fn month_day(value: &str) -> Option<i8> {
    signed(value).filter(|day| *day == -1 || (1..=31).contains(day))
}

fn signed(value: &str) -> Option<i8> {
    match value.strip_prefix('-') {
        Some(digits) => whole::<i8>(digits).map(|number| -number),
        None => whole(value.strip_prefix('+').unwrap_or(value)),
    }
}

/// The day of a date or date-time; the time is not looked at.
fn until_day(value: &str) -> Option<NaiveDate> {
    let (day, time) = value.split_at_checked(8)?;
    let is_time = time
        .strip_suffix('Z')
        .unwrap_or(time)
        .strip_prefix('T')
        .is_some_and(|digits| digits.len() == 6 && whole::<u32>(digits).is_some());
    let digits = (time.is_empty() || is_time) && whole::<u32>(day).is_some();
    let day = digits.then(|| NaiveDate::parse_from_str(day, "%Y%m%d").ok())??;
    (FIRST_DAY..=LAST_DAY).contains(&day).then_some(day)
}
