//! Words for days and rules, in English and German: `every monday`, `alle 2 Wochen`, `tomorrow`.

use chrono::{Datelike, Days, NaiveDate};

use super::rule::every;
use crate::date::{Moment, at_time, weekday};

const WORKDAYS: &str = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
const MAX_WORDS: usize = 12;

/// What words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordsReading {
    /// The day, or the first day of the rule.
    pub(crate) due: Moment,
    pub(crate) repeat: Option<String>,
}

/// Reads a text of which every word is understood.
pub(crate) fn read_words(text: &str, today: NaiveDate) -> Option<WordsReading> {
    let text = text.trim().to_lowercase();
    let words: Vec<&str> = text.split([' ', ',', '!']).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > MAX_WORDS {
        return None;
    }
    let (words, time) = split_time(&words);
    let (day, repeat) = match day(words, today) {
        Some(day) => (day, None),
        None => {
            let (rule, first) = rule(words, today)?;
            (first, Some(rule))
        }
    };
    let due = Moment::Day(day);
    Some(WordsReading { due: if time.is_empty() { due } else { at_time(due, &time)? }, repeat })
}

/// The words before the time of day, and the time.
fn split_time<'a>(words: &'a [&'a str]) -> (&'a [&'a str], String) {
    let is_time = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && (word.contains(':') || word.ends_with("am") || word.ends_with("pm"))
    };
    let at = words.iter().position(|word| matches!(*word, "at" | "um" | "@") || is_time(word)).unwrap_or(words.len());
    let time = words[at..].iter().filter(|word| !matches!(**word, "at" | "um" | "@"));
    (&words[..at], time.copied().collect::<Vec<_>>().join(" "))
}

fn day(words: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    let after = |days: u64| today.checked_add_days(Days::new(days));
    match words {
        ["today" | "heute" | "tod"] => Some(today),
        ["tomorrow" | "morgen" | "tom"] => after(1),
        ["übermorgen"] | ["day", "after", "tomorrow"] => after(2),
        ["in", number, "day" | "days" | "tag" | "tagen"] => after(number.parse().ok().filter(|days| *days < 1000)?),
        ["in", number, "week" | "weeks" | "woche" | "wochen"] => {
            after(number.parse::<u64>().ok().filter(|weeks| *weeks < 500)? * 7)
        }
        ["next" | "nächsten" | "nächster" | "am" | "on", name] | [name] => next_weekday(&[weekday(name)?.0], today),
        _ => None,
    }
}

/// The first of these weekdays from today on.
fn next_weekday(days: &[u32], today: NaiveDate) -> Option<NaiveDate> {
    today.iter_days().take(7).find(|day| days.contains(&day.weekday().num_days_from_monday()))
}

/// The rule, and its first day.
fn rule(words: &[&str], today: NaiveDate) -> Option<(String, NaiveDate)> {
    match words {
        ["daily" | "täglich"] => Some((every(1, "DAILY"), today)),
        ["weekly" | "wöchentlich"] => Some((every(1, "WEEKLY"), today)),
        ["biweekly" | "fortnightly" | "zweiwöchentlich"] => Some((every(2, "WEEKLY"), today)),
        ["monthly" | "monatlich"] => Some((every(1, "MONTHLY"), today)),
        ["quarterly" | "vierteljährlich"] => Some((every(3, "MONTHLY"), today)),
        ["yearly" | "annually" | "jährlich"] => Some((every(1, "YEARLY"), today)),
        ["every" | "each" | "ev" | "jeden" | "jede" | "jedes" | "alle", rest @ ..] => rule_behind_every(rest, today),
        ["am", rest @ .., "jedes", "monats"] => month_day(rest, 1, today),
        _ => None,
    }
}

fn rule_behind_every(words: &[&str], today: NaiveDate) -> Option<(String, NaiveDate)> {
    let (interval, rest) = match words {
        ["other" | "second" | "zweiten" | "zweite" | "zweites", rest @ ..] => (2, rest),
        [number, rest @ ..] if !rest.is_empty() && number.parse::<u32>().is_ok_and(|n| (1..=999).contains(&n)) => {
            (number.parse().ok()?, rest)
        }
        _ => (1, words),
    };
    let unit = |word: &str| match word {
        "day" | "days" | "tag" | "tage" => Some("DAILY"),
        "week" | "weeks" | "woche" | "wochen" => Some("WEEKLY"),
        "month" | "months" | "monat" | "monate" => Some("MONTHLY"),
        "year" | "years" | "jahr" | "jahre" => Some("YEARLY"),
        _ => None,
    };
    match rest {
        ["weekday" | "weekdays" | "workday" | "werktag"] if interval == 1 => {
            Some((WORKDAYS.to_owned(), next_weekday(&[0, 1, 2, 3, 4], today)?))
        }
        [word] if unit(word).is_some() => Some((every(interval, unit(word)?), today)),
        ["week" | "weeks" | "woche" | "wochen", "on" | "am", days @ ..] => on_weekdays(days, interval, today),
        ["month" | "months" | "monat" | "monate", "on" | "am", rest @ ..] => month_day(rest, interval, today),
        _ => on_weekdays(rest, interval, today).or_else(|| month_day(rest, interval, today)),
    }
}

fn on_weekdays(words: &[&str], interval: u32, today: NaiveDate) -> Option<(String, NaiveDate)> {
    let names = words.iter().filter(|word| !matches!(**word, "and" | "und" | "&"));
    let mut days: Vec<(u32, &str)> = names.map(|name| weekday(name)).collect::<Option<_>>()?;
    days.sort_unstable();
    days.dedup();
    let (numbers, codes): (Vec<u32>, Vec<&str>) = days.into_iter().unzip();
    Some((format!("{};BYDAY={}", every(interval, "WEEKLY"), codes.join(",")), next_weekday(&numbers, today)?))
}

/// `the 15th`, `15.`, `last day`.
fn month_day(words: &[&str], interval: u32, today: NaiveDate) -> Option<(String, NaiveDate)> {
    let words = words.strip_prefix(&["the"]).unwrap_or(words);
    let last = matches!(words, ["last", "day"] | ["last"] | ["letzten", "tag"] | ["letzten"]);
    let number: Option<u32> = match words {
        [number] => number.trim_end_matches(['.', 's', 't', 'n', 'd', 'r', 'h']).parse().ok(),
        _ => None,
    };
    let number = number.filter(|number| (1..=31).contains(number));
    let is_day = |day: &NaiveDate| match number {
        Some(number) => day.day() == number,
        None => day.succ_opt().is_some_and(|next| next.day() == 1),
    };
    if !last && number.is_none() {
        return None;
    }
    let first = today.iter_days().take(62).find(is_day)?;
    let day = number.map_or_else(|| "-1".to_owned(), |number| number.to_string());
    Some((format!("{};BYMONTHDAY={day}", every(interval, "MONTHLY")), first))
}
