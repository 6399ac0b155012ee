//! ChatKit's protocol at `/chatkit`: whose threads these are, who may ask, and what is refused. That every response has the
//! form of the official package is judged by that package (`tests/contracts`).

use anyhow::{Context, Result};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

const PAGE: &str = "https://app.example";

pub(crate) fn asks(user: &TestUser<'_>, kind: &str, params: Value) -> RequestBuilder {
    user.app.post("/chatkit", &json!({"type": kind, "params": params, "metadata": {}})).bearer_auth(&user.token)
}

pub(crate) async fn ask(user: &TestUser<'_>, kind: &str, params: Value) -> Result<Value> {
    let response = asks(user, kind, params).send().await?;
    assert_eq!(response.status(), 200, "{kind}: {}", user.app.log());
    Ok(response.json().await?)
}

pub(crate) async fn told(response: Response) -> Result<Vec<Value>> {
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let text = response.text().await?;
    let frames = text.split("\n\n").filter(|frame| !frame.is_empty() && !frame.starts_with(':'));
    frames.map(|frame| Ok(serde_json::from_str(frame.strip_prefix("data: ").context("data")?)?)).collect()
}

pub(crate) fn input(text: &str) -> Value {
    json!({"content": [{"type": "input_text", "text": text}], "attachments": [], "inference_options": {}})
}

pub(crate) async fn say(user: &TestUser<'_>, thread: Option<&str>, text: &str) -> Result<Vec<Value>> {
    let response = match thread {
        None => asks(user, "threads.create", json!({"input": input(text)})),
        Some(id) => asks(user, "threads.add_user_message", json!({"thread_id": id, "input": input(text)})),
    };
    told(response.send().await?).await
}

pub(crate) fn of<'a>(told: &'a [Value], kind: &str) -> Vec<&'a Value> {
    told.iter().filter(|event| event["type"] == kind).collect()
}

pub(crate) fn thread_of(told: &[Value]) -> String {
    told[0]["thread"]["id"].as_str().unwrap().to_owned()
}

/// The items as they ended.
pub(crate) fn items(told: &[Value]) -> Vec<Value> {
    of(told, "thread.item.done").into_iter().map(|event| event["item"].clone()).collect()
}

