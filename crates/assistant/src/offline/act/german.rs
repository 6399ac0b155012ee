//! The offline assistant's replies in German.

use crate::language::Language;
use crate::offline::act::find::ListedTask;
use crate::offline::act::limits::{MAX_CALLS, MAX_CHANGES};
use crate::offline::act::moment::moments;
use crate::offline::act::reply::{CallReport, ListReply, OfflineReply, TaskAct, UndoReport, lines};

pub(crate) const NOTICE: &str =
    "Ich bin der Offline-Assistent: Es ist kein Sprachmodell verbunden. Sag „Hilfe“, um zu sehen, was ich verstehe.";
/// The question for the title of a new task.
pub(crate) const ASK_TITLE: &str = "Wie soll die Aufgabe heißen?";
/// The question for the new title of a task.
pub(crate) const ASK_NEW_TITLE: &str = "Wie soll der neue Titel lauten?";
/// The beginning of each offer to add tasks.
pub(crate) const OFFER: &str = "Soll ich ";
/// A part of each question for which task is meant.
pub(crate) const ASK_WHICH: &str = "Welche ";

const HELP: &str = "Ich verstehe einfache Sätze über deine Aufgaben, deutsch und englisch. Zum Beispiel:\n- Füge Milch hinzu\n- \
    Zeig mir meine Aufgaben / Was ist noch offen? / Suche Milch\n- Erledige Aufgabe 1 / Markiere Milch als erledigt\n- Öffne \
    Aufgabe 1 wieder\n- Benenne Aufgabe 2 in Brot kaufen um\n- Setze Aufgabe 2 auf hohe Priorität\n- Erinnere mich morgen um 17 Uhr daran, Mama anzurufen / Erinnere mich am Freitag an Aufgabe \
    2\n- Lösche Aufgabe 3\n- \
    Rückgängig\nMehreres in einem Satz geht auch: Füge Milch hinzu und lösche Aufgabe 3.";

/// A reply in German.
pub(super) fn render(reply: &OfflineReply) -> String {
    use OfflineReply as Reply;
    match reply {
        Reply::Help => HELP.into(),
        Reply::NotUnderstood => "Das habe ich nicht verstanden. Sag „Hilfe“, um zu sehen, was ich verstehe.".into(),
        Reply::Welcome => "Gern geschehen.".into(),
        Reply::NothingToConfirm => "Es gibt nichts zu bestätigen.".into(),
        Reply::LeftAsIs => "Gut, ich lasse alles, wie es ist.".into(),
        Reply::OfferTasks(titles) => match titles.as_slice() {
            [title] => format!("{OFFER}„{title}“ in deine Liste aufnehmen? Sag „ja“ oder „nein“."),
            titles => format!(
                "{OFFER}{} Aufgaben in deine Liste aufnehmen: {}? Sag „ja“ oder „nein“.",
                titles.len(),
                titles.join(", ")
            ),
        },
        Reply::Missing(feature) => feature.german().into(),
        Reply::AskDoneOrDue(title) => format!(
            "Ist „{title}“ erledigt, oder ist das der Termin? Sag „erledige {title}“, wenn es \
             getan ist."
        ),
        Reply::AskDoneOrChanged(ListedTask { id, title, .. }) => format!(
            "Meinst du, dass #{id} {title} erledigt ist, oder soll die Aufgabe geändert oder gelöscht werden? Sag „erledige \
             Aufgabe {id}“ oder „lösche Aufgabe {id}“."
        ),
        Reply::AskWhatToDo => "Was soll ich damit tun? Sag zum Beispiel „erledige Aufgabe 3“.".into(),
        Reply::RestoreHow => "Sag „stelle Aufgabe 3 wieder her“, oder „rückgängig“ für die letzte Änderung.".into(),
        Reply::AskTitle => format!("{ASK_TITLE} Zum Beispiel: „Füge Milch kaufen hinzu“."),
        Reply::AskNewTitle => format!("{ASK_NEW_TITLE} Sag zum Beispiel „benenne Aufgabe 2 in Brot kaufen um“."),
        Reply::AskWhich(act) => {
            let verb = verb(*act);
            format!("{ASK_WHICH}Aufgabe soll ich {verb}? Nenne Nummer oder Titel, zum Beispiel „{}“.", order(*act, 3))
        }
        Reply::Ambiguous(act, tasks) => format!(
            "Mehrere Aufgaben passen:\n{}\n{ASK_WHICH}meinst du? Sag zum Beispiel „{}“.",
            listed(&tasks[..tasks.len().min(MAX_CALLS)]),
            order(*act, tasks[0].id)
        ),
        Reply::NotFound(words) => {
            format!("Ich habe keine Aufgabe „{words}“ gefunden. Sag „zeig mir meine Aufgaben“, um sie zu sehen.")
        }
        Reply::NoneFound => "So eine Aufgabe habe ich nicht gefunden. Sag „zeig mir meine Aufgaben“ für alle.".into(),
        Reply::NothingTo(act) => format!("Es gibt nichts zu {}.", zu(*act)),
        Reply::StillOpen(tasks) => format!("Noch offen:\n{}", listed(tasks)),
        Reply::TooManyTitles(count) => {
            format!(
                "Ich nehme höchstens {MAX_CALLS} Aufgaben auf einmal auf, und das sind {count}. Keine wurde aufgenommen."
            )
        }
        Reply::TooManyTasks(_, count) => {
            format!("Das sind {count} Aufgaben; ich ändere höchstens {MAX_CHANGES} auf einmal.")
        }
        Reply::Report(act, reports) => reports.iter().map(|one| report(*act, one)).collect::<Vec<_>>().join("\n"),
        Reply::List(list) => render_list(list),
        Reply::AskWhen => "Auf welchen Tag? Sag zum Beispiel „verschiebe Aufgabe 3 auf morgen“.".into(),
        Reply::Due(tasks) if tasks.is_empty() => "Nichts ist fällig.".into(),
        Reply::Due(tasks) => format!("Fällig:\n{}", listed(tasks)),
        Reply::Undated(tasks) if tasks.is_empty() => "Jede offene Aufgabe hat ein Datum.".into(),
        Reply::Undated(tasks) => format!("Ohne Datum:\n{}", listed(tasks)),
        Reply::Shown(tasks) => shown(tasks),
        Reply::ListUnread(error) => format!("Ich konnte deine Aufgaben nicht lesen: {}", translated(error)),
        Reply::Undone(reports) => reports.iter().map(undone).collect::<Vec<_>>().join("\n"),
        Reply::Reminder(reply) => reply.german(),
        Reply::AskLess => "Ich höre hier auf: Bitte verlange weniger auf einmal.".into(),
        Reply::Several(replies) => replies.iter().map(render).collect::<Vec<_>>().join("\n"),
    }
}

