//! What a question about due tasks asks for.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::context::ReadingContext;
use crate::grammar::{Fragment, Grammar};
use crate::meaning::{Meaning, PeriodUnit};
use crate::word::{Word, words};

/// The tasks that a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuePeriod {
    /// Those that should have been done.
    Overdue,
    /// Those without a due day.
    Undated,
    /// Those due from one day to another, both included.
    Days(NaiveDate, NaiveDate),
}

const OVERDUE: [&str; 8] =
    ["overdue", "late", "ueberfaellig", "ueberfaellige", "ueberfaelligen", "verspaetet", "versaeumt", "missed"];
const UNDATED: [&str; 10] = [
    "without a date",
    "without a due date",
    "without due date",
    "without date",
    "no date",
    "no due date",
    "undated",
    "ohne datum",
    "ohne termin",
    "ohne faelligkeit",
];

/// The period that a question or an order names, anywhere in it: "What is due today?", "was ist diese Woche fällig?".
pub fn read_period(text: &str, context: &ReadingContext) -> Option<DuePeriod> {
    let bare = text.replace(['?', '.'], " ").replace("'s ", " ");
    context.languages().into_iter().find_map(|language| {
        let words = words(&bare, language);
        let plain = words.iter().map(|word| word.plain.as_str()).collect::<Vec<_>>();
        if plain.iter().any(|word| OVERDUE.contains(word)) {
            return Some(DuePeriod::Overdue);
        }
        let plain = format!(" {} ", plain.join(" "));
        if UNDATED.iter().any(|phrase| plain.contains(&format!(" {phrase} "))) {
            return Some(DuePeriod::Undated);
        }
        let words: Vec<&Word> = words.iter().collect();
        let grammar = Grammar { words: &words, context, language, alone: false };
        let spans = (0..words.len()).find_map(|at| whole_period(&words, at, context));
        let day = || (0..words.len()).find_map(|at| one_day(&grammar, at));
        spans.or_else(day).map(|(from, to)| DuePeriod::Days(from, to))
    })
}

/// "this week", "next month", "diese Woche"
fn whole_period(words: &[&Word], at: usize, context: &ReadingContext) -> Option<(NaiveDate, NaiveDate)> {
    let (next, this) = (words[at].means(Meaning::Next), words[at].means(Meaning::Coming));
    let word = words.get(at + 1).filter(|_| next || this)?;
    let today = context.now.date();
    let week = today.week(context.week_start).first_day().checked_add_days(Days::new(if next { 7 } else { 0 }))?;
    let days = |from: NaiveDate, to: Option<NaiveDate>| Some((from.max(today), to?));
    if word.means(Meaning::Unit(PeriodUnit::Week)) {
        return days(week, week.checked_add_days(Days::new(6)));
    }
    if word.means(Meaning::Weekend) {
        let saturday = week.iter_days().find(|day| day.weekday() == chrono::Weekday::Sat)?;
        return days(saturday, saturday.succ_opt());
    }
    if word.means(Meaning::Unit(PeriodUnit::Month)) {
        let first = today.with_day(1)?.checked_add_months(Months::new(next.into()))?;
        return days(first, first.with_day(first.num_days_in_month().into()));
    }
    None
}

fn one_day(grammar: &Grammar<'_>, at: usize) -> Option<(NaiveDate, NaiveDate)> {
    match grammar.day_fragment(at)? {
        Fragment::Day(day) | Fragment::DayTime(day, _) => Some((day, day)),
        _ => None,
    }
}
