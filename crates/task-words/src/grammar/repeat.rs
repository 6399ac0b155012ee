//! Repeats.

use chrono::{NaiveDate, Weekday};
use recurrence::{NthWeekday, RepeatEnd, RepeatPattern, RepeatRule};
use user_language::Language;

use super::fragment::Fragment;
use super::{Grammar, Read};
use crate::meaning::{Meaning, PeriodUnit};

const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

impl Grammar<'_> {
    /// "every other Tuesday", "am 3. jeden Monats", "montags", "daily"
    pub(super) fn repeat(&self, at: usize) -> Read<Fragment> {
        if self.means(at, Meaning::After) && self.means(at + 1, Meaning::Completion) {
            return Some((Fragment::FromCompletion, at + 2));
        }
        let rules = [
            self.adverb(at),
            self.habit(at),
            self.every_period(at),
            self.every_weekday(at),
            self.every_day_of_month(at),
            self.day_of_every_month(at),
        ];
        let rule = rules.into_iter().flatten().max_by_key(|(_, next)| *next);
        let rule = rule.map(|(rule, next)| (Fragment::Repeat(rule, None), next));
        self.every_date(at).or(rule)
    }

    /// "daily". With a capital it is a name, as in "Bicycling Weekly".
    fn adverb(&self, at: usize) -> Read<RepeatRule> {
        let (interval, unit) = self.find(at, |meaning| match meaning {
            Meaning::Adverb(interval, unit) => Some((*interval, *unit)),
            _ => None,
        })?;
        let named = at > 0 && self.words[at].capital;
        (!named).then(|| Some((of_unit(unit, interval)?, at + 1)))?
    }

    /// "montags und donnerstags"
    fn habit(&self, at: usize) -> Read<RepeatRule> {
        let day = |at: usize| {
            self.find(at, |meaning| match meaning {
                Meaning::Weekdays(day) => Some(*day),
                _ => None,
            })
        };
        if at == 0 || self.words.len() == at + 1 {
            // "werktags" says by itself that it repeats.
            let alone = self.words.get(at)?;
            if alone.means(Meaning::Workday) && alone.plain.ends_with("tags") {
                return Some((RepeatRule::new(RepeatPattern::Weekly(WORKDAYS.to_vec()), 1), at + 1));
            }
        }
        // "montags" says so by itself, "Mondays" only after "on".
        let from = self.skip(at, Meaning::On);
        if from == at && self.language == Language::English && !self.alone {
            return None;
        }
        let (days, next) = self.list(from, day)?;
        Some((RepeatRule::new(RepeatPattern::Weekly(days), 1), next))
    }

    /// Weekdays with commas or "and" between them.
    fn list(&self, at: usize, day: impl Fn(usize) -> Option<u8>) -> Read<Vec<Weekday>> {
        let mut days = vec![weekday(day(at)?)?];
        let mut next = at + 1;
        loop {
            let place = self.skip(next, Meaning::And);
            let joined = place > next || self.words[next - 1].comma;
            match day(place).filter(|_| joined).and_then(weekday) {
                Some(more) => days.push(more),
                None => return Some((days, next)),
            }
            next = place + 1;
        }
    }

    /// The interval after "every": none, "2", "other", "second".
    fn interval(&self, at: usize) -> (u16, usize) {
        if self.means(at, Meaning::Other) {
            return (2, at + 1);
        }
        let number = self.number(at).or_else(|| self.ordinal(at).map(u16::from));
        number.filter(|number| *number > 0).map_or((1, at), |number| (number, at + 1))
    }

    /// "every 2 weeks", and then the days: "on Monday", "on the 3rd"
    fn every_period(&self, at: usize) -> Read<RepeatRule> {
        if !self.means(at, Meaning::Every) {
            return None;
        }
        let (interval, place) = self.interval(at + 1);
        let unit = self.unit(place)?;
        let days = self.skip(place + 1, Meaning::On);
        if unit == PeriodUnit::Week
            && days > place + 1
            && let Some((weekdays, next)) = self.list(days, |at| self.weekday(at).map(|(day, _)| day))
        {
            return Some((RepeatRule::new(RepeatPattern::Weekly(weekdays), interval), next));
        }
        if unit == PeriodUnit::Month
            && days > place + 1
            && let Some((pattern, next)) = self.day_in_month(self.skip(days, Meaning::The))
        {
            return Some((RepeatRule::new(pattern, interval), next));
        }
        Some((of_unit(unit, interval)?, place + 1))
    }

    /// "every Monday and Thursday", "every other Tuesday", "every workday", "every first Monday of the month"
    fn every_weekday(&self, at: usize) -> Read<RepeatRule> {
        if !self.means(at, Meaning::Every) {
            return None;
        }
        if self.means(at + 1, Meaning::Workday) {
            return Some((RepeatRule::new(RepeatPattern::Weekly(WORKDAYS.to_vec()), 1), at + 2));
        }
        if self.means(at + 1, Meaning::Weekend) {
            return Some((RepeatRule::new(RepeatPattern::Weekly(vec![Weekday::Sat]), 1), at + 2));
        }
        let monthly =
            self.day_in_month(at + 1).filter(|(pattern, _)| matches!(pattern, RepeatPattern::MonthWeekdays(_)));
        let (interval, place) = self.interval(at + 1);
        if let Some((pattern, next)) = monthly {
            let behind = self.of_month(next);
            // "every second Tuesday" is every other one.
            if behind > next || interval != 2 {
                return Some((RepeatRule::new(pattern, 1), behind));
            }
        }
        let (days, next) = self.list(place, |at| self.weekday(at).map(|(day, _)| day))?;
        (interval <= 2).then(|| (RepeatRule::new(RepeatPattern::Weekly(days), interval), next))
    }

    /// "every 15th", "every last day of the month"
    fn every_day_of_month(&self, at: usize) -> Read<RepeatRule> {
        let (pattern, next) = self.day_in_month(at + 1).filter(|_| self.means(at, Meaning::Every))?;
        matches!(pattern, RepeatPattern::MonthDays(_)).then(|| (RepeatRule::new(pattern, 1), self.of_month(next)))
    }

    /// "on the 3rd of every month", "am letzten Freitag jeden Monats"
    fn day_of_every_month(&self, at: usize) -> Read<RepeatRule> {
        let from = self.skip(self.skip(at, Meaning::On), Meaning::The);
        let (pattern, next) = self.day_in_month(from)?;
        let every = self.skip(self.skip(next, Meaning::Of), Meaning::In);
        if !self.means(every, Meaning::Every) {
            return None;
        }
        let (interval, place) = self.interval(every + 1);
        (self.unit(place)? == PeriodUnit::Month).then(|| (RepeatRule::new(pattern, interval), place + 1))
    }

    /// "3rd", "last day", "first Monday", "last Friday"
    fn day_in_month(&self, at: usize) -> Read<RepeatPattern> {
        let last = self.means(at, Meaning::Last);
        let nth = if last { -1 } else { i8::try_from(self.ordinal(at)?).ok()? };
        if let Some(day) = self.weekday(at + 1).and_then(|(day, _)| weekday(day)) {
            return (nth <= 5).then(|| (RepeatPattern::MonthWeekdays(vec![NthWeekday { nth, weekday: day }]), at + 2));
        }
        match self.unit(at + 1) {
            Some(PeriodUnit::Day) if last => Some((RepeatPattern::MonthDays(vec![-1]), at + 2)),
            None if !last => Some((RepeatPattern::MonthDays(vec![nth]), at + 1)),
            _ => None,
        }
    }

    /// The place behind "of the month", if that is there.
    fn of_month(&self, at: usize) -> usize {
        let of = self.skip(self.skip(at, Meaning::Of), Meaning::In);
        let unit = self.skip(of, Meaning::The);
        if unit > at && self.unit(unit) == Some(PeriodUnit::Month) { unit + 1 } else { at }
    }

    /// "every 24 December"
    fn every_date(&self, at: usize) -> Read<Fragment> {
        let has_month = self.means(at, Meaning::Every) && (at + 1..at + 4).any(|at| self.month(at).is_some());
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
            |meaning: &Meaning| matches!(meaning, Meaning::Every | Meaning::Adverb(..) | Meaning::Weekdays(_));
        self.find(at, |meaning| repeats(meaning).then_some(())).is_some()
    }
}

fn of_unit(unit: PeriodUnit, interval: u16) -> Option<RepeatRule> {
    let pattern = match unit {
        PeriodUnit::Day => RepeatPattern::Daily,
        PeriodUnit::Week => RepeatPattern::Weekly(Vec::new()),
        PeriodUnit::Month => RepeatPattern::Monthly,
        PeriodUnit::Year => RepeatPattern::Yearly,
        PeriodUnit::Minute | PeriodUnit::Hour => return None,
    };
    (1..=RepeatRule::MAX_INTERVAL).contains(&interval).then(|| RepeatRule::new(pattern, interval))
}

fn weekday(day: u8) -> Option<Weekday> {
    Weekday::try_from(day).ok()
}
