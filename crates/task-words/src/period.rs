//! What a question about due tasks asks for.

mod days;
mod span;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use user_language::Language;

use crate::context::ReadingContext;
use crate::word::{Word, words};
use span::{Relation, TimeSpan, TimeWords, names_time, read_spans};

/// The tasks that a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuePeriod {
    /// Those that should have been done.
    Overdue,
    /// Those without a due day.
    Undated,
    /// Those due from one day to another, both included. "Before Friday" begins at [`NaiveDate::MIN`], and "after Friday" ends at
    /// [`NaiveDate::MAX`].
    Days(NaiveDate, NaiveDate),
    /// The question says something about time that is not understood.
    Unclear,
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
/// Words that turn what follows them into its opposite.
const NEGATIONS: [&str; 8] = ["not", "isn't", "aren't", "isnt", "arent", "nicht", "never", "nie"];
/// Words that leave something out.
const EXCLUDING: [&str; 10] =
    ["except", "besides", "excluding", "without", "but", "apart", "ausser", "ohne", "abgesehen", "ausgenommen"];
/// Words that join two days.
const JOINING: [&str; 6] = ["and", "or", "und", "oder", "&", "plus"];
/// Words between the first and the last day.
const REACHING: [&str; 3] = ["to", "-", "–"];
/// What is said of days that are over.
const OVER: [&str; 5] = ["was due", "were due", "did i have", "war", "waren"];

/// The period that a question or an order names, anywhere in it: "What is due today?", "was ist diese Woche fällig?".
/// `None` if it says nothing about time.
pub fn read_period(text: &str, context: &ReadingContext) -> Option<DuePeriod> {
    let text = without_end(text).replace('?', " ").replace("'s ", " ").replace("’s ", " ");
    let readings = context.languages().map(|language| read_in_language(&text, language, context));
    let is_clear = |period: &DuePeriod| *period != DuePeriod::Unclear;
    readings.into_iter().flatten().find(is_clear).or_else(|| readings.into_iter().flatten().next())
}

/// The text without the point of its sentence. That of "on the 5." stays.
fn without_end(text: &str) -> &str {
    let text = text.trim_end_matches([' ', '!', '?']);
    let Some(bare) = text.strip_suffix('.') else { return text };
    let last = bare.rsplit(' ').next().unwrap_or_default();
    let is_day = last.parse::<u8>().is_ok() || last.contains('.');
    if is_day { text } else { bare }
}

fn read_in_language(text: &str, language: Language, context: &ReadingContext) -> Option<DuePeriod> {
    let words = words(text, language);
    let words: Vec<&Word> = words.iter().collect();
    let plain = words.iter().map(|word| word.plain.trim_end_matches('.')).collect::<Vec<_>>();
    let whole = format!(" {} ", plain.join(" "));
    let has = |phrase: &str| whole.contains(&format!(" {phrase} "));
    if UNDATED.iter().any(|phrase| has(phrase)) {
        return Some(DuePeriod::Undated);
    }
    let is_overdue = plain.iter().any(|word| OVERDUE.contains(word)) || has("past due");
    let time = read_spans(&words, context, language);
    let is_timed = is_overdue || !time.spans.is_empty();
    if is_timed && (plain.iter().any(|word| EXCLUDING.contains(word)) || denies(&words, &plain)) {
        return Some(DuePeriod::Unclear);
    }
    if is_overdue {
        return Some(if time.spans.is_empty() { DuePeriod::Overdue } else { DuePeriod::Unclear });
    }
    let today = context.today;
    let period = days_of(&time, &words, today)?;
    match period {
        DuePeriod::Days(from, _) if from > today && OVER.iter().any(|phrase| has(phrase)) => Some(DuePeriod::Unclear),
        period => Some(period),
    }
}

/// Whether a negation stands before what the question says about time: "not overdue", "nicht heute".
fn denies(words: &[&Word], plain: &[&str]) -> bool {
    let is_denied = |at: usize| match plain.get(at) {
        Some(word) => OVERDUE.contains(word) || ["due", "faellig", "on", "am"].contains(word) || names_time(words[at]),
        None => false,
    };
    plain.iter().enumerate().any(|(at, word)| NEGATIONS.contains(word) && is_denied(at + 1))
}

/// The days of all that a question says about time.
fn days_of(time: &TimeWords, words: &[&Word], today: NaiveDate) -> Option<DuePeriod> {
    let days = match time.spans.as_slice() {
        [] => return time.has_unread.then_some(DuePeriod::Unclear),
        _ if time.has_unread || time.has_loose_relation => None,
        [one] => one.days(today),
        [first, second] => from_to(first, second, words)
            .or_else(|| listed(&time.spans, words))
            .or_else(|| within_both(first, second, today)),
        several => listed(several, words),
    };
    Some(match days {
        Some((from, to)) if from <= to => DuePeriod::Days(from, to),
        _ => DuePeriod::Unclear,
    })
}

/// "from Monday to Wednesday", "between 2 and 5 December": from the first day to the last one.
fn from_to(first: &TimeSpan, second: &TimeSpan, words: &[&Word]) -> Option<(NaiveDate, NaiveDate)> {
    let between = words_between(first, second, words);
    let is_range = match (first.relation, second.relation, between.as_slice()) {
        (Relation::On | Relation::From | Relation::Starting, Relation::Until, []) => true,
        (Relation::On | Relation::From | Relation::Starting, Relation::On, [word]) => REACHING.contains(word),
        (Relation::Between, Relation::On, [word]) => ["and", "und", "&"].contains(word),
        _ => false,
    };
    let last = if second.is_weekday && second.to < first.from {
        second.to.checked_add_days(chrono::Days::new(7))?
    } else {
        second.to
    };
    is_range.then_some((first.from, last))
}

/// "today or tomorrow": days without a gap between them.
fn listed(spans: &[TimeSpan], words: &[&Word]) -> Option<(NaiveDate, NaiveDate)> {
    let joins = |pair: &[TimeSpan]| match words_between(&pair[0], &pair[1], words).as_slice() {
        [] => words[pair[0].end - 1].comma,
        [word] => JOINING.contains(word),
        _ => false,
    };
    let is_list = spans.iter().all(|span| matches!(span.relation, Relation::On | Relation::From));
    if !is_list || !spans.windows(2).all(joins) {
        return None;
    }
    let mut days: Vec<(NaiveDate, NaiveDate)> = spans.iter().map(|span| (span.from, span.to)).collect();
    days.sort_unstable();
    let (first, mut last) = *days.first()?;
    for (from, to) in days {
        if from > last.succ_opt()? {
            return None;
        }
        last = last.max(to);
    }
    Some((first, last))
}

/// "after Monday and before Friday"
fn within_both(first: &TimeSpan, second: &TimeSpan, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let is_open = |span: &TimeSpan| matches!(span.relation, Relation::Before | Relation::After | Relation::Starting);
    let (one, other) = (first.days(today)?, second.days(today)?);
    (is_open(first) && is_open(second) && first.relation != second.relation)
        .then(|| (one.0.max(other.0), one.1.min(other.1)))
}

/// The words between two spans, without articles.
fn words_between<'a>(first: &TimeSpan, second: &TimeSpan, words: &[&'a Word]) -> Vec<&'a str> {
    let between = words.get(first.end..second.start).unwrap_or_default();
    let articles = ["the", "dem", "den", "der", "am", "on"];
    between.iter().map(|word| word.plain.as_str()).filter(|word| !articles.contains(word)).collect()
}
