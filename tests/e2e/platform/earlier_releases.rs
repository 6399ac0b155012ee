//! A database on which a release ran that had our tables beside Better Auth's: they move, and that release goes on working.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};
use tests::{TestApp, connect, create_database, execute};
use tokio_postgres::Client;

/// The number of the last migration that was applied without the schema `todo`.
const LAST_OUTSIDE: &str = "0016";

/// How the earlier releases stored the results of tools: user, conversation, and the calls as JSON, of turn 1 and step 2.
const RECORD_CALLS: &str = "
with live as (
  select turn from conversation where user_id = $1::text and id = $2::bigint and turn = 1 and attempt = 0 for update
), waiting as (
  insert into pending_action (user_id, id, conversation_id, turn, step, call_id, tool, arguments, summary, expires_at)
  select $1::text, call ->> 'action_id', $2::bigint, live.turn, 2, call ->> 'id', call ->> 'name', call -> 'arguments',
    call ->> 'summary', now() + interval '10 minutes'
  from live, json_array_elements($3::text::json) as call where call ->> 'status' = 'confirmation_required'
  on conflict do nothing
)
insert into message (user_id, conversation_id, turn, step, role, tool_calls)
select $1::text, $2::bigint, turn, 2, 'tool', $3::text::json from live
on conflict on constraint message_pkey do update set tool_calls = excluded.tool_calls";

/// A database as the earlier releases made it.
async fn earlier_database() -> Result<String> {
    let url = create_database().await?;
    let client = earlier_release(&url).await?;
    client
        .batch_execute("create table schema_migration (name text primary key, applied_at timestamptz default now())")
        .await?;
    for file in sql_checks::migration_files()? {
        let name = file.file_stem().unwrap().to_str().unwrap();
        if &name[..4] <= LAST_OUTSIDE {
            client.batch_execute(&std::fs::read_to_string(&file)?).await?;
            client.execute("insert into schema_migration (name) values ($1)", &[&name]).await?;
        }
    }
    Ok(url)
}

/// A connection with the search path that the database gives, as a release has it.
async fn earlier_release(url: &str) -> Result<Client> {
    let client = connect(url).await?;
    client.batch_execute("set search_path to default").await?;
    Ok(client)
}

/// More tasks than a test can add while the tables move: where there is no room for another one, there is no number either.
const MOST_TASKS: i64 = 1_000_000;

