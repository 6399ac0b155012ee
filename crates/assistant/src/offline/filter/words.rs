//! Words of questions and orders about several tasks, lower case.

use crate::offline::phrase::lowercase;
use crate::offline::reminder::has_period;

/// Names of the whole list, which is no list of its own.
const WHOLE_LISTS: &[&str] = &[
    "",
    "my",
    "the",
    "todo",
    "to-do",
    "to do",
    "task",
    "tasks",
    "shopping",
    "whole",
    "full",
    "entire",
    "complete",
    "current",
    "open",
    "pending",
    "completed",
    "done",
    "of",
    "aufgaben",
    "einkaufs",
    "ganze",
    "meine",
    "die",
];

/// Whether a name is one of the whole list.
pub(in super::super) fn is_whole_list(name: &str) -> bool {
    WHOLE_LISTS.contains(&lowercase(name).as_str())
}

/// Words for tasks.
const NOUNS: &str = "\
    tasks task todos todo to-dos to-do items item things thing stuff ones entries reminders chores aufgaben \
    aufgabe sachen dinge einträge punkte termine";
/// Words for several tasks.
const MANY: &str = "\
    all every everything whatever anything something tasks todos to-dos items things stuff ones entries alle allen \
    alles aufgaben sachen dinge einträge punkte etwas";
/// Words that say nothing about which tasks are meant.
const LITTLE: &str = "\
    show list lists display view see give get tell print read open find me us my the a an all every everything \
    whatever anything something of please what what's whats which is are was were be there any some do does did i \
    i've we have has had got that that's those these them it with still yet already now currently also just can \
    could you need needs must should how many much count number total agenda plate overview summary status \
    progress plan up coming upcoming planned scheduled else like want would sort sorted order ordered mine whole \
    entire full having go finish complete update about contain contains containing mention mentioning enthalten \
    zeig zeige liste mir uns bitte mein meine meinen meiner alle allen alles die der das den dem welche welches \
    wie viele viel sind ist gibt es habe hab haben ich wir steht stehen stand liegt noch schon muss müssen soll \
    sollen tun machen mal doch denn so etwas irgendwas sortiere sortier ordne sortiert geordnet hat mit einen eine \
    ein sich anstehen anstehende anstehenden gerade erledigen sag vor bekomme geplant dran los quick nein quickly \
    rundown brief really actually again once more going happening kurz schnell nochmal eigentlich aktuell aktuelle \
    aktuellen gesamte gesamten ganze ganzen übersicht überblick werden wird gibt's wäre";
/// Words around a time, or around something else.
const JOINTS: &str = "\
    due on in at by before after until till til through from to between and or within since than later earlier no \
    next last coming for up as onwards starting this prior beyond past fällig fällige fälligen fälliges am im um \
    bis auf vor nach von vom zum zu zwischen und oder ab seit für innerhalb nächste nächsten nächster nächstes \
    kommende kommenden diese diesen dieser dieses letzte letzten spätestens als spät two three four five six seven \
    ten zwei drei vier fünf sechs sieben zehn einem einer ersten";
/// Units of time, and times that name no day.
const UNITS: &str = "\
    day days week weeks month months year years weekend hour hours minutes tag tage tagen woche wochen monat \
    monats monate monaten jahr jahres jahre stunde stunden wochenende wochenendes morning afternoon evening noon \
    night tonight overdue late früh mittag nachmittag abend vormittag überfällig überfällige überfälligen \
    überfälliges";
/// German adjectives of days, and the days.
const DAY_ADJECTIVES: [(&str, &str); 5] =
    [("heutige", "heute"), ("heutigen", "heute"), ("morgige", "morgen"), ("morgigen", "morgen"), ("today's", "today")];

fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// What a word says about tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordKind {
    /// A condition that is read.
    Condition,
    /// A word for tasks.
    Noun,
    /// A word that adds nothing.
    Little,
    /// A word around a time.
    Joint,
    /// A word that is a time, or a part of one.
    Time,
    Unknown,
}

/// The kind of a word by itself.
pub(super) fn kind_of(word: &str) -> WordKind {
    match word {
        word if has(NOUNS, word) => WordKind::Noun,
        word if has(JOINTS, word) => WordKind::Joint,
        word if has(LITTLE, word) && time_of(word) == word => WordKind::Little,
        word if is_time_word(time_of(word)) => WordKind::Time,
        _ => WordKind::Unknown,
    }
}

/// Whether a word means several tasks.
pub(super) fn is_many(word: &str) -> bool {
    has(MANY, word)
}

/// The time in "today's", "heutigen"; else the word itself.
pub(super) fn time_of(word: &str) -> &str {
    let day = DAY_ADJECTIVES.iter().find(|(adjective, _)| *adjective == word).map(|(_, day)| *day);
    let owner = || word.strip_suffix("'s").filter(|day| is_time_word(day));
    day.or_else(owner).unwrap_or(word)
}

fn is_time_word(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_digit())
        || has(UNITS, word)
        || has_period(word)
        || has_period(&format!("in {word}"))
        || has_period(&format!("im {word}"))
}
