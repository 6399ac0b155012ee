//! Names of columns and members, in English and German.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KnownColumn {
    Title,
    Description,
    Completed,
    CompletedAt,
    Due,
    Deadline,
    DueTime,
    Repeat,
    RepeatEvery,
    RepeatFrom,
    RepeatAnchor,
    RepeatPassed,
    Remind,
    Priority,
    Tags,
    List,
    Parent,
    Order,
    CreatedAt,
    UpdatedAt,
    /// The number or key of the task: what others name as their parent.
    Key,
    Deleted,
    /// A part that is not kept, with its code.
    Lost(&'static str),
    /// What says nothing about a task: its owner, or how a program shows it.
    Ignored,
}

/// For each meaning its names, as [`folded`] writes them.
const NAMES: [(KnownColumn, &str); 28] = [
    (
        KnownColumn::Title,
        "title task taskname tasktitle name subject summary todo item what text titel aufgabe betreff bezeichnung was \
         zusammenfassung",
    ),
    (
        KnownColumn::Description,
        "description notes note details body content comment comments memo beschreibung notiz notizen bemerkung \
         anmerkung kommentar inhalt",
    ),
    (
        KnownColumn::Completed,
        "completed complete done isdone iscompleted finished checked ischecked closed status state %complete erledigt \
         fertig abgeschlossen %erledigt",
    ),
    (
        KnownColumn::CompletedAt,
        "completedat datecompleted completiondate doneat doneon finishedat completeddate completedon erledigtam \
         abgeschlossenam",
    ),
    (
        KnownColumn::Due,
        "due duedate dueat duedatetime dueon date when until by fallig falligam falligkeit falligkeitsdatum termin \
         frist datum bis biswann",
    ),
    (KnownColumn::Deadline, "deadline deadlinedate"),
    (KnownColumn::DueTime, "duetime time uhrzeit zeit"),
    (
        KnownColumn::Repeat,
        "repeat repeats recurrence recurring rrule recurringtype recurrencetype recurrencepattern recurrencerule \
         repeatrule wiederholung wiederholen serie",
    ),
    (KnownColumn::RepeatFrom, "repeatfrom"),
    (KnownColumn::RepeatAnchor, "repeatanchor"),
    (KnownColumn::RepeatPassed, "repeatpassed"),
    (KnownColumn::RepeatEvery, "recurrenceinterval repeatinterval"),
    (KnownColumn::Remind, "remind reminderoffset reminderminutes"),
    (KnownColumn::Priority, "priority prio importance urgency prioritat wichtigkeit dringlichkeit"),
    (
        KnownColumn::Tags,
        "labels label tags tag categories category context etiketten schlagworter kategorie kategorien",
    ),
    (
        KnownColumn::List,
        "list listname project projectname folder section group area liste projekt ordner bereich gruppe",
    ),
    (KnownColumn::Parent, "parent parenttask parentid parenttaskid ubergeordnet ubergeordneteaufgabe"),
    (KnownColumn::Order, "order position sortorder reihenfolge"),
    (KnownColumn::CreatedAt, "createdat created datecreated createdon creationdate erstellt erstelltam"),
    (KnownColumn::UpdatedAt, "updatedat"),
    (KnownColumn::Key, "id taskid uid"),
    (KnownColumn::Deleted, "deleted isdeleted deletedat deletiondate"),
    (KnownColumn::Lost("start_date"), "start startdate startat beginntam startdatum"),
    (KnownColumn::Lost("reminder"), "reminder reminders reminderdate reminddate remindat reminderat"),
    (KnownColumn::Lost("attachment"), "attachments attachment"),
    (KnownColumn::Lost("assignee"), "assignee assignees"),
    (KnownColumn::Lost("duration"), "duration estimate timeestimate"),
    (
        KnownColumn::Ignored,
        "userid owner modifiedat lastmodified overdue repeattext version etag recurrencedays recurrenceenddate",
    ),
];

/// A name without case, spaces, `_`, `-`, accents and a final `?` or `:`.
pub(crate) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.trim().trim_end_matches(['?', ':', ' ']).chars().flat_map(char::to_lowercase) {
        match c {
            ' ' | '\u{a0}' | '_' | '-' | '\t' | '\n' | '\u{300}'..='\u{36f}' => {}
            'à'..='å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è'..='ë' => folded.push('e'),
            'ì'..='ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò'..='ö' => folded.push('o'),
            'ù'..='ü' => folded.push('u'),
            'ß' => folded.push_str("ss"),
            c => folded.push(c),
        }
    }
    folded
}

/// The meaning of a name, if it has one.
pub(crate) fn known_column(name: &str) -> Option<KnownColumn> {
    let name = folded(name);
    let is_named = |names: &str| names.split_ascii_whitespace().any(|known| known == name);
    NAMES.iter().find(|(_, names)| is_named(names)).map(|(column, _)| *column)
}
