//! Characters that nobody sees carry nothing between people, tasks and the model, in any direction; what is seen stays whole.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{Events, FakeModel, TestApp, gemini_variables, model_says};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const HIDDEN: [&str; 21] = [
    "\u{e0101}\u{e0148}\u{e0149}", // variation selectors: a byte each
    "\u{2062}\u{2064}\u{2062}\u{2064}",
    "\u{e0001}\u{e0064}\u{e0065}", // tags
    "\u{ad}",
    "\u{34f}",
    "\u{115f}",
    "\u{1160}",
    "\u{3164}",
    "\u{ffa0}",
    "\u{180b}",
    "\u{180e}",
    "\u{17b4}",
    "\u{17b5}",
    "\u{1d173}",
    "\u{fffe}",
    "\u{200b}",
    "\u{2060}",
    "\u{202e}",
    "\u{2066}\u{2069}",
    "\u{200d}\u{200d}",
    "\u{feff}",
];
const SEEN: [&str; 5] =
    ["👨\u{200d}👩\u{200d}👧", "❤\u{fe0f}", "1\u{fe0f}\u{20e3}", "می\u{200c}خواهم", "क\u{94d}\u{200d}ष"];

/// Texts with something between two words, and what is left of them.
fn texts() -> Vec<(String, String)> {
    let hidden = HIDDEN.iter().map(|between| (format!("Buy milk{between} now"), "Buy milk now".to_owned()));
    let seen = SEEN.iter().map(|between| (format!("Buy {between} now"), format!("Buy {between} now")));
    hidden.chain(seen).collect()
}

/// Adds what the message says, with the characters that it had before they were taken out, and says it.
fn repeating(request: &Request) -> ResponseTemplate {
    let body: Value = request.body_json().unwrap();
    let contents = body["contents"].as_array().unwrap();
    let message = contents[0]["parts"][0]["text"].as_str().unwrap();
    let number: usize = message.split_once(": ").unwrap().0.parse().unwrap();
    let text = &texts()[number].0;
    model_says(match contents.len() {
        1 => json!([{"functionCall": {"name": "add_task", "args": {"title": text, "description": text}}}]),
        _ => json!([{ "text": text }]),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_sees_reaches_neither_the_model_nor_the_user() -> Result<()> {
    let gemini = MockServer::start().await;
    Mock::given(method("POST")).respond_with(repeating).mount(&gemini).await;
    let url = gemini.uri();
    let mut variables = gemini_variables(&url);
    variables.push(("chat_rate_limit", "0/300"));
    let app = TestApp::with(&variables).await?;
    let ann = app.sign_up("Ann").await?;
    for (number, (text, visible)) in texts().iter().enumerate() {
        let (status, answer) = ann.chat(json!({"message": format!("{number}: {text}")})).await?;
        assert_eq!(status, 200, "{text:?}: {answer}\n{}", app.log());
        assert_eq!(answer["response"], *visible, "the model's words: {text:?}");
        let task = &answer["tool_calls"][0]["result"]["task"];
        assert_eq!((&task["title"], &task["description"]), (&json!(visible), &json!(visible)), "its call: {text:?}");
        let asked: Value = gemini.received_requests().await.unwrap().pop().unwrap().body_json()?;
        let asked = &asked["contents"];
        assert_eq!(asked[0]["parts"][0]["text"], format!("{number}: {visible}"), "the user's words: {text:?}");
        let result = asked[2].to_string(); // asked[1] is the model's own call, sent back as it came
        assert!(!result.contains(text) || text == visible, "the tool's result: {result}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_sees_is_no_part_of_a_task() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (text, visible) in texts() {
        let (status, task) = ann.send("POST", "/tasks", json!({"title": text, "description": text})).await?;
        assert_eq!(status, 201, "{text:?}: {task}");
        assert_eq!((&task["title"], &task["description"]), (&json!(visible), &json!(visible)), "{text:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_comes_character_by_character_is_filtered_as_a_whole() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let url = model.url.clone();
    let mut variables = gemini_variables(&url);
    variables.push(("chat_rate_limit", "0/300"));
    let app = TestApp::with(&variables).await?;
    let ann = app.sign_up("Ann").await?;
    for (text, visible) in texts() {
        let (response, said) = tokio::join!(ann.stream(json!({"message": "hi"})), async {
            let mut reply = model.next_request().await?;
            for character in text.chars() {
                reply.say(json!([{ "text": character }]), true).await?;
            }
            reply.say(json!([]), false).await
        });
        said?;
        let (mut told, mut heard) = (Events::of(response?), String::new());
        while let Some(event) = told.next().await? {
            heard.push_str(event["delta"].as_str().unwrap_or_default());
        }
        assert_eq!(heard, visible, "{text:?}");
    }
    Ok(())
}
