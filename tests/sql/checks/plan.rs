//! What a plan reads. A table that grows with users must be read through an index, by a condition or up to a limit.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_postgres::{AsyncMessage, Client, NoTls};

/// Tables that hold few rows, however many users there are.
const SMALL: [&str; 6] =
    ["jwks", "model_health", "model_spend", "oauthResource", "predecessor_table", "schema_migration"];

/// Lets the server tell the plan of each statement that has run, those of functions too.
const TELL_PLANS: &str =
    "load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
    set auto_explain.log_format = json; set auto_explain.log_level = notice";

/// A connection, and the plans of what has run on it.
pub(crate) async fn connect_with_plans(url: &str) -> Result<(Client, UnboundedReceiver<Value>)> {
    let (client, mut connection) = tokio_postgres::connect(url, NoTls).await?;
    let (sender, plans) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(message)) = std::future::poll_fn(|context| connection.poll_message(context)).await {
            let AsyncMessage::Notice(notice) = message else { continue };
            let plan = notice.message().split_once("plan:").and_then(|(_, plan)| serde_json::from_str(plan).ok());
            plan.and_then(|plan| sender.send(plan).ok());
        }
    });
    client.batch_execute(TELL_PLANS).await?;
    Ok((client, plans))
}

/// Adds the tables that a plan in JSON reads as a whole.
pub(crate) fn add_whole_tables(plan: &Value, found: &mut BTreeSet<String>) {
    visit(&plan["Plan"], "", false, found);
}

fn visit(node: &Value, table: &str, limited: bool, found: &mut BTreeSet<String>) {
    let kind = node["Node Type"].as_str().unwrap_or_default();
    // A bitmap index scan names only the index; the table is that of the heap scan above it.
    let table = node["Relation Name"].as_str().unwrap_or(table);
    let limited = limited || kind == "Limit";
    let whole = match kind {
        "Seq Scan" | "Bitmap Index Scan" => node.get("Index Cond").is_none(),
        "Index Scan" | "Index Only Scan" => {
            node.get("Index Cond").is_none() && (!limited || node.get("Filter").is_some())
        }
        _ => false,
    };
    if whole && !SMALL.contains(&table) {
        found.insert(table.to_owned());
    }
    for child in node["Plans"].as_array().into_iter().flatten() {
        visit(child, table, limited, found);
    }
}
