//! What the list does not have yet. It is said in one sentence, so that nothing is promised.

use crate::offline::filter::is_unread_time;
use crate::offline::german::english_object;
use crate::offline::reminder::{has_period, is_time};
use crate::offline::target::TaskTarget;

/// What there is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MissingFeature {
    Reminders,
    /// Alarms, which are reminders of no task.
    Alarms,
    Dates,
    /// Dates, where a list was asked for by one.
    DatedList,
    /// Words about time that are not understood.
    UnreadDate,
    /// When a task was completed.
    CompletionDays,
    /// Dates, where a time was named that stays in the words of the task.
    DateInWords,
    Order,
    Lists,
    /// Lists that are made, named and removed.
    OwnLists,
    Steps,
    Copies,
    /// What is done elsewhere.
    Elsewhere,
}

impl MissingFeature {
    /// The sentence in English.
    pub(super) fn english(self) -> &'static str {
        match self {
            Self::Reminders => "I cannot remind you: there are no reminders yet.",
            Self::Alarms => "I have no alarm clock. I remind of tasks: say \"remind me to …\" with a time.",
            Self::Dates => "Tasks have no dates yet.",
            Self::DatedList => "Tasks have no dates yet. Say \"what's left?\" for all that are open.",
            Self::UnreadDate => "I do not understand the date. Say for example \"on Friday\" or \"on 24 December\".",
            Self::CompletionDays => "I cannot tell when tasks were completed. Say \"show completed tasks\" for all.",
            Self::DateInWords => {
                "Tasks have no dates yet; what you said about the time stays in the words of the task."
            }
            Self::Order => "I cannot change the order of tasks: drag them on the page.",
            Self::Lists => "I keep one list only; there are no other lists, tags or folders yet.",
            Self::OwnLists => "I cannot make, rename or delete lists; \"move task 1 to the list Home\" makes one.",
            Self::Steps => "I cannot add steps: open the task on the page.",
            Self::Elsewhere => "I cannot do that: I add, complete, change, date and delete tasks.",
            Self::Copies => "I cannot duplicate tasks; say \"add\" and the title again.",
        }
    }

    /// The sentence in German.
    pub(super) fn german(self) -> &'static str {
        match self {
            Self::Reminders => "Ich kann dich nicht erinnern: Es gibt noch keine Erinnerungen.",
            Self::Alarms => "Ich habe keinen Wecker. Ich erinnere an Aufgaben: Sag „erinnere mich …“ mit einer Zeit.",
            Self::Dates => "Aufgaben haben noch kein Datum.",
            Self::DatedList => "Aufgaben haben noch kein Datum. Sag „was ist noch offen?“ für alle offenen.",
            Self::UnreadDate => "Ich verstehe das Datum nicht. Sag zum Beispiel „am Freitag“ oder „am 24. Dezember“.",
            Self::CompletionDays => "Ich weiß nicht, wann Aufgaben erledigt wurden. Sag „was ist erledigt?“ für alle.",
            Self::DateInWords => {
                "Aufgaben haben noch kein Datum; was du über die Zeit sagst, bleibt in den Worten der Aufgabe."
            }
            Self::Order => "Ich kann die Reihenfolge der Aufgaben nicht ändern: Zieh sie auf der Seite.",
            Self::Lists => "Ich führe nur eine Liste; andere Listen, Tags oder Ordner gibt es noch nicht.",
            Self::OwnLists => {
                "Ich kann Listen nicht anlegen, umbenennen oder löschen; „verschiebe Aufgabe 1 in die Liste Haus“ legt eine an."
            }
            Self::Steps => "Ich kann keine Schritte hinzufügen: Öffne die Aufgabe auf der Seite.",
            Self::Elsewhere => "Das kann ich nicht: Ich füge Aufgaben hinzu, erledige, ändere, datiere und lösche sie.",
            Self::Copies => "Ich kann Aufgaben nicht verdoppeln; sag „füge … hinzu“ mit demselben Titel.",
        }
    }
}

