//! English.

use chrono::Datelike;

use super::vocabulary::RuleWords;

pub(super) static WORDS: RuleWords = RuleWords {
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    periods: [
        ["every day", "every {n} days"],
        ["every week", "every {n} weeks"],
        ["every month", "every {n} months"],
        ["every year", "every {n} years"],
    ],
    each: "every ",
    and: " and ",
    workdays: "every weekday",
    on_weekday: " on ",
    on_month_day: " on the ",
    on_each: " on each ",
    last_day: "last day",
    last_ones: ["last", "second to last", "third to last", "fourth to last", "fifth to last"],
    ordinal,
    date: |day, month| format!("{} {month} {}", day.day(), day.year()),
    until: ", until ",
    times: |count| if count == 1 { ", once".to_owned() } else { format!(", {count} times") },
    after_completion: " after completion",
};

fn ordinal(number: i8) -> String {
    let end = match number {
        11..=13 => "th",
        _ if number % 10 == 1 => "st",
        _ if number % 10 == 2 => "nd",
        _ if number % 10 == 3 => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}
