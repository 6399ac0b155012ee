//! Many users at once in one instance, over REST, MCP, chat and auth: each sees their own alone.

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::future::try_join_all;
use serde_json::{Value, json};
use tests::{TestUser, events, gemini_variables, model_says};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{ROUNDS, USERS, app_with, lasting, users};

/// How many tasks each of them has at most.
const TASKS: usize = 20;

/// A model that reads the tasks twice and then repeats what the user said.
fn repeating(request: &Request) -> ResponseTemplate {
    let body: Value = request.body_json().unwrap();
    let contents = body["contents"].as_array().unwrap();
    if contents.last().unwrap()["parts"][0]["functionResponse"].is_null() {
        let list = |status: &str| json!({"functionCall": {"name": "list_tasks", "args": {"status": status}}});
        return model_says(json!([list("all"), list("pending")]));
    }
    let said = contents.iter().rev().find_map(|content| content["parts"][0]["text"].as_str()).unwrap();
    model_says(json!([{"text": "You said: "}, {"text": said}]))
}

/// Talks to the assistant once as JSON and once as a stream, in one conversation.
async fn talk(user: &TestUser<'_>, neighbour: &TestUser<'_>, own: &str) -> Result<()> {
    let message = |number: u32| format!("what is title of {own} {number}");
    let (status, first) = user.chat(json!({"message": message(1)})).await?;
    ensure!(status == 200 && !foreign(&first, own), "{own} talks: {status} {first}");
    ensure!(first["response"] == format!("You said: {}", message(1)), "{own} hears: {first}");
    let calls = first["tool_calls"].as_array().context("calls")?;
    ensure!(calls.len() == 2 && calls.iter().all(|call| call["status"] == "done"), "{own}: {first}");
    let body = json!({"message": message(2), "conversation_id": first["conversation_id"]});
    let told = events(&user.stream(body).await?.text().await?)?;
    let told = Value::Array(told);
    ensure!(told.to_string().contains(&message(2)) && !foreign(&told, own), "{own} hears: {told}");
    let path = format!("/conversations/{}", first["conversation_id"]);
    ensure!(neighbour.ask("GET", &path).await?.0 == 404, "{own}: a neighbour reads {path}");
    let kept = user.ask("GET", &path).await?.1;
    ensure!(kept["messages"].as_array().map(Vec::len) == Some(4) && !foreign(&kept, own), "{own} finds {kept}");
    Ok(())
}

/// Whether a user sees titles that are not their own.
fn foreign(seen: &Value, own: &str) -> bool {
    let text = seen.to_string();
    text.split("title of ").skip(1).any(|rest| !rest.starts_with(own))
}

/// The address and the id that auth gives for the session of a user, and the owners of both tokens.
async fn known_as(user: &TestUser<'_>) -> Result<[String; 4]> {
    let response = user.auth("GET", "/get-session").send().await?;
    let issued = owner_of(response.headers()["set-auth-jwt"].to_str()?)?;
    let session: Value = response.json().await?;
    let token: Value = user.auth("GET", "/token").send().await?.json().await?;
    let text = |member: &str| session["user"][member].as_str().unwrap_or_default().to_owned();
    Ok([text("email"), text("id"), issued, owner_of(token["token"].as_str().context("token")?)?])
}

/// The `sub` of a JWT.
fn owner_of(token: &str) -> Result<String> {
    let claims = token.split('.').nth(1).context("claims")?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims)?)?;
    Ok(claims["sub"].as_str().context("sub")?.to_owned())
}

/// Does everything once, over REST, MCP, chat and auth, and returns the number of requests.
async fn use_everything(user: &TestUser<'_>, neighbour: &TestUser<'_>, round: usize) -> Result<usize> {
    let own = format!("{}.", user.email);
    let (status, added) = user.send("POST", "/tasks", json!({"title": format!("title of {own} {round}")})).await?;
    ensure!(status == 201 && !foreign(&added, &own), "{own} adds: {status} {added}");
    if round >= TASKS {
        let (status, deleted) = user.ask("DELETE", &format!("/tasks/{}", round - TASKS + 1)).await?;
        ensure!(status == 204, "{own} deletes: {status} {deleted}");
    }
    let (status, list) = user.ask("GET", "/tasks").await?;
    let expected = TASKS.min(round + 1);
    ensure!(status == 200 && list.as_array().map(Vec::len) == Some(expected), "{own} lists: {status} {list}");
    let called = user.mcp("tools/call", json!({"name": "list_tasks", "arguments": {}})).await?;
    ensure!(called["result"]["isError"] != true, "{own} calls: {called}");
    ensure!(!foreign(&list, &own) && !foreign(&called, &own), "{own} sees {list} {called}");
    talk(user, neighbour, &own).await?;
    let known = known_as(user).await?;
    ensure!(known == [&user.email, &user.id, &user.id, &user.id].map(String::clone), "{own} is known as {known:?}");
    let path = format!("/api/{}/tasks", neighbour.id);
    let refused = user.app.get(&path).bearer_auth(&user.token).send().await?.status();
    ensure!(refused == 403, "{own} at a neighbour's: {refused}");
    Ok(if round >= TASKS { 11 } else { 10 })
}

#[tokio::test(flavor = "multi_thread")]
async fn users_at_once_see_their_own_alone() -> Result<()> {
    let rounds = std::env::var("ISOLATION_ROUNDS").map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let gemini = MockServer::start().await;
    Mock::given(method("POST")).respond_with(repeating).mount(&gemini).await;
    let app = app_with(&gemini_variables(&gemini.uri()), lasting()).await?;
    let users = users(&app).await?;
    let requests = (0..USERS).map(async |number| {
        let mut requests = 0;
        for round in 0..rounds {
            requests += use_everything(&users[number], &users[(number + 1) % USERS], round).await?;
        }
        anyhow::Ok(requests)
    });
    let requests: usize = try_join_all(requests).await?.into_iter().sum();
    println!("{requests} requests of {USERS} users at once");
    Ok(())
}