const DAYS: [&str; 35] = [
    "today",
    "tonight",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "weekend",
    "noon",
    "midnight",
    "o'clock",
    "deadline",
    "overdue",
    "heute",
    "morgen",
    "übermorgen",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "wochenende",
    "uhr",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "täglich",
    "wöchentlich",
    "monatlich",
];
const DATE_PHRASES: [&str; 13] = [
    "next week",
    "next month",
    "this week",
    "in an hour",
    "every day",
    "every week",
    "every month",
    "due date",
    "due by",
    "due on",
    "nächste woche",
    "jeden tag",
    "jede woche",
];
/// Sentences that ask for a date.
const DATING: [&str; 14] = [
    "wiederhole ",
    "reschedule ",
    "repeat ",
    "postpone ",
    "delay ",
    "defer ",
    "snooze ",
    "schedule task ",
    "verschiebe ",
    "verschieb ",
    "set a due date ",
    "set the due date ",
    "set due date ",
    "set a deadline ",
];
/// What begins an order to give a date that may be missing.
const SETTING_DATES: [&str; 10] = [
    "set due date",
    "set a due date",
    "set the due date",
    "set a date",
    "set the date",
    "setze ein fälligkeitsdatum",
    "setze das fälligkeitsdatum",
    "setze fälligkeitsdatum",
    "setz ein fälligkeitsdatum",
    "setz das fälligkeitsdatum",
];
/// Whether a text has a word for a day or a time.
pub(super) fn names_time(text: &str) -> bool {
    let lower = text.to_lowercase();
    has_word(&lower, &DAYS) || DATE_PHRASES.iter().any(|phrase| lower.contains(phrase)) || names_hour(&lower)
}

/// Whether a text has words for a day, or for a period such as "next week".
pub(super) fn names_period(text: &str) -> bool {
    names_time(text) || has_period(text)
}

/// Whether a text is nothing but a day or a time, as in "on Friday".
pub(super) fn is_only_time(text: &str) -> bool {
    let lower = text.to_lowercase();
    let little = ["on", "by", "at", "next", "this", "the", "until", "till", "am", "bis", "um"];
    names_time(text) && words(&lower).all(|word| little.contains(&word) || DAYS.contains(&word) || names_hour(word))
}

/// What a task that was added does not get.
pub(super) fn lacks_when_added(message: &str) -> Option<MissingFeature> {
    let lower = message.to_lowercase();
    match () {
        () if lower.contains("remind") || lower.contains("erinner") => Some(MissingFeature::Reminders),
        () if lower.contains(" #") && !lower.contains("task #") || names_other_list(&lower) => {
            Some(MissingFeature::Lists)
        }
        () if names_time(message) => Some(MissingFeature::DateInWords),
        () => None,
    }
}

