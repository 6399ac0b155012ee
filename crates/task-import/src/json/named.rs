//! JSON by the names of its members: our own export, that of the system we replaced, and of programs nobody described.

use super::members::{KnownMembers, finished_rule, name, names, says_something, texts};
use super::node::{JsonNode, JsonObject};
use super::search::tasks_in;
use super::source::JsonFile;
use super::steps::{add_steps, key};
use crate::collect::{RawTask, TaskCollector};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::line_index::LineIndex;
use crate::names::{KnownColumn, folded, known_column};
use crate::options::ImportOptions;
use crate::reminder::minutes;
use crate::repeat::{read_rule, read_series, read_words};
use crate::values::{completed, priority};

/// Members that hold the steps of a task.
const STEPS: [&str; 7] = ["subtasks", "steps", "checklist", "checklistitems", "children", "subitems", "items"];
/// Members of our own tasks that follow from others.
const DERIVED: [&str; 2] = ["due_at", "repeat_text"];
/// How deep lists stand in lists.
const MAX_LISTS: usize = 3;

pub(super) fn read(file: &JsonFile<'_>) -> Result<TaskFile, ImportError> {
    let nodes = tasks_in(file.root).ok_or(ImportError::NoTasks)?;
    read_all(&nodes, file.lines, file.options)
}

/// The tasks of these values.
pub(super) fn read_all(
    nodes: &[JsonNode<'_>],
    lines: &LineIndex<'_>,
    options: &ImportOptions<'_>,
) -> Result<TaskFile, ImportError> {
    let first = nodes.iter().find_map(|node| node.object());
    let is_own = first
        .as_ref()
        .is_some_and(|first| ["title", "completed", "created_at", "updated_at"].iter().all(|name| first.has(name)));
    let exact = is_own && first.and_then(|first| first.text("updated_at")).is_some_and(|time| time.ends_with('Z'));
    let mut reader = NamedReader { lines, options, collector: TaskCollector::keeping(exact), is_own };
    for node in nodes {
        reader.add(*node, None, MAX_LISTS);
    }
    reader.collector.finish(if is_own { FileFormat::Own } else { FileFormat::Json })
}

struct NamedReader<'a> {
    lines: &'a LineIndex<'a>,
    options: &'a ImportOptions<'a>,
    collector: TaskCollector,
    is_own: bool,
}

