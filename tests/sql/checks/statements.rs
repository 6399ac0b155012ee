//! Each statement is checked on a database with the schema of the migrations, which holds nothing.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use sql_checks::{connect, create_database, create_migrated_database, execute, run_migrations};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_postgres::types::{Kind, Type};
use tokio_postgres::{Client, SimpleQueryMessage, error::DbError};

use crate::plan::{add_whole_tables, connect_with_plans};
use crate::statement::Statement;

/// A database in use, which reads a whole table only where no index will do.
struct FilledDatabase {
    client: Client,
    plans: UnboundedReceiver<Value>,
}

async fn database() -> Result<FilledDatabase> {
    let url = create_migrated_database().await?;
    execute(&url, include_str!("../fill.sql")).await?;
    let (client, plans) = connect_with_plans(&url).await?;
    client.batch_execute("set search_path to public; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off").await?;
    Ok(FilledDatabase { client, plans })
}

/// A statement names the schema of our tables: the search path of a connection does not hold it.
async fn connect_without_path(url: &str) -> Result<Client> {
    let client = connect(url).await?;
    client.batch_execute("set search_path to public").await?;
    Ok(client)
}

#[tokio::test]
async fn every_statement_is_sound() -> Result<()> {
    let mut database = database().await?;
    let statements = Statement::all()?;
    let mut faults = Vec::new();
    for statement in &statements {
        let found = match faults_of(&mut database, statement).await {
            Ok(found) => found,
            Err(error) => vec![format!("{error:#}")],
        };
        faults.extend(found.into_iter().map(|fault| format!("{} {fault}", statement.file)));
    }
    assert!(!statements.is_empty());
    assert!(faults.is_empty(), "{} of {} statements:\n{}", faults.len(), statements.len(), faults.join("\n"));
    Ok(())
}

#[tokio::test]
async fn what_is_wrong_with_a_statement_is_found() -> Result<()> {
    let mut database = database().await?;
    let counts = "create function pg_temp.count_titles() returns bigint language plpgsql as
        $$ begin return (select count(*) from todo.task where title = 'x'); end $$";
    database.client.batch_execute(counts).await?;
    let (user, id) = ("user_id = $1::text", "id = $2::bigint");
    for (head, body, expected) in [
        ("-- $1 user, $2 id", format!("select count(*) from todo.task where {user} and {id}"), vec![]),
        ("", "select 1".to_owned(), vec!["has no comment at its head"]),
        (
            "-- $2 id",
            format!("select count(*) from todo.task where {user}"),
            vec!["does not explain $1", "explains $2"],
        ),
        ("-- $1 title", "select count(*) from todo.task where title = $1::text".to_owned(), vec!["reads all of task"]),
        ("-- all", "select count(*) from todo.task".to_owned(), vec!["reads all of task", "reads all of task"]),
        (
            "-- by a function",
            "select pg_temp.count_titles()".to_owned(),
            vec!["reads all of task (execute checked)", "reads all of task (execute checked)"],
        ),
        ("-- Reads all of task: to count", "select count(*) from todo.task".to_owned(), vec![]),
        (
            "-- $1",
            format!("select count(*) from todo.task where $1::text is null or {user}"),
            vec!["reads all of task (execute checked (null))"],
        ),
        (
            "-- $1 user",
            format!("select id from todo.task where {user} and id = 0"),
            vec!["returns no row", "returns no row"],
        ),
    ] {
        let faults = faults_of(&mut database, &Statement { file: String::new(), head: head.to_owned(), body }).await?;
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        assert!(faults.iter().zip(expected).all(|(fault, part)| fault.contains(part)), "{faults:?}");
    }
    for (body, named) in [("select no_column from todo.task", "no_column"), ("select id from task", "task")] {
        let unknown = Statement { file: String::new(), head: "-- all".to_owned(), body: body.to_owned() };
        assert!(faults_of(&mut database, &unknown).await.unwrap_err().to_string().contains(named), "{body}");
    }
    Ok(())
}

