//! The days that words name: a day, or a whole week, month or year.

use chrono::{Datelike, Days, Months, NaiveDate, Timelike, Weekday};

use crate::grammar::Grammar;
use crate::meaning::{Meaning, PeriodUnit};
use crate::word::Word;

/// The most words of a day, as in "Friday, the 4th of December 2026".
const MAX_DAY_WORDS: usize = 7;
/// From this hour on it is evening.
const EVENING: u32 = 18;
/// Months whose names are other words too.
pub(super) const UNSURE_MONTHS: [&str; 4] = ["may", "march", "mar", "mai"];
/// What stands between two days of the same month.
const BETWEEN_DAYS: [&str; 10] = ["and", "or", "und", "oder", "to", "until", "through", "bis", "-", "–"];

/// The first day, the last day, and the place behind their words.
type ReadDays = Option<(NaiveDate, NaiveDate, usize)>;

/// Reads the days that words name. They stand alone where a word such as "before" or "due" is in front of them.
pub(super) struct DayReader<'a>(pub(super) Grammar<'a>);

impl DayReader<'_> {
    /// The days whose words begin here.
    pub(super) fn days(&self, at: usize) -> ReadDays {
        let bare = at + usize::from(self.0.means(at, Meaning::On));
        self.past(bare)
            .or_else(|| self.within(bare))
            .or_else(|| self.weekend(bare))
            .or_else(|| self.whole_period(bare))
            .or_else(|| self.day(at))
            .or_else(|| self.day_of_shared_month(at))
            .or_else(|| self.month(at))
    }

    fn grammar<'a>(&'a self, words: &'a [&'a Word], alone: bool) -> Grammar<'a> {
        Grammar { words, alone, ..self.0 }
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.0.words.get(at).copied()
    }

    /// Whether a word may be the number of a day or a year.
    fn is_number(&self, at: usize) -> bool {
        self.0.number(at).is_some() || self.0.ordinal(at).is_some()
    }

    /// "yesterday", "last week", "letzten Monat"
    fn past(&self, at: usize) -> ReadDays {
        let today = self.0.today();
        match self.word(at)?.plain.trim_end_matches('.') {
            "yesterday" | "gestern" => return Some((today.pred_opt()?, today.pred_opt()?, at + 1)),
            "vorgestern" => {
                let day = today.checked_sub_days(Days::new(2))?;
                return Some((day, day, at + 1));
            }
            _ => {}
        }
        let is_last = self.0.means(at, Meaning::Last) || ["previous", "vorige"].contains(&&*self.0.words[at].plain);
        let unit = self.0.unit(at + 1).filter(|_| is_last)?;
        let (from, to) = self.period(unit, -1)?;
        Some((from, to, at + 2))
    }

    /// "within a week", "innerhalb von 3 Tagen"
    fn within(&self, at: usize) -> ReadDays {
        if !["within", "innerhalb"].contains(&&*self.word(at)?.plain) {
            return None;
        }
        let is_of = self.word(at + 1).is_some_and(|word| ["von", "the"].contains(&&*word.plain));
        self.days_from_today(at + 1 + usize::from(is_of))
    }

    /// "3 days", "a week": from today on.
    fn days_from_today(&self, at: usize) -> ReadDays {
        let length = self.grammar(self.0.words, false).days_of_length(at)?;
        let is_one_word = self.0.words[at].has(|meaning| matches!(meaning, Meaning::Length(..)));
        let last = self.0.today().checked_add_days(Days::new(length))?;
        Some((self.0.today(), last, at + if is_one_word { 1 } else { 2 }))
    }

    /// "this weekend", "next weekend"
    fn weekend(&self, at: usize) -> ReadDays {
        let is_next = self.0.means(at, Meaning::Next);
        let place = at + usize::from(is_next || self.0.means(at, Meaning::Coming));
        if !self.0.means(place, Meaning::Weekend) {
            return None;
        }
        let today = self.0.today();
        let saturday = match today.weekday() {
            Weekday::Sun => today.pred_opt()?,
            weekday => today.checked_add_days(Days::new(Weekday::Sat.days_since(weekday).into()))?,
        };
        let saturday = saturday.checked_add_days(Days::new(if is_next { 7 } else { 0 }))?;
        Some((saturday.max(today), saturday.succ_opt()?, place + 1))
    }

    /// "this week", "next month", "dieses Jahr", "the next 3 days"
    fn whole_period(&self, at: usize) -> ReadDays {
        let (next, this) = (self.0.means(at, Meaning::Next), self.0.means(at, Meaning::Coming));
        if !next && !this {
            return None;
        }
        if self.is_number(at + 1) {
            return self.days_from_today(at + 1);
        }
        let (from, to) = self.period(self.0.unit(at + 1)?, next.into())?;
        Some((from.max(self.0.today()), to, at + 2))
    }

    /// The week, month or year that is so many after the one of today.
    fn period(&self, unit: PeriodUnit, later: i32) -> Option<(NaiveDate, NaiveDate)> {
        let today = self.0.today();
        match unit {
            PeriodUnit::Week => {
                let week = today.week(self.0.context.week_start).first_day();
                let first = week.checked_add_signed(chrono::TimeDelta::days(i64::from(later) * 7))?;
                Some((first, first.checked_add_days(Days::new(6))?))
            }
            PeriodUnit::Month => {
                let first = today.with_day(1)?;
                let first = match later {
                    ..0 => first.checked_sub_months(Months::new(later.unsigned_abs()))?,
                    _ => first.checked_add_months(Months::new(later.unsigned_abs()))?,
                };
                Some((first, last_of_month(first)?))
            }
            PeriodUnit::Year => {
                let year = today.year() + later;
                Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
            }
            _ => None,
        }
    }

    /// The longest run of words that is one day: "on Friday", "5 December", "in 3 days".
    fn day(&self, at: usize) -> ReadDays {
        if self.word(at)?.plain == "due" {
            return None; // it only leads to the day
        }
        let end = self.0.words.len().min(at + MAX_DAY_WORDS);
        let is_date = self.0.words[at].has(|meaning| matches!(meaning, Meaning::Date(_)));
        let alone = self.0.alone || is_date;
        let may_begin = self.grammar(self.0.words, alone).day_fragment(at).is_some() || self.0.means(at, Meaning::In);
        if !may_begin {
            return None;
        }
        let (day, end) =
            (at + 1..=end).rev().find_map(|end| Some((self.one_day(&self.0.words[at..end], alone)?, end)))?;
        day.map(|day| (day, day, end))
    }

    /// The day of words that say nothing else. Of the parts of a day only the evening of today is one: what is due today is
    /// still to be done then.
    fn one_day(&self, words: &[&Word], alone: bool) -> Option<Option<NaiveDate>> {
        let parts = self.grammar(words, alone).parts(0)?;
        let day = parts.day.filter(|_| parts.repeat.is_none() && parts.priority.is_none() && parts.end.is_none())?;
        let is_evening = |hour: u32| hour >= EVENING && day == self.0.today();
        let is_whole = parts.time.as_ref().is_none_or(|time| is_evening(time.time.hour()));
        Some(is_whole.then_some(day))
    }

    /// The 2 of "between 2 and 5 December".
    fn day_of_shared_month(&self, at: usize) -> ReadDays {
        let joined = self.word(at + 1).filter(|word| BETWEEN_DAYS.contains(&&*word.plain));
        if !self.is_number(at) || joined.is_none() {
            return None;
        }
        let is_article = self.0.means(at + 2, Meaning::The);
        let month = at + 3 + usize::from(is_article);
        if !self.is_number(month - 1) || self.0.month(month).is_none() {
            return None;
        }
        let has_year = self.0.year(month + 1).is_some();
        let mut words = vec![self.0.words[at]];
        words.extend(&self.0.words[month..month + 1 + usize::from(has_year)]);
        let day = self.one_day(&words, true)??;
        Some((day, day, at + 1))
    }

    /// "in December", "im Januar 2027"
    fn month(&self, at: usize) -> ReadDays {
        let month = self.0.month(at)?;
        let is_led =
            self.0.alone || (at > 0 && (self.0.means(at - 1, Meaning::In) || self.0.means(at - 1, Meaning::By)));
        let is_unsure = UNSURE_MONTHS.contains(&self.0.words[at].plain.as_str());
        let year = self.0.year(at + 1);
        // "31 November" is no day, and not the whole month either.
        let is_day = (at > 0 && self.is_number(at - 1)) || (year.is_none() && self.is_number(at + 1));
        if is_day || (is_unsure && !is_led) {
            return None;
        }
        let today = self.0.today();
        let coming = if u32::from(month) < today.month() { today.year() + 1 } else { today.year() };
        let first = NaiveDate::from_ymd_opt(year.unwrap_or(coming), month.into(), 1)?;
        let last = last_of_month(first)?;
        let from = if last < today { first } else { first.max(today) };
        Some((from, last, at + 1 + usize::from(year.is_some())))
    }
}

fn last_of_month(first: NaiveDate) -> Option<NaiveDate> {
    first.with_day(first.num_days_in_month().into())
}
