//! What the name of an argument means: an argument of the tool, a mistake for one, or something of a host's own.

use serde_json::{Map, Value};

use super::note::MAX_NAME;
use super::table::{Tool, ToolArgument, new_task_tool};
use super::tool_name::{ADD_TASK, ADD_TASKS, COMPLETE_TASK, COMPLETE_TASKS};

/// What a name means in a call of one tool.
pub(super) enum ArgumentMeaning {
    /// This argument.
    Known(&'static ToolArgument),
    /// A mistake. The message is a sentence without its subject.
    Mistaken(String),
    /// Something of the host's own.
    Foreign,
}

/// From this many letters on, a name may be two edits away from the right one.
const LONG_NAME: usize = 7;

/// The words of other to-do servers, of Google Tasks and of iCalendar for what an argument here holds, folded.
const SYNONYMS: [(&str, &[&str]); 18] = [
    ("title", &["name", "summary", "content", "task", "tasktitle", "taskname", "subject", "text", "todo"]),
    ("description", &["notes", "note", "details", "body", "desc", "comment", "comments", "taskdescription"]),
    ("task_id", &["id", "taskid", "uid", "todoid", "tid", "tasknumber"]),
    (
        "completed",
        &["done", "checked", "iscompleted", "isdone", "isfinished", "uncomplete", "completedat", "status", "state"],
    ),
    ("priority", &["importance", "urgency"]),
    ("due", &["duedate", "duestring", "duedatetime", "deadline", "deadlinedate", "duelang", "date"]),
    ("repeat", &["recurrence", "rrule", "repeatafter", "recurring", "repeatrule"]),
    ("remind", &["reminder", "reminders", "remindme", "remindat", "alarm", "alarms", "reminderminutes", "notify"]),
    ("parent", &["parentid", "parenttask", "parenttaskid", "relatedto", "subtaskof"]),
    ("change", &["changeid", "changenumber"]),
    ("tags", &["labels", "label", "categories"]),
    ("list", &["projectid", "project", "listid", "listname", "sectionid", "tasklist"]),
    ("query", &["q", "search", "searchtext", "searchquery", "keyword", "keywords", "words", "term", "text"]),
    ("sort", &["sortby", "orderby", "order", "ordering"]),
    ("limit", &["maxresults", "pagesize", "perpage", "max", "count"]),
    ("cursor", &["pagetoken", "nextcursor", "nextpagetoken", "page", "after"]),
    ("task_ids", &["ids", "taskid", "id", "tasks"]),
    ("status", &["filter", "state", "showcompleted", "showhidden", "completed", "done"]),
];

/// The words of others for what these tools do not take, folded.
const UNSUPPORTED: [(&str, &[&str]); 1] =
    [("tasks have no start here; use due or write it into description", &["startdate", "dtstart", "start"])];

/// The words for several tasks where a tool takes one, folded, the argument for one, and the tool that takes several.
const PLURALS: [(&str, &[&str], &str, &str); 2] = [
    (COMPLETE_TASK, &["taskids", "ids", "tasks"], "task_id", COMPLETE_TASKS),
    (ADD_TASK, &["tasks", "titles", "todos", "items"], "title", ADD_TASKS),
];

/// The meaning of `name` among the arguments of a call.
pub(super) fn meaning(tool: &'static Tool, name: &str, given: &Map<String, Value>) -> ArgumentMeaning {
    if let Some(known) = tool.arguments.iter().find(|argument| argument.name == name) {
        return ArgumentMeaning::Known(known);
    }
    let folded = folded(name);
    if let Some(message) = plural(tool, &folded) {
        return ArgumentMeaning::Mistaken(message);
    }
    let is_open = |argument: &&ToolArgument| given.get(argument.name).is_none_or(Value::is_null);
    let mut open = tool.arguments.iter().filter(is_open);
    if let Some(near) = open.clone().find(|argument| is_near(&folded, argument.name)) {
        let message = format!("is not known; did you mean \"{}\"? {}", near.name, tool.known_arguments());
        return ArgumentMeaning::Mistaken(message);
    }
    let is_meant = |argument: &&ToolArgument| {
        SYNONYMS.iter().any(|(right, words)| *right == argument.name && words.contains(&folded.as_str()))
    };
    if let Some(meant) = open.find(is_meant) {
        return ArgumentMeaning::Mistaken(format!("is not known; use \"{}\" for it.", meant.name));
    }
    match UNSUPPORTED.iter().find(|(_, words)| words.contains(&folded.as_str())) {
        Some((what, _)) if tool.describes_tasks() => ArgumentMeaning::Mistaken(format!("is not known: {what}.")),
        _ => ArgumentMeaning::Foreign,
    }
}

/// What to do instead, where a name stands for several tasks and the tool takes one.
fn plural(tool: &Tool, folded: &str) -> Option<String> {
    let (_, _, argument, several) =
        PLURALS.iter().find(|(one, words, ..)| *one == tool.name && words.contains(&folded))?;
    Some(format!("is not known; use \"{argument}\" for one task, or the tool {several} for several."))
}

/// The names in the items that are a host's own, each once.
pub(super) fn foreign_names<'a>(items: &'a [Value], names: &mut Vec<&'a str>) {
    let objects = items.iter().filter_map(Value::as_object);
    for (arguments, (name, value)) in
        objects.flat_map(|object: &Map<String, Value>| object.iter().map(move |it| (object, it)))
    {
        let is_foreign =
            !value.is_null() && matches!(meaning(new_task_tool(), name, arguments), ArgumentMeaning::Foreign);
        if is_foreign && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
}

impl Tool {
    fn known_arguments(&self) -> String {
        let names: Vec<&str> = self.arguments.iter().map(|argument| argument.name).collect();
        format!("Known here: {}.", names.join(", "))
    }

    /// Whether a call may say what a task is about.
    fn describes_tasks(&self) -> bool {
        self.arguments.iter().any(|argument| argument.name == "description")
    }
}

/// A name without what people write differently. No argument is as long as what is cut off.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).take(MAX_NAME).flat_map(char::to_lowercase).collect()
}

fn is_near(folded_name: &str, known: &str) -> bool {
    let right = folded(known);
    let most = if right.chars().count() >= LONG_NAME { 2 } else { 1 };
    edits(folded_name, &right) <= most
}

/// How many letters must be inserted, deleted, replaced or swapped with their neighbour to get from one word to the other.
fn edits(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=to.len()).collect()];
    for i in 1..=from.len() {
        let mut row = vec![i];
        for j in 1..=to.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(from[i - 1] != to[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[from.len()][to.len()]
}

#[cfg(test)]
mod tests;
