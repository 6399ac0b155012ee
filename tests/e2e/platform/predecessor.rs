//! A database that the service filled which people used before: its tasks and conversations are there after the first start.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{TestApp, TestUser, connect, execute};

/// A database of a Better Auth server with two users, beside it the tables of this file in `tests/fixtures/predecessor`.
struct OldDatabase {
    first: TestApp,
    ann: OldUser,
    bob: OldUser,
}

/// A user, as the genuine server left them: with a session that still lives.
struct OldUser {
    id: String,
    email: String,
    cookie: String,
}

impl OldDatabase {
    async fn with(fixture: &str) -> Result<Self> {
        let first = TestApp::start().await?;
        let (ann, bob) = (OldUser::sign_up(&first, "Ann").await?, OldUser::sign_up(&first, "Bob").await?);
        let database = Self { first, ann, bob };
        database.execute("drop schema todo cascade").await?;
        let file = tests::root().join(format!("tests/fixtures/predecessor/{fixture}.sql"));
        database.execute(&std::fs::read_to_string(file)?).await?;
        Ok(database)
    }

    /// Runs statements in which `ANN` and `BOB` are the ids of the users.
    async fn execute(&self, sql: &str) -> Result<()> {
        execute(&self.first.database_url, &sql.replace("ANN", &self.ann.id).replace("BOB", &self.bob.id)).await
    }

    /// The app on this database, ready.
    async fn app(&self, variables: &[(&str, &str)]) -> Result<(TestApp, Vec<String>)> {
        let app = TestApp::on(&self.first.database_url, variables).await?;
        let ready = app.get("/ready").send().await?;
        assert_eq!(ready.status(), 200, "{}\n{}", ready.text().await?, app.log());
        let notes = ready.json::<Value>().await?["notes"].clone();
        Ok((app, serde_json::from_value(notes).unwrap_or_default()))
    }

    /// All rows of a table of the predecessor, as one text.
    async fn rows(&self, table: &str) -> Result<String> {
        let sql = format!("select string_agg(t::text, e'\\n' order by t::text) from public.{table} as t");
        Ok(connect(&self.first.database_url).await?.query_one(&sql, &[]).await?.get(0))
    }
}

impl OldUser {
    async fn sign_up(app: &TestApp, name: &str) -> Result<Self> {
        let TestUser { id, email, cookie, .. } = app.sign_up(name).await?;
        Ok(Self { id, email, cookie })
    }

    /// The user at `app`, by the session that they had.
    async fn at<'a>(&self, app: &'a TestApp) -> Result<TestUser<'a>> {
        let token: Value = app.get("/api/auth/token").header("cookie", &self.cookie).send().await?.json().await?;
        let (id, email, cookie) = (self.id.clone(), self.email.clone(), self.cookie.clone());
        Ok(TestUser { app, id, email, cookie, token: token["token"].as_str().unwrap_or_default().to_owned() })
    }
}

