use serde_json::json;

use crate::tool::{TOOLS, Tool, find};
use json_fields::MemberError;
use serde_json::{Map, Value};

/// Arguments that a tool takes as they are: a good value for each one.
fn good(tool: &Tool) -> Map<String, Value> {
    let value = |name: &str| match name {
        "task_id" | "limit" | "id" | "parent" | "change" => json!(1),
        "remind" => json!([0]),
        "task_ids" => json!([1, 2]),
        "tasks" => json!([{"title": "x"}]),
        "sort" => json!("id"),
        "due" if tool.name == "list_tasks" => json!("today"),
        "due" | "due_before" | "due_after" => json!("2026-12-01"),
        "repeat" => json!("FREQ=DAILY"),
        "repeat_from" => json!("due"),
        "tags" => json!(["a"]),
        "completed" => json!(true),
        "status" => json!("all"),
        "priority" => json!("high"),
        "cursor" => json!("after-1"),
        _ => json!("x"),
    };
    tool.arguments.iter().map(|argument| (argument.name.to_owned(), value(argument.name))).collect()
}

fn errors(tool: &'static Tool, arguments: &Map<String, Value>) -> Vec<MemberError> {
    tool.parse(arguments).unwrap_err()
}

/// The same word with the mistakes that people and models make.
fn misspelt(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut without = letters.clone();
    without.remove(1);
    let mut swapped = letters.clone();
    swapped.swap(letters.len() - 2, letters.len() - 1);
    let mut replaced = letters.clone();
    replaced[0] = '0';
    let spelt = [without, swapped, replaced].map(String::from_iter);
    let cased = [name.to_uppercase(), format!("{name}s"), name.replace('_', ""), format!("-{name}")];
    spelt.into_iter().chain(cased).filter(|word| word != name).collect()
}

#[test]
fn a_misspelt_name_of_any_argument_is_refused_with_both_names() {
    for tool in &TOOLS {
        for argument in tool.arguments {
            for word in misspelt(argument.name) {
                let mut arguments = good(tool);
                let value = arguments.remove(argument.name).unwrap();
                arguments.insert(word.clone(), value);
                let said = errors(tool, &arguments);
                let of_word = said.iter().find(|error| error.field == word);
                let message = &of_word.unwrap_or_else(|| panic!("{} {word}: {said:?}", tool.name)).message;
                assert!(message.contains(&format!("\"{}\"", argument.name)), "{} {word}: {message}", tool.name);
            }
        }
    }
}

#[test]
fn what_a_host_adds_to_any_tool_is_ignored_and_named() {
    let big = json!("%".repeat(5_000));
    for tool in TOOLS.iter().filter(|tool| tool.has_note()) {
        for (name, value) in [
            ("wait_for_previous", json!(true)),
            ("toolCallId", json!("call_1")),
            ("random_string", json!("secret")),
            ("security_risk", json!("LOW")),
            ("request_heartbeat", json!([1])),
            ("_meta", json!({})),
            ("é\n\u{2028}", big.clone()),
        ] {
            let mut arguments = good(tool);
            let plain = tool.parse(&arguments).unwrap();
            arguments.insert(name.to_owned(), value);
            let call = tool.parse(&arguments).unwrap();
            assert_eq!((call.command, plain.note), (plain.command, None), "{} {name}", tool.name);
            let note = call.note.unwrap();
            assert!(note.contains(name.trim_end_matches(['\n', '\u{2028}'])) && !note.contains("secret"), "{note}");
            assert!(note.chars().count() <= 300 && !note.contains(['\n', '\u{2028}', '%']), "{note}");
            arguments.insert(name.to_owned(), Value::Null);
            assert_eq!(tool.parse(&arguments).unwrap().note, None, "{} {name}", tool.name);
        }
    }
}

#[test]
fn connectors_get_search_and_fetch_in_their_one_form() {
    for tool in [find("search").unwrap(), find("fetch").unwrap()] {
        let mut arguments = good(tool);
        arguments.insert("toolCallId".to_owned(), json!("call_1"));
        assert_eq!(tool.parse(&arguments).unwrap().note, None, "{}", tool.name);
    }
}

#[test]
fn hundreds_of_names_fit_into_one_line() {
    let tool = find("list_tasks").unwrap();
    let many: Map<String, Value> = (0..500).map(|n| (format!("host_{n:03}_{}", "z".repeat(90)), json!(n))).collect();
    let note = tool.parse(&many).unwrap().note.unwrap();
    assert!(note.chars().count() <= 300 && note.contains("host_000_") && note.ends_with(" more."), "{note}");
    assert!(!note.contains(&"z".repeat(60)), "{note}");
}

#[test]
fn the_word_of_another_server_is_answered_with_the_right_one() {
    for (tool, word, right) in [
        ("add_task", "notes", "\"description\""),
        ("add_task", "summary", "\"title\""),
        ("add_task", "dueDate", "\"due\""),
        ("add_task", "due_string", "\"due\""),
        ("add_task", "labels", "\"tags\""),
        ("add_task", "startDate", "description"),
        ("list_tasks", "project", "\"list\""),
        ("update_task", "importance", "\"priority\""),
        ("add_task", "reminders", "\"remind\""),
        ("update_task", "parentId", "\"parent\""),
        ("undo", "change_id", "\"change\""),
        ("update_task", "is_completed", "\"completed\""),
        ("list_tasks", "showCompleted", "\"status\""),
        ("complete_task", "id", "\"task_id\""),
        ("delete_task", "uid", "\"task_id\""),
    ] {
        let tool = find(tool).unwrap();
        let mut arguments = good(tool);
        for open in [
            "title",
            "description",
            "completed",
            "status",
            "priority",
            "task_id",
            "due",
            "tags",
            "list",
            "remind",
            "parent",
            "change",
        ] {
            if right == format!("\"{open}\"") {
                arguments.remove(open);
            }
        }
        arguments.insert(word.to_owned(), json!("x"));
        let said = errors(tool, &arguments);
        assert!(said.iter().any(|error| error.field == word && error.message.contains(right)), "{word}: {said:?}");
    }
    let mut completed = good(find("complete_task").unwrap());
    completed.insert("due".to_owned(), json!("x"));
    assert!(find("complete_task").unwrap().parse(&completed).unwrap().note.is_some());
}

#[test]
fn a_known_name_leaves_no_doubt_about_a_similar_one() {
    let given = json!({ "title": "milk", "titel": "x", "name": "y" });
    let call = find("add_task").unwrap().parse(given.as_object().unwrap()).unwrap();
    assert!(call.note.unwrap().contains("\"titel\""));
}
