//! Changes by several actors at once, then undone in any order: never another user's task, exact counts, and every task explained by the
//! kept changes.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use reqwest::RequestBuilder;
use serde_json::{Map, Value, json};
use tests::{TestApp, TestUser, connect};

/// One request by an actor: 0 the page, 1 a program, 2 an AI client.
#[derive(Debug, Clone)]
struct ActorRequest {
    actor: u8,
    act: u8,
    id: i64,
}

impl ActorRequest {
    fn request(&self, user: &TestUser<'_>) -> RequestBuilder {
        let Self { actor, act, id } = *self;
        if actor == 2 {
            let (name, arguments) = match act % 5 {
                0 => ("add_task", json!({"title": "by a client"})),
                1 => ("complete_task", json!({"task_id": id})),
                2 => ("update_task", json!({"task_id": id, "title": format!("client {id}"), "priority": "high"})),
                3 => ("delete_task", json!({"task_id": id})),
                _ => ("undo", json!({})),
            };
            let params = json!({"name": name, "arguments": arguments});
            let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
            return user.app.post("/mcp", &call).bearer_auth(&user.token);
        }
        let task = format!("/tasks/{id}");
        let request = match act {
            0 => user.request("POST", "/tasks").json(&json!({"title": "by hand"})),
            1 => user.request("PATCH", &task).json(&json!({"title": format!("actor {actor}"), "description": "x"})),
            2 => user.request("PATCH", &format!("{task}/complete")).json(&json!({"completed": id % 2 == 0})),
            3 => user.request("DELETE", &task),
            4 => user.request("POST", &format!("{task}/restore")),
            5 => user.request("POST", "/tasks/undo"),
            6 => user.request("POST", &format!("/history/{id}/undo")),
            7 => user.request("POST", "/tasks/complete").json(&json!({"ids": [id, 1, 2]})),
            8 => user.request("POST", "/tasks/delete").json(&json!({"ids": [3, id]})),
            9 => user.request("POST", "/tasks/import?again=true").json(&json!([{"title": "one"}, {"title": "two"}])),
            _ => self.of_lists(user),
        };
        if actor == 0 { request.header("origin", &user.app.base) } else { request }
    }
}

impl ActorRequest {
    /// What concerns lists, and several tasks at once.
    fn of_lists(&self, user: &TestUser<'_>) -> RequestBuilder {
        let Self { act, id, .. } = *self;
        let (name, list) = (format!("list {}", id % 3), format!("/lists/{}", id % 3 + 1));
        match act {
            10 => user.request("POST", "/lists").json(&json!({"name": name})),
            11 => user.request("PATCH", &list).json(&json!({"name": format!("list {}", id % 4), "color": "red"})),
            12 => user.request("DELETE", &format!("{list}?tasks={}", if id % 2 == 0 { "move" } else { "delete" })),
            13 => user.request("POST", "/tasks").json(&json!({"title": "in a list", "list": name})),
            14 => user.request("POST", "/tasks/bulk").json(&json!({"ids": [id, 9], "list": name, "completed": true})),
            15 => user.request("POST", "/tasks").json(&json!({"title": "a step", "parent": id})),
            16 => user.request("POST", "/tasks/bulk").json(&json!({"ids": [3, 2], "after": id, "list": name})),
            _ => {
                let changes = json!({"ids": [3, id], "due_day": "2026-12-01", "add_tags": ["x"], "remove_tags": ["y"]});
                user.request("POST", "/tasks/bulk").json(&changes)
            }
        }
    }
}

/// Columns that a user does not change: texts are folded later for searches.
const NOT_OWN: [&str; 6] = ["user_id", "id", "title_key", "title_search", "description_search", "grams"];