/// What a message asks for that there is not.
pub(super) fn missing_feature(message: &str) -> Option<MissingFeature> {
    let lower = message.trim().to_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| lower.starts_with(start));
    let is_due = lower.contains("due ") || lower.trim_end_matches('?').ends_with(" due");
    match () {
        () if begins(&["put ", "push "]) && lower.ends_with(" off") => Some(MissingFeature::Dates),
        () if (sets_time(&lower) || begins(&DATING)) && moves_due_tasks(&lower) => Some(MissingFeature::Dates),
        () if begins(&SETTING_DATES) => Some(MissingFeature::Dates),
        () if lower.contains("fällig") && !begins(&["add ", "remind "]) => Some(MissingFeature::DatedList),
        () if lower.contains("overdue") || (is_due && !begins(&["add ", "remind ", "set ", "change ", "make "])) => {
            Some(MissingFeature::DatedList)
        }
        () if begins(&[
            "what's on ",
            "what is on ",
            "what's up ",
            "what do i have on ",
            "do i have anything ",
            "do i have something ",
            "is there anything ",
            "is there something ",
            "was muss ich ",
            "habe ich ",
            "hab ich ",
            "was steht ",
            "was liegt ",
            "anything ",
            "something ",
            "what have i ",
            "what do i have ",
            "what must i ",
            "aufgaben ",
            "meine aufgaben ",
            "tasks ",
            "my tasks ",
            "was hab ich ",
            "was habe ich ",
            "was soll ich ",
            "was ist ",
        ]) && names_period(&lower) =>
        {
            Some(MissingFeature::DatedList)
        }
        () if begins(&["tag ", "label ", "untag "]) => Some(MissingFeature::Lists),
        () if sets_time(&lower) || begins(&DATING) => Some(MissingFeature::Dates),
        () if begins(&["move ", "push "]) && ends_with_time(&lower) => Some(MissingFeature::Dates),
        () if begins(&["make ", "let "]) && lower.contains(" repeat ") => Some(MissingFeature::Dates),
        () => None,
    }
}

/// Whether a message gives a task a time: "move rent to tomorrow", "set the rent for Friday".
fn sets_time(lower: &str) -> bool {
    let sets = [
        "set ", "make ", "mark ", "change ", "give ", "move ", "put ", "update ", "push ", "edit ", "setze ", "setz ",
        "mach ", "schieb ", "schiebe ", "stell ", "stelle ",
    ];
    let time = |between: &str| lower.rsplit_once(between).map(|(_, time)| time.trim_end_matches(['.', '!', '?']));
    sets.iter().any(|verb| lower.starts_with(verb))
        && [" to ", " for ", " on ", " auf ", " am ", " due "]
            .iter()
            .any(|between| time(between).is_some_and(is_told_time))
}

/// Whether a sentence moves the tasks that are due then: "move everything due today to tomorrow".
fn moves_due_tasks(lower: &str) -> bool {
    let object = lower.split_once(' ').map_or("", |(_, object)| object);
    let moved = |between: &str| object.rsplit_once(between).map(|(words, _)| TaskTarget::parse(&english_object(words)));
    [" to ", " until ", " for ", " auf "].iter().any(|between| matches!(moved(between), Some(TaskTarget::Common(_))))
}

/// Whether a sentence ends with a time, as in "move the rent tomorrow".
fn ends_with_time(lower: &str) -> bool {
    let text = lower.trim_end_matches(['.', '!', '?']);
    text.match_indices(' ').any(|(at, _)| is_told_time(text[at..].trim_start()))
}

/// Whether words are a day or a time: "Friday", "tomorrow at 10".
fn is_told_time(words: &str) -> bool {
    let is_written = words.contains(|c: char| c.is_alphabetic() || "-./:".contains(c));
    is_only_time(words) || (is_written && (is_time(words) || is_unread_time(words)))
}

/// Whether a text names a list other than the one there is.
fn names_other_list(lower: &str) -> bool {
    let Some(before) = lower.trim_end_matches(['.', '!', '?']).strip_suffix(" list") else { return false };
    !["my", "the", "todo", "to-do", "task", "shopping", "a"].contains(&before.rsplit(' ').next().unwrap_or_default())
}

/// Whether a text has an hour such as "5pm" or "17:30".
fn names_hour(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '!' | '?')).any(|word| {
        let number = word.trim_end_matches("am").trim_end_matches("pm");
        let hour = number.len() < word.len() && number.parse::<u8>().is_ok();
        let clock = word.split_once(':').is_some_and(|(hour, minute)| {
            hour.parse::<u8>().is_ok() && minute.len() == 2 && minute.parse::<u8>().is_ok()
        });
        hour || clock
    })
}

fn has_word(lower: &str, known: &[&str]) -> bool {
    words(lower).any(|word| known.contains(&word))
}

fn words(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != ':').filter(|word| !word.is_empty())
}
