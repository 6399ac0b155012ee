//! The offline assistant's replies in German.

use crate::day_words::DayWords;
use crate::language::Language;
use crate::offline::act::find::{ListedTask, lines};
use crate::offline::act::limits::{MAX_CALLS, MAX_CHANGES, MAX_TITLES};
use crate::offline::act::reply::{CallReport, OfflineReply, TaskAct, UndoReport};
use crate::offline::command::TaskQuestion;

pub(crate) const NOTICE: &str =
    "Ich bin der Offline-Assistent: Es ist kein Sprachmodell verbunden. Sag „Hilfe“, um zu sehen, was ich verstehe.";
/// The beginning of each offer to add tasks.
pub(crate) const OFFER: &str = "Soll ich ";
/// A part of each question for which task is meant.
pub(crate) const ASK_WHICH: &str = "Welche ";

/// A reply in German.
pub(super) fn render(reply: &OfflineReply, days: &DayWords) -> String {
    use OfflineReply as Reply;
    match reply {
        Reply::Fixed(reply) => reply.text(Language::German),
        Reply::OfferTasks(titles) => offer(titles),
        Reply::Missing(feature) => feature.german().into(),
        Reply::AskDoneOrDue(title) => format!(
            "Ist „{title}“ erledigt, oder ist das der Termin? Sag „erledige {title}“, wenn es \
             getan ist."
        ),
        Reply::AskTitleOrDate(task, day) => format!(
            "Ist „{day}“ der neue Titel oder das Datum? Sag „verschiebe {} auf {day}“ für das Datum, oder setz den Titel in \
             Anführungszeichen.",
            task.words("Aufgabe")
        ),
        Reply::AskDoneOrChanged(task) => format!(
            "Meinst du, dass #{id} {} erledigt ist, oder soll die Aufgabe geändert oder gelöscht werden? Sag „erledige \
             Aufgabe {id}“ oder „lösche Aufgabe {id}“.",
            task.title,
            id = task.id
        ),
        Reply::AskWhich(act) => {
            let verb = verb(*act);
            format!("{ASK_WHICH}Aufgabe soll ich {verb}? Nenne Nummer oder Titel, zum Beispiel „{}“.", order(*act, 3))
        }
        Reply::Ambiguous(act, tasks) => format!(
            "Mehrere Aufgaben passen:\n{}\n{ASK_WHICH}meinst du? Sag zum Beispiel „{}“.",
            listed(&tasks[..tasks.len().min(MAX_CALLS)], days),
            order(*act, tasks[0].id)
        ),
        Reply::NotFound(words) => {
            format!("Ich habe keine Aufgabe „{words}“ gefunden. Sag „zeig mir meine Aufgaben“, um sie zu sehen.")
        }
        Reply::NoneFound => "So eine Aufgabe habe ich nicht gefunden. Sag „zeig mir meine Aufgaben“ für alle.".into(),
        Reply::NothingTo(act) => format!("Es gibt nichts zu {}.", zu(*act)),
        Reply::StillOpen(tasks) => format!("Noch offen:\n{}", listed(tasks, days)),
        Reply::TooManyTitles(count) => format!(
            "Ich nehme höchstens {MAX_TITLES} Aufgaben auf einmal auf, und das sind {count}. Keine wurde aufgenommen."
        ),
        Reply::FirstOfMany(count) => format!(
            "Das sind {count} Aufgaben, darum nehme ich die ersten {MAX_CHANGES}. Sag danach „die nächsten {MAX_CHANGES}“."
        ),
        Reply::Report(act, reports) => reports.iter().map(|one| report(*act, one, days)).collect::<Vec<_>>().join("\n"),
        Reply::List(list) => list.german(days),
        Reply::UnreadWords(words) => format!(
            "„{words}“ verstehe ich hier nicht. Ich kenne Aufgaben nach Datum, Priorität, Liste, Tag, Wiederholung und Worten \
             ihrer Titel, und sortiere sie nach Fälligkeit, Priorität, Titel oder Alter."
        ),
        Reply::Asked(question, tasks) => asked(*question, tasks, days),
        Reply::Shown(tasks) => shown(tasks, days),
        Reply::ListUnread(error) => format!("Ich konnte deine Aufgaben nicht lesen: {}", translated(error)),
        Reply::Undone(reports) => reports.iter().map(|one| undone(one, days)).collect::<Vec<_>>().join("\n"),
        Reply::Reminder(reply) => reply.german(days),
        Reply::Several(replies) => replies.iter().map(|reply| render(reply, days)).collect::<Vec<_>>().join("\n"),
    }
}

