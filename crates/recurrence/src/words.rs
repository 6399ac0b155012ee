//! A rule in words.

mod english;
mod german;
mod vocabulary;

use chrono::{Datelike, NaiveDate, Weekday};
use user_language::Language;

use crate::end::RepeatEnd;
use crate::rule::{NthWeekday, RepeatFrom, RepeatPattern, RepeatRule};
use vocabulary::RuleWords;

/// A rule in the words of a language, such as "every 2 weeks on Monday, until 31 December 2026".
pub fn repeat_text(rule: &RepeatRule, from: RepeatFrom, language: Language) -> String {
    let words = words_of(language);
    let mut text = words.pattern(rule);
    if from == RepeatFrom::Completion {
        text.push_str(words.after_completion);
    }
    match rule.end {
        RepeatEnd::Never => {}
        RepeatEnd::Until(day) => text.push_str(&format!("{}{}", words.until, date_text(day, language))),
        RepeatEnd::Count(count) => text.push_str(&(words.times)(count)),
    }
    text
}

/// A day with its month in words and its year.
pub fn date_text(day: NaiveDate, language: Language) -> String {
    (words_of(language).date)(day, month_name(day, language))
}

/// The name of a day's month.
pub fn month_name(day: NaiveDate, language: Language) -> &'static str {
    words_of(language).months[day.month0() as usize]
}

/// The name of a day of the week.
pub fn weekday_name(day: Weekday, language: Language) -> &'static str {
    words_of(language).weekday(day)
}

fn words_of(language: Language) -> &'static RuleWords {
    match language {
        Language::English => &english::WORDS,
        Language::German => &german::WORDS,
    }
}

const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

impl RuleWords {
    fn pattern(&self, rule: &RepeatRule) -> String {
        let period = |place: usize| match rule.interval {
            1 => self.periods[place][0].to_owned(),
            n => self.periods[place][1].replace("{n}", &n.to_string()),
        };
        match &rule.pattern {
            RepeatPattern::Daily => period(0),
            RepeatPattern::Weekly(days) if days.is_empty() => period(1),
            RepeatPattern::Weekly(days) if rule.interval == 1 && *days == WORKDAYS => self.workdays.to_owned(),
            RepeatPattern::Weekly(days) => {
                let names = self.list(days.iter().map(|day| self.weekday(*day).to_owned()));
                if rule.interval == 1 {
                    format!("{}{names}", self.each)
                } else {
                    format!("{}{}{names}", period(1), self.on_weekday)
                }
            }
            RepeatPattern::Monthly => period(2),
            RepeatPattern::MonthDays(days) => {
                let days =
                    days.iter().map(|day| if *day < 0 { self.last_day.to_owned() } else { (self.ordinal)(*day) });
                format!("{}{}{}", period(2), self.on_month_day, self.list(days))
            }
            RepeatPattern::MonthWeekdays(days) => {
                let on = if days.iter().all(|day| day.nth == 0) { self.on_each } else { self.on_month_day };
                format!("{}{on}{}", period(2), self.list(days.iter().map(|day| self.nth_weekday(*day))))
            }
            RepeatPattern::Yearly => period(3),
        }
    }

    fn nth_weekday(&self, NthWeekday { nth, weekday }: NthWeekday) -> String {
        let weekday = self.weekday(weekday);
        match nth {
            0 => weekday.to_owned(),
            1.. => format!("{} {weekday}", (self.ordinal)(nth)),
            _ => format!("{} {weekday}", self.last_ones[usize::from(nth.unsigned_abs()) - 1]),
        }
    }

    fn weekday(&self, day: Weekday) -> &'static str {
        self.weekdays[day.num_days_from_monday() as usize]
    }

    fn list(&self, items: impl Iterator<Item = String>) -> String {
        let mut items: Vec<String> = items.collect();
        match items.pop() {
            Some(last) if !items.is_empty() => format!("{}{}{last}", items.join(", "), self.and),
            last => last.unwrap_or_default(),
        }
    }
}
