//! The utterances of the evaluation, on a list in memory. What each changes is compared with what it should change, and
//! what it changes wrongly is counted apart.

use serde_json::{Map, Value, json};

use crate::language::Language;
use crate::testing::TestHost;
use crate::turn::Turn;

const UTTERANCES: &str = include_str!("../../../../../tests/eval/utterances.json");
/// So many of a hundred utterances are understood.
const MIN_RIGHT: usize = 95;

/// How an utterance ended.
#[derive(Debug, PartialEq)]
enum Verdict {
    Right,
    /// Nothing is changed that should not be, but something is missing.
    Missed,
    /// Something is changed that should not be.
    Wrong,
}

#[test]
fn utterances_are_understood_and_change_nothing_else() {
    let file: Value = serde_json::from_str(UTTERANCES).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let (mut missed, mut wrong) = (Vec::new(), Vec::new());
    for case in cases {
        let (verdict, report) = judge(case, &file["lists"]);
        match verdict {
            Verdict::Right => {}
            Verdict::Missed => missed.push(report),
            Verdict::Wrong => wrong.push(report),
        }
    }
    let right = cases.len() - missed.len() - wrong.len();
    println!("{right} of {} right, {} wrong; missed:\n{}", cases.len(), wrong.len(), missed.join("\n"));
    assert!(wrong.is_empty(), "wrong effects:\n{}", wrong.join("\n"));
    assert!(right * 100 >= cases.len() * MIN_RIGHT, "{right} of {} right; missed:\n{}", cases.len(), missed.join("\n"));
}

fn judge(case: &Value, lists: &Value) -> (Verdict, String) {
    let titles =
        if case["tasks"].is_array() { &case["tasks"] } else { &lists[case["tasks"].as_str().unwrap_or("six")] };
    let before: Vec<Value> = titles.as_array().unwrap().iter().map(as_task).collect();
    let titles: Vec<&str> = before.iter().map(|task| task["title"].as_str().unwrap()).collect();
    let host = TestHost::with_tasks(&titles);
    host.has_dates.set(true);
    for (at, (task, wanted)) in host.tasks.borrow_mut().iter_mut().flatten().zip(&before).enumerate() {
        task.1 = wanted["completed"] == true;
        let members =
            wanted.as_object().unwrap().iter().filter(|(name, _)| !["title", "completed"].contains(&name.as_str()));
        let members: Map<String, Value> = members.map(|(name, value)| (name.clone(), value.clone())).collect();
        host.members.borrow_mut().insert(at + 1, members);
    }
    let language = if case["language"] == "de" { Language::German } else { Language::English };
    let messages = match &case["say"] {
        Value::Array(messages) => messages.clone(),
        one => vec![one.clone()],
    };
    let (mut history, mut text) = (vec![Turn::default()], String::new());
    for message in &messages {
        let message = message.as_str().unwrap().replace(['{', '}'], "");
        text = host.go_on(&mut history, &message, language);
    }
    let verdict = verdict(case, &before, &state(&host), &text);
    let shown: Vec<String> = state(&host).iter().map(Value::to_string).collect();
    (verdict, format!("✗ {}\n    list: {}\n    says: {text:?}", case["say"], shown.join(" ")))
}

/// The tasks by their numbers; a deleted one is null.
fn state(host: &TestHost) -> Vec<Value> {
    let members = host.members.borrow();
    let tasks = host.tasks.borrow();
    let object = |(at, task): (usize, &Option<(String, bool)>)| match task {
        None => Value::Null,
        Some((title, completed)) => {
            let mut object = json!({"title": title, "completed": completed});
            let is_set = |value: &Value| !value.is_null() && value != &json!([]);
            let known = members.get(&(at + 1)).into_iter().flatten().filter(|(_, value)| is_set(value));
            known.for_each(|(name, value)| object[name] = value.clone());
            object
        }
    };
    tasks.iter().enumerate().map(object).collect()
}

