//! German.

use chrono::Datelike;

use super::vocabulary::RuleWords;

pub(super) static WORDS: RuleWords = RuleWords {
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    periods: [
        ["jeden Tag", "alle {n} Tage"],
        ["jede Woche", "alle {n} Wochen"],
        ["jeden Monat", "alle {n} Monate"],
        ["jedes Jahr", "alle {n} Jahre"],
    ],
    each: "jeden ",
    and: " und ",
    workdays: "von Montag bis Freitag",
    on_weekday: " am ",
    on_month_day: " am ",
    on_each: " an jedem ",
    last_day: "letzten Tag",
    last_ones: ["letzten", "vorletzten", "drittletzten", "viertletzten", "fünftletzten"],
    ordinal: |number| format!("{number}."),
    date: |day, month| format!("{}. {month} {}", day.day(), day.year()),
    until: ", bis ",
    times: |count| if count == 1 { ", einmal".to_owned() } else { format!(", {count}-mal") },
    after_completion: " nach Erledigung",
};
