//! Repeats.

use chrono::{NaiveDate, Weekday};
use recurrence::{NthWeekday, RepeatEnd, RepeatPattern, RepeatRule};

use super::fragment::Fragment;
use super::{Grammar, Read};
use crate::lexicon::weekdays_between;
use crate::meaning::{Meaning, PeriodUnit};

impl Grammar<'_> {
    /// "every other Tuesday", "am 3. jeden Monats", "montags", "daily". `start` is where the run of words begins.
    pub(super) fn repeat(&self, at: usize, start: usize) -> Read<Fragment> {
        if self.means(at, Meaning::After) && self.means(at + 1, Meaning::Completion) {
            return Some((Fragment::FromCompletion, at + 2));
        }
        let from = self.skip(at, Meaning::Always);
        if let Some(each_part) = self.every_part(from) {
            return Some((each_part, from + 2));
        }
        // The last one of those that are equally long: "every second Tuesday" is every other one.
        let rules = [
            self.every_day_of_month(from),
            self.day_of_every_month(from),
            self.habit(from, from > at || at > start),
            self.every_weekday(from),
            self.every_period(from),
        ];
        let rule = rules.into_iter().flatten().max_by_key(|(_, next)| *next);
        self.every_date(from).or(rule.map(|(rule, next)| (Fragment::Repeat(rule, None), next)))
    }

    /// "every evening", "jeden Freitagabend"
    fn every_part(&self, at: usize) -> Option<Fragment> {
        self.find(at + 1, |meaning| match *meaning {
            _ if !self.means(at, Meaning::Every) => None,
            Meaning::Hour(hour) => Some(Fragment::EachPart(RepeatPattern::Daily, hour)),
            Meaning::WeekdayHour(day, hour) => {
                Some(Fragment::EachPart(RepeatPattern::Weekly(vec![Weekday::try_from(day).ok()?]), hour))
            }
            _ => None,
        })
    }

    /// "montags und donnerstags", "on Mondays", "Friday nights". `led`: other words of a date stand before it.
    fn habit(&self, at: usize, led: bool) -> Read<RepeatRule> {
        let on = self.skip(at, Meaning::On);
        let (days, next) = self.weekdays(on)?;
        let is_sure = self.find(on, |meaning| match meaning {
            Meaning::Weekdays(_, sure) => Some(*sure),
            _ => self.means(next, Meaning::Plural).then_some(true),
        })?;
        let supported = is_sure || led || on > at || self.alone || self.clock(next, at).is_some();
        supported.then(|| (RepeatRule::new(RepeatPattern::Weekly(days), 1), next))
    }

    /// Weekdays with commas, "and" or nothing between them, or from one to another: "Monday, Thursday", "Monday to Friday".
    fn weekdays(&self, at: usize) -> Read<Vec<Weekday>> {
        let mut days = self.weekday_names(at)?.to_vec();
        let mut next = at + 1;
        loop {
            let place = self.skip(next, Meaning::And);
            if let Some(more) = self.weekday_names(place) {
                days.extend(more);
                next = place + 1;
            } else if let Some(last) = self.end_of_range(next) {
                days.extend(weekdays_between(*days.last()?, last));
                next += 2;
            } else {
                let days = days.into_iter().filter_map(|day| Weekday::try_from(day).ok());
                return Some((days.collect(), next));
            }
        }
    }

    fn weekday_names(&self, at: usize) -> Option<&'static [u8]> {
        self.find(at, |meaning| match meaning {
            Meaning::Weekday(day, _) => Some(weekdays_between(*day, *day)),
            Meaning::Weekdays(days, _) => Some(*days),
            Meaning::Workday => Some(weekdays_between(0, 4)),
            Meaning::Weekend => Some(weekdays_between(5, 5)),
            _ => None,
        })
    }

    /// The weekday behind "to", if it is no part of a date such as "Friday, 4 December".
    fn end_of_range(&self, at: usize) -> Option<u8> {
        let (last, _) = self.weekday(at + 1)?;
        let is_range = self.means(at, Meaning::Until) || self.means(at, Meaning::Dash);
        let is_date = self.day(at + 1).is_some_and(|(_, next)| next > at + 2);
        (is_range && !is_date).then_some(last)
    }

    /// "every 2 weeks", "weekly", and then the days: "on Monday", "on the 3rd"
    fn every_period(&self, at: usize) -> Read<RepeatRule> {
        let (interval, unit, next) = self.adverb(at).or_else(|| {
            let (interval, place) = self.interval(at)?;
            Some((interval, self.unit(place)?, place + 1))
        })?;
        let on = self.skip(next, Meaning::On);
        let days = match unit {
            PeriodUnit::Week => self.weekdays(on).map(|(days, end)| (RepeatPattern::Weekly(days), end)),
            PeriodUnit::Month if on > next => self.days_in_month(self.skip(on, Meaning::The)),
            _ => None,
        };
        let (pattern, end) = days.or(Some((of_unit(unit)?, next)))?;
        (interval <= RepeatRule::MAX_INTERVAL).then(|| (RepeatRule::new(pattern, interval), end))
    }

    /// "daily". With a capital it is a name, as in "Bicycling Weekly".
    fn adverb(&self, at: usize) -> Option<(u16, PeriodUnit, usize)> {
        let (interval, unit) = self.find(at, |meaning| match meaning {
            Meaning::Adverb(interval, unit) => Some((*interval, *unit)),
            _ => None,
        })?;
        let named = at > 0 && self.words[at].capital;
        (!named).then_some((interval, unit, at + 1))
    }

    /// "every" and its interval: none, "2", "other", "second".
    fn interval(&self, at: usize) -> Option<(u16, usize)> {
        let place = self.means(at, Meaning::Every).then_some(at + 1)?;
        if self.means(place, Meaning::Other) {
            return Some((2, place + 1));
        }
        let ordinal = || self.ordinal(place).filter(|number| *number > 1).map(u16::from);
        let number = self.number(place).filter(|number| *number > 0).or_else(ordinal);
        Some(number.map_or((1, place), |number| (number, place + 1)))
    }

    /// "every Monday and Thursday", "every other Tuesday", "every workday"
    fn every_weekday(&self, at: usize) -> Read<RepeatRule> {
        let (interval, place) = self.interval(at)?;
        let (days, next) = self.weekdays(place)?;
        (interval <= 2).then(|| (RepeatRule::new(RepeatPattern::Weekly(days), interval), next))
    }

    /// "every 15th", "every last day of the month", "every first and third Monday"
    fn every_day_of_month(&self, at: usize) -> Read<RepeatRule> {
        let (pattern, next) = self.days_in_month(at + 1).filter(|_| self.means(at, Meaning::Every))?;
        let of = self.skip(self.skip(next, Meaning::Of), Meaning::In);
        let unit = self.skip(of, Meaning::The);
        let has_month = unit > next && self.unit(unit) == Some(PeriodUnit::Month);
        Some((RepeatRule::new(pattern, 1), if has_month { unit + 1 } else { next }))
    }

    /// "on the 3rd of every month", "am letzten Freitag jeden Monats", "at the end of every month"
    fn day_of_every_month(&self, at: usize) -> Read<RepeatRule> {
        let on = self.skip(self.skip(at, Meaning::On), Meaning::At);
        let from = self.skip(on, Meaning::The);
        let end = self.means(from, Meaning::End).then(|| (RepeatPattern::MonthDays(vec![-1]), from + 1));
        let (pattern, next) = end.or_else(|| self.days_in_month(from))?;
        let (interval, place) = self.interval(self.skip(self.skip(next, Meaning::Of), Meaning::In))?;
        (self.unit(place)? == PeriodUnit::Month).then(|| (RepeatRule::new(pattern, interval), place + 1))
    }

    /// "3rd", "1st and 15th", "last day", "first Monday", "first and third Friday"
    fn days_in_month(&self, at: usize) -> Read<RepeatPattern> {
        let mut days = vec![self.nth(at)?];
        let mut next = at + 1;
        loop {
            let and = self.skip(next, Meaning::And);
            let place = self.skip(self.skip(and, Meaning::On), Meaning::The);
            let joined = and > next || self.words[next - 1].comma;
            let Some(more) = self.nth(place).filter(|_| joined) else { break };
            days.push(more);
            next = place + 1;
        }
        if let Some((day, _)) = self.weekday(next) {
            let weekday = Weekday::try_from(day).ok()?;
            let is_week = days.iter().all(|nth| *nth <= 5);
            let weekdays = days.into_iter().map(|nth| NthWeekday { nth, weekday }).collect();
            return is_week.then_some((RepeatPattern::MonthWeekdays(weekdays), next + 1));
        }
        match self.unit(next) {
            Some(PeriodUnit::Day) => Some((RepeatPattern::MonthDays(days), next + 1)),
            None if !days.contains(&-1) => Some((RepeatPattern::MonthDays(days), next)),
            _ => None,
        }
    }

    fn nth(&self, at: usize) -> Option<i8> {
        if self.means(at, Meaning::Last) { Some(-1) } else { i8::try_from(self.ordinal(at)?).ok() }
    }

    /// "every 24 December", "jeden 24.12."
    fn every_date(&self, at: usize) -> Read<Fragment> {
        let names_month = |at: usize| {
            self.find(at, |meaning| matches!(meaning, Meaning::Month(_) | Meaning::DayMonth(..)).then_some(()))
        };
        let has_month = self.means(at, Meaning::Every) && (at + 1..at + 4).any(|at| names_month(at).is_some());
        let (day, next) = self.calendar_day(at + 1, false).filter(|_| has_month)?;
        Some((Fragment::Repeat(RepeatRule::new(RepeatPattern::Yearly, 1), Some(day)), next))
    }

    /// "until 31 December", "5 times"
    pub(super) fn end(&self, at: usize, start: usize) -> Read<Fragment> {
        if let Some(count) = self.number(at).filter(|_| self.means(at + 1, Meaning::Times)) {
            let in_bounds = (1..=RepeatRule::MAX_COUNT).contains(&count);
            return in_bounds.then_some((Fragment::End(RepeatEnd::Count(count)), at + 2));
        }
        if !self.means(at, Meaning::Until) || !(start..at).any(|before| self.is_repeat_word(before)) {
            return None;
        }
        let (day, next): (NaiveDate, usize) = self.day(self.skip(at + 1, Meaning::The))?;
        Some((Fragment::End(RepeatEnd::Until(day)), next))
    }

    fn is_repeat_word(&self, at: usize) -> bool {
        let repeats =
            |meaning: &Meaning| matches!(meaning, Meaning::Every | Meaning::Adverb(..) | Meaning::Weekdays(..));
        self.find(at, |meaning| repeats(meaning).then_some(())).is_some()
    }
}

fn of_unit(unit: PeriodUnit) -> Option<RepeatPattern> {
    match unit {
        PeriodUnit::Day => Some(RepeatPattern::Daily),
        PeriodUnit::Week => Some(RepeatPattern::Weekly(Vec::new())),
        PeriodUnit::Month => Some(RepeatPattern::Monthly),
        PeriodUnit::Year => Some(RepeatPattern::Yearly),
        PeriodUnit::Minute | PeriodUnit::Hour => None,
    }
}
