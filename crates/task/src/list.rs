//! Which tasks a list shows and in which order.

use crate::{Invalid, Status, TaskId, Time};

/// The longest search, in characters.
pub const MAX_SEARCH: usize = 200;

/// The most tasks of one page, and how many there are when a client names no limit.
pub const MAX_PAGE: u32 = 10_000;

/// A list: up to `limit` tasks behind `after`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Pending ones, completed ones or all.
    pub status: Status,
    /// Those that contain this.
    pub search: Search,
    /// The order.
    pub sort: Sort,
    /// How many at most.
    pub limit: u32,
    /// Where the page before ended.
    pub after: Option<Position>,
}

impl Query {
    /// All tasks in the order of their numbers.
    pub fn all(limit: u32) -> Self {
        Self { status: Status::All, search: Search::default(), sort: Sort::default(), limit, after: None }
    }
}

/// Words that all must stand in a task's title or description, in any case and any order; none: every task fits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search(Vec<String>);

impl Search {
    /// The words of a text of at most [`MAX_SEARCH`] characters.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.chars().count() > MAX_SEARCH {
            return Err(Invalid(format!("must be at most {MAX_SEARCH} characters long.")));
        }
        if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
            return Err(Invalid("must not contain control characters.".to_owned()));
        }
        Ok(Self(text.split_whitespace().map(str::to_owned).collect()))
    }

    /// The words.
    pub fn words(&self) -> &[String] {
        &self.0
    }
}

/// By what a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// The task's number.
    #[default]
    Id,
    /// When it was added.
    CreatedAt,
    /// When it last changed.
    UpdatedAt,
    /// The title, in any case.
    Title,
}

/// The order of a list; tasks that are equal in it stand in the order of their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// The greatest first.
    pub descending: bool,
}

impl Sort {
    /// The words of the API, in the order in which they are listed to clients.
    pub const WORDS: [&'static str; 8] =
        ["id", "-id", "created_at", "-created_at", "updated_at", "-updated_at", "title", "-title"];

    /// One of [`Sort::WORDS`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let (descending, word) = text.strip_prefix('-').map_or((false, text), |word| (true, word));
        let by = match word {
            "id" => SortBy::Id,
            "created_at" => SortBy::CreatedAt,
            "updated_at" => SortBy::UpdatedAt,
            "title" => SortBy::Title,
            _ => return Err(Invalid(format!("must be one of {}.", Self::WORDS.join(", ")))),
        };
        Ok(Self { by, descending })
    }
}

/// A place in a list: just behind a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The value by which the list is ordered; empty in a list by number.
    pub key: String,
    /// The task's number.
    pub id: TaskId,
}

impl Position {
    /// Behind this number in a list by number.
    pub fn after(id: TaskId) -> Self {
        Self { key: String::new(), id }
    }

    /// Behind the task `id` whose value is `key`, if a list in this order can have such a place.
    pub fn new(sort: Sort, key: String, id: TaskId) -> Option<Self> {
        let key = match sort.by {
            SortBy::Id => Some(key).filter(String::is_empty),
            // In UTC: PostgreSQL does not know all time zones that there could be.
            SortBy::CreatedAt | SortBy::UpdatedAt => Time::parse(&key).ok().map(Time::into_string),
            SortBy::Title => Some(key).filter(|key| !key.contains('\0')),
        }?;
        Some(Self { key, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_api_is_an_order_and_no_other() {
        let orders = Sort::WORDS.map(|word| Sort::parse(word).unwrap());
        assert_eq!(orders[0], Sort::default());
        assert!(orders.iter().enumerate().all(|(at, order)| !orders[..at].contains(order)));
        for bad in ["", "-", "--id", "Id", "completed", "id,title"] {
            assert!(Sort::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_search_is_its_words() {
        assert_eq!(Search::parse("  buy\tOat milk ").unwrap().words(), ["buy", "Oat", "milk"]);
        assert_eq!(Search::parse("").unwrap(), Search::default());
        assert!(Search::parse("a\0").is_err() && Search::parse(&"ü".repeat(201)).is_err());
        assert!(Search::parse(&"ü".repeat(200)).is_ok());
    }

    #[test]
    fn a_position_fits_its_order() {
        let id = TaskId::new(7).unwrap();
        let at = |word: &str, key: &str| Position::new(Sort::parse(word).unwrap(), key.to_owned(), id).is_some();
        assert!(at("id", "") && at("-title", "milk") && at("-created_at", "2026-11-24T00:00:00.000Z"));
        assert!(!at("id", "x") && !at("title", "a\0") && !at("updated_at", "yesterday"));
        let far = Position::new(Sort::parse("created_at").unwrap(), "2026-11-24T00:00:00+23:59".to_owned(), id);
        assert_eq!(far.unwrap().key, "2026-11-23T00:01:00.000Z");
    }
}
