//! What the list does not have yet. It is said in one sentence, so that nothing is promised.

const NO_REMINDERS: &str = "I cannot remind you: there are no reminders yet.";
const NO_DATES: &str = "There are no due dates yet; what you said about the time stays in the words of the task.";
const CANNOT_DATE: &str = "I cannot set dates yet: tasks have none.";
const NO_PRIORITIES: &str = "I cannot set priorities yet.";
const NO_ORDER: &str = "I cannot change the order of tasks yet.";
const NO_LISTS: &str = "I keep one list only; there are no other lists, tags or folders yet.";
const NO_COPIES: &str = "I cannot duplicate tasks; say \"add\" and the title again.";

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
const PRIORITIES: [&str; 8] =
    ["priority", "priorities", "urgent", "important", "asap", "priorität", "dringend", "wichtig"];
/// Sentences that ask for nothing else than what there is not.
const ORDERS: [&str; 24] = [
    "reschedule ",
    "repeat ",
    "set an alarm",
    "wake me ",
    "tag ",
    "label ",
    "sort ",
    "reorder ",
    "order my",
    "order the",
    "prioritise ",
    "prioritize ",
    "postpone ",
    "snooze ",
    "schedule task ",
    "duplicate ",
    "copy task ",
    "sortiere ",
    "verschiebe ",
    "set a reminder ",
    "set reminder ",
    "set a due date ",
    "set the due date ",
    "set due date ",
];

/// Whether a text has a word for a day or a time.
pub(super) fn names_time(text: &str) -> bool {
    let lower = text.to_lowercase();
    has_word(&lower, &DAYS) || DATE_PHRASES.iter().any(|phrase| lower.contains(phrase)) || names_hour(&lower)
}

/// Whether a text is nothing but a day or a time, as in "on Friday".
pub(super) fn is_only_time(text: &str) -> bool {
    let lower = text.to_lowercase();
    let little = ["on", "by", "at", "next", "this", "the", "until", "till", "am", "bis", "um"];
    names_time(text) && words(&lower).all(|word| little.contains(&word) || DAYS.contains(&word) || names_hour(word))
}

/// The sentence about what a task that was added does not get.
pub(super) fn note_on_added(message: &str) -> Option<&'static str> {
    let lower = message.to_lowercase();
    match () {
        () if lower.contains("remind") || lower.contains("erinner") => Some(NO_REMINDERS),
        () if names_priority(&lower) => Some(NO_PRIORITIES),
        () if lower.contains(" #") && !lower.contains("task #") || names_other_list(&lower) => Some(NO_LISTS),
        () if names_time(message) => Some(NO_DATES),
        () => None,
    }
}

/// The sentence about a list that cannot be filtered by time.
pub(super) fn note_on_list(message: &str) -> Option<&'static str> {
    names_time(message).then_some("Tasks have no dates yet, so these are all of them.")
}

/// The sentence for a message that asks for what there is not.
pub(super) fn missing_feature(message: &str) -> Option<&'static str> {
    let lower = message.trim().to_lowercase();
    let begins = ORDERS.iter().any(|start| lower.starts_with(start));
    let sets = ["set ", "make ", "mark ", "change ", "give ", "move ", "put ", "setze ", "mach "]
        .iter()
        .any(|verb| lower.starts_with(verb));
    let to_place = [
        " to the top",
        " to the bottom",
        " to the end",
        " up",
        " down",
        " above ",
        " below ",
        " first",
        " last",
        "nach oben",
        "nach unten",
    ];
    match () {
        () if (lower.starts_with("move ") || lower.starts_with("put "))
            && to_place.iter().any(|place| lower.ends_with(place) || lower.contains(" to the top")) =>
        {
            Some(NO_ORDER)
        }
        () if lower.starts_with("duplicate ") || lower.starts_with("copy task ") => Some(NO_COPIES),
        () if lower.starts_with("sort") || lower.starts_with("reorder ") || lower.starts_with("order ") => {
            Some(NO_ORDER)
        }
        () if lower.starts_with("prioriti") || (sets && names_priority(&lower)) => Some(NO_PRIORITIES),
        () if (lower.starts_with("put ") || lower.starts_with("push ")) && lower.ends_with(" off") => Some(CANNOT_DATE),
        () if lower.contains("overdue")
            || lower.contains("due ")
            || lower.ends_with(" due")
            || lower.ends_with(" due?") =>
        {
            Some("Tasks have no dates yet. Say \"what's left?\" for all that are open.")
        }
        () if begins && (lower.contains("reminder") || lower.contains("alarm") || lower.starts_with("wake ")) => {
            Some(NO_REMINDERS)
        }
        () if lower.starts_with("tag ") || lower.starts_with("label ") => Some(NO_LISTS),
        () if (sets || lower.starts_with("update "))
            && lower
                .rsplit_once(" to ")
                .is_some_and(|(_, time)| is_only_time(time.trim_end_matches(['.', '!', '?']))) =>
        {
            Some(CANNOT_DATE)
        }
        () if (lower.starts_with("what") || lower.starts_with("which")) && names_priority(&lower) => {
            Some(NO_PRIORITIES)
        }
        () if begins => Some(CANNOT_DATE),
        () => None,
    }
}

/// Whether a text has a word for a priority.
pub(super) fn names_priority(lower: &str) -> bool {
    has_word(lower, &PRIORITIES)
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
