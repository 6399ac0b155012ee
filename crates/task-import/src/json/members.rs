//! The members of an object by their meaning.

use super::node::{JsonNode, JsonObject};
use crate::date::{Moment, weekday};
use crate::names::{KnownColumn, folded, known_column};
use crate::repeat::{every, read_rule};
use crate::values::tags;

/// Members that hold the tasks of a list.
const LISTED: [&str; 3] = ["tasks", "todos", "items"];
/// The members of an object with their meanings. Of several with one meaning the first that is not `null` counts.
pub(super) struct KnownMembers<'a, 'b>(Vec<(&'b str, Option<KnownColumn>, JsonNode<'a>)>);

impl<'a, 'b> KnownMembers<'a, 'b> {
    pub(super) fn of(object: &'b JsonObject<'a>) -> Self {
        let members = object.members.iter().map(|(name, node)| (name.as_str(), known_column(name), *node));
        Self(members.collect())
    }

    /// The name of the member of this meaning.
    pub(super) fn name(&self, column: KnownColumn) -> Option<&'b str> {
        let found = self.0.iter().find(|(_, known, node)| *known == Some(column) && !node.is_null());
        found.map(|(name, ..)| *name)
    }

    pub(super) fn get(&self, column: KnownColumn) -> Option<JsonNode<'a>> {
        let found = self.0.iter().find(|(_, known, node)| *known == Some(column) && !node.is_null());
        found.map(|(.., node)| *node)
    }

    pub(super) fn text(&self, column: KnownColumn) -> Option<String> {
        self.get(column)?.text().filter(|text| !text.is_empty())
    }

    /// The description: of several the first that is no list.
    pub(super) fn notes(&self) -> String {
        self.described(false).flat_map(texts).next().unwrap_or_default()
    }

    /// The texts of lists, such as comments.
    pub(super) fn comments(&self) -> Vec<String> {
        self.described(true).flat_map(texts).collect()
    }

    fn described(&self, in_lists: bool) -> impl Iterator<Item = JsonNode<'a>> {
        let nodes = self.0.iter().filter(|(_, column, _)| *column == Some(KnownColumn::Description));
        nodes.map(|(.., node)| *node).filter(move |node| node.is_array() == in_lists)
    }

    /// All names with their meanings. A further member of one meaning has none, but those that say whether it is done.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&'b str, Option<KnownColumn>)> {
        self.0.iter().map(|(name, column, node)| {
            let same = |other: &&(&str, Option<KnownColumn>, JsonNode<'_>)| {
                other.1 == *column
                    && !other.2.is_null()
                    && !(other.1 == Some(KnownColumn::Description) && other.2.is_array())
            };
            let first = self.0.iter().find(same).map(|(name, ..)| name);
            let counts = node.is_null()
                || *column == Some(KnownColumn::Description) && node.is_array()
                || first == Some(name)
                || matches!(column, Some(KnownColumn::Completed | KnownColumn::Lost(_) | KnownColumn::Ignored));
            (*name, column.filter(|_| counts))
        })
    }

    /// The tasks of an object that is a list: it has a name and tasks, and no state of its own.
    pub(super) fn listed(&self) -> Option<Vec<JsonNode<'a>>> {
        let is_list = |(name, _, node): &&(&str, Option<KnownColumn>, JsonNode<'_>)| {
            LISTED.contains(&folded(name).as_str()) && node.is_array()
        };
        let stateless = self.get(KnownColumn::Completed).is_none();
        self.0.iter().find(is_list).filter(|_| stateless).map(|(.., node)| node.items())
    }
}

/// The texts of an array, or the one text.
pub(super) fn texts(node: JsonNode<'_>) -> Vec<String> {
    let of = |item: JsonNode<'_>| match item.object() {
        Some(object) => {
            ["text", "content", "comment", "message", "title", "name"].iter().find_map(|name| object.text(name))
        }
        None => item.text(),
    };
    if node.is_array() { node.items().into_iter().filter_map(of).collect() } else { of(node).into_iter().collect() }
}

/// The name that a text is, or that an object has.
pub(super) fn name(node: JsonNode<'_>) -> Option<String> {
    match node.object() {
        Some(object) => ["title", "name", "label"].iter().find_map(|name| object.text(name)),
        None => node.text(),
    }
}

/// The names of an array of texts or objects, of one object, or those that a text separates.
pub(super) fn names(node: JsonNode<'_>) -> Vec<String> {
    match node.text() {
        Some(text) => tags(&text),
        None if node.is_array() => node.items().into_iter().filter_map(name).collect(),
        None => name(node).into_iter().collect(),
    }
}

/// Whether a value says that something repeats.
pub(super) fn says_something(node: JsonNode<'_>) -> bool {
    !matches!(node.text().as_deref(), Some("" | "false" | "none" | "None" | "never" | "no" | "0"))
}

/// A rule with the interval, weekdays and end that other members say.
pub(super) fn finished_rule(rule: &str, interval: u32, object: &JsonObject<'_>) -> Option<String> {
    let member = |name: &str| object.members.iter().find(|(known, _)| folded(known) == name).map(|(_, node)| *node);
    let mut rule = match rule.strip_prefix("FREQ=").filter(|frequency| !frequency.contains(';')) {
        Some(frequency) => every(interval, frequency),
        None => rule.to_owned(),
    };
    let days = member("recurrencedays").map(names).unwrap_or_default();
    if !days.is_empty() && rule.starts_with("FREQ=WEEKLY") && !rule.contains("BYDAY") {
        let days: Option<Vec<&str>> = days.iter().map(|day| Some(weekday(day)?.1)).collect();
        rule = format!("{rule};BYDAY={}", days?.join(","));
    }
    let day = match member("recurrenceenddate").map(JsonNode::moment) {
        Some(Ok(Some(Moment::Day(day)))) => Some(day),
        Some(Ok(Some(Moment::Local(time)))) => Some(time.date()),
        Some(Ok(Some(Moment::Instant(at)))) => Some(at.date_naive()),
        _ => None,
    };
    if let Some(day) = day {
        rule = format!("{rule};UNTIL={}", day.format("%Y%m%d"));
    }
    read_rule(&rule)
}
