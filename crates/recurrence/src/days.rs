//! The days that a rule gives.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::end::RepeatEnd;
use crate::rule::{NthWeekday, RepeatPattern, RepeatRule};

/// The first day that can be due.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("this is a day");
/// The last day that can be due.
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2200, 12, 31).expect("this is a day");

impl RepeatRule {
    /// All days that are due, from `anchor` on, which is always the first, to the end of the rule or [`LAST_DAY`].
    pub fn days(&self, anchor: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let later = (0..).map_while(move |n| self.period(anchor, n)).flatten().filter(move |day| *day > anchor);
        let (last, most) = match self.end {
            RepeatEnd::Never => (LAST_DAY, usize::MAX),
            RepeatEnd::Until(day) => (day, usize::MAX),
            RepeatEnd::Count(count) => (LAST_DAY, usize::from(count)),
        };
        std::iter::once(anchor).chain(later).take_while(move |day| *day <= last).take(most)
    }

    /// The first day that is due after `after`; `None` if the rule has ended.
    pub fn next(&self, anchor: NaiveDate, after: NaiveDate) -> Option<NaiveDate> {
        self.days(anchor).find(|day| *day > after)
    }

    /// The next day that is due when the task was completed on this day, for [`RepeatFrom::Completion`]. `passed` is how many
    /// occurrences have been completed, this one included.
    ///
    /// [`RepeatFrom::Completion`]: crate::RepeatFrom::Completion
    pub fn next_after_completion(&self, completed: NaiveDate, passed: u16) -> Option<NaiveDate> {
        match self.end {
            RepeatEnd::Count(count) if passed >= count => None,
            RepeatEnd::Count(_) => self.clone().ending(RepeatEnd::Never).next(completed, completed),
            _ => self.next(completed, completed),
        }
    }

    /// The first day from `from` on that fits the rule: the due day of a task that has none yet.
    pub fn first(&self, from: NaiveDate) -> NaiveDate {
        let each = Self { interval: 1, end: RepeatEnd::Never, ..self.clone() };
        let found = (0..).map_while(|n| each.period(from, n)).flatten().find(|day| *day >= from);
        found.unwrap_or(from)
    }

    /// The days of the `n`th period from that of the anchor, in their order; `None` behind [`LAST_DAY`].
    fn period(&self, anchor: NaiveDate, n: u32) -> Option<Vec<NaiveDate>> {
        let steps = n.checked_mul(u32::from(self.interval))?;
        let (start, days) = match &self.pattern {
            RepeatPattern::Daily => alone(anchor.checked_add_days(Days::new(steps.into()))?),
            RepeatPattern::Weekly(weekdays) => {
                let shift = Days::new(u64::from(steps) * 7);
                let start = anchor.week(self.week_start).checked_first_day()?.checked_add_days(shift)?;
                let mut days: Vec<NaiveDate> = start.iter_days().take(7).collect();
                days.retain(|day| {
                    weekdays.contains(&day.weekday()) || weekdays.is_empty() && day.weekday() == anchor.weekday()
                });
                (start, days)
            }
            RepeatPattern::Monthly => alone(anchor.checked_add_months(Months::new(steps))?),
            RepeatPattern::Yearly => alone(anchor.checked_add_months(Months::new(steps.checked_mul(12)?))?),
            RepeatPattern::MonthDays(month_days) => {
                let start = anchor.with_day(1)?.checked_add_months(Months::new(steps))?;
                (start, sorted(month_days.iter().filter_map(|day| day_of_month(start, *day))))
            }
            RepeatPattern::MonthWeekdays(weekdays) => {
                let start = anchor.with_day(1)?.checked_add_months(Months::new(steps))?;
                (start, sorted(weekdays.iter().flat_map(|weekday| weekdays_of_month(start, *weekday))))
            }
        };
        (start <= LAST_DAY).then_some(days)
    }
}

fn alone(day: NaiveDate) -> (NaiveDate, Vec<NaiveDate>) {
    (day, vec![day])
}

fn sorted(days: impl Iterator<Item = NaiveDate>) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = days.collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// A day of the month that begins with `first`, at most its last one; -1 is the last one.
fn day_of_month(first: NaiveDate, day: i8) -> Option<NaiveDate> {
    let last = u32::from(first.num_days_in_month());
    first.with_day(u32::try_from(day).map_or(last, |day| day.min(last)))
}

/// The days that this weekday means in the month that begins with `first`.
fn weekdays_of_month(first: NaiveDate, NthWeekday { nth, weekday }: NthWeekday) -> Vec<NaiveDate> {
    let days = first.iter_days().take(usize::from(first.num_days_in_month()));
    let all: Vec<NaiveDate> = days.filter(|day| day.weekday() == weekday).collect();
    let place = match nth {
        0 => return all,
        1.. => usize::try_from(nth - 1).ok(),
        _ => all.len().checked_sub(usize::from(nth.unsigned_abs())),
    };
    place.and_then(|place| all.get(place)).copied().into_iter().collect()
}
