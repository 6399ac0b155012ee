//! What a question about due tasks asks for.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

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
        let spans = (0..words.len()).find_map(|at| whole_period(&grammar, at));
        let day = || (0..words.len()).find_map(|at| one_day(&grammar, at));
        spans.or_else(day).map(|(from, to)| DuePeriod::Days(from, to))
    })
}

/// "this week", "next month", "the next 3 days", "am Wochenende"
fn whole_period(grammar: &Grammar<'_>, at: usize) -> Option<(NaiveDate, NaiveDate)> {
    let means = |at: usize, meaning| grammar.means(at, meaning);
    let (next, this) = (means(at, Meaning::Next), means(at, Meaning::Coming));
    let today = grammar.context.now.date();
    let days = |from: NaiveDate, to: Option<NaiveDate>| Some((from.max(today), to?));
    if means(at, Meaning::Weekend) {
        let is_next = at > 0 && means(at - 1, Meaning::Next);
        let saturday = weekend(today)?.checked_add_days(Days::new(if is_next { 7 } else { 0 }))?;
        return days(saturday, saturday.succ_opt());
    }
    if !next && !this {
        return None;
    }
    if let Some(length) = grammar.days_of_length(at + 1) {
        return days(today, today.checked_add_days(Days::new(length)));
    }
    let start = grammar.context.week_start;
    let week = today.week(start).first_day().checked_add_days(Days::new(if next { 7 } else { 0 }))?;
    if means(at + 1, Meaning::Unit(PeriodUnit::Week)) {
        return days(week, week.checked_add_days(Days::new(6)));
    }
    if means(at + 1, Meaning::Unit(PeriodUnit::Month)) {
        let first = today.with_day(1)?.checked_add_months(Months::new(next.into()))?;
        return days(first, first.with_day(first.num_days_in_month().into()));
    }
    None
}

/// The Saturday of the weekend that is next, or now.
fn weekend(today: NaiveDate) -> Option<NaiveDate> {
    match today.weekday() {
        Weekday::Sun => today.pred_opt(),
        weekday => today.checked_add_days(Days::new(Weekday::Sat.days_since(weekday).into())),
    }
}

/// "on Friday"; "by Friday" is all days until then.
fn one_day(grammar: &Grammar<'_>, at: usize) -> Option<(NaiveDate, NaiveDate)> {
    let until = |at: usize| {
        let is_due = grammar.words[at].plain == "due"; // "due on Friday"
        !is_due && (grammar.means(at, Meaning::By) || grammar.means(at, Meaning::Until))
    };
    let is_until = until(at) || (at > 0 && until(at - 1));
    match grammar.day_fragment(at)? {
        Fragment::Day(day) if is_until => Some((grammar.context.now.date().min(day), day)),
        Fragment::Day(day) | Fragment::DayTime(day, _) => Some((day, day)),
        _ => None,
    }
}