async fn conversation(user: &TestUser<'_>, title: &str) -> Result<Value> {
    let (_, list) = user.ask("GET", "/conversations").await?;
    let listed = list.as_array().unwrap().iter().find(|item| item["title"] == title).unwrap_or(&Value::Null);
    assert!(listed.is_object(), "{title} in {list}");
    Ok(user.ask("GET", &format!("/conversations/{}", listed["id"])).await?.1)
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_and_conversations_are_there_after_the_first_start() -> Result<()> {
    let old = OldDatabase::with("serial").await?;
    let before = (old.rows("task").await?, old.rows("message").await?);
    let (app, notes) = old.app(&[]).await?;
    assert_eq!(
        notes,
        [
            "3 tasks of 2 users came from the table task. 1 row is left, whose user is not known.",
            "2 conversations of 2 users came from the table conversation.",
            "6 messages of 2 users came from the table message.",
        ]
    );
    assert!(app.log().contains("predecessor_copied"), "{}", app.log());

    let (ann, bob) = (old.ann.at(&app).await?, old.bob.at(&app).await?);
    assert!(ann.sign_in().await.is_ok(), "the password is good too");
    assert_eq!(ann.list().await?, ["Buy milk", "✓ Write to mum"]);
    let milk = ann.ask("GET", "/tasks/3").await?.1;
    assert_eq!((&milk["description"], &milk["created_at"]), (&json!("two litres"), &json!("2025-12-01T08:00:00.000Z")));
    let lawn = bob.ask("GET", "/tasks/4").await?.1;
    assert_eq!(lawn["completed_at"], "2025-12-03T09:30:00.125Z");
    assert_eq!(ann.add("the next number").await?, 8);
    assert!(
        ann.mcp("tools/call", json!({"name": "list_tasks", "arguments": {}})).await?.to_string().contains("Buy milk")
    );

    let read = conversation(&ann, "Add a task to buy milk").await?.to_string();
    for text in ["I added \\\"Buy milk\\\".", "Thank you", "You are welcome.", "2025-12-07T10:00:02"] {
        assert!(read.contains(text), "{text} in {read}");
    }
    assert!(conversation(&bob, "Show my tasks").await?.to_string().contains("How can I help?"));
    let (status, continued) = ann.chat(json!({"message": "show my tasks"})).await?;
    assert_eq!(status, 200, "{continued}");
    assert_eq!((old.rows("task").await?, old.rows("message").await?), before, "theirs are left as they are");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_goes_on_where_it_was() -> Result<()> {
    let old = OldDatabase::with("serial").await?;
    let (app, _) = old.app(&[]).await?;
    let ann = old.ann.at(&app).await?;
    let id = conversation(&ann, "Add a task to buy milk").await?["id"].clone();
    let (status, response) = ann.chat(json!({"conversation_id": id, "message": "show my tasks"})).await?;
    assert_eq!((status.as_u16(), &response["conversation_id"]), (200, &id), "{response}");
    let read = ann.ask("GET", &format!("/conversations/{id}")).await?.1.to_string();
    assert!(read.contains("You are welcome.") && read.contains("show my tasks"), "{read}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn uuids_enumerations_and_long_titles_are_understood() -> Result<()> {
    let old = OldDatabase::with("uuid").await?;
    let (app, notes) = old.app(&[]).await?;
    assert_eq!(notes[0], "3 tasks of 1 user came from the table tasks.");
    let ann = old.ann.at(&app).await?;
    let (_, tasks) = ann.ask("GET", "/tasks").await?;
    let member = |name: &str| tasks.as_array().unwrap().iter().map(|task| task[name].clone()).collect::<Vec<_>>();
    assert_eq!(member("id"), [1, 2, 3], "numbers by time");
    assert_eq!(member("completed"), [true, false, false]);
    assert_eq!(member("priority"), ["high", "low", "medium"]);
    assert_eq!(member("completed_at")[0], "2025-12-02T08:00:00.000Z");
    let (title, description) = (member("title")[2].clone(), member("description")[2].clone());
    assert!(title.as_str().unwrap().ends_with('…') && title.as_str().unwrap().chars().count() <= 200, "{title}");
    assert!(
        description.as_str().unwrap().starts_with("long long") && description.as_str().unwrap().ends_with("\n\nmore")
    );
    assert!(conversation(&ann, "Groceries").await?.to_string().contains("Hello, Ann."));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn due_dates_repeats_and_tags_come_too() -> Result<()> {
    let old = OldDatabase::with("later_phases").await?;
    let (app, _) = old.app(&[]).await?;
    let (_, tasks) = old.ann.at(&app).await?.ask("GET", "/tasks").await?;
    let plants = json!({"due": "2026-01-05T17:30", "tags": ["Home", "garden"], "priority": "high",
        "repeat": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261231"});
    for (name, value) in plants.as_object().unwrap() {
        assert_eq!(&tasks[0][name], value, "{name} in {tasks}");
    }
    assert_eq!((&tasks[1]["due"], &tasks[1]["repeat"]), (&json!("2026-01-31"), &json!("FREQ=MONTHLY")));
    assert_eq!((&tasks[2]["due"], &tasks[2]["priority"]), (&json!(null), &json!("medium")));

    let old = OldDatabase::with("tag_tables").await?;
    let (app, _) = old.app(&[]).await?;
    let (_, tasks) = old.ann.at(&app).await?.ask("GET", "/tasks").await?;
    assert_eq!((&tasks[0]["tags"], &tasks[0]["due"]), (&json!(["money", "phone"]), &json!("2026-02-01")), "{tasks}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_copies_nothing_and_an_import_what_was_added() -> Result<()> {
    let old = OldDatabase::with("serial").await?;
    let (app, _) = old.app(&[]).await?;
    let ann = old.ann.at(&app).await?;
    assert_eq!(ann.ask("DELETE", "/tasks/3").await?.0, 204);
    old.execute(
        "insert into task (user_id, title, completed, created_at, updated_at) values ('ANN', 'Added later', false, now(), now());
         insert into message (user_id, conversation_id, role, content, created_at) values ('ANN', 1, 'user', 'Said later', now())",
    )
    .await?;
    let (again, _) = old.app(&[]).await?;
    assert_eq!(old.ann.at(&again).await?.list().await?, ["✓ Write to mum"]);
    for _ in 0..2 {
        let (import, notes) = old.app(&[("import_predecessor", "true")]).await?;
        assert_eq!(notes[0], "4 tasks of 2 users came from the table task. 1 row is left, whose user is not known.");
        let ann = old.ann.at(&import).await?;
        assert_eq!(ann.list().await?, ["✓ Write to mum", "Added later"], "what was deleted here stays deleted");
        let read = conversation(&ann, "Add a task to buy milk").await?.to_string();
        assert_eq!(read.matches("Said later").count(), 1, "{read}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn replicas_that_start_together_copy_each_row_once() -> Result<()> {
    let old = OldDatabase::with("serial").await?;
    let mut apps = Vec::new();
    for _ in 0..3 {
        apps.push(TestApp::on(&old.first.database_url, &[]).await?);
    }
    let asked: Vec<_> = apps.iter().map(|app| tokio::spawn(app.get("/ready").send())).collect();
    for response in asked {
        assert_eq!(response.await??.status(), 200);
    }
    assert_eq!(old.ann.at(&apps[0]).await?.list().await?.len(), 2);
    let count = "select (select count(*) from todo.task) + (select count(*) from todo.message) + (select count(*) from todo.conversation)";
    assert_eq!(connect(&old.first.database_url).await?.query_one(count, &[]).await?.get::<_, i64>(0), 3 + 6 + 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_cut_off_is_made_by_the_next_try() -> Result<()> {
    let old = OldDatabase::with("serial").await?;
    let (holder, client) = (connect(&old.first.database_url).await?, connect(&old.first.database_url).await?);
    // The copy waits for this table; meanwhile its connection is ended.
    holder.batch_execute("begin; lock table public.task").await?;
    let app = TestApp::on(&old.first.database_url, &[]).await?;
    let asked = tokio::spawn(app.get("/ready").send());
    let waiting = "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    let pid: i32 = loop {
        if let Some(row) = client.query_opt(waiting, &[]).await? {
            break row.get(0);
        }
    };
    client.execute("select pg_terminate_backend($1)", &[&pid]).await?;
    assert_eq!(asked.await??.status(), 503);
    holder.batch_execute("rollback").await?;
    assert_eq!(client.query_one("select count(*) from todo.task", &[]).await?.get::<_, i64>(0), 0);
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    assert_eq!(old.ann.at(&app).await?.list().await?.len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_other_programs_are_left_alone() -> Result<()> {
    let old = OldDatabase::with("serial").await?;
    old.execute("alter table task rename column title to subject; alter table message drop column role").await?;
    let (app, notes) = old.app(&[]).await?;
    assert!(notes.is_empty(), "{notes:?}");
    assert!(old.ann.at(&app).await?.list().await?.is_empty());
    Ok(())
}

/// Writes to both services until `copied`: by the old one for Ann, by this app for a user who has no tasks there. How many of each.
async fn write_meanwhile(old: &OldDatabase, carl: &TestUser<'_>, copied: &AtomicBool) -> Result<(u32, u32)> {
    let (mut there, mut here) = (0, 0);
    while !copied.load(Ordering::Relaxed) {
        let row = "insert into task (user_id, title, completed, created_at, updated_at) values ('ANN', 'Meanwhile', false, now(), now())";
        old.execute(row).await?;
        there += u32::from(!copied.load(Ordering::Relaxed));
        carl.add("Meanwhile").await?;
        here += u32::from(!copied.load(Ordering::Relaxed));
    }
    Ok((there, here))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_tasks_come_at_once_while_both_services_write() -> Result<()> {
    let old = OldDatabase::with("serial").await?;
    let (app, _) = old.app(&[("rate_limit_per_minute", "0")]).await?;
    let carl = app.sign_up("Carl").await?;
    old.execute(
        "insert into task (user_id, title, completed, created_at, updated_at)
         select case n % 2 when 0 then 'ANN' else 'BOB' end, 'Task ' || n, n % 3 = 0, now(), now() from generate_series(1, 100000) as n",
    )
    .await?;
    let copied = AtomicBool::new(false);
    let began = Instant::now();
    let (import, written) = tokio::join!(
        async {
            let import = old.app(&[("import_predecessor", "true")]).await;
            copied.store(true, Ordering::Relaxed);
            import
        },
        write_meanwhile(&old, &carl, &copied)
    );
    let took = began.elapsed();
    let ((_, notes), (there, here)) = (import?, written?);
    assert!(there > 0 && here > 0, "{there} writes there and {here} here while it was copied");
    // Seconds on a machine with nothing else to do; work that grows with the square of the rows takes hours.
    assert!(took < Duration::from_secs(300), "{took:?}");
    let came: u32 = notes[0].split(' ').next().context("a number")?.parse()?;
    assert!(came >= 100_000, "{notes:?}");
    let count = "select count(*) from todo.task where user_id = $1 and title like 'Task %'";
    let count = connect(&old.first.database_url).await?.query_one(count, &[&old.ann.id]).await?.get::<_, i64>(0);
    assert_eq!(count, 50_000);
    Ok(())
}
