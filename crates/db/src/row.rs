//! Rows, read by column name.

use std::cell::Cell;
use std::rc::Rc;

use spin_sdk::pg4::{DbValue, Decode, Error as DecodeError, RowSet};

use crate::error::DbError;
use crate::timestamp;

/// The column that is null in the one row of a statement that found nothing.
const FOUND: &str = "found";

/// One row of a result. Reading a column that is missing or of another type is an error in the statement.
#[derive(Debug)]
pub struct Row {
    names: Rc<[String]>,
    values: Vec<DbValue>,
    /// Behind the column that was read last: columns are mostly read in their order.
    next: Cell<usize>,
}

impl Row {
    /// The rows of a result, without those whose column `found` is null.
    pub(crate) fn read_all(RowSet { columns, rows }: RowSet) -> Vec<Self> {
        let names: Rc<[String]> = columns.into_iter().map(|column| column.name).collect();
        let found = names.iter().position(|name| name == FOUND);
        let is_found = |values: &Vec<DbValue>| found.is_none_or(|index| !matches!(values[index], DbValue::DbNull));
        rows.into_iter()
            .filter(is_found)
            .map(|values| Self { names: names.clone(), values, next: Cell::new(0) })
            .collect()
    }

    fn index(&self, column: &str) -> Option<usize> {
        let count = self.names.len();
        let index =
            (self.next.get()..self.next.get() + count).map(|at| at % count).find(|at| self.names[*at] == column)?;
        self.next.set(index + 1);
        Some(index)
    }

    /// The column as `T`; `Option<T>` for one that may be null.
    pub fn get<T: Decode>(&self, column: &str) -> Result<T, DbError> {
        let wrong = |what: String| DbError::Internal(format!("column {column}: {what}"));
        let index = self.index(column).ok_or_else(|| wrong("is missing".to_owned()))?;
        T::decode(&self.values[index]).map_err(|error| wrong(error.to_string()))
    }

    /// A text column.
    pub fn text(&self, column: &str) -> Result<String, DbError> {
        self.get(column)
    }

    /// A text column that may be null.
    pub fn opt_text(&self, column: &str) -> Result<Option<String>, DbError> {
        self.get(column)
    }

    /// A bigint column.
    pub fn i64(&self, column: &str) -> Result<i64, DbError> {
        self.get(column)
    }

    /// A `timestamp` column in UTC, as RFC 3339 with milliseconds. A `timestamptz` is selected as `… at time zone 'utc'`.
    pub fn time(&self, column: &str) -> Result<String, DbError> {
        self.get(column).map(|Timestamp(text)| text)
    }

    /// The same for one that may be null.
    pub fn opt_time(&self, column: &str) -> Result<Option<String>, DbError> {
        Ok(self.get::<Option<Timestamp>>(column)?.map(|Timestamp(text)| text))
    }

    /// A boolean column.
    pub fn bool(&self, column: &str) -> Result<bool, DbError> {
        self.get(column)
    }
}

struct Timestamp(String);

impl Decode for Timestamp {
    fn decode(value: &DbValue) -> Result<Self, DecodeError> {
        let DbValue::Datetime((year, month, day, hour, minute, second, nano)) = value else {
            return Err(DecodeError::Decode("is no timestamp".to_owned()));
        };
        let time = (u32::from(*hour), u32::from(*minute), u32::from(*second), nano / 1_000_000);
        Ok(Self(timestamp::written((*year as u32, u32::from(*month), u32::from(*day)), time)))
    }
}

#[cfg(test)]
mod tests {
    use spin_sdk::pg4::{Column, DbDataType};

    use super::*;

    #[test]
    fn a_time_is_written_with_milliseconds() {
        let row = Row {
            names: ["at".to_owned()].into(),
            values: vec![DbValue::Datetime((2026, 1, 2, 3, 4, 5, 67_890_123))],
            next: Cell::new(0),
        };
        assert_eq!(row.time("at").unwrap(), "2026-01-02T03:04:05.067Z");
        assert!(Row { values: vec![DbValue::Str("2026-01-02".to_owned())], ..row }.time("at").is_err());
    }

    #[test]
    fn a_row_in_which_nothing_was_found_is_left_out() {
        let rows = |name: &str, values: Vec<DbValue>| {
            let columns = vec![Column { name: name.to_owned(), data_type: DbDataType::Boolean }];
            Row::read_all(RowSet { columns, rows: values.into_iter().map(|value| vec![value]).collect() }).len()
        };
        assert_eq!(rows("found", vec![DbValue::DbNull]), 0);
        assert_eq!(rows("found", vec![DbValue::Boolean(true), DbValue::Boolean(false)]), 2);
        assert_eq!(rows("completed", vec![DbValue::DbNull]), 1);
    }
}
