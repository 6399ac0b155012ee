//! Super Productivity's JSON: tables of tasks, projects, tags and rules by id.

use std::collections::HashMap;

use super::node::{JsonNode, JsonObject};
use super::source::JsonFile;
use crate::collect::{RawTask, TaskCollector};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::repeat::every;

const INBOX: &str = "INBOX_PROJECT";
const TODAY: &str = "TODAY";
/// The members that say on which weekdays a rule falls, Monday first.
const WEEKDAYS: [(&str, &str); 7] = [
    ("monday", "MO"),
    ("tuesday", "TU"),
    ("wednesday", "WE"),
    ("thursday", "TH"),
    ("friday", "FR"),
    ("saturday", "SA"),
    ("sunday", "SU"),
];

/// What tasks name by id.
struct NamedParts<'a> {
    projects: HashMap<String, JsonObject<'a>>,
    tags: HashMap<String, JsonObject<'a>>,
    rules: HashMap<String, JsonObject<'a>>,
}

pub(super) fn read(file: &JsonFile<'_>) -> Option<Result<TaskFile, ImportError>> {
    let root = file.root.object()?;
    let data = root.object("data").filter(|data| data.has("task")).unwrap_or(root);
    let tasks = data.object("task").filter(|tasks| tasks.has("entities"))?;
    let table = |name: &str| data.object(name).map(|table| entities(&table).into_iter().collect()).unwrap_or_default();
    let parts = NamedParts { projects: table("project"), tags: table("tag"), rules: table("taskRepeatCfg") };
    let mut collector = TaskCollector::default();
    let archives = ["archiveYoung", "archiveOld"].iter().filter_map(|name| data.object(name)?.object("task"));
    for table in std::iter::once(tasks).chain(archives.collect::<Vec<_>>()) {
        for (id, item) in entities(&table) {
            add(&id, &item, &parts, file, &mut collector);
        }
    }
    Some(collector.finish(FileFormat::SuperProductivity))
}

/// The entities of a table, in the order of its ids.
fn entities<'a>(table: &JsonObject<'a>) -> Vec<(String, JsonObject<'a>)> {
    let Some(entities) = table.object("entities") else { return Vec::new() };
    let ids: Vec<String> = table.items("ids").into_iter().filter_map(JsonNode::text).collect();
    let places: HashMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let mut found: Vec<_> =
        entities.members.iter().filter_map(|(id, node)| Some((id.clone(), node.object()?))).collect();
    found.sort_by_key(|(id, _)| places.get(id.as_str()).copied().unwrap_or(usize::MAX));
    found
}

fn add(id: &str, item: &JsonObject<'_>, parts: &NamedParts<'_>, file: &JsonFile<'_>, collector: &mut TaskCollector) {
    let tags = item.items("tagIds").into_iter().filter_map(JsonNode::text).filter(|tag| tag != TODAY);
    let project = item.text("projectId").filter(|project| project != INBOX);
    let mut task = RawTask {
        line: item.node.line(file.lines),
        key: Some(id.to_owned()),
        parent: item.text("parentId"),
        title: item.text("title").unwrap_or_default(),
        notes: item.text("notes").unwrap_or_default(),
        completed: item.is("isDone"),
        tags: tags.filter_map(|tag| parts.tags.get(&tag)?.text("title")).collect(),
        list: project.and_then(|project| parts.projects.get(&project)?.text("title")),
        ..RawTask::default()
    };
    task.completed_at = item.date("doneOn", &task, collector);
    task.created_at = item.date("created", &task, collector);
    for name in ["dueWithTime", "dueDay", "plannedAt", "deadlineWithTime", "deadlineDay"] {
        let date = item.date(name, &task, collector);
        if task.due.is_some() && date.is_some() && name.starts_with("deadline") {
            collector.lose("deadline");
        }
        task.due = task.due.or(date);
    }
    if let Some(config) = item.text("repeatCfgId").and_then(|id| parts.rules.get(&id)) {
        task.repeat = rule(config);
        if task.repeat.is_none() {
            collector.lose("repeat");
        }
    }
    let lost = [
        ("time_spent", item.says("timeSpent")),
        ("estimate", item.says("timeEstimate")),
        ("attachment", item.says("attachments")),
        ("reminder", item.says("reminderId") || item.says("remindAt")),
    ];
    lost.iter().filter(|(_, is)| *is).for_each(|(what, _)| collector.lose(what));
    collector.add(task);
}

fn rule(config: &JsonObject<'_>) -> Option<String> {
    let cycle = config.text("repeatCycle")?;
    let interval = config.number("repeatEvery").unwrap_or(1.0) as u32;
    let rule = every(interval, cycle.as_str());
    let days: Vec<&str> = WEEKDAYS.iter().filter(|(name, _)| config.is(name)).map(|(_, day)| *day).collect();
    let weekly = cycle == "WEEKLY" && !days.is_empty();
    crate::repeat::read_rule(&if weekly { format!("{rule};BYDAY={}", days.join(",")) } else { rule })
}