async fn add(client: &Client, user: &str, title: &str) -> Result<i64> {
    let sql = "select id from add_task_with($1::text, $2::text, null, 4::smallint, $3::bigint, null)";
    Ok(client.query_one(sql, &[&user, &title, &MOST_TASKS]).await?.try_get(0)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tables_move_and_both_releases_see_the_same_tasks() -> Result<()> {
    let url = earlier_database().await?;
    let earlier = earlier_release(&url).await?;
    let app = TestApp::on(&url, &[]).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200, "{}", app.log());
    let tables = "select string_agg(relname, ' ') from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname ~ '^[a-z]+_|^task|^message'";
    let left: Option<String> = earlier.query_one(tables, &[]).await?.get(0);
    assert_eq!(left.as_deref(), Some("message"), "which has no rows of its own");

    let ann = app.sign_up("Ann").await?;
    assert_eq!(ann.add("by this release").await?, 1);
    assert_eq!(add(&earlier, &ann.id, "by the earlier one").await?, 2);
    earlier.execute("update task set completed = true where user_id = $1 and id = 1", &[&ann.id]).await?;
    assert_eq!(ann.list().await?, ["✓ by this release", "by the earlier one"]);
    let listed = earlier.query("select title from tasks_by_id($1, 10, null, null, false)", &[&ann.id]).await?;
    assert_eq!(listed.len(), 2);
    let missing = earlier.query("select name from schema_migration", &[]).await?.len();
    assert_eq!(missing, sql_checks::migration_files()?.len(), "it sees that nothing is missing");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chat_of_the_earlier_release_records_what_tools_did() -> Result<()> {
    let url = earlier_database().await?;
    let app = TestApp::on(&url, &[]).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200, "{}", app.log());
    let (ann, earlier) = (app.sign_up("Ann").await?, earlier_release(&url).await?);
    let begin = "select begun from begin_turn(true, $1, null, 'Milk', 'Add milk', null, 0, 0, 0, 0, false)";
    let conversation: i64 = earlier.query_one(begin, &[&ann.id]).await?.get(0);
    let call = |status: &str| {
        let call = json!({"id": "c1", "name": "add_task", "arguments": {"title": "Milk"}, "status": status,
            "summary": "Add \"Milk\"", "action_id": "a1", "result": {"id": 1}});
        json!([call]).to_string()
    };
    for status in ["confirmation_required", "done"] {
        earlier.execute(RECORD_CALLS, &[&ann.id, &conversation, &call(status)]).await?;
    }
    for table in ["message", "todo.message"] {
        let count = format!("select count(*), min(tool_calls #>> '{{0,status}}') from {table} where role = 'tool'");
        let row = earlier.query_one(&count, &[]).await?;
        assert_eq!((row.get::<_, i64>(0), row.get::<_, &str>(1)), (1, "done"), "{table}");
    }
    let (_, read) = ann.ask("GET", &format!("/conversations/{conversation}")).await?;
    assert!(read.to_string().contains("\"add_task\""), "{read}");
    assert_eq!(ann.ask("DELETE", &format!("/conversations/{conversation}")).await?.0, 204);
    assert_eq!(earlier.query_one("select count(*) from message", &[]).await?.get::<_, i64>(0), 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tables_move_while_the_earlier_release_writes() -> Result<()> {
    let url = earlier_database().await?;
    let user =
        r#"insert into "user" ("id", "name", "email", "emailVerified") values ('u1', 'Ann', 'ann@example.com', true)"#;
    execute(&url, user).await?;
    // A call that waits for the move finds a view where a constraint is needed: of each connection one call at most fails.
    let writer = |client: Client| async move {
        let (mut added, mut failed) = (0, 0);
        while client.query("select from pg_class where relname = 'task' and relkind = 'v'", &[]).await?.is_empty() {
            match add(&client, "u1", "busy").await {
                Ok(_) => added += 1,
                Err(error) if format!("{error:?}").contains("task_counter_pkey") => failed += 1,
                Err(error) => return Err(error),
            }
        }
        add(&client, "u1", "after the move").await?;
        anyhow::Ok((added + 1, failed))
    };
    let mut writers = Vec::new();
    for _ in 0..3 {
        writers.push(tokio::spawn(writer(earlier_release(&url).await?)));
    }
    let (one, two) = (TestApp::on(&url, &[]).await?, TestApp::on(&url, &[]).await?);
    let asked: Vec<_> = [&one, &two].map(|app| tokio::spawn(app.get("/ready").send())).into();
    for response in asked {
        assert_eq!(response.await??.status(), 200, "{}\n{}", one.log(), two.log());
    }
    let mut total = 0;
    for writer in writers {
        let (added, failed) = tokio::time::timeout(Duration::from_secs(60), writer).await???;
        assert!(failed <= 1);
        total += added;
    }
    let kept = "select count(*) from todo.task";
    assert_eq!(connect(&url).await?.query_one(kept, &[]).await?.get::<_, i64>(0), total, "nothing is lost");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_auto_migrate_only_the_later_migrations_are_missing() -> Result<()> {
    let app = TestApp::on(&earlier_database().await?, &[("auto_migrate", "false")]).await?;
    let problem: Value = app.get("/ready").send().await?.json().await?;
    let detail = problem["detail"].as_str().unwrap();
    assert!(!detail.contains(LAST_OUTSIDE) && detail.contains("0020_predecessor"), "{detail}");
    Ok(())
}
