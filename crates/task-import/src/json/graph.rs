//! Microsoft Graph's JSON of Microsoft To Do.

use task::Priority;

use super::node::JsonObject;
use super::source::JsonFile;
use crate::collect::{RawTask, TaskCollector};
use crate::date::Moment;
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::html;
use crate::repeat::every;

pub(super) fn read(file: &JsonFile<'_>) -> Option<Result<TaskFile, ImportError>> {
    let root = file.root.object();
    let is_list = |list: &JsonObject<'_>| list.has("displayName") && list.has("tasks");
    let is_task =
        |task: &JsonObject<'_>| task.has("title") && ["status", "importance", "body"].iter().any(|name| task.has(name));
    let values = match &root {
        Some(root) if is_list(root) => vec![file.root.object()?],
        Some(root) => {
            let values = root.objects("value");
            if values.is_empty() { root.objects("lists") } else { values }
        }
        None if file.sample().iter().any(is_list) => file.root.objects(),
        None => return None,
    };
    let in_value = root.as_ref().is_some_and(|root| root.has("value"));
    if !values.iter().any(|value| is_list(value) || in_value && is_task(value)) {
        return None;
    }
    let mut collector = TaskCollector::default();
    for value in &values {
        if is_list(value) {
            let is_inbox = value.text("wellknownListName").is_some_and(|name| name == "defaultList");
            let list = value.text("displayName").filter(|_| !is_inbox);
            for item in value.objects("tasks") {
                add(&item, list.clone(), file, &mut collector);
            }
        } else {
            add(value, None, file, &mut collector);
        }
    }
    Some(collector.finish(FileFormat::MicrosoftGraph))
}

fn add(item: &JsonObject<'_>, list: Option<String>, file: &JsonFile<'_>, collector: &mut TaskCollector) {
    let line = item.node.line(file.lines);
    let key = item.text("id").unwrap_or_else(|| format!("line {line} {}", item.text("title").unwrap_or_default()));
    let mut task = RawTask {
        line,
        key: Some(key.clone()),
        title: item.text("title").unwrap_or_default(),
        notes: body(item),
        completed: item.text("status").is_some_and(|status| status == "completed"),
        tags: item.items("categories").into_iter().filter_map(super::node::JsonNode::text).collect(),
        list: list.clone(),
        ..RawTask::default()
    };
    task.priority = match item.text("importance").as_deref() {
        Some("high") => Priority::High,
        Some("low") => Priority::Low,
        _ => Priority::None,
    };
    task.created_at = item.date("createdDateTime", &task, collector);
    task.due = zoned(item, "dueDateTime", &task, collector).map(|due| due.whole_day(None));
    task.completed_at = zoned(item, "completedDateTime", &task, collector);
    if let Some(recurrence) = item.object("recurrence") {
        task.repeat = rule(&recurrence);
        if task.repeat.is_none() {
            collector.lose("repeat");
        }
    }
    let lost = [
        ("start_date", item.says("startDateTime")),
        ("reminder", item.is("isReminderOn")),
        ("attachment", item.is("hasAttachments")),
        ("link", item.says("linkedResources")),
    ];
    lost.iter().filter(|(_, is)| *is).for_each(|(what, _)| collector.lose(what));
    collector.add(task);
    for step in item.objects("checklistItems") {
        let mut task = RawTask {
            line: step.node.line(file.lines),
            parent: Some(key.clone()),
            title: step.text("displayName").unwrap_or_default(),
            completed: step.is("isChecked"),
            list: list.clone(),
            ..RawTask::default()
        };
        task.completed_at = step.date("checkedDateTime", &task, collector);
        task.created_at = step.date("createdDateTime", &task, collector);
        collector.add(task);
    }
}

fn body(item: &JsonObject<'_>) -> String {
    let Some(body) = item.object("body") else { return item.text("body").unwrap_or_default() };
    let content = body.text("content").unwrap_or_default();
    match body.text("contentType").is_some_and(|kind| kind.eq_ignore_ascii_case("html")) {
        true => html::to_text(&content),
        false => content,
    }
}

/// A `dateTimeTimeZone`. Midnight in its own zone is a day.
fn zoned(item: &JsonObject<'_>, name: &str, task: &RawTask, collector: &mut TaskCollector) -> Option<Moment> {
    let Some(value) = item.object(name) else { return item.date(name, task, collector) };
    let moment = value.date("dateTime", task, collector)?;
    let is_midnight = matches!(&moment, Moment::Local(time) if time.time() == chrono::NaiveTime::MIN);
    match value.text("timeZone") {
        _ if is_midnight => Some(moment.whole_day(None)),
        Some(zone) => Some(moment.in_zone(&zone)),
        None => Some(moment),
    }
}

/// The rule of a `patternedRecurrence`.
fn rule(recurrence: &JsonObject<'_>) -> Option<String> {
    let pattern = recurrence.object("pattern")?;
    let interval = pattern.number("interval").unwrap_or(1.0) as u32;
    let days: Vec<String> = pattern
        .items("daysOfWeek")
        .into_iter()
        .filter_map(super::node::JsonNode::text)
        .map(|day| day.chars().take(2).collect::<String>().to_uppercase())
        .collect();
    let place = match pattern.text("index").as_deref() {
        Some("second") => "2",
        Some("third") => "3",
        Some("fourth") => "4",
        Some("last") => "-1",
        _ => "1",
    };
    let mut rule = match pattern.text("type")?.as_str() {
        "daily" => every(interval, "DAILY"),
        "weekly" if days.is_empty() => every(interval, "WEEKLY"),
        "weekly" => format!("{};BYDAY={}", every(interval, "WEEKLY"), days.join(",")),
        "absoluteMonthly" => match pattern.number("dayOfMonth").map(|day| day as u32) {
            Some(day @ 1..=31) => format!("{};BYMONTHDAY={day}", every(interval, "MONTHLY")),
            _ => every(interval, "MONTHLY"),
        },
        "relativeMonthly" if days.len() == 1 => format!("{};BYDAY={place}{}", every(interval, "MONTHLY"), days[0]),
        "absoluteYearly" => every(interval, "YEARLY"),
        _ => return None,
    };
    if let Some(range) = recurrence.object("range") {
        match range.text("type").as_deref() {
            Some("endDate") => rule += &format!(";UNTIL={}", range.text("endDate")?.replace('-', "")),
            Some("numbered") => rule += &format!(";COUNT={}", range.number("numberOfOccurrences")? as u32),
            _ => {}
        }
    }
    crate::repeat::read_rule(&rule)
}
