//! What changes did to lists.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a change did to a list: the members that changed. An added list has no `before`, a deleted one no `after`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedList {
    /// The list's number.
    pub id: i64,
    /// Its name after the change.
    pub name: String,
    /// The members as they were.
    #[serde(default)]
    pub before: Option<Map<String, Value>>,
    /// The members as they are since.
    #[serde(default)]
    pub after: Option<Map<String, Value>>,
}

impl ChangedList {
    /// Reads the stored form, whose members are columns, into the API's members.
    pub fn read(stored: &str) -> Result<Vec<Self>, serde_json::Error> {
        let mut lists: Vec<Self> = serde_json::from_str(stored)?;
        for list in &mut lists {
            list.before = list.before.take().map(api_members);
            list.after = list.after.take().map(api_members);
        }
        Ok(lists)
    }
}

/// The columns of a list as members of the API. `position` is the text by which lists are ordered; null for one that was never moved.
fn api_members(columns: Map<String, Value>) -> Map<String, Value> {
    let member = |column: &str| match column {
        "name" | "color" | "archived" => Some(column.to_owned()),
        "place" => Some("position".to_owned()),
        _ => None,
    };
    columns.into_iter().filter_map(|(column, value)| Some((member(&column)?, value))).collect()
}

/// What an undo did to a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UndoneList {
    /// The list's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// `added`, `changed` or `deleted`; `None` if it stays as it is.
    pub act: Option<&'static str>,
    /// What was changed since, and so stays: members, and `tasks` for a list that holds some by now.
    pub kept: Vec<String>,
}

impl UndoneList {
    /// Reads the form of the database.
    pub fn read(stored: &str) -> Result<Vec<Self>, serde_json::Error> {
        #[derive(Deserialize)]
        struct StoredList {
            id: i64,
            name: String,
            act: Option<String>,
            kept: Vec<String>,
        }
        let lists: Vec<StoredList> = serde_json::from_str(stored)?;
        let undone = |StoredList { id, name, act, kept }| {
            let act = match act.as_deref() {
                Some("insert") => Some("added"),
                Some("update") => Some("changed"),
                Some("delete") => Some("deleted"),
                _ => None,
            };
            let kept = kept.into_iter().filter(|member| member != "name_key" && member != "created_at");
            let mut kept: Vec<String> =
                kept.map(|name| if name == "place" { "position".into() } else { name }).collect();
            kept.dedup();
            Self { id, name, act, kept }
        };
        Ok(lists.into_iter().map(undone).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn columns_become_members() {
        let stored = r#"[{"id": 1, "name": "Home", "before": {"name": "Haus", "name_key": "haus", "place": "i"}}]"#;
        let lists = ChangedList::read(stored).unwrap();
        assert_eq!(json!(lists[0].before), json!({"name": "Haus", "position": "i"}));
        assert_eq!(lists[0].after, None);
    }

    #[test]
    fn an_undo_says_what_it_did_and_what_stays() {
        let stored = r#"[{"id": 1, "name": "Home", "act": "insert", "patch": {}, "kept": []},
            {"id": 2, "name": "Work", "act": null, "patch": null, "kept": ["name", "name_key", "place", "tasks"]}]"#;
        let lists = UndoneList::read(stored).unwrap();
        assert_eq!((lists[0].act, lists[1].act), (Some("added"), None));
        assert_eq!(lists[1].kept, ["name", "position", "tasks"]);
    }
}