impl NamedReader<'_> {
    /// Adds a task, or the tasks of a list. Lists in lists are followed `depth` times.
    fn add(&mut self, node: JsonNode<'_>, list: Option<&str>, depth: usize) {
        let line = node.line(self.lines);
        let Some(object) = node.object() else {
            match node.text() {
                Some(title) => {
                    self.collector.add(RawTask { line, title, list: list.map(str::to_owned), ..RawTask::default() })
                }
                None => self.collector.skip(line, "", "no_task"),
            }
            return;
        };
        let known = KnownMembers::of(&object);
        if let Some(tasks) = known.listed() {
            let name = known.text(KnownColumn::Title);
            match depth.checked_sub(1) {
                Some(depth) => tasks.into_iter().for_each(|task| self.add(task, name.as_deref(), depth)),
                None => self.collector.skip(line, &name.unwrap_or_default(), "too_deep"),
            }
            return;
        }
        if known
            .get(KnownColumn::Deleted)
            .is_some_and(|node| !matches!(node.text().as_deref(), None | Some("false" | "" | "0")))
        {
            return;
        }
        let mut task = RawTask {
            line,
            key: known.text(KnownColumn::Key),
            parent: known
                .get(KnownColumn::Parent)
                .and_then(|parent| parent.object().map_or_else(|| parent.text(), |object| object.text("id"))),
            title: known.text(KnownColumn::Title).unwrap_or_default(),
            notes: known.notes(),
            comments: known.comments(),
            tags: known.get(KnownColumn::Tags).map(names).unwrap_or_default(),
            list: known.get(KnownColumn::List).and_then(name).or(list.map(str::to_owned)),
            place: known.text(KnownColumn::Order),
            from_completion: known.text(KnownColumn::RepeatFrom).is_some_and(|from| from == "completion"),
            series: known
                .text(KnownColumn::RepeatAnchor)
                .and_then(|anchor| read_series(&anchor, known.text(KnownColumn::RepeatPassed).as_deref())),
            ..RawTask::default()
        };
        self.states(&object, &known, &mut task);
        self.times(&object, &known, &mut task);
        self.lose_rest(&object, &known);
        let steps =
            object.members.iter().find(|(name, node)| STEPS.contains(&folded(name).as_str()) && node.is_array());
        let steps = steps.map(|(_, node)| node.items()).unwrap_or_default();
        let (parent, list) = (if steps.is_empty() { String::new() } else { key(&mut task) }, task.list.clone());
        self.collector.add(task);
        let file = JsonFile { root: node, lines: self.lines, options: self.options };
        add_steps(&steps, &parent, list.as_deref(), &file, &mut self.collector);
    }

    /// Says which members are lost.
    fn lose_rest(&mut self, object: &JsonObject<'_>, known: &KnownMembers<'_, '_>) {
        for (name, column) in known.columns() {
            match column {
                Some(KnownColumn::Lost(what)) if object.says(name) => self.collector.lose(what),
                // What our own server works out.
                None if self.is_own && DERIVED.contains(&name) => {}
                None if object.says(name) && !STEPS.contains(&folded(name).as_str()) => {
                    self.collector.lose_column(name)
                }
                _ => {}
            }
        }
    }

    /// Whether it is done and how important it is.
    fn states(&mut self, object: &JsonObject<'_>, known: &KnownMembers, task: &mut RawTask) {
        task.completed_at =
            known.name(KnownColumn::CompletedAt).and_then(|name| object.date(name, task, &mut self.collector));
        let states = object.members.iter().filter(|(name, _)| known_column(name) == Some(KnownColumn::Completed));
        let states: Vec<String> = states.filter_map(|(_, node)| node.text()).collect();
        // A boolean says it better than a word.
        let state = states.iter().find(|state| matches!(state.as_str(), "true" | "false")).or(states.first());
        task.completed = match state.map(|state| (state, completed(state))) {
            Some((_, Some(done))) => done,
            Some((state, None)) => {
                self.collector.unread(task.line, &task.title, "completed_unread", state);
                false
            }
            None => task.completed_at.is_some(),
        };
        if let Some(text) = known.text(KnownColumn::Priority) {
            match priority(&text) {
                Some(priority) => task.priority = priority,
                None => self.collector.unread(task.line, &task.title, "priority_unread", &text),
            }
        }
    }

    /// When it is due, repeats, and was made.
    fn times(&mut self, object: &JsonObject<'_>, known: &KnownMembers, task: &mut RawTask) {
        let collector = &mut self.collector;
        let mut date = |column| known.name(column).and_then(|name| object.date(name, task, collector));
        let (created_at, updated_at) = (date(KnownColumn::CreatedAt), date(KnownColumn::UpdatedAt));
        (task.created_at, task.updated_at) = (created_at, updated_at);
        for column in [KnownColumn::Due, KnownColumn::Deadline] {
            let Some(name) = known.name(column) else { continue };
            let words = object.text(name).and_then(|text| read_words(&text, &self.options.context));
            let nested = object.object(name);
            let date = match (&nested, &words) {
                // An object with the date and its zone or rule.
                (Some(due), _) => {
                    ["dateTime", "date", "datetime"].iter().find_map(|name| due.date(name, task, collector))
                }
                (None, Some(words)) => Some(words.due.clone()),
                (None, None) => object.date(name, task, collector),
            };
            task.repeat = task.repeat.take().or(words.and_then(|words| words.repeat));
            match (task.due.is_some(), date) {
                (true, Some(_)) => collector.lose("deadline"),
                (false, date) => task.due = date,
                (true, None) => {}
            }
        }
        if let Some(node) = known.get(KnownColumn::Repeat).filter(|node| says_something(*node)) {
            let text = node.text().unwrap_or_default();
            let words = read_words(&text, &self.options.context);
            let interval = known.text(KnownColumn::RepeatEvery).and_then(|number| number.parse().ok()).unwrap_or(1);
            let rule = read_rule(&text)
                .or_else(|| words.as_ref()?.repeat.clone())
                .and_then(|rule| finished_rule(&rule, interval, object));
            match rule {
                Some(rule) => task.repeat = Some(rule),
                None => collector.unread(task.line, &task.title, "repeat_unread", &text),
            }
            task.due = task.due.take().or(words.map(|words| words.due));
        }
        if let Some(node) = known.get(KnownColumn::Remind) {
            task.remind = minutes(&texts(node).join(","));
        }
    }
}
