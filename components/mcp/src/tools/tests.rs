use http_api::{Allowance, ApiError};
use serde_json::{Value, json};
use task::StoreError;

use crate::testing::{MemoryStore, TestRequest, token};

/// The structured result of a call, which must equal its text.
fn done(store: &MemoryStore, tool: &str, arguments: Value) -> Value {
    let response = TestRequest::tool_call(tool, arguments).send(store);
    let result = &response.json()["result"];
    let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!((response.status, result.get("isError"), &text), (200, None, &result["structuredContent"]));
    text
}

/// The text of a call that failed.
fn failed(store: &MemoryStore, tool: &str, arguments: Value) -> String {
    let response = TestRequest::tool_call(tool, arguments).send(store);
    let result = &response.json()["result"];
    assert_eq!((response.status, &result["isError"], result.get("structuredContent")), (200, &json!(true), None));
    result["content"][0]["text"].as_str().unwrap().to_owned()
}

#[test]
fn a_task_goes_through_all_tools() {
    let store = MemoryStore::default();
    let added = done(&store, "add_task", json!({ "title": " milk ", "description": "two" }));
    assert_eq!((&added["task"]["id"], &added["task"]["title"]), (&json!(1), &json!("milk")));
    assert_eq!((&added["task"]["description"], &added["task"]["completed"]), (&json!("two"), &json!(false)));
    for _ in 0..2 {
        assert_eq!(done(&store, "complete_task", json!({ "task_id": "1" }))["task"]["completed"], true);
    }
    assert_eq!(done(&store, "list_tasks", json!({ "status": "pending" })), json!({ "tasks": [], "total": 0 }));
    assert_eq!(done(&store, "list_tasks", json!({}))["tasks"][0]["completed"], true);
    let changed =
        done(&store, "update_task", json!({ "task_id": 1, "description": "", "completed": false, "title": null }));
    assert_eq!((changed["task"].get("description"), &changed["task"]["completed"]), (None, &json!(false)));
    assert_eq!(
        done(&store, "delete_task", json!({ "task_id": 1 })),
        json!({ "deleted_id": 1, "title": "milk", "change": 3 })
    );
    let gone = "No task with id 1. Call list_tasks to see the current ids.";
    assert_eq!(failed(&store, "delete_task", json!({ "task_id": 1 })), gone);
    let undone = done(&store, "undo", json!({}));
    assert_eq!((&undone["tasks"][0]["title"], &undone["undone"]), (&json!("milk"), &json!("deleted \"milk\"")));
    assert!(failed(&store, "undo", json!({})).starts_with("There is no change of yours"));
    assert!(failed(&store, "undo", json!({ "task_id": 1 })).starts_with("No task with id 1 was deleted"));
}

#[test]
fn an_invalid_idempotency_key_is_an_error_and_nothing_is_added() {
    let store = MemoryStore::default();
    for bad in ["", "a b", &"k".repeat(256)] {
        let call = TestRequest::tool_call("add_task", json!({ "title": "milk" })).with("idempotency-key", bad);
        let result = call.send(&store).json()["result"].clone();
        assert_eq!(result["isError"], true, "{bad}");
        assert!(result["content"][0]["text"].as_str().unwrap().starts_with("Idempotency-Key must be"), "{result}");
    }
    assert_eq!(done(&store, "list_tasks", json!({})), json!({ "tasks": [], "total": 0 }));
}

#[test]
fn user_id_is_accepted_when_it_is_the_callers_own() {
    let store = MemoryStore::default();
    done(&store, "add_task", json!({ "title": "milk", "user_id": "alice" }));
    done(&store, "list_tasks", json!({ "user_id": null }));
    for foreign in [json!("bob"), json!(1), json!("")] {
        let said = failed(&store, "add_task", json!({ "title": "bread", "user_id": foreign }));
        assert!(said.starts_with("Forbidden: user_id is another user's."), "{said}");
    }
    assert_eq!(done(&store, "list_tasks", json!({}))["tasks"].as_array().unwrap().len(), 1);
}

#[test]
fn pages_follow_each_other_to_the_end() {
    let store = MemoryStore::default();
    for number in 1..=5 {
        done(&store, "add_task", json!({ "title": format!("task {number}") }));
    }
    let mut cursor = Value::Null;
    let mut seen = Vec::new();
    for _ in 0..3 {
        let page = done(&store, "list_tasks", json!({ "limit": 2, "cursor": cursor }));
        assert_eq!(page.get("total"), cursor.is_null().then_some(&json!(5)));
        seen.extend(page["tasks"].as_array().unwrap().iter().map(|task| task["id"].as_i64().unwrap()));
        cursor = page.get("next_cursor").cloned().unwrap_or(Value::Null);
    }
    assert_eq!((seen, cursor), (vec![1, 2, 3, 4, 5], Value::Null));
}