/// Tasks as they are, with the description of one.
fn shown(tasks: &[ListedTask]) -> String {
    match tasks {
        [ListedTask { description: Some(text), .. }] => format!("{}\n{text}", listed(tasks)),
        _ => listed(tasks),
    }
}

fn listed(tasks: &[ListedTask]) -> String {
    lines(tasks, " (erledigt)")
}

fn render_list(list: &ListReply) -> String {
    let ListReply { status, priority, counts, tasks, more, names_time } = list;
    let status = match *status {
        "pending" => "offenen ",
        "completed" => "erledigten ",
        _ => "",
    };
    let priority = priority.map_or_else(String::new, |priority| format!(" mit {} Priorität", named(priority)));
    if tasks.is_empty() {
        return format!("Du hast keine {status}Aufgaben{priority}.");
    }
    let title = match (counts, tasks.len(), more) {
        (false, ..) => format!("Deine {status}Aufgaben{priority}"),
        (true, n, more) => {
            let status = status.strip_suffix("n ").map_or_else(String::new, |stem| format!("{stem} "));
            let noun = if n == 1 && !more { "Aufgabe" } else { "Aufgaben" };
            format!("Du hast {}{n} {status}{noun}{priority}", if *more { "mehr als " } else { "" })
        }
    };
    let more = if *more { "\n… und mehr: siehe die Seite mit den Aufgaben." } else { "" };
    let note = if *names_time { "\nAufgaben haben noch kein Datum, darum sind das alle." } else { "" };
    format!("{title}:\n{}{more}{note}", listed(tasks))
}

fn undone(report: &UndoReport) -> String {
    match report {
        UndoReport::BroughtBack(tasks) => format!("Zurückgeholt: {}.", lines(tasks, "").replace('\n', ", ")),
        UndoReport::Undone(what) if what.starts_with("undone ") => format!("Noch einmal getan: {}.", quoted(what)),
        UndoReport::Undone(what) => format!("Rückgängig gemacht: {}.", quoted(what)),
        UndoReport::NothingLeft => "In diesem Gespräch ist nichts mehr rückgängig zu machen.".to_owned(),
        UndoReport::Failed(error) => format!("Nichts wurde rückgängig gemacht: {}", translated(error)),
    }
}

