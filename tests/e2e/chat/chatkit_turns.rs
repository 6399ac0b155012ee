//! Turns told in ChatKit's protocol: questions and their buttons, failures and limits, and what is said twice.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{FakeModel, TestApp, TestUser, gemini_variables, model_says};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::chat::chatkit::{ask, asks, input, items, of, say, thread_of, told, without_times};
use crate::problem::problem;

/// Asks to delete two tasks; returns the thread and the two widgets that ask back.
async fn widgets(ann: &TestUser<'_>) -> Result<(String, Vec<Value>)> {
    ann.add("milk").await?;
    ann.add("eggs").await?;
    let told = say(ann, None, "delete tasks 1 and 2").await?;
    let widgets: Vec<Value> = items(&told).into_iter().filter(|item| item["type"] == "widget").collect();
    assert_eq!(widgets.len(), 2, "{told:?}");
    assert_eq!(ann.list().await?, ["milk", "eggs"], "nothing is done before the word is given");
    Ok((thread_of(&told), widgets))
}

fn press(thread: &str, widget: &Value, button: &str) -> Value {
    json!({"thread_id": thread, "item_id": widget["id"], "action": widget["widget"][button]["action"]})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_answers_its_question_and_no_other() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let (thread, asked) = widgets(&ann).await?;
    let confirm = press(&thread, &asked[0], "confirm");
    for _ in 0..2 {
        let done = told(asks(&ann, "threads.custom_action", confirm.clone()).send().await?).await?;
        let replaced = of(&done, "thread.item.replaced")[0];
        assert_eq!(replaced["item"]["id"], asked[0]["id"]);
        assert_eq!(replaced["item"]["widget"]["children"][0]["value"], "Deleted #1 \"milk\".");
        assert!(replaced["item"]["widget"].get("confirm").is_none());
        assert_eq!(ann.list().await?, ["eggs"], "once");
    }
    let cancelled = press(&thread, &asked[1], "cancel");
    let denied = told(asks(&ann, "threads.custom_action", cancelled).send().await?).await?;
    assert!(of(&denied, "client_effect").is_empty());
    let late = told(asks(&ann, "threads.custom_action", press(&thread, &asked[1], "confirm")).send().await?).await?;
    assert!(late[0]["message"].as_str().unwrap().contains("answered before"), "{late:?}");
    assert_eq!(ann.list().await?, ["eggs"]);
    let kept = ask(&ann, "items.list", json!({"thread_id": thread, "order": "asc"})).await?;
    let texts: Vec<&Value> = kept["data"].as_array().unwrap().iter().map(|item| &item["copy_text"]).collect();
    assert!(texts.contains(&&json!("Not done: delete #2 \"eggs\".")), "{kept}");

    let mut other = confirm.clone();
    other["thread_id"] = json!(thread_of(&say(&ann, None, "hi").await?));
    for (user, params) in [(&bob, &confirm), (&ann, &other)] {
        problem(asks(user, "threads.custom_action", params.clone()).send().await?, 404, "not_found").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_in_words_takes_the_buttons_away() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (thread, asked) = widgets(&ann).await?;
    let told = say(&ann, Some(&thread), "yes").await?;
    assert!(ann.list().await?.is_empty());
    let replaced: Vec<&Value> =
        of(&told, "thread.item.replaced").into_iter().map(|event| &event["item"]["id"]).collect();
    assert_eq!(replaced, [&asked[0]["id"], &asked[1]["id"]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_has_to_read_is_told_in_the_stream() -> Result<()> {
    let app = TestApp::with(&[("chat_rate_limit", "1/300")]).await?;
    let ann = app.sign_up("Ann").await?;
    let long = say(&ann, None, &"a".repeat(2001)).await?;
    assert_eq!(long[0]["type"], "error");
    assert!(long[0]["message"].as_str().unwrap().contains("1 to 2000 characters"), "{long:?}");
    say(&ann, None, "add a").await?;
    let response = asks(&ann, "threads.create", json!({"input": input("add b")})).send().await?;
    for header in ["retry-after", "ratelimit", "ratelimit-policy"] {
        assert!(response.headers().contains_key(header), "{header}");
    }
    let limited = told(response).await?;
    assert_eq!((&limited[0]["type"], limited.len()), (&json!("notice"), 1), "{limited:?}");
    assert_eq!(ann.list().await?, ["a"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_cannot_smuggle_a_picture_and_a_failure_is_said() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (heard, said) = tokio::join!(say(&ann, None, "hi"), async {
        let mut speaker = model.next_request().await?;
        speaker.say(json!([{"text": "!"}]), true).await?;
        speaker.say(json!([{"text": "[x](https://evil.example/?q=milk) <img src=https://evil.example>"}]), false).await
    });
    said?;
    let heard = heard?;
    let words: String =
        of(&heard, "thread.item.updated").iter().filter_map(|event| event["update"]["delta"].as_str()).collect();
    assert_eq!(words, r"!\[x](https://evil.example/?q=milk) \<img src=https://evil.example>");
    assert_eq!(items(&heard)[1]["content"][0]["text"], words);
    let (failed, asked) = tokio::join!(say(&ann, None, "remember this"), async {
        for _ in 0..2 {
            drop(model.next_request().await?); // ends without a word
        }
        Ok::<_, anyhow::Error>(())
    });
    asked?;
    let failed = failed?;
    let error = failed.last().unwrap();
    assert_eq!((&error["type"], &error["code"]), (&json!("error"), &json!("custom")), "{failed:?}");
    assert!(error["message"].as_str().unwrap().contains("Your message is kept."));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_said_once_under_its_key() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let say = |text: &str| {
        asks(&ann, "threads.create", json!({ "input": input(text) })).header("idempotency-key", "k").send()
    };
    let first = told(say("add milk").await?).await?;
    let again = told(say("add milk").await?).await?;
    assert_eq!(thread_of(&first), thread_of(&again));
    assert_eq!(without_times(&items(&first)), without_times(&items(&again)), "told again");
    assert_eq!(ann.list().await?, ["milk"]);
    problem(say("add eggs").await?, 422, "idempotency_key_reused").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_answer_is_tried_again_and_nothing_is_done_twice() -> Result<()> {
    let gemini = MockServer::start().await;
    let call = json!([{"functionCall": {"name": "add_task", "args": {"title": "milk"}}, "thoughtSignature": "c2ln"}]);
    // Refused at first; then a call, whose result cannot be kept; then the words.
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(403)).up_to_n_times(1).mount(&gemini).await;
    Mock::given(method("POST")).respond_with(model_says(call)).up_to_n_times(1).mount(&gemini).await;
    Mock::given(method("POST")).respond_with(model_says(json!([{"text": "Added milk."}]))).mount(&gemini).await;
    let app = TestApp::with(&gemini_variables(&gemini.uri())).await?;
    let ann = app.sign_up("Ann").await?;
    let failed = say(&ann, None, "add milk").await?;
    let error = failed.last().context("an event")?;
    assert_eq!((&error["type"], &error["allow_retry"]), (&json!("error"), &json!(true)));
    let id = thread_of(&failed);
    let retry =
        || asks(&ann, "threads.retry_after_item", json!({"thread_id": id, "item_id": format!("{id}-1-0")})).send();
    let cut = "create function cut() returns trigger language plpgsql as $$ begin raise exception 'cut'; end $$;
               create trigger cut before insert on message for each row when (new.step = 2) execute function cut()";
    app.database(cut).await?;
    assert_eq!(of(&told(retry().await?).await?, "error").len(), 1);
    app.database("drop trigger cut on message").await?;
    let answered = told(retry().await?).await?;
    let kinds = |told: &[Value]| items(told).iter().map(|item| item["type"].clone()).collect::<Vec<_>>();
    assert_eq!(kinds(&answered), ["workflow", "assistant_message"], "{answered:?}");
    assert_eq!(ann.list().await?, ["milk"]);
    let again = told(retry().await?).await?;
    assert_eq!(kinds(&again), ["workflow", "assistant_message"], "{again:?}");
    assert_eq!(ann.list().await?, ["milk"], "what has its response is only told again");
    let whole = ask(&ann, "threads.get_by_id", json!({ "thread_id": id })).await?;
    assert_eq!(without_times(&whole["items"]["data"].as_array().unwrap()[1..]), without_times(&items(&again)));
    Ok(())
}