fn verdict(case: &Value, before: &[Value], after: &[Value], text: &str) -> Verdict {
    let count = before.len();
    let numbers = |name: &str| {
        case[name].as_array().into_iter().flatten().map(|number| number.as_u64().unwrap() as usize).collect::<Vec<_>>()
    };
    let [completes, reopens, deletes, dates] = ["completes", "reopens", "deletes", "dates"].map(numbers);
    let mut missing = false;
    for (at, task) in after.iter().take(count).enumerate() {
        let number = at + 1;
        let mut expected = before[at].clone();
        if completes.contains(&number) || reopens.contains(&number) {
            expected["completed"] = json!(completes.contains(&number));
        }
        if let Some(title) = case["renames"].get(number.to_string()) {
            expected["title"] = title.clone();
        }
        for (name, value) in case["sets"].get(number.to_string()).and_then(Value::as_object).into_iter().flatten() {
            match value {
                Value::Array(items) if items.is_empty() => drop(expected.as_object_mut().unwrap().remove(name)),
                value => expected[name] = value.clone(),
            }
        }
        if dates.contains(&number) && !task["due"].is_null() {
            expected["due"] = task["due"].clone();
        }
        let expected = as_task(&expected);
        let expected = if deletes.contains(&number) { Value::Null } else { expected };
        if !is_same(task, &expected) {
            if *task != before[at] {
                return Verdict::Wrong;
            }
            missing = true;
        }
    }
    let added: Vec<&Value> = after[count..].iter().filter(|task| !task.is_null()).collect();
    match &case["adds"] {
        Value::String(_) => missing |= added.is_empty(),
        expected => {
            let expected = expected.as_array().map(Vec::as_slice).unwrap_or_default();
            let known = |task: &&Value| expected.iter().any(|expected| is_same(task, &as_task(expected)));
            if !added.iter().all(known) || added.len() > expected.len() {
                return Verdict::Wrong;
            }
            missing |= added.len() < expected.len();
        }
    }
    let asked = case["asks"] == true
        && after.len() == count
        && after == before
        && ["?", "confirm", "bestätige"].iter().any(|asks| text.contains(asks));
    let said = case["answer"].as_str().is_none_or(|pattern| fits(text, pattern))
        && !case["lacks"].as_str().is_some_and(|pattern| fits(text, pattern));
    if (!missing && said) || asked { Verdict::Right } else { Verdict::Missed }
}

/// The task of a title, completed if it is ticked, or of an object of members.
fn as_task(expected: &Value) -> Value {
    match expected.as_str() {
        Some(title) => json!({"title": title.trim_start_matches("✓ "), "completed": title.starts_with("✓ ")}),
        None => {
            let mut members: Map<String, Value> = expected.as_object().unwrap().clone();
            members.entry("completed").or_insert(json!(false));
            if let Some(due) = members.get("due").and_then(Value::as_str).map(due_of) {
                members.insert("due".to_owned(), json!(due));
            }
            Value::Object(members)
        }
    }
}

/// The due day of "+1 17:00", on the Saturday on which the tests talk.
fn due_of(told: &str) -> String {
    let (days, time) = told.split_once(' ').unwrap_or((told, ""));
    match days.strip_prefix(['+', '-']).and_then(|_| days.parse::<i64>().ok()) {
        None => told.to_owned(),
        Some(days) => {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 28).unwrap() + chrono::TimeDelta::days(days);
            if time.is_empty() { day.to_string() } else { format!("{day}T{time}") }
        }
    }
}

/// Whether a task is the expected one; its title may be one of several, whatever the case. A description is looked at only
/// where one is expected.
fn is_same(task: &Value, expected: &Value) -> bool {
    let (Some(task), Some(expected)) = (task.as_object(), expected.as_object()) else { return task == expected };
    let titles = expected["title"].as_str().unwrap_or_default().to_lowercase();
    let title = task["title"].as_str().unwrap_or_default().to_lowercase();
    titles.split('|').any(|wanted| wanted == title)
        && task.iter().all(|(name, value)| {
            name == "title"
                || (name == "description" && !expected.contains_key(name))
                || expected.get(name) == Some(value)
                || (name == "due" && expected.get(name) == Some(&json!("*")))
        })
        && expected.keys().all(|name| task.contains_key(name))
}

/// Whether a text has the parts of one of the alternatives of `pattern`, in order. The evaluation on a server reads it as a
/// regular expression.
fn fits(text: &str, pattern: &str) -> bool {
    let text = text.to_lowercase();
    let has = |parts: &str| {
        let mut rest = text.as_str();
        parts.split(".*").all(|part| {
            let part = part.replace("\\?", "?").replace(['{', '}'], "").to_lowercase();
            match rest.find(&part) {
                _ if part == "." => !rest.is_empty(),
                Some(at) => {
                    rest = &rest[at + part.len()..];
                    true
                }
                None => false,
            }
        })
    };
    pattern.split('|').any(has)
}
