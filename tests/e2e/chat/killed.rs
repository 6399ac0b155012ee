//! An instance that is killed in the middle of a turn, wherever that waits: the turn goes on when it is asked for again, and
//! nothing is done twice.

use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::Result;
use host::HostLimits;
use serde_json::{Value, json};
use tests::{FaultProxy, RequestFate, TestApp, TestUser, create_database, gemini_variables, is_on_spin};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::chat::turns::diligent;
use crate::problem::problem;

/// Where the turn hangs until its instance is killed; the second call of a kind by its words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hangs {
    Nowhere,
    /// A request with these words, to the tools.
    Tools(&'static str, RequestFate),
    /// The model, asked with so many results.
    Model(usize),
    /// The statement that keeps this step; it ends when the instance is dead.
    Database(usize),
}

const PLACES: [Hangs; 16] = [
    Hangs::Database(0),
    Hangs::Database(1),
    Hangs::Database(2),
    Hangs::Database(3),
    Hangs::Database(4),
    Hangs::Database(5),
    Hangs::Tools("tools/list", RequestFate::Lost),
    Hangs::Model(0),
    Hangs::Tools("\"title\":\"a\"", RequestFate::Lost),
    Hangs::Tools("\"title\":\"a\"", RequestFate::ResponseLost),
    Hangs::Tools("\"title\":\"b\"", RequestFate::Lost),
    Hangs::Tools("\"title\":\"b\"", RequestFate::ResponseLost),
    Hangs::Model(2),
    Hangs::Tools("complete_task", RequestFate::Lost),
    Hangs::Tools("complete_task", RequestFate::ResponseLost),
    Hangs::Model(3),
];

async fn model(hangs: Arc<Mutex<Hangs>>) -> MockServer {
    let gemini = MockServer::start().await;
    let response = move |request: &Request| -> ResponseTemplate {
        let body: Value = request.body_json().unwrap();
        let results = body["contents"].to_string().matches("functionResponse").count();
        let response = diligent(request);
        let hangs = *hangs.lock().unwrap() == Hangs::Model(results);
        if hangs { response.set_delay(Duration::from_secs(3600)) } else { response }
    };
    Mock::given(method("POST")).respond_with(response).mount(&gemini).await;
    gemini
}

/// Makes the statement that keeps this step wait as long as there is a row in `hung`.
fn hang(step: usize) -> String {
    format!(
        "create table hung (row integer);
         insert into hung values (1);
         create function hang() returns trigger language plpgsql as $$ begin
           while new.step = {step} and exists (select from hung) loop perform pg_sleep(0.01); end loop;
           return new;
         end $$;
         create trigger hang before insert or update on message for each row execute function hang();"
    )
}

/// Waits until so many instances have been killed.
async fn until_killed(app: &TestApp, count: usize) {
    while app.log().matches("guest timed out").count() < count {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Lets it go on, and waits for its end.
const LET_GO: &str = "delete from hung";
const ENDED: &str = "drop trigger hang on message; drop function hang(); drop table hung";

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_whose_instance_is_killed_goes_on_and_does_nothing_twice() -> Result<()> {
    if is_on_spin() {
        return Ok(()); // no limit ends the request there
    }
    let hangs = Arc::new(Mutex::new(Hangs::Nowhere));
    let gemini = model(hangs.clone()).await;
    let judge = hangs.clone();
    let relay = FaultProxy::start(move |body| match *judge.lock().unwrap() {
        Hangs::Tools(words, fate) if body.contains(words) => fate,
        _ => RequestFate::Delivered,
    })
    .await?;
    let url = gemini.uri();
    let mut variables = gemini_variables(&url);
    // Two apps of one address: a token of the one is good for the other.
    variables.extend([
        ("mcp_server_origin", relay.url.as_str()),
        ("better_auth_url", "http://todo.test"),
        ("rate_limit", "off"),
    ]);
    let database = create_database().await?;
    let app = TestApp::on(&database, &variables).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    relay.leads_to(&app.base, "todo.test");
    let short = HostLimits { request_time: Duration::from_secs(1), ..HostLimits::default() };
    let mortal = TestApp::limited(&database, &variables, short).await?;

    for (at, place) in PLACES.into_iter().enumerate() {
        let user = app.sign_up(&format!("User{at}")).await?;
        let say = |app: &TestApp| {
            let request =
                app.post(&format!("/api/{}/chat", user.id), &json!({"message": "add a and b and complete a"}));
            request.bearer_auth(&user.token).header("idempotency-key", "k").send()
        };
        *hangs.lock().unwrap() = place;
        if let Hangs::Database(step) = place {
            app.database(&hang(step)).await?;
        }
        let killed = say(&mortal).await?;
        until_killed(&mortal, at + 1).await;
        // A response whose head has left can only break off.
        let is_failure = killed.status() == 504 || killed.text().await.is_err();
        assert!(is_failure, "{place:?}: {}", mortal.log());
        *hangs.lock().unwrap() = Hangs::Nowhere;
        if let Hangs::Database(_) = place {
            app.database(LET_GO).await?;
            app.database(ENDED).await?;
        }
        app.database("update conversation set running_until = now() - interval '1 second'").await?; // the claim lapses
        let response = say(&app).await?;
        assert_eq!(response.status(), 200, "{place:?}: {}", app.log());
        let reply: Value = response.json().await?;
        assert_eq!(reply["response"], "Added two, completed one.", "{place:?}");
        let done: Vec<&Value> = reply["tool_calls"].as_array().unwrap().iter().map(|call| &call["status"]).collect();
        assert_eq!(done, ["done", "done", "done"], "{place:?}: {reply}");
        assert_eq!(user.list().await?, ["✓ a", "b"], "{place:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_reserved_for_a_killed_turn_counts_as_used() -> Result<()> {
    if is_on_spin() {
        return Ok(()); // no limit ends the request there
    }
    let hangs = Arc::new(Mutex::new(Hangs::Model(0)));
    let gemini = model(hangs.clone()).await;
    let url = gemini.uri();
    let mut variables = gemini_variables(&url);
    variables.extend([("chat_daily_tokens", "4000"), ("better_auth_url", "http://todo.test")]); // a turn is taken to use as many
    let database = create_database().await?;
    let app = TestApp::on(&database, &variables).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    let short = HostLimits { request_time: Duration::from_secs(1), ..HostLimits::default() };
    let mortal = TestApp::limited(&database, &variables, short).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let say = |app: &TestApp, user: &TestUser, key: &str| {
        let message = json!({"message": "add a and b and complete a"});
        let request = app.post(&format!("/api/{}/chat", user.id), &message).bearer_auth(&user.token);
        request.header("idempotency-key", key).send()
    };
    for user in [&ann, &bob] {
        assert_eq!(say(&mortal, user, "a").await?.status(), 504);
        problem(say(&app, user, "b").await?, 429, "daily_limit_reached").await?;
    }
    *hangs.lock().unwrap() = Hangs::Nowhere;
    app.database("update conversation set running_until = now() - interval '1 second'").await?; // the claim lapses
    for key in ["a", "b"] {
        problem(say(&app, &ann, key).await?, 429, "daily_limit_reached").await?;
    }
    let (_, list) = bob.ask("GET", "/conversations").await?;
    bob.ask("DELETE", &format!("/conversations/{}", list[0]["id"])).await?;
    problem(say(&app, &bob, "b").await?, 429, "daily_limit_reached").await?;
    app.database("update token_usage set day = day - 1").await?;
    for (user, key) in [(&ann, "a"), (&bob, "b")] {
        assert_eq!(say(&app, user, key).await?.status(), 200, "tomorrow");
    }
    Ok(())
}
