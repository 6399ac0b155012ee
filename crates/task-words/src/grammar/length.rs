//! Lengths of time from now.

use chrono::{Days, Months, NaiveDate};

use super::fragment::Fragment;
use super::{Grammar, Read};
use crate::meaning::{Meaning, PeriodUnit};

const MOST: u32 = 9999;

impl Grammar<'_> {
    /// "in 3 days", "in an hour and 30 minutes", "in half an hour", "2 weeks from now", "2 weeks from Friday"
    pub(super) fn length(&self, at: usize) -> Read<Fragment> {
        let at = self.latest(at);
        let is_led = self.means(at, Meaning::In);
        let from = self.skip(at, Meaning::In);
        if let Some(next) = self.half_hour(from).filter(|_| is_led) {
            return Some((Fragment::Minutes(30), next));
        }
        let (amount, unit, next) = self.amount(from)?;
        if self.means(next, Meaning::From) && self.means(next + 1, Meaning::Now) {
            return Some((self.after(amount, unit, self.today())?, next + 2));
        }
        if self.means(next, Meaning::From) {
            let (day, end) = self.day(next)?;
            return Some((self.after(amount, unit, day)?, end)).filter(|_| unit > PeriodUnit::Hour);
        }
        if let Some(read) = self.weeks_and_weekday(amount, next, is_led).filter(|_| unit == PeriodUnit::Week) {
            return Some(read);
        }
        let more = self.amount(self.skip(next, Meaning::And)).filter(|(_, unit, _)| *unit == PeriodUnit::Minute);
        match more {
            _ if !is_led => None,
            Some((minutes, _, end)) if unit == PeriodUnit::Hour => {
                Some((Fragment::Minutes(amount * 60 + minutes), end))
            }
            _ => Some((self.after(amount, unit, self.today())?, next)),
        }
    }

    /// The weekday behind a number of weeks: that of this week in "in 2 weeks on Monday", so long after it in "a week on Friday".
    fn weeks_and_weekday(&self, weeks: u32, at: usize, is_led: bool) -> Read<Fragment> {
        let place = self.skip(at, Meaning::On);
        let (weekday, _) = self.weekday(place).filter(|_| place > at)?;
        let start = if is_led { self.today() } else { self.coming(weekday, false)? };
        let day = start.checked_add_days(Days::new(u64::from(weeks) * 7))?;
        Some((Fragment::Day(self.in_week_of(day, weekday)?), place + 1))
    }

    /// The days of "3 days", "two weeks".
    pub(crate) fn days_of_length(&self, at: usize) -> Option<u64> {
        let (amount, unit, _) = self.amount(at)?;
        match self.after(amount, unit, self.today())? {
            Fragment::Day(day) => u64::try_from(day.signed_duration_since(self.today()).num_days()).ok(),
            _ => None,
        }
    }

    fn half_hour(&self, at: usize) -> Option<usize> {
        let half = at + usize::from(self.number(at) == Some(1));
        let hour = half + 1 + usize::from(self.number(half + 1) == Some(1));
        (self.means(half, Meaning::Half) && self.unit(hour) == Some(PeriodUnit::Hour)).then_some(hour + 1)
    }

    fn amount(&self, at: usize) -> Option<(u32, PeriodUnit, usize)> {
        let short = self.find(at, |meaning| match meaning {
            Meaning::Length(number, unit) => Some((u32::from(*number), *unit, at + 1)),
            _ => None,
        });
        let said = || Some((u32::from(self.number(at)?), self.unit(at + 1)?, at + 2));
        short.or_else(said).filter(|(number, ..)| (1..=MOST).contains(number))
    }

    fn after(&self, amount: u32, unit: PeriodUnit, start: NaiveDate) -> Option<Fragment> {
        let day: NaiveDate = match unit {
            PeriodUnit::Minute => return Some(Fragment::Minutes(amount)),
            PeriodUnit::Hour => return Some(Fragment::Minutes(amount * 60)),
            PeriodUnit::Day => start.checked_add_days(Days::new(amount.into()))?,
            PeriodUnit::Week => start.checked_add_days(Days::new(u64::from(amount) * 7))?,
            PeriodUnit::Month => start.checked_add_months(Months::new(amount))?,
            PeriodUnit::Year => start.checked_add_months(Months::new(amount * 12))?,
        };
        (day <= recurrence::LAST_DAY).then_some(Fragment::Day(day))
    }
}