/// The columns that a user changes.
fn own_columns(columns: &Map<String, Value>) -> Map<String, Value> {
    let own = columns.iter().filter(|(name, _)| !NOT_OWN.contains(&name.as_str()));
    own.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The members of each task, or of each list, that the kept changes make, one after the other; each must begin where the one before ended.
async fn explained(app: &TestApp, user: &TestUser<'_>, what: &str) -> Result<BTreeMap<i64, Map<String, Value>>> {
    let rows = "select coalesce(to_jsonb(c) -> $2, '[]')::text from task_change as c where user_id = $1 order by id";
    let mut tasks: BTreeMap<i64, Map<String, Value>> = BTreeMap::new();
    for row in connect(&app.database_url).await?.query(rows, &[&user.id, &what]).await? {
        for entry in serde_json::from_str::<Option<Vec<Value>>>(row.get(0))?.unwrap_or_default() {
            let id = entry["id"].as_i64().context("id")?;
            let known = tasks.remove(&id);
            let members = |name: &str| entry[name].as_object().map(own_columns);
            let (before, after) = (members("before"), members("after"));
            let begins = match (&before, &known) {
                (None, known) => known.is_none(),
                (Some(before), Some(known)) => before.iter().all(|(name, value)| known.get(name) == Some(value)),
                (Some(_), None) => false,
            };
            ensure!(begins, "{what} {id} was {known:?} before {entry}");
            if let Some(after) = after {
                let mut all = known.unwrap_or_default();
                all.extend(after);
                tasks.insert(id, all);
            }
        }
    }
    Ok(tasks)
}

const TASKS: &str = "select id, to_jsonb(task)::text from task where user_id = $1";
const LISTS: &str = "select id, list_members(l)::text from task_list as l where user_id = $1 and deleted_at is null";

/// The tasks, or the lists, as they are stored.
async fn stored(app: &TestApp, user: &TestUser<'_>, rows: &str) -> Result<BTreeMap<i64, Map<String, Value>>> {
    let client = connect(&app.database_url).await?;
    client.batch_execute("set timezone = 'UTC'").await?;
    let rows = client.query(rows, &[&user.id]).await?;
    rows.iter().map(|row| Ok((row.get(0), own_columns(&serde_json::from_str(row.get(1))?)))).collect()
}

async fn is_sound(app: &TestApp, user: &TestUser<'_>) -> Result<()> {
    let lists = (stored(app, user, LISTS).await?, explained(app, user, "lists").await?);
    ensure!(lists.0 == lists.1, "stored {:?}, explained {:?}", lists.0, lists.1);
    let (stored, explained) = (stored(app, user, TASKS).await?, explained(app, user, "tasks").await?);
    ensure!(stored == explained, "stored {stored:?}, explained {explained:?}");
    let live = "select live from task_counter where user_id = $1";
    let live: i64 = connect(&app.database_url).await?.query_one(live, &[&user.id]).await?.get(0);
    ensure!(usize::try_from(live)? == stored.len(), "{live} are counted, {} are there", stored.len());
    Ok(())
}

/// Sends what all actors do, each actor's requests in order and the actors at once.
async fn send_all(user: &TestUser<'_>, requests: &[ActorRequest]) -> Result<()> {
    let sending: Vec<_> = (0..3_u8)
        .map(|actor| {
            let own = requests.iter().filter(|request| request.actor == actor);
            let own: Vec<RequestBuilder> = own.map(|request| request.request(user)).collect();
            tokio::spawn(async move {
                for request in own {
                    let response = request.send().await?;
                    ensure!(response.status().as_u16() < 500, "{}", response.text().await?);
                }
                Ok(())
            })
        })
        .collect();
    for actor in sending {
        actor.await??;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_task_is_explained_by_the_kept_changes_in_whatever_order_they_are_undone() -> Result<()> {
    let app = TestApp::with(&[("rate_limit_per_minute", "0")]).await?;
    let bob = app.sign_up("Bob").await?;
    bob.add("bob's").await?;
    let before = bob.ask("GET", "/tasks").await?;
    let handle = tokio::runtime::Handle::current();
    let config = Config { cases: 8, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let request = (0..3_u8, 0..18_u8, 1..9_i64).prop_map(|(actor, act, id)| ActorRequest { actor, act, id });
    let plan = (proptest::collection::vec(request, 10..30), any::<u64>());
    tokio::task::block_in_place(|| {
        runner.run(&plan, |(requests, seed)| {
            let outcome: Result<()> = handle.block_on(async {
                let ann = app.sign_up(&format!("Ann{seed:x}")).await?;
                ann.send("POST", "/tasks/import?again=true", json!([{"title": "a"}, {"title": "b"}, {"title": "c"}]))
                    .await?;
                send_all(&ann, &requests).await?;
                is_sound(&app, &ann).await?;
                let (_, history) = ann.ask("GET", "/history?limit=100").await?;
                let changes = history.as_array().context("an array")?.iter();
                let mut ids: Vec<u64> = changes.map(|change| change["id"].as_u64().unwrap_or_default()).collect();
                ids.sort_by_key(|id| id.wrapping_mul(seed | 1));
                for two in ids.chunks(2) {
                    let undone = two.iter().map(|id| ann.request("POST", &format!("/history/{id}/undo")).send());
                    for response in undone.map(tokio::spawn).collect::<Vec<_>>() {
                        let response = response.await??;
                        ensure!([200, 409].contains(&response.status().as_u16()), "{}", response.text().await?);
                    }
                }
                is_sound(&app, &ann).await?;
                ensure!(bob.ask("GET", "/tasks").await? == before, "Bob's list changed");
                Ok(())
            });
            outcome.map_err(|error| TestCaseError::fail(format!("{error:#}")))
        })
    })?;
    Ok(())
}
