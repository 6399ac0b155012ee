//! What the chat may use up, and who is told what when it is used up.

use anyhow::{Context, Result};
use futures::StreamExt;
use reqwest::Response;
use serde_json::json;
use tests::{FakeModel, TestApp, TestUser, gemini_variables, model_says};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::problem::problem;

async fn hello() -> MockServer {
    let gemini = MockServer::start().await;
    Mock::given(method("POST")).respond_with(model_says(json!([{"text": "Hello."}]))).mount(&gemini).await;
    gemini
}

async fn app(gemini: &MockServer, limit: (&'static str, &'static str)) -> Result<TestApp> {
    let url = gemini.uri();
    let mut variables = gemini_variables(&url);
    variables.push(limit);
    TestApp::with(&variables).await
}

async fn say(user: &TestUser<'_>) -> Result<Response> {
    Ok(user.request("POST", "/chat").json(&json!({"message": "hi"})).send().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_has_so_many_messages_and_others_have_theirs() -> Result<()> {
    let app = TestApp::with(&[("chat_rate_limit", "2/300")]).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let first = say(&ann).await?;
    assert_eq!((first.status().as_u16(), &first.headers()["ratelimit-policy"]), (200, &"\"chat\";q=2;w=300".parse()?));
    assert_eq!(say(&ann).await?.status(), 200);
    let refused = say(&ann).await?;
    for header in ["retry-after", "ratelimit", "ratelimit-policy"] {
        assert!(refused.headers().contains_key(header), "{header}");
    }
    problem(refused, 429, "rate_limited").await?;
    assert_eq!(say(&bob).await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_come_back_one_by_one_and_what_is_refused_costs_nothing() -> Result<()> {
    let app = TestApp::with(&[("chat_rate_limit", "2/600")]).await?;
    let ann = app.sign_up("Ann").await?;
    for _ in 0..2 {
        assert_eq!(say(&ann).await?.status(), 200);
    }
    for _ in 0..3 {
        let refused = say(&ann).await?;
        let seconds: u32 = refused.headers()["retry-after"].to_str()?.parse()?;
        assert!((1..=300).contains(&seconds), "{seconds}");
        assert!(refused.headers()["ratelimit"].to_str()?.starts_with("\"chat\";r=0;t="));
        problem(refused, 429, "rate_limited").await?;
    }
    app.database("update rate_limit set resets_at = resets_at - interval '301 seconds'").await?;
    assert_eq!(say(&ann).await?.status(), 200, "half of the time brings half of the messages");
    assert_eq!(say(&ann).await?.status(), 429);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_takes_no_more_than_there_is() -> Result<()> {
    let app = TestApp::with(&[("chat_rate_limit", "3/3000")]).await?;
    let ann = app.sign_up("Ann").await?;
    let all = futures::future::try_join_all((0..8).map(|_| say(&ann))).await?;
    assert_eq!(all.iter().filter(|response| response.status() == 200).count(), 3);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tokens_of_a_day_are_each_users_own() -> Result<()> {
    let gemini = hello().await;
    let app = app(&gemini, ("chat_daily_tokens", "100")).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    assert_eq!(say(&ann).await?.status(), 200); // and used 120
    let refused = say(&ann).await?;
    assert!(refused.headers().contains_key("retry-after"));
    problem(refused, 429, "daily_limit_reached").await?;
    assert_eq!(say(&bob).await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_money_of_a_day_is_everybodys_and_tasks_go_on() -> Result<()> {
    let gemini = hello().await;
    let url = gemini.uri();
    let mut variables = gemini_variables(&url);
    variables.extend([("chat_daily_usd", "0.001"), ("gemini_prices", "10/100")]); // 120 tokens: 0.003 dollars
    let app = TestApp::with(&variables).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    assert_eq!(say(&ann).await?.status(), 200);
    for user in [&ann, &bob] {
        let refused = say(user).await?;
        assert!(refused.headers().contains_key("retry-after"));
        problem(refused, 503, "unavailable").await?;
        user.add("still works").await?;
    }
    assert_eq!(gemini.received_requests().await.unwrap().len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_model_is_left_alone_for_a_while() -> Result<()> {
    let gemini = MockServer::start().await;
    let refusal = json!({"error": {"code": 403, "status": "PERMISSION_DENIED", "message": "leaked key"}});
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(403).set_body_json(refusal)).mount(&gemini).await;
    let app = app(&gemini, ("chat_breaker", "3/60/30")).await?;
    let ann = app.sign_up("Ann").await?;
    for _ in 0..5 {
        let refused = say(&ann).await?;
        assert!(refused.headers().contains_key("retry-after"));
        problem(refused, 503, "unavailable").await?;
    }
    assert_eq!(gemini.received_requests().await.unwrap().len(), 3);
    app.database("update model_health set open_until = now()").await?;
    assert_eq!(say(&ann).await?.status(), 503);
    assert_eq!(gemini.received_requests().await.unwrap().len(), 4, "it is tried again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_is_not_paid_for_is_left_alone_at_once() -> Result<()> {
    let gemini = MockServer::start().await;
    let refusal = json!({"error": {"code": 402, "status": "RESOURCE_EXHAUSTED", "message": "credit used up"}});
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(402).set_body_json(refusal)).mount(&gemini).await;
    let app = app(&gemini, ("chat_breaker", "5/60/30")).await?;
    let ann = app.sign_up("Ann").await?;
    for _ in 0..3 {
        problem(say(&ann).await?, 503, "unavailable").await?;
    }
    assert_eq!(gemini.received_requests().await.unwrap().len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_at_the_same_time_do_not_spend_the_same_tokens() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let mut variables = gemini_variables(&model.url);
    variables.push(("chat_daily_tokens", "5000")); // a turn is taken to use 4000
    let app = TestApp::with(&variables).await?;
    let ann = app.sign_up("Ann").await?;
    let (one, two, third) = tokio::join!(say(&ann), say(&ann), async {
        let (mut first, mut second) = (model.next_request().await?, model.next_request().await?);
        let third = say(&ann).await?;
        for speaker in [&mut first, &mut second] {
            speaker.say(json!([{"text": "Hello."}]), false).await?;
        }
        anyhow::Ok(third)
    });
    assert_eq!((one?.status().as_u16(), two?.status().as_u16()), (200, 200));
    problem(third?, 429, "daily_limit_reached").await?;
    let (again, said) =
        tokio::join!(say(&ann), async { model.next_request().await?.say(json!([{"text": "Hello."}]), false).await });
    said?;
    assert_eq!(again?.status(), 200, "they used 240 of them, and the rest was given back");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_reserved_is_given_back_when_nothing_was_used() -> Result<()> {
    let gemini = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(403)).mount(&gemini).await;
    let app = app(&gemini, ("chat_daily_tokens", "1")).await?;
    let ann = app.sign_up("Ann").await?;
    for _ in 0..2 {
        problem(say(&ann).await?, 503, "unavailable").await?;
        let nowhere = ann.request("POST", "/chat").json(&json!({"message": "hi", "conversation_id": 4711}));
        problem(nowhere.send().await?, 404, "not_found").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_at_the_same_time_do_not_spend_the_same_money() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let mut variables = gemini_variables(&model.url);
    // A turn is taken to read 4000 tokens, 0.04 dollars: three of them reach the limit.
    variables.extend([("chat_daily_usd", "0.1"), ("gemini_prices", "10/100")]);
    let app = TestApp::with(&variables).await?;
    let mut users = Vec::new();
    for n in 0..6 {
        users.push(app.sign_up(&format!("User{n}")).await?);
    }
    let mut turns: futures::stream::FuturesUnordered<_> = users.iter().map(say).collect();
    let mut statuses = Vec::new();
    while statuses.len() < 6 {
        // The model says nothing before all others are refused.
        for _ in 0..if statuses.len() == 3 { 3 } else { 0 } {
            model.next_request().await?.say(json!([{"text": "Hello."}]), false).await?;
        }
        statuses.push(turns.next().await.context("six")??.status().as_u16());
    }
    assert_eq!(statuses, [503, 503, 503, 200, 200, 200]);
    for user in &users {
        let (again, said) = tokio::join!(say(user), async {
            model.next_request().await?.say(json!([{"text": "Hello."}]), false).await
        });
        said?;
        assert_eq!(again?.status(), 200, "three cost 0.009, and the rest was given back");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_before_the_answer_has_used_what_was_asked() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let mut variables = gemini_variables(&model.url);
    variables.push(("chat_daily_tokens", "1000")); // the tools alone are more
    let app = TestApp::with(&variables).await?;
    let ann = app.sign_up("Ann").await?;
    let (response, speaker) = tokio::join!(ann.stream(json!({"message": "hi"})), model.next_request());
    drop(response?);
    speaker?.hung_up().await?; // without a word, and so without a bill
    while running(&ann).await? {}
    problem(say(&ann).await?, 429, "daily_limit_reached").await?;
    Ok(())
}

async fn running(user: &TestUser<'_>) -> Result<bool> {
    let (_, list) = user.ask("GET", "/conversations").await?;
    let (_, conversation) = user.ask("GET", &format!("/conversations/{}", list[0]["id"])).await?;
    Ok(conversation["running"] == true)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_on_is_asked_for_like_what_begins() -> Result<()> {
    let gemini = MockServer::start().await;
    let useless = json!({"candidates": [{"content": {}, "finishReason": "MALFORMED_FUNCTION_CALL"}], "usageMetadata": {"promptTokenCount": 60}});
    let response = ResponseTemplate::new(200).set_body_raw(format!("data: {useless}\n\n"), "text/event-stream");
    Mock::given(method("POST")).respond_with(response).mount(&gemini).await;
    let app = app(&gemini, ("chat_daily_tokens", "200")).await?;
    let ann = app.sign_up("Ann").await?;
    let again = || ann.request("POST", "/chat").header("idempotency-key", "k").json(&json!({"message": "hi"})).send();
    for _ in 0..2 {
        problem(again().await?, 503, "unavailable").await?; // each asks twice, 120 tokens
    }
    problem(again().await?, 429, "daily_limit_reached").await?;
    app.database("update token_usage set day = day - 1").await?;
    problem(again().await?, 503, "unavailable").await?;
    app.database("update model_health set open_until = now() + interval '9 seconds'").await?;
    let resting = again().await?;
    assert_eq!(resting.headers()["retry-after"], "9");
    assert_eq!(gemini.received_requests().await.unwrap().len(), 6);
    Ok(())
}