/// The offer to add tasks with these titles.
fn offer(titles: &[String]) -> String {
    match titles {
        [title] => format!("{OFFER}„{title}“ in deine Liste aufnehmen? Sag „ja“ oder „nein“."),
        titles => format!(
            "{OFFER}{} Aufgaben in deine Liste aufnehmen: {}? Sag „ja“ oder „nein“.",
            titles.len(),
            titles.join(", ")
        ),
    }
}

/// The answer to a question about one task, with the task; several tasks as they are.
fn asked(question: TaskQuestion, tasks: &[ListedTask], days: &DayWords) -> String {
    let [task] = tasks else { return listed(tasks, days) };
    let answer = match (question, task.completed) {
        (TaskQuestion::Done, true) => "Ja, das ist erledigt",
        (TaskQuestion::Done, false) => "Nein, das ist noch offen",
        (TaskQuestion::ToDo, true) | (TaskQuestion::Overdue, true) => "Nein, das ist erledigt",
        (TaskQuestion::ToDo, false) => "Ja, das ist noch offen",
        (TaskQuestion::Overdue, false) if task.is_overdue => "Ja, das ist überfällig",
        (TaskQuestion::Overdue, false) => "Nein, das ist nicht überfällig",
    };
    format!("{answer}:\n{}", listed(tasks, days))
}

/// Tasks as they are, with the members of one.
fn shown(tasks: &[ListedTask], days: &DayWords) -> String {
    let [task] = tasks else { return listed(tasks, days) };
    let members = [
        task.priority.as_ref().map(|priority| format!("Priorität: {}.", level(priority))),
        task.list.as_ref().map(|list| format!("Liste: {list}.")),
        (!task.tags.is_empty()).then(|| format!("Tags: {}.", task.tags.join(", "))),
    ];
    let members = members.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let texts = [listed(tasks, days), members, task.description.clone().unwrap_or_default()];
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn listed(tasks: &[ListedTask], days: &DayWords) -> String {
    lines(tasks, " (erledigt)", days)
}

fn undone(report: &UndoReport, days: &DayWords) -> String {
    match report {
        UndoReport::BroughtBack(tasks) => format!("Zurückgeholt: {}.", lines(tasks, "", days).replace('\n', ", ")),
        UndoReport::Undone(what) if what.starts_with("undone ") => format!("Noch einmal getan: {}.", quoted(what)),
        UndoReport::Undone(what) => format!("Rückgängig gemacht: {}.", quoted(what)),
        UndoReport::Failed(error) => format!("Nichts wurde rückgängig gemacht: {}", translated(error)),
    }
}

fn report(act: TaskAct, one: &CallReport, days: &DayWords) -> String {
    let (subject, times) = match one {
        CallReport::Done(task) => {
            let subject = task.named(days);
            let filed =
                task.list().filter(|_| act == TaskAct::Add).map(|list| format!("{subject} auf der Liste {list}"));
            (filed.unwrap_or(subject), task.reminders(days))
        }
        CallReport::Failed(error)
            if matches!(act, TaskAct::Prioritise(_) | TaskAct::Remind | TaskAct::StopReminding) =>
        {
            return format!("Nicht geändert: {}", translated(error));
        }
        CallReport::Failed(error) => return format!("Nicht {}: {}", participle(act).to_lowercase(), translated(error)),
    };
    match act {
        TaskAct::Complete if let Some((done, next)) = one.next_time(days) => {
            format!("Erledigt: {done}. Als Nächstes: {next}.")
        }
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

/// A priority by itself.
fn level(priority: &str) -> &'static str {
    match priority {
        "high" => "hoch",
        "medium" => "mittel",
        _ => "niedrig",
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