#[test]
fn a_page_ends_before_it_is_long_and_each_task_is_on_one_page() {
    let store = MemoryStore::default();
    for number in 1..=100 {
        done(&store, "add_task", json!({ "title": format!("task {number}"), "description": "\"x\" ".repeat(250) }));
    }
    let (mut cursor, mut seen, mut pages) = (Value::Null, Vec::new(), 0);
    while pages == 0 || !cursor.is_null() {
        let call = json!({ "limit": 100, "sort": "-id", "cursor": cursor });
        let response = TestRequest::tool_call("list_tasks", call).send(&store);
        assert!(response.text.len() <= 40 * 1024, "{}", response.text.len());
        let result = response.json()["result"].clone();
        assert!(result["content"][0]["text"].as_str().unwrap().len() <= 16 * 1024);
        let tasks = result["structuredContent"]["tasks"].as_array().unwrap().clone();
        assert!(!tasks.is_empty() && tasks.iter().all(|task| task["description_cut"] == true));
        seen.extend(tasks.iter().map(|task| task["id"].as_i64().unwrap()));
        cursor = result["structuredContent"].get("next_cursor").cloned().unwrap_or(Value::Null);
        pages += 1;
    }
    assert_eq!((seen, pages > 1), ((1..=100).rev().collect(), true));
    let whole = done(&store, "get_task", json!({ "task_id": 1 }));
    assert_eq!(whole["task"]["description"].as_str().unwrap().len(), 1000);
    assert!(failed(&store, "list_tasks", json!({ "cursor": "after-5-00000000" })).contains("without cursor"));
}

#[test]
fn several_tasks_are_added_and_completed_each_with_its_own_result() {
    let store = MemoryStore::default();
    done(&store, "add_task", json!({ "title": "first" }));
    let added = done(&store, "add_tasks", json!({ "tasks": ["milk", { "titel": "x" }, { "title": "bread" }] }));
    let ids: Vec<&Value> = added["results"].as_array().unwrap().iter().map(|item| &item["task"]["id"]).collect();
    assert_eq!((ids, &added["added"]), (vec![&json!(2), &Value::Null, &json!(3)], &json!(2)));
    assert!(added["results"][1]["error"].as_str().unwrap().contains("did you mean"));
    assert!(
        failed(&store, "add_tasks", json!({ "tasks": [{}, { "title": "" }] })).contains("2. \"title\" is required.")
    );

    let completed = done(&store, "complete_tasks", json!({ "task_ids": [2, 9] }));
    assert_eq!(completed["results"][0]["task"]["completed"], true);
    assert_eq!(completed["results"][1]["error"], "No task with id 9. Call list_tasks to see the current ids.");
    assert!(failed(&store, "complete_tasks", json!({ "task_ids": [8, 9] })).contains("No task with id 8"));
    let open = done(&store, "list_tasks", json!({ "status": "pending", "query": "BREAD" }));
    assert_eq!(open["tasks"].as_array().unwrap().len(), 1);
}

#[test]
fn a_change_is_undone_by_its_number() {
    let store = MemoryStore::default();
    assert_eq!(done(&store, "add_task", json!({ "title": "milk" }))["change"], 1);
    let deleted = done(&store, "delete_task", json!({ "task_id": 1 }));
    let undone = done(&store, "undo", json!({ "change": deleted["change"] }));
    assert_eq!((&undone["undone_change"], &undone["change"]), (&json!(3), &json!(4)));
    assert!(failed(&store, "undo", json!({ "change": 99 })).starts_with("There is no change"));
}

#[test]
fn a_list_that_is_made_is_told_and_the_lists_are_listed() {
    let store = MemoryStore::default();
    let first = done(&store, "add_task", json!({ "title": "a", "list": "Home" }));
    assert_eq!(first["note"], "There was no list \"Home\", so it was made.");
    assert_eq!(done(&store, "add_task", json!({ "title": "b", "list": "HOME" })).get("note"), None);
    let several = json!({ "tasks": [{ "title": "c", "list": "Work" }, { "title": "d", "list": "work" }] });
    assert_eq!(done(&store, "add_tasks", several)["note"], "There was no list \"Work\", so it was made.");
    assert_eq!(done(&store, "list_lists", json!({}))["lists"][0], json!({ "name": "Home", "open": 1 }));
}

#[test]
fn a_connector_searches_and_fetches() {
    let store = MemoryStore::default();
    done(&store, "add_task", json!({ "title": "buy milk", "description": "two" }));
    let found = done(&store, "search", json!({ "query": "milk" }));
    assert_eq!(found["results"][0]["id"], "1");
    let document = done(&store, "fetch", json!({ "id": found["results"][0]["id"] }));
    assert_eq!((&document["title"], &document["metadata"]["status"]), (&json!("buy milk"), &json!("pending")));
    assert!(
        document["url"].as_str().unwrap().starts_with("http") && document["text"].as_str().unwrap().contains("two")
    );
    assert_eq!(done(&store, "search", json!({ "query": "bread" })), json!({ "results": [] }));
    assert!(failed(&store, "fetch", json!({ "id": "9" })).contains("No task with id 9"));
}

