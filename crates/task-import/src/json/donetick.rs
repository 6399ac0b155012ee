//! The chores that Donetick's API lists.

use task::Priority;

use super::node::{JsonNode, JsonObject};
use super::source::JsonFile;
use super::steps::{add_steps, key};
use crate::collect::{RawTask, TaskCollector};
use crate::date::weekday;
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::html;
use crate::repeat::{every, read_rule};

pub(super) fn read(file: &JsonFile<'_>) -> Option<Result<TaskFile, ImportError>> {
    let items = match file.root.object() {
        Some(root) if root.has("frequencyType") => vec![root],
        Some(root) => root.objects("res"),
        None if file.sample().iter().any(is_chore) => file.root.objects(),
        None => return None,
    };
    if !items.iter().any(is_chore) {
        return None;
    }
    let mut collector = TaskCollector::default();
    for item in &items {
        add(item, file, &mut collector);
    }
    Some(collector.finish(FileFormat::Donetick))
}

fn is_chore(item: &JsonObject<'_>) -> bool {
    item.has("name") && item.has("frequencyType")
}

fn add(item: &JsonObject<'_>, file: &JsonFile<'_>, collector: &mut TaskCollector) {
    let labels = item.objects("labelsV2").iter().filter_map(|label| label.text("name")).collect::<Vec<_>>();
    let mut task = RawTask {
        line: item.node.line(file.lines),
        key: item.text("id"),
        title: item.text("name").unwrap_or_default(),
        notes: html::to_text(&item.text("description").unwrap_or_default()),
        // A chore that is archived is done.
        completed: item.has("isActive") && !item.is("isActive"),
        tags: if labels.is_empty() {
            item.get("labels").map(super::members::names).unwrap_or_default()
        } else {
            labels
        },
        ..RawTask::default()
    };
    task.priority = match item.number("priority").map(|number| number as i64) {
        Some(1) => Priority::High,
        Some(2) => Priority::Medium,
        Some(3 | 4) => Priority::Low,
        _ => Priority::None,
    };
    task.due = item.date("nextDueDate", &task, collector);
    task.created_at = item.date("createdAt", &task, collector);
    task.updated_at = item.date("updatedAt", &task, collector);
    let kind = item.text("frequencyType").unwrap_or_default();
    if !matches!(kind.as_str(), "once" | "no_repeat" | "trigger" | "") {
        task.repeat = rule(&kind, item);
        if task.repeat.is_none() {
            collector.unread(task.line, &task.title, "repeat_unread", &kind);
        }
    }
    task.from_completion = item.is("isRolling");
    let lost = [
        ("assignee", item.says("assignees")),
        ("reminder", item.is("notification")),
        ("attachment", item.says("attachments")),
    ];
    lost.iter().filter(|(_, is)| *is).for_each(|(what, _)| collector.lose(what));
    let mut steps = item.objects("subTasks");
    steps.sort_by(|a, b| a.number("orderId").unwrap_or_default().total_cmp(&b.number("orderId").unwrap_or_default()));
    let steps: Vec<JsonNode<'_>> = steps.into_iter().map(|step| step.node).collect();
    let parent = key(&mut task);
    collector.add(task);
    add_steps(&steps, &parent, None, file, collector);
}

fn rule(kind: &str, item: &JsonObject<'_>) -> Option<String> {
    let metadata = item.object("frequencyMetadata").or_else(|| item.object("frequencyMetadataV2"));
    let number = item.number("frequency").map_or(1, |number| number as u32);
    let days = || -> Option<Vec<&'static str>> {
        metadata.as_ref()?.items("days").into_iter().map(|day| Some(weekday(&day.text()?)?.1)).collect()
    };
    let rule = match kind {
        "daily" => every(1, "DAILY"),
        "weekly" => every(1, "WEEKLY"),
        "monthly" => every(1, "MONTHLY"),
        "yearly" => every(1, "YEARLY"),
        "interval" => match metadata.as_ref()?.text("unit")?.as_str() {
            "days" | "day" => every(number, "DAILY"),
            "weeks" | "week" => every(number, "WEEKLY"),
            "months" | "month" => every(number, "MONTHLY"),
            "years" | "year" => every(number, "YEARLY"),
            _ => return None,
        },
        "days_of_the_week" => format!("{};BYDAY={}", every(1, "WEEKLY"), days()?.join(",")),
        "day_of_the_month" => format!("{};BYMONTHDAY={number}", every(1, "MONTHLY")),
        _ => return None,
    };
    read_rule(&rule)
}