pub(crate) fn without_times(items: &[Value]) -> Vec<Value> {
    let mut items = items.to_vec();
    items.iter_mut().for_each(|item| item["created_at"] = json!(null));
    items
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_is_a_conversation_and_is_kept_as_it_was_told() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let first = say(&ann, None, "add buy milk").await?;
    let id = thread_of(&first);
    assert_eq!(ann.list().await?, ["buy milk"]);
    assert_eq!(of(&first, "client_effect").len(), 1, "the page is told that its list is old");
    let second = say(&ann, Some(&id), "show my tasks").await?;
    assert!(of(&second, "client_effect").is_empty());
    let whole = ask(&ann, "threads.get_by_id", json!({ "thread_id": id })).await?;
    let shown = [items(&first), items(&second)].concat();
    assert_eq!(without_times(whole["items"]["data"].as_array().unwrap()), without_times(&shown));
    assert_eq!((&whole["title"], &whole["items"]["has_more"]), (&json!("add buy milk"), &json!(false)));
    let (_, conversation) = ann.ask("GET", &format!("/conversations/{id}")).await?;
    assert_eq!(conversation["messages"].as_array().unwrap().len(), 4, "the same one as elsewhere");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_and_items_come_in_pages() -> Result<()> {
    let app = TestApp::with(&[("chat_rate_limit", "0/300")]).await?;
    let ann = app.sign_up("Ann").await?;
    let mut ids = Vec::new();
    for text in ["add a", "add b", "add c"] {
        ids.push(thread_of(&say(&ann, None, text).await?));
    }
    for (order, expected) in [("asc", ids.clone()), ("desc", ids.iter().rev().cloned().collect())] {
        let first = ask(&ann, "threads.list", json!({"limit": 2, "order": order})).await?;
        assert_eq!(first["has_more"], true);
        let rest = ask(&ann, "threads.list", json!({"limit": 2, "order": order, "after": first["after"]})).await?;
        assert!(rest["has_more"] == false && rest.get("after").is_none(), "{rest}");
        let all = [first["data"].as_array().unwrap().clone(), rest["data"].as_array().unwrap().clone()].concat();
        let seen: Vec<&str> = all.iter().map(|thread| thread["id"].as_str().unwrap()).collect();
        assert_eq!(seen, expected, "{order}");
    }
    let id = ids[0].as_str();
    for n in 0..4 {
        say(&ann, Some(id), &format!("add more {n}")).await?;
    }
    let whole = ask(&ann, "threads.get_by_id", json!({ "thread_id": id })).await?;
    let whole = whole["items"]["data"].as_array().unwrap();
    for order in ["asc", "desc"] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let params = json!({"thread_id": id, "limit": 4, "order": order, "after": after});
            let page = ask(&ann, "items.list", params).await?;
            seen.extend(page["data"].as_array().unwrap().clone());
            after = page["after"].clone();
            if page["has_more"] == false {
                break;
            }
        }
        if order == "desc" {
            seen.reverse();
        }
        assert_eq!(&seen, whole, "{order}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_gets_another_title_and_is_deleted() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let id = thread_of(&say(&ann, None, "add a").await?);
    let renamed = ask(&ann, "threads.update", json!({"thread_id": id, "title": " Shopping\nlist "})).await?;
    assert_eq!((&renamed["id"], &renamed["title"]), (&json!(id), &json!("Shopping list")));
    assert_eq!(ask(&ann, "threads.delete", json!({ "thread_id": id })).await?, json!({}));
    for kind in ["threads.get_by_id", "threads.delete", "items.list"] {
        problem(asks(&ann, kind, json!({ "thread_id": id })).send().await?, 404, "not_found").await?;
    }
    assert_eq!(ask(&ann, "threads.list", json!({})).await?["data"], json!([]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_or_touches_the_threads_of_another() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let id = thread_of(&say(&ann, None, "add a secret").await?);
    for (kind, params) in [
        ("threads.get_by_id", json!({ "thread_id": id })),
        ("items.list", json!({ "thread_id": id })),
        ("items.list", json!({"thread_id": id, "after": format!("{id}-1-0")})),
        ("threads.update", json!({"thread_id": id, "title": "mine"})),
        ("threads.delete", json!({ "thread_id": id })),
        ("threads.add_user_message", json!({"thread_id": id, "input": input("show my tasks")})),
        ("threads.retry_after_item", json!({"thread_id": id, "item_id": format!("{id}-1-0")})),
    ] {
        let refused = problem(asks(&bob, kind, params).send().await?, 404, "not_found").await?;
        assert!(!refused.to_string().contains("secret"), "{kind}");
    }
    assert_eq!(ask(&bob, "threads.list", json!({})).await?["data"], json!([]));
    let beyond = ask(&bob, "threads.list", json!({ "after": id })).await?;
    assert_eq!(beyond["data"], json!([]));
    let kept = ask(&ann, "threads.get_by_id", json!({ "thread_id": id })).await?;
    assert_eq!(kept["title"], "add a secret");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_signed_in_user_on_a_listed_page_gets_in() -> Result<()> {
    let app = TestApp::with(&[("trusted_origins", "https://app.example,https://*.preview.example")]).await?;
    let ann = app.sign_up("Ann").await?;
    let list = json!({"type": "threads.list", "params": {}});
    problem(app.post("/chatkit", &list).send().await?, 401, "unauthenticated").await?;
    problem(app.post("/chatkit", &list).bearer_auth("a.b.c").send().await?, 401, "invalid_token").await?;
    let cookie_alone = app.post("/chatkit", &list).header("cookie", &ann.cookie);
    problem(cookie_alone.send().await?, 401, "unauthenticated").await?;
    for page in [PAGE, "https://pr-7.preview.example", &app.base] {
        let response = app.post("/chatkit", &list).bearer_auth(&ann.token).header("origin", page).send().await?;
        assert_eq!(response.status(), 200, "{page}");
    }
    for page in ["https://evil.example", "http://app.example", "https://preview.example", "null", ""] {
        let request = app.post("/chatkit", &json!({"type": "threads.create", "params": {"input": input("add x")}}));
        let refused = request.bearer_auth(&ann.token).header("origin", page).send().await?;
        assert!(refused.headers().get("access-control-allow-origin").is_none(), "{page}");
        problem(refused, 403, "forbidden").await?;
    }
    assert!(ann.list().await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_the_protocol_is_refused() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (kind, params, status, code) in [
        ("attachments.create", json!({"name": "a", "size": 1, "mime_type": "text/plain"}), 400, "malformed"),
        ("threads.retry_after_item", json!({"thread_id": "1", "item_id": "1-1-0"}), 404, "not_found"),
        ("threads.retry_after_item", json!({"thread_id": "1", "item_id": "2-1-0"}), 422, "invalid"),
        ("threads.retry_after_item", json!({"thread_id": "1", "item_id": "1-1-1"}), 422, "invalid"),
        ("", json!({}), 400, "malformed"),
        ("threads.create", json!({"input": {}}), 422, "invalid"),
        ("threads.get_by_id", json!({"thread_id": "thr_1"}), 404, "not_found"),
        ("threads.get_by_id", json!({"thread_id": "1' or '1'='1"}), 404, "not_found"),
        ("threads.update", json!({"thread_id": "1", "title": " "}), 422, "invalid"),
        ("items.list", json!({"thread_id": "1", "after": "2-1-0"}), 422, "invalid"),
        ("threads.custom_action", json!({"thread_id": "1", "action": {"type": "buy"}}), 400, "malformed"),
        ("threads.create", json!({"input": input(&"a".repeat(20_000))}), 413, "too_large"),
    ] {
        let refused = problem(asks(&ann, kind, params).send().await?, status, code).await;
        refused.with_context(|| kind.to_owned())?;
    }
    let text = app.request("POST", "/chatkit").bearer_auth(&ann.token).body("hi").send().await?;
    problem(text, 415, "unsupported_media_type").await?;
    let get = app.get("/chatkit").bearer_auth(&ann.token).send().await?;
    assert_eq!(get.headers()["allow"], "POST");
    problem(get, 405, "method_not_allowed").await?;
    let query = app.post("/chatkit?user=bob", &json!({})).bearer_auth(&ann.token).send().await?;
    problem(query, 400, "malformed").await?;
    Ok(())
}
