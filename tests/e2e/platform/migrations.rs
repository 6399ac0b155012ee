//! `/health` and `/ready`: an empty database, two apps at once, an interrupted migration, a database that Better Auth made.

use anyhow::Result;
use serde_json::Value;
use tests::{TestApp, connect, create_database};
use tokio_postgres::Client;

use crate::problem::problem;

async fn tables(client: &Client) -> Result<Vec<String>> {
    let sql = "select tablename::text from pg_tables where schemaname in ('public', 'todo') order by 1";
    Ok(client.query(sql, &[]).await?.iter().map(|row| row.get(0)).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_is_migrated_by_ready() -> Result<()> {
    let url = create_database().await?;
    let app = TestApp::on(&url, &[]).await?;
    assert_eq!(app.get("/health").send().await?.json::<Value>().await?["status"], "ok");
    assert!(tables(&connect(&url).await?).await?.is_empty(), "/health touches nothing");
    assert_eq!(app.get("/ready").send().await?.json::<Value>().await?["status"], "ready");
    let made = tables(&connect(&url).await?).await?;
    for table in ["account", "conversation", "jwks", "message", "session", "task", "user", "verification"] {
        assert!(made.iter().any(|name| name == table), "{table} in {made:?}");
    }
    let schema = std::fs::read_to_string(tests::root().join("migrations/schema.sql"))?;
    assert!(sql_checks::describe_schema(&connect(&url).await?).await? == schema, "the app makes another schema");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_auto_migrate_ready_says_what_is_missing() -> Result<()> {
    let app = TestApp::on(&create_database().await?, &[("auto_migrate", "false")]).await?;
    let response = app.get("/ready").send().await?;
    assert!(response.headers().contains_key("retry-after"));
    let problem = problem(response, 503, "unavailable").await?;
    assert!(problem["detail"].as_str().unwrap().contains("0001_initial"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn ready_names_the_parameters_of_the_url_that_have_no_effect() -> Result<()> {
    let url = create_database().await?;
    let app = TestApp::on(&format!("{url}?pgbouncer=true"), &[]).await?;
    let ready = app.get("/ready").send().await?.json::<Value>().await?;
    let warning = "DATABASE_URL: the runtime has no parameter pgbouncer; it is left out.";
    assert_eq!(ready, serde_json::json!({"status": "ready", "warnings": [warning]}));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn apps_that_start_together_make_one_schema() -> Result<()> {
    let url = create_database().await?;
    let (one, two) = (TestApp::on(&url, &[]).await?, TestApp::on(&url, &[]).await?);
    let asked: Vec<_> = [&one, &two, &one, &two].map(|app| tokio::spawn(app.get("/ready").send())).into();
    for response in asked {
        assert_eq!(response.await??.status(), 200, "{}\n{}", one.log(), two.log());
    }
    let applied = connect(&url).await?.query("select name from schema_migration", &[]).await?;
    assert_eq!(applied.len(), sql_checks::migration_files()?.len());
    one.sign_up("Ann").await?.add("works").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_migration_leaves_nothing_behind() -> Result<()> {
    let url = create_database().await?;
    let client = connect(&url).await?;
    // What the migration makes late is in its way, so it fails half way through.
    client.batch_execute("create schema todo; create table todo.message (in_the_way text)").await?;
    let app = TestApp::on(&url, &[]).await?;
    problem(app.get("/ready").send().await?, 503, "unavailable").await?;
    assert_eq!(tables(&client).await?, ["message", "schema_migration"]);
    assert!(app.log().contains("42P07"), "the log names the cause: {}", app.log());
    client.batch_execute("drop table message").await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    app.sign_up("Ann").await?.add("works").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_cut_off_by_the_server_is_done_by_the_next_try() -> Result<()> {
    let url = create_database().await?;
    let client = connect(&url).await?;
    // The migration waits for this lock; meanwhile its connection is ended.
    client.execute("select pg_advisory_lock(1953457263)", &[]).await?;
    let app = TestApp::on(&url, &[]).await?;
    let asked = tokio::spawn(app.get("/ready").send());
    let waiting = "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    let pid: i32 = loop {
        if let Some(row) = client.query_opt(waiting, &[]).await? {
            break row.get(0);
        }
    };
    client.execute("select pg_terminate_backend($1)", &[&pid]).await?;
    problem(asked.await??, 503, "unavailable").await?;
    assert!(tables(&client).await?.is_empty());
    client.execute("select pg_advisory_unlock(1953457263)", &[]).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_better_auth_is_left_as_it_is() -> Result<()> {
    let url = create_database().await?;
    let client = connect(&url).await?;
    let theirs = r#"create table "user" ("id" text not null primary key, "name" text not null, "email" text not null unique,
        "emailVerified" boolean not null, "image" text, "createdAt" timestamptz default current_timestamp not null,
        "updatedAt" timestamptz default current_timestamp not null, "nickname" text);
        insert into "user" values ('u1', 'Old', 'old@example.com', true, null, now(), now(), 'oldie')"#;
    client.batch_execute(theirs).await?;
    let app = TestApp::on(&url, &[]).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    let row = client.query_one(r#"select "nickname" from "user" where "id" = 'u1'"#, &[]).await?;
    assert_eq!(row.get::<_, String>(0), "oldie");
    Ok(())
}