/// Another server may have made Better Auth's tables with times that have no zone. The runtime reads no others.
#[tokio::test]
async fn times_are_read_whichever_type_their_columns_have() -> Result<()> {
    let url = create_database().await?;
    execute(&url, include_str!("../../fixtures/better-auth-1.2.sql")).await?;
    let old = connect_without_path(&url).await?;
    old.batch_execute(include_str!("../../../components/health/migrate/complete_tables.sql")).await?;
    run_migrations(&url).await?;
    for client in [database().await?.client, old] {
        for statement in Statement::all()? {
            let prepared = client.prepare(&statement.body).await.with_context(|| statement.file.clone())?;
            let zoned = prepared.columns().iter().find(|column| *column.type_() == Type::TIMESTAMPTZ);
            assert!(zoned.is_none(), "{} returns a time with a zone: {zoned:?}", statement.file);
        }
    }
    Ok(())
}

async fn faults_of(database: &mut FilledDatabase, statement: &Statement) -> Result<Vec<String>> {
    let FilledDatabase { client, plans } = database;
    let mut faults = statement.faults_of_form();
    let prepared = match client.prepare(&statement.body).await {
        Ok(prepared) => prepared,
        Err(error) => bail!("is not accepted: {}", error.as_db_error().map_or(error.to_string(), in_words)),
    };
    client.batch_execute("deallocate all").await?;
    client.batch_execute(&format!("prepare checked as {}", statement.body)).await.context("is not one query")?;
    // The plan for values, and the plan without the conditions that a null leaves out.
    let values: Vec<&str> = prepared.params().iter().map(sample).collect();
    let nulls = vec!["null"; values.len()];
    for parameters in [values, nulls] {
        let execute = match parameters.as_slice() {
            [] => "execute checked".to_owned(),
            parameters => format!("execute checked ({})", parameters.join(", ")),
        };
        let mut tables = BTreeSet::new();
        add_whole_tables(&explain(client, &execute).await?, &mut tables);
        while plans.try_recv().is_ok() {}
        let returns_no_row = returns_no_row(client, &execute).await?;
        while let Ok(plan) = plans.try_recv() {
            add_whole_tables(&plan, &mut tables);
        }
        for table in tables {
            if !statement.head.contains(&format!("Reads all of {table}:")) {
                faults.push(format!("reads all of {table} ({execute}), and does not say why at its head"));
            }
        }
        if !prepared.columns().is_empty() && returns_no_row {
            faults.push(format!(
                "returns no row ({execute}): Spin 4.0 then waits forever; see the column `found` of others"
            ));
        }
    }
    Ok(faults)
}

/// The plan for these values; or for any, where a text must be JSON or a time and so cannot be a sample.
async fn explain(client: &Client, execute: &str) -> Result<Value> {
    for mode in ["force_custom_plan", "force_generic_plan"] {
        client.batch_execute(&format!("set plan_cache_mode = {mode}")).await?;
        if let Ok(plan) = client.simple_query(&format!("explain (format json, costs off) {execute}")).await {
            return Ok(json(&plan)?[0].take());
        }
    }
    bail!("cannot be planned: {execute}")
}

/// Runs it and undoes what it did. One that fails on a constraint says nothing.
async fn returns_no_row(client: &Client, execute: &str) -> Result<bool> {
    client.batch_execute("begin").await?;
    let result = client.simple_query(execute).await;
    client.batch_execute("rollback").await?;
    Ok(result.is_ok_and(|rows| !rows.iter().any(|message| matches!(message, SimpleQueryMessage::Row(_)))))
}

/// A value of this type that is not null.
fn sample(kind: &Type) -> &'static str {
    match (kind.name(), kind.kind()) {
        (_, Kind::Array(of)) if *of == Type::TEXT => "'{x}'",
        (_, Kind::Array(_)) => "'{1}'",
        ("bool", _) => "true",
        ("int2" | "int4" | "int8" | "float4" | "float8" | "numeric", _) => "1",
        ("json" | "jsonb", _) => "'{}'",
        ("date" | "timestamp" | "timestamptz", _) => "'2026-01-02'",
        _ => "'user1'",
    }
}

fn json(messages: &[SimpleQueryMessage]) -> Result<Value> {
    let lines = messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    Ok(serde_json::from_str(&lines.collect::<Vec<_>>().join("\n"))?)
}

fn in_words(error: &DbError) -> String {
    let place = error.position().map(|place| format!(" ({place:?})")).unwrap_or_default();
    format!("{}{place}", error.message())
}