#[test]
fn a_task_of_another_user_is_not_found() {
    let store = MemoryStore::default();
    done(&store, "add_task", json!({ "title": "alice's" }));
    for (tool, arguments) in [
        ("complete_task", json!({ "task_id": 1 })),
        ("update_task", json!({ "task_id": 1, "title": "mine" })),
        ("delete_task", json!({ "task_id": 1 })),
    ] {
        let response = TestRequest::tool_call(tool, arguments).token(&token("bob", json!({}))).send(&store);
        let text = "No task with id 1. Call list_tasks to see the current ids.";
        assert_eq!(response.json()["result"]["content"][0]["text"], text, "{tool}");
    }
    let response = TestRequest::tool_call("list_tasks", json!({})).token(&token("bob", json!({}))).send(&store);
    assert_eq!(response.json()["result"]["structuredContent"], json!({ "tasks": [], "total": 0 }));
    assert_eq!(done(&store, "list_tasks", json!({}))["tasks"][0]["title"], "alice's");
}

#[test]
fn bad_arguments_are_all_named_and_nothing_is_stored() {
    let store = MemoryStore::default();
    let text = failed(&store, "add_task", json!({ "start": "today", "title": " ", "description": 7 }));
    assert_eq!(
        text,
        "Invalid arguments for add_task: \"start\" is not known: tasks have no start here; use due or write it into \
         description. \"title\" must be 1 to 200 characters long. \"description\" must be a string."
    );
    failed(&store, "add_task", json!({ "title": "a\u{0}b" }));
    assert_eq!(done(&store, "list_tasks", json!({})), json!({ "tasks": [], "total": 0 }));
}

#[test]
fn a_message_about_a_failing_store_hides_the_cause() {
    for (error, word) in [
        (StoreError::Unavailable("10.0.0.1 refused".into()), "temporarily unavailable"),
        (StoreError::Internal("10.0.0.1 refused".into()), "temporary problem"),
        (StoreError::UnknownOwner, "no longer exists"),
        (StoreError::KeyReused, "used for something else"),
    ] {
        let store = MemoryStore::broken(error);
        for tool in ["add_task", "list_tasks", "delete_task"] {
            let arguments = match tool {
                "add_task" => json!({ "title": "milk" }),
                "delete_task" => json!({ "task_id": 1 }),
                _ => json!({}),
            };
            let text = failed(&store, tool, arguments);
            assert!(text.contains(word) && !text.contains("10.0.0.1"), "{text}");
        }
    }
}

#[test]
fn a_call_that_is_one_too_many_says_when_to_go_on() {
    let store = MemoryStore::default();
    let used_up = Allowance { name: "tools", limit: 600, window: 60, remaining: 0, resets_in: 12 };
    let admit = |user: &str| match user {
        "alice" => Err(ApiError::rate_limited(&used_up)),
        _ => Err(ApiError::unavailable("No database.", 5).because("10.0.0.1 refused")),
    };
    for (user, says) in [("alice", "Try again in 12 seconds."), ("bob", "temporarily unavailable")] {
        let call = TestRequest::tool_call("add_task", json!({ "title": "milk" })).token(&token(user, json!({})));
        let response = call.send_with(&store, &admit);
        let result = &response.json()["result"];
        let text = result["content"][0]["text"].as_str().unwrap();
        assert_eq!((response.status, &result["isError"]), (200, &json!(true)));
        assert!(text.contains(says) && !text.contains("10.0.0.1"), "{text}");
    }
    let listed = TestRequest::modern("tools/list", json!({})).send_with(&store, &admit);
    assert_eq!((listed.status, done(&store, "list_tasks", json!({}))), (200, json!({ "tasks": [], "total": 0 })));
}

#[test]
fn a_call_with_something_of_its_hosts_own_is_done_and_says_so() {
    let store = MemoryStore::default();
    let added = done(&store, "add_task", json!({ "title": "milk", "wait_for_previous": true }));
    assert_eq!(added["task"]["title"], "milk");
    assert_eq!(added["note"], "Ignored, since add_task has no such argument: \"wait_for_previous\".");
    assert_eq!(done(&store, "list_tasks", json!({ "x": null })).get("note"), None);
    assert!(failed(&store, "add_task", json!("milk")).contains("JSON object"));
    assert_eq!(done(&store, "add_task", json!("{\"title\":\"x\"}"))["task"]["id"], 2);
}

#[test]
fn no_response_holds_a_line_separator() {
    let store = MemoryStore::default();
    for (tool, arguments) in [
        ("add_task", json!({ "title": "milk", "description": "a\u{2028}b\u{2029}c" })),
        ("add_task", json!({ "title": "milk", "x\u{2028}\u{85}": 1, "titel\u{2029}": 1 })),
        ("a\u{2028}b", json!({})),
    ] {
        let response = TestRequest::tool_call(tool, arguments).send(&store);
        assert!(!response.text.contains(['\u{2028}', '\u{2029}', '\u{85}']), "{}", response.text);
    }
    let listed = TestRequest::tool_call("list_tasks", json!({})).send(&store).json();
    assert_eq!(listed["result"]["structuredContent"]["tasks"][0]["description"], "a\u{2028}b\u{2029}c");
}
