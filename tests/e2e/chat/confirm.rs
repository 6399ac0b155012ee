//! What needs the user's word: nothing happens before it is given, and then exactly what was asked about.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{TestApp, TestUser, events};

use crate::problem::problem;

/// Asks to delete both tasks; returns the conversation and the names of the two questions.
async fn ask(ann: &TestUser<'_>) -> Result<(Value, Vec<String>)> {
    ann.add("milk").await?;
    ann.add("eggs").await?;
    let (status, reply) = ann.chat(json!({"message": "delete tasks 1 and 2"})).await?;
    assert_eq!(status, 200, "{reply}");
    let calls = reply["tool_calls"].as_array().unwrap();
    assert!(calls.iter().all(|call| call["status"] == "confirmation_required"), "{reply}");
    let text = reply["response"].as_str().unwrap();
    assert!(text.contains("delete #1 \"milk\"") && text.contains("delete #2 \"eggs\""), "{text}");
    assert_eq!(ann.list().await?, ["milk", "eggs"]);
    let ids = calls.iter().map(|call| call["action_id"].as_str().unwrap().to_owned()).collect();
    Ok((reply["conversation_id"].clone(), ids))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_does_exactly_what_was_asked_about_and_does_it_once() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (conversation, ids) = ask(&ann).await?;
    let path = format!("/chat/actions/{}", ids[0]);
    let (status, first) = ann.send("POST", &path, json!({"approve": true})).await?;
    assert_eq!((status.as_u16(), &first["response"]), (200, &json!("Deleted #1 \"milk\".")), "{first}\n{}", app.log());
    assert_eq!((&first["tool_calls"][0]["status"], &first["conversation_id"]), (&json!("done"), &conversation));
    assert_eq!(ann.list().await?, ["eggs"]);
    assert_eq!(ann.send("POST", &path, json!({"approve": true})).await?.1, first, "the same reply again");
    let other = ann.request("POST", &path).json(&json!({"approve": false})).send().await?;
    problem(other, 409, "conflict").await?;
    let (_, denied) = ann.send("POST", &format!("/chat/actions/{}", ids[1]), json!({"approve": false})).await?;
    assert_eq!(denied["tool_calls"][0]["status"], "denied", "{denied}");
    assert_eq!(ann.list().await?, ["eggs"]);
    let (_, kept) = ann.ask("GET", &format!("/conversations/{conversation}")).await?;
    let shown: Vec<&Value> =
        kept["messages"][1]["tool_calls"].as_array().unwrap().iter().map(|call| &call["status"]).collect();
    assert_eq!(shown, ["done", "denied"], "{kept}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_can_answer() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let (_, ids) = ask(&ann).await?;
    let approve = json!({"approve": true});
    let path = format!("/chat/actions/{}", ids[0]);
    problem(bob.request("POST", &path).json(&approve).send().await?, 404, "not_found").await?;
    let anns = format!("/api/{}{path}", ann.id);
    problem(app.request("POST", &anns).bearer_auth(&bob.token).json(&approve).send().await?, 403, "forbidden").await?;
    problem(app.request("POST", &anns).json(&approve).send().await?, 401, "unauthenticated").await?;
    assert_eq!(ann.list().await?, ["milk", "eggs"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_message_may_be_yes_or_no() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (conversation, _) = ask(&ann).await?;
    let say = |message: &str| ann.chat(json!({"message": message, "conversation_id": conversation}));
    let (_, no) = say("No, thanks").await?;
    assert_eq!(no["response"], "Not done: delete #1 \"milk\".\nNot done: delete #2 \"eggs\".");
    assert_eq!(ann.list().await?, ["milk", "eggs"]);
    say("delete tasks 1 and 2").await?;
    let response = ann.stream(json!({"message": "Yes, please!", "conversation_id": conversation})).await?;
    let told = events(&response.text().await?)?;
    let outputs: Vec<&Value> = told.iter().filter(|event| event["type"] == "tool-output-available").collect();
    assert_eq!(outputs.len(), 2, "{told:?}");
    assert!(ann.list().await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_to_something_else_is_not_one_to_an_older_question() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (conversation, _) = ask(&ann).await?;
    for message in ["what's left?", "yes"] {
        ann.chat(json!({"message": message, "conversation_id": conversation})).await?;
    }
    ann.chat(json!({"message": "yes"})).await?; // in another conversation
    assert_eq!(ann.list().await?, ["milk", "eggs"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_told_as_an_approval_request() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    ann.add("eggs").await?;
    let told = events(&ann.stream(json!({"message": "delete milk and eggs"})).await?.text().await?)?;
    let asked: Vec<&Value> = told.iter().filter(|event| event["type"] == "tool-approval-request").collect();
    assert_eq!(asked.len(), 2, "{told:?}");
    let id = asked[1]["approvalId"].as_str().unwrap();
    ann.send("POST", &format!("/chat/actions/{id}"), json!({"approve": true})).await?;
    assert_eq!(ann.list().await?, ["milk"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_question_lapses() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (_, ids) = ask(&ann).await?;
    app.database("update pending_action set expires_at = now()").await?;
    let late = ann.request("POST", &format!("/chat/actions/{}", ids[0])).json(&json!({"approve": true})).send().await?;
    problem(late, 410, "expired").await?;
    assert_eq!(ann.list().await?, ["milk", "eggs"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_german_is_asked_in_german() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("Milch").await?;
    ann.add("Eier").await?;
    let say = async |body: Value| -> Result<Value> {
        let request = ann.request("POST", "/chat").header("accept-language", "de-DE,de;q=0.9,en;q=0.8");
        Ok(request.json(&body).send().await?.json().await?)
    };
    let asked = say(json!({"message": "delete tasks 1 and 2"})).await?;
    let question = "Bitte bestätige:\n- #1 „Milch“ löschen\n- #2 „Eier“ löschen\nSag „ja“ für alle, oder „nein“.";
    assert!(asked["response"].as_str().unwrap().ends_with(question), "{asked}");
    assert!(asked["response"].as_str().unwrap().starts_with("Ich bin der Offline-Assistent"), "{asked}");
    let done = say(json!({"message": "Ja, bitte!", "conversation_id": asked["conversation_id"]})).await?;
    assert_eq!(done["response"], "Erledigt: #1 „Milch“ löschen.\nErledigt: #2 „Eier“ löschen.");
    assert!(ann.list().await?.is_empty());
    Ok(())
}