fn report(act: TaskAct, one: &CallReport) -> String {
    let (subject, times) = match one {
        CallReport::Done(subject, times) => (subject, moments(times, Language::German)),
        CallReport::Failed(error)
            if matches!(act, TaskAct::Prioritise(_) | TaskAct::Remind | TaskAct::StopReminding) =>
        {
            return format!("Nicht geändert: {}", translated(error));
        }
        CallReport::Failed(error) => return format!("Nicht {}: {}", participle(act).to_lowercase(), translated(error)),
    };
    match act {
        TaskAct::Prioritise(priority) => format!("Jetzt mit {} Priorität: {subject}.", named(priority)),
        TaskAct::StopReminding => format!("Keine Erinnerung mehr: {subject}."),
        TaskAct::Remind if !times.is_empty() => format!("Ich erinnere dich {times}: {subject}."),
        TaskAct::Add | TaskAct::Schedule if !times.is_empty() => {
            format!("{}: {subject}. Ich erinnere dich {times}.", participle(act))
        }
        act => format!("{}: {subject}.", participle(act)),
    }
}

fn participle(act: TaskAct) -> &'static str {
    match act {
        TaskAct::Add => "Hinzugefügt",
        TaskAct::Show => "Gezeigt",
        TaskAct::Complete => "Erledigt",
        TaskAct::Reopen => "Wieder offen",
        TaskAct::Delete => "Gelöscht",
        TaskAct::Rename => "Umbenannt",
        TaskAct::Describe => "Beschrieben",
        TaskAct::Schedule => "Geändert",
        TaskAct::Prioritise(_) | TaskAct::Remind | TaskAct::StopReminding => "Geändert",
    }
}

/// An error of the tools that a German user reads.
fn translated(error: &str) -> String {
    let missing = error.strip_prefix("No task with id ").and_then(|rest| rest.strip_suffix('.'));
    match (missing, error) {
        (Some(id), _) => format!("Es gibt keine Aufgabe #{id}."),
        (None, error) if error.starts_with("Nothing was deleted") => "Es wurde nichts gelöscht.".to_owned(),
        (None, error) if error.starts_with("There is no change of yours") => {
            "Es gibt keine Änderung von mir, die noch gilt.".to_owned()
        }
        (None, error) => error.to_owned(),
    }
}

fn named(priority: &str) -> &'static str {
    match priority {
        "high" => "hoher",
        "medium" => "mittlerer",
        "low" => "niedriger",
        _ => "keiner",
    }
}

fn verb(act: TaskAct) -> &'static str {
    match act {
        TaskAct::Add => "hinzufügen",
        TaskAct::Show => "zeigen",
        TaskAct::Complete => "erledigen",
        TaskAct::Reopen => "wieder öffnen",
        TaskAct::Delete => "löschen",
        TaskAct::Rename => "umbenennen",
        TaskAct::Describe => "beschreiben",
        TaskAct::Schedule => "verschieben",
        TaskAct::Remind => "dir ins Gedächtnis rufen",
        TaskAct::StopReminding => "nicht mehr erwähnen",
        TaskAct::Prioritise(_) => "ändern",
    }
}

/// The infinitive after "zu".
fn zu(act: TaskAct) -> &'static str {
    match act {
        TaskAct::Reopen => "öffnen",
        act => verb(act),
    }
}

/// An order about a task, as an example.
fn order(act: TaskAct, id: i64) -> String {
    match act {
        TaskAct::Add => "füge Milch hinzu".to_owned(),
        TaskAct::Show => format!("zeig mir Aufgabe {id}"),
        TaskAct::Complete => format!("erledige Aufgabe {id}"),
        TaskAct::Reopen => format!("öffne Aufgabe {id} wieder"),
        TaskAct::Delete => format!("lösche Aufgabe {id}"),
        TaskAct::Rename => format!("benenne Aufgabe {id} in Brot kaufen um"),
        TaskAct::Describe => format!("beschreibe Aufgabe {id}: 2 Liter"),
        TaskAct::Schedule => format!("verschiebe Aufgabe {id} auf morgen"),
        TaskAct::Remind => format!("erinnere mich morgen um 9 an Aufgabe {id}"),
        TaskAct::StopReminding => format!("erinnere mich nicht mehr an Aufgabe {id}"),
        TaskAct::Prioritise(_) => format!("setze Aufgabe {id} auf hohe Priorität"),
    }
}

/// The title in what a tool undid; all of it if there is none.
fn quoted(undone: &str) -> &str {
    undone.find('"').map_or(undone, |at| &undone[at..])
}
