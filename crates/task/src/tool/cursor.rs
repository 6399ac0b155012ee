//! Cursors: where the next page of a list begins. A cursor belongs to the order and the filters of its list.

use json_fields::ValueError;

use crate::fields::TaskId;
use crate::query::{Position, SortKey, TaskQuery};

/// Before the id in a cursor, so that nobody takes a cursor for a page number.
const PREFIX: &str = "after-";

/// The cursor of the place `at` in the list of this query: `after-ID-LIST`, and `-KEY` where the list is not ordered by id.
pub(super) fn write_cursor(query: &TaskQuery, at: &Position) -> String {
    let cursor = format!("{PREFIX}{}-{:08x}", at.id, fingerprint(query));
    match at.key.as_str() {
        "" => cursor,
        key => format!("{cursor}-{}", base16ct::lower::encode_string(key.as_bytes())),
    }
}

/// The place that a cursor names in the list of this query.
pub(super) fn read_cursor(query: &TaskQuery, cursor: &str) -> Result<Position, ValueError> {
    let error = |text: &str| ValueError(format!("{text} Call list_tasks again without cursor."));
    let invalid = || error("is not valid.");
    let mut parts = cursor.strip_prefix(PREFIX).ok_or_else(invalid)?.split('-');
    let id = parts.next().and_then(TaskId::parse).ok_or_else(invalid)?;
    match parts.next() {
        None if query.sort.by == SortKey::Id => return Ok(Position::after(id)),
        Some(list) if list == format!("{:08x}", fingerprint(query)) => {}
        _ => return Err(error("belongs to a list of another order or with other filters.")),
    }
    let key = base16ct::lower::decode_vec(parts.next().unwrap_or_default()).map_err(|_| invalid())?;
    let key = String::from_utf8(key).map_err(|_| invalid())?;
    Position::new(query.sort, key, id).filter(|_| parts.next().is_none()).ok_or_else(invalid)
}

/// The same for two pages of one list, and different for most other lists.
fn fingerprint(query: &TaskQuery) -> u32 {
    let list = TaskQuery { limit: 0, after: None, ..query.clone() };
    crc32fast::hash(format!("{list:?}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::StatusFilter;
    use crate::query::SortOrder;

    #[test]
    fn a_cursor_leads_to_its_place_in_its_own_list_only() {
        let by = |sort: &str| TaskQuery { sort: SortOrder::parse(sort).unwrap(), ..TaskQuery::all(10) };
        let id = TaskId::new(7).unwrap();
        for (sort, key) in
            [("id", ""), ("-title", "milk – „2“"), ("priority", "2"), ("created_at", "2026-01-02T03:04:05.678Z")]
        {
            let (query, at) = (by(sort), Position { key: key.to_owned(), id });
            let cursor = write_cursor(&query, &at);
            assert_eq!(read_cursor(&TaskQuery { limit: 3, ..query.clone() }, &cursor), Ok(at), "{cursor}");
            let other = TaskQuery { status: StatusFilter::Pending, ..query.clone() };
            for other in [other, by("updated_at"), by("-id")] {
                assert!(read_cursor(&other, &cursor).unwrap_err().0.contains("without cursor"), "{cursor}");
            }
            assert!(read_cursor(&query, &format!("{cursor}-7")).is_err() && read_cursor(&query, "7").is_err());
        }
        assert_eq!(read_cursor(&by("id"), "after-7"), Ok(Position::after(id)));
        assert!(read_cursor(&by("title"), "after-7").is_err());
    }
}
