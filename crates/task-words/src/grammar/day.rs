//! Days.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::fragment::Fragment;
use super::{Grammar, Read};
use crate::meaning::{Meaning, PeriodUnit};

impl Grammar<'_> {
    pub(crate) fn today(&self) -> NaiveDate {
        self.context.today
    }

    /// A day, with the words around it: "on Friday", "by tomorrow", "ab Montag", "EOD Friday", "tomorrow at the latest".
    pub(super) fn day(&self, at: usize) -> Read<NaiveDate> {
        let lead = self.lead(at);
        let end_of_day = self.end_of_day(if lead > at { self.skip(lead, Meaning::The) } else { at });
        let today = end_of_day.map(|end| (self.today(), end));
        let (day, next) = self.led_day(end_of_day.unwrap_or(at)).or(today)?;
        Some((day, self.latest(self.end_of_day(self.skip(next, Meaning::By)).unwrap_or(next))))
    }

    fn led_day(&self, at: usize) -> Read<NaiveDate> {
        let by = self.lead(at);
        let on = self.skip(by, Meaning::On);
        let bare = self.skip(on, Meaning::The);
        let led = on > at;
        // "on tomorrow" is no date: the word belongs to the verb, as in "turn the light on tomorrow".
        let relative = if on == by || self.alone { self.relative_day(bare) } else { None };
        let days = [
            relative,
            self.named_day(bare, led),
            self.period_start(bare, led),
            self.calendar_day(bare, led),
            self.day_of_month(bare).filter(|_| led || self.alone),
        ];
        let (day, next) = days.into_iter().flatten().max_by_key(|(_, next)| *next)?;
        // "the Friday" alone is a title.
        let has_lead = led || bare == on || next > bare + 1;
        let in_bounds =
            (recurrence::FIRST_DAY..=recurrence::LAST_DAY).contains(&day) && (self.alone || day >= self.today());
        (has_lead && in_bounds).then_some((day, next))
    }

    /// The place behind "EOD", "end of the day".
    fn end_of_day(&self, at: usize) -> Option<usize> {
        if self.means(at, Meaning::EndOf(PeriodUnit::Day)) {
            return Some(at + 1);
        }
        let unit = self.skip(self.skip(at + 1, Meaning::Of), Meaning::The);
        (self.means(at, Meaning::End) && self.unit(unit) == Some(PeriodUnit::Day)).then_some(unit + 1)
    }

    /// "tomorrow", "day after tomorrow"
    fn relative_day(&self, at: usize) -> Read<NaiveDate> {
        if self.unit(at) == Some(PeriodUnit::Day)
            && self.means(at + 1, Meaning::After)
            && self.means(at + 2, Meaning::Day(1))
        {
            return Some((self.in_days(2)?, at + 3));
        }
        let word = self.words.get(at)?;
        // A German noun: "Guten Morgen".
        if word.capital && word.plain == "morgen" && at > 0 {
            return None;
        }
        let days = self.find(at, |meaning| match meaning {
            Meaning::Day(days) => Some(*days),
            _ => None,
        })?;
        Some((self.in_days(days.into())?, at + 1))
    }

    pub(super) fn in_days(&self, days: u64) -> Option<NaiveDate> {
        self.today().checked_add_days(Days::new(days))
    }

    /// "Friday", "next Friday", "Friday next week", "Friday, 4 December", "Friday the 4th"
    fn named_day(&self, at: usize, led: bool) -> Read<NaiveDate> {
        let next_week = self.means(at, Meaning::Next);
        let coming = self.means(at, Meaning::Coming);
        let place = at + usize::from(next_week || coming);
        let (weekday, sure) = self.weekday(place)?;
        let next = place + 1;
        let date = self.skip(next, Meaning::The);
        if let Some((day, behind)) = self.calendar_day(date, true).or_else(|| self.day_of_month(date)) {
            return (day.weekday().num_days_from_monday() == u32::from(weekday)).then_some((day, behind));
        }
        if self.means(next, Meaning::Next) && self.unit(next + 1) == Some(PeriodUnit::Week) {
            return Some((self.in_next_week(weekday)?, next + 2));
        }
        if next_week {
            return Some((self.in_next_week(weekday)?, next));
        }
        let supported = sure || led || coming || self.alone || self.clock(next, at).is_some();
        supported.then(|| Some((self.coming(weekday, coming)?, next)))?
    }

    /// The next such weekday; today only if it is "this" one.
    pub(super) fn coming(&self, weekday: u8, or_today: bool) -> Option<NaiveDate> {
        let today = self.today().weekday().num_days_from_monday() as u8;
        let days = (weekday + 7 - today) % 7;
        self.in_days(if days == 0 && !or_today { 7 } else { days.into() })
    }

    fn week_start(&self) -> NaiveDate {
        self.today().week(self.context.week_start).first_day()
    }

    fn in_next_week(&self, weekday: u8) -> Option<NaiveDate> {
        self.in_week_of(self.in_days(7)?, weekday)
    }

    pub(super) fn in_week_of(&self, day: NaiveDate, weekday: u8) -> Option<NaiveDate> {
        let days = Weekday::try_from(weekday).ok()?.days_since(self.context.week_start);
        day.week(self.context.week_start).first_day().checked_add_days(Days::new(days.into()))
    }

    /// "next week", "this weekend", "end of the month"
    fn period_start(&self, at: usize, led: bool) -> Read<NaiveDate> {
        let end_of = self.find(at, |meaning| match meaning {
            Meaning::EndOf(unit) => Some(*unit),
            _ => None,
        });
        if let Some(unit) = end_of {
            return Some((self.last_day_of(unit)?, at + 1));
        }
        if self.means(at, Meaning::End) {
            let unit = self.skip(self.skip(at + 1, Meaning::Of), Meaning::The);
            return Some((self.last_day_of(self.unit(unit)?)?, unit + 1));
        }
        let (next, coming) = (self.means(at, Meaning::Next), self.means(at, Meaning::Coming));
        let place = at + usize::from(next || coming);
        if self.means(place, Meaning::Weekend) && (next || coming || led) {
            let saturday = if next { self.in_next_week(5) } else { self.coming(5, true) };
            return Some((saturday?, place + 1));
        }
        if let Some(read) = self.day_of_next_period(place).filter(|_| next) {
            return Some(read);
        }
        let first = match self.unit(place).filter(|_| next)? {
            PeriodUnit::Week => self.week_start().checked_add_days(Days::new(7)),
            PeriodUnit::Month => self.today().with_day(1)?.checked_add_months(Months::new(1)),
            PeriodUnit::Year => NaiveDate::from_ymd_opt(self.today().year() + 1, 1, 1),
            _ => None,
        };
        Some((first?, place + 1))
    }

    /// The day behind "next": "week on Friday", "month on the 3rd".
    fn day_of_next_period(&self, at: usize) -> Read<NaiveDate> {
        let on = self.skip(at + 1, Meaning::On);
        match self.unit(at)? {
            PeriodUnit::Week => Some((self.in_next_week(self.weekday(on)?.0)?, on + 1)),
            PeriodUnit::Month if on > at + 1 => {
                let place = self.skip(on, Meaning::The);
                let day = self.ordinal(place)?;
                let first = self.today().with_day(1)?.checked_add_months(Months::new(1))?;
                Some((first.with_day(day.into())?, place + 1))
            }
            _ => None,
        }
    }

    fn last_day_of(&self, unit: PeriodUnit) -> Option<NaiveDate> {
        let today = self.today();
        match unit {
            PeriodUnit::Week => self.week_start().checked_add_days(Days::new(6)),
            PeriodUnit::Month => today.with_day(today.num_days_in_month().into()),
            PeriodUnit::Year => NaiveDate::from_ymd_opt(today.year(), 12, 31),
            _ => None,
        }
    }

    /// "on the 5th": the next month that has such a day.
    fn day_of_month(&self, at: usize) -> Read<NaiveDate> {
        let day = self.ordinal(at).filter(|_| self.unit(at + 1).is_none())?;
        let first = self.today().with_day(1)?;
        let months = (0..3).filter_map(|months| first.checked_add_months(Months::new(months))?.with_day(day.into()));
        Some((months.filter(|day| *day >= self.today()).min()?, at + 1))
    }

    /// "tonight", "Freitagabend", "this evening"
    pub(super) fn day_with_hour(&self, at: usize) -> Read<Fragment> {
        let from = self.skip(at, Meaning::On);
        let named = self.find(from, |meaning| match meaning {
            Meaning::DayHour(days, hour) => Some((self.in_days((*days).into()), *hour, from + 1)),
            Meaning::WeekdayHour(weekday, hour) => Some((self.coming(*weekday, false), *hour, from + 1)),
            _ => None,
        });
        let this =
            || self.means(at, Meaning::Coming).then(|| Some((Some(self.today()), self.hour(at + 1)?, at + 2)))?;
        let (day, hour, next) = named.or_else(this)?;
        Some((Fragment::DayTime(day?, hour), next))
    }
}
