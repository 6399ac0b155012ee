//! The order of tasks in a list.

/// By what tasks are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderKey {
    Due,
    Priority,
    Title,
    Created,
    Updated,
}

/// The order of tasks in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TaskOrder {
    pub(crate) key: OrderKey,
    /// Whether the last day, the last letter or the newest comes first; for a priority, whether the low ones do.
    pub(crate) is_reversed: bool,
}

impl TaskOrder {
    /// The value of the argument of the tool.
    pub(crate) fn argument(self) -> &'static str {
        match (self.key, self.is_reversed) {
            (OrderKey::Due, false) => "due",
            (OrderKey::Due, true) => "-due",
            (OrderKey::Priority, false) => "priority",
            (OrderKey::Priority, true) => "-priority",
            (OrderKey::Title, false) => "title",
            (OrderKey::Title, true) => "-title",
            (OrderKey::Created, false) => "created_at",
            (OrderKey::Created, true) => "-created_at",
            (OrderKey::Updated, false) => "updated_at",
            (OrderKey::Updated, true) => "-updated_at",
        }
    }
}

/// By what tasks are ordered, in the words after "by" or "nach".
const KEYS: [(&str, OrderKey); 36] = [
    ("due date", OrderKey::Due),
    ("due dates", OrderKey::Due),
    ("due day", OrderKey::Due),
    ("deadline", OrderKey::Due),
    ("date", OrderKey::Due),
    ("due", OrderKey::Due),
    ("when they are due", OrderKey::Due),
    ("fälligkeit", OrderKey::Due),
    ("fälligkeitsdatum", OrderKey::Due),
    ("datum", OrderKey::Due),
    ("termin", OrderKey::Due),
    ("priority", OrderKey::Priority),
    ("importance", OrderKey::Priority),
    ("urgency", OrderKey::Priority),
    ("priorität", OrderKey::Priority),
    ("wichtigkeit", OrderKey::Priority),
    ("dringlichkeit", OrderKey::Priority),
    ("title", OrderKey::Title),
    ("name", OrderKey::Title),
    ("alphabet", OrderKey::Title),
    ("titel", OrderKey::Title),
    ("namen", OrderKey::Title),
    ("dem alphabet", OrderKey::Title),
    ("creation date", OrderKey::Created),
    ("date of creation", OrderKey::Created),
    ("date added", OrderKey::Created),
    ("creation", OrderKey::Created),
    ("age", OrderKey::Created),
    ("erstellungsdatum", OrderKey::Created),
    ("erstellung", OrderKey::Created),
    ("alter", OrderKey::Created),
    ("last change", OrderKey::Updated),
    ("date changed", OrderKey::Updated),
    ("letzter änderung", OrderKey::Updated),
    ("änderung", OrderKey::Updated),
    ("änderungsdatum", OrderKey::Updated),
];
/// Orders that have words of their own, and whether they are reversed.
const WHOLE: [(&str, OrderKey, bool); 28] = [
    ("in alphabetical order", OrderKey::Title, false),
    ("alphabetically", OrderKey::Title, false),
    ("alphabetical", OrderKey::Title, false),
    ("alphabetisch", OrderKey::Title, false),
    ("newest first", OrderKey::Created, true),
    ("newest ones first", OrderKey::Created, true),
    ("most recent first", OrderKey::Created, true),
    ("neueste zuerst", OrderKey::Created, true),
    ("neuste zuerst", OrderKey::Created, true),
    ("neuesten zuerst", OrderKey::Created, true),
    ("neusten zuerst", OrderKey::Created, true),
    ("oldest first", OrderKey::Created, false),
    ("oldest ones first", OrderKey::Created, false),
    ("älteste zuerst", OrderKey::Created, false),
    ("ältesten zuerst", OrderKey::Created, false),
    ("most important first", OrderKey::Priority, false),
    ("most urgent first", OrderKey::Priority, false),
    ("important ones first", OrderKey::Priority, false),
    ("urgent ones first", OrderKey::Priority, false),
    ("wichtigste zuerst", OrderKey::Priority, false),
    ("wichtigsten zuerst", OrderKey::Priority, false),
    ("dringendste zuerst", OrderKey::Priority, false),
    ("dringendsten zuerst", OrderKey::Priority, false),
    ("earliest first", OrderKey::Due, false),
    ("soonest first", OrderKey::Due, false),
    ("früheste zuerst", OrderKey::Due, false),
    ("frühesten zuerst", OrderKey::Due, false),
    ("latest due first", OrderKey::Due, true),
];
/// What stands before what tasks are ordered by.
const BY: [&str; 11] = [
    "sorted by",
    "sort by",
    "sort them by",
    "ordered by",
    "order by",
    "in order of",
    "by",
    "sortiert nach",
    "geordnet nach",
    "sortiere nach",
    "nach",
];
/// Words that say that a list is ordered.
const SORTED: [&str; 6] = ["sorted", "ordered", "sort", "sortiert", "geordnet", "order"];
/// Words for a direction, and whether the greatest comes first.
const DIRECTIONS: [(&str, bool); 6] = [
    ("descending", true),
    ("absteigend", true),
    ("reversed", true),
    ("rückwärts", true),
    ("ascending", false),
    ("aufsteigend", false),
];

/// The order that these words begin with, and how many of them say it.
pub(super) fn order_at(words: &[&str]) -> Option<(TaskOrder, usize)> {
    let begins = |words: &[&str], phrase: &str| {
        let length = phrase.split(' ').count();
        words.get(..length).is_some_and(|start| start.iter().copied().eq(phrase.split(' '))).then_some(length)
    };
    let sorting = usize::from(words.first().is_some_and(|word| SORTED.contains(word)));
    let whole = WHOLE.iter().find_map(|(phrase, key, is_reversed)| {
        Some((*key, *is_reversed, begins(&words[sorting..], phrase)? + sorting))
    });
    if let Some((key, is_reversed, length)) = whole {
        return Some((TaskOrder { key, is_reversed }, length));
    }
    let by = BY.iter().filter_map(|phrase| begins(words, phrase)).max()?;
    let (key, length) = KEYS
        .iter()
        .filter_map(|(phrase, key)| Some((*key, begins(&words[by..], phrase)?)))
        .max_by_key(|(_, length)| *length)?;
    let behind = &words[by + length..];
    let sorted = usize::from(behind.first().is_some_and(|word| SORTED.contains(word)));
    let direction = behind.get(sorted).and_then(|word| DIRECTIONS.iter().find(|(name, _)| name == word));
    // High priorities are the greatest, and come first by themselves.
    let is_reversed = direction.is_some_and(|(_, is_greatest)| *is_greatest == (key != OrderKey::Priority));
    Some((TaskOrder { key, is_reversed }, by + length + sorted + usize::from(direction.is_some())))
}
