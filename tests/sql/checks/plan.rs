//! What a plan reads. A table that grows with users must be read through an index, by a condition or up to a limit.

use serde_json::Value;

/// Tables that hold few rows, however many users there are.
const SMALL: [&str; 6] =
    ["jwks", "model_health", "model_spend", "oauthResource", "predecessor_table", "schema_migration"];

/// The tables that a plan (`explain (format json)`) reads as a whole.
pub(crate) fn whole_tables(plan: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(&plan[0]["Plan"], "", false, &mut found);
    found.sort();
    found.dedup();
    found
}

fn visit(node: &Value, table: &str, limited: bool, found: &mut Vec<String>) {
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
        found.push(table.to_owned());
    }
    for child in node["Plans"].as_array().into_iter().flatten() {
        visit(child, table, limited, found);
    }
}
