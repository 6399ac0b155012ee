//! PostgreSQL over Spin's `spin:postgres@4.0.0`: one connection, single statements, rows read by column name.
//! The only crate that names Postgres. There is no transaction here and must never be one: a guest that traps
//! between BEGIN and COMMIT returns its connection to the pool with the transaction open, and the next request's
//! writes are lost with it. A write is one statement.

mod answered;
mod url;

use http_api::ApiError;
use spin_sdk::pg4::{
    Connection, DbError as Report, DbValue, Decode, Error as DecodeError, PgError, QueryError, RowSet,
};

/// A value bound to `$n`. Bind with a cast (`$1::text`), so that a `NULL` has a type.
pub use spin_sdk::pg4::ParameterValue as Param;

/// A time column as text, RFC 3339 with milliseconds, for conditions and JSON; [`Row::time`] costs less in a list.
#[macro_export]
macro_rules! time {
    ($column:literal) => {
        concat!("to_char(", $column, " at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")
    };
}

/// Why a statement failed. The texts are for the log alone.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database cannot be reached, or refuses work for now; nothing was written or it is unknown whether.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// A constraint by this name refused the row (SQLSTATE class 23).
    #[error("constraint {name} violated")]
    Constraint {
        /// The constraint's name.
        name: String,
    },
    /// A text with a null character, which no column holds: there is nothing to find by it and it cannot be kept.
    #[error("a text with a null character")]
    Unstorable,
    /// A fault of ours.
    #[error("database: {0}")]
    Internal(String),
}

/// What is wrong with a request that ends as [`DbError::Unstorable`].
pub const UNSTORABLE: &str = "A text must not hold a null character.";

impl DbError {
    /// Whether the constraint of this name refused the row.
    pub fn violates(&self, constraint: &str) -> bool {
        matches!(self, Self::Constraint { name } if name == constraint)
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(_) => {
                Self::unavailable("The database cannot be reached at the moment. Try again shortly.", 5).because(error)
            }
            DbError::Unstorable => Self::malformed(UNSTORABLE),
            _ => Self::internal(error),
        }
    }
}

/// An open connection, from the host's pool.
pub struct Db(Connection);

impl Db {
    /// Takes a connection to the database at `url` (`postgres://…`, with what other drivers add to it).
    pub fn open(url: &str) -> Result<Self, DbError> {
        Connection::open(&url::readable(url)).map(Self).map_err(classify)
    }

    /// Runs one statement and reads its rows.
    pub fn query(&self, sql: &str, params: &[Param]) -> Result<Vec<Row>, DbError> {
        Ok(answered::found(self.query_always(&answered::always(sql), params)?))
    }

    /// Runs one statement that always answers a row, as an outer join does; one that does not may never return.
    pub fn query_always(&self, sql: &str, params: &[Param]) -> Result<Vec<Row>, DbError> {
        let RowSet { columns, rows } = self.0.query(sql, params).map_err(classify)?;
        let names: std::rc::Rc<[String]> = columns.into_iter().map(|column| column.name).collect();
        Ok(rows.into_iter().map(|values| Row { names: names.clone(), values }).collect())
    }

    /// Runs one statement that answers at most one row.
    pub fn query_one(&self, sql: &str, params: &[Param]) -> Result<Option<Row>, DbError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// Runs one statement that always answers a row; one that does not may never return.
    pub fn query_row(&self, sql: &str, params: &[Param]) -> Result<Row, DbError> {
        self.query_always(sql, params)?
            .into_iter()
            .next()
            .ok_or_else(|| DbError::Internal("a statement answered no row".to_owned()))
    }

    /// Runs one statement and answers the number of rows it touched.
    pub fn execute(&self, sql: &str, params: &[Param]) -> Result<u64, DbError> {
        self.0.execute(sql, params).map_err(classify)
    }
}

/// One row of an answer. Reading a column that is not there, or of another type, is a fault of the statement.
#[derive(Debug)]
pub struct Row {
    names: std::rc::Rc<[String]>,
    values: Vec<DbValue>,
}

impl Row {
    /// The column as `T`; `Option<T>` for one that may be null.
    pub fn get<T: Decode>(&self, column: &str) -> Result<T, DbError> {
        let wrong = |what: String| DbError::Internal(format!("column {column}: {what}"));
        let index = self.names.iter().position(|name| name == column).ok_or_else(|| wrong("is missing".to_owned()))?;
        T::decode(&self.values[index]).map_err(|error| wrong(error.to_string()))
    }

    /// A text column that is not needed again.
    pub fn take_text(&mut self, column: &str) -> Result<String, DbError> {
        match self.names.iter().position(|name| name == column).map(|index| &mut self.values[index]) {
            Some(DbValue::Str(text)) => Ok(std::mem::take(text)),
            _ => self.get(column),
        }
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

    /// A `timestamp` column in UTC, as RFC 3339 with milliseconds. A `timestamptz` is asked for as `… at time zone 'utc'`.
    pub fn time(&self, column: &str) -> Result<String, DbError> {
        self.get(column).map(|Timestamp(text)| text)
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
        // By hand: the formatter takes ten times as long, and a list has two of these in each row.
        let mut text = String::with_capacity("2026-01-02T03:04:05.678Z".len());
        let parts = [(*year as u32, 4), (u32::from(*month), 2), (u32::from(*day), 2)];
        let parts = parts.into_iter().chain([*hour, *minute, *second].map(|part| (u32::from(part), 2)));
        for ((value, digits), after) in parts.zip("--T::.".chars()) {
            push_digits(&mut text, value, digits);
            text.push(after);
        }
        push_digits(&mut text, nano / 1_000_000, 3);
        text.push('Z');
        Ok(Self(text))
    }
}

/// The last so many decimal digits.
fn push_digits(text: &mut String, value: u32, digits: u32) {
    for place in (0..digits).rev() {
        text.push(char::from(b'0' + (value / 10_u32.pow(place) % 10) as u8));
    }
}

fn classify(error: PgError) -> DbError {
    match error {
        PgError::ConnectionFailed(text) => DbError::Unavailable(first_line(&text)),
        PgError::QueryFailed(QueryError::DbError(report)) => classify_report(&report),
        PgError::QueryFailed(QueryError::Text(text)) => printed_report(&text).unwrap_or_else(|| {
            // No SQLSTATE: the connection went away under the statement.
            DbError::Unavailable(first_line(&text))
        }),
        PgError::Other(text) => DbError::Unavailable(first_line(&text)),
        PgError::BadParameter(text) | PgError::ValueConversionFailed(text) => DbError::Internal(first_line(&text)),
    }
}

fn classify_report(report: &Report) -> DbError {
    let constraint = report.extras.iter().find(|(key, _)| key == "constraint").map(|(_, value)| value.as_str());
    by_state(&report.code, constraint, &first_line(&report.message))
}

/// Spin 4.0 hands on a report that comes instead of a row as a text: the report printed as Rust prints it for debugging.
/// Quotes inside of its strings are escaped, so nothing that a user wrote can pass for a field. The text may hold what a
/// user wrote: only the state and the constraint are taken.
fn printed_report(text: &str) -> Option<DbError> {
    let field = |before: &str| Some(text.split_once(before)?.1.split_once('"')?.0);
    Some(by_state(field(r#" code: ""#)?, field(r#"("constraint", ""#), "while its rows were read"))
}

/// By SQLSTATE (PostgreSQL, appendix A): 08 connection, 40 a deadlock, 53 resources, 57P0x shutdown, 25006 a read-only
/// standby; 22021 a null character in a text, 22P05 one in JSON.
fn by_state(code: &str, constraint: Option<&str>, message: &str) -> DbError {
    if code.starts_with("23") {
        return DbError::Constraint { name: constraint.unwrap_or(code).to_owned() };
    }
    if ["22021", "22P05"].contains(&code) {
        return DbError::Unstorable;
    }
    let text = format!("{code} {message}");
    let passing = ["08", "40", "53", "57P"].iter().any(|class| code.starts_with(class)) || code == "25006";
    if passing { DbError::Unavailable(text) } else { DbError::Internal(text) }
}

/// The host's texts may go on with a backtrace.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_with_milliseconds() {
        let row =
            Row { names: ["at".to_owned()].into(), values: vec![DbValue::Datetime((2026, 1, 2, 3, 4, 5, 67_890_123))] };
        assert_eq!(row.time("at").unwrap(), "2026-01-02T03:04:05.067Z");
        assert!(Row { values: vec![DbValue::Str("2026-01-02".to_owned())], ..row }.time("at").is_err());
    }

    #[test]
    fn a_printed_report_is_read_and_not_what_a_user_wrote_in_it() {
        let printed = |code: &str, extras: &str| {
            PgError::QueryFailed(QueryError::Text(format!(
                r#"Error::QueryFailed(QueryError::DbError(DbError {{ as-text: "db error: ERROR (\" code: \"00000\")", severity: "ERROR",
                code: "{code}", message: "duplicate", detail: Some("Key (email)=(\"(\"constraint\", \"mine\")"), extras: [{extras}] }}))"#
            )))
        };
        let taken = classify(printed("23505", r#"("table", "user"), ("constraint", "user_email_key")"#));
        assert!(taken.violates("user_email_key"), "{taken}");
        assert!(matches!(classify(printed("40P01", "")), DbError::Unavailable(text) if !text.contains("Key")));
        assert!(matches!(classify(printed("42703", "")), DbError::Internal(_)));
        assert!(matches!(classify(printed("22021", "")), DbError::Unstorable));
        assert!(matches!(classify(PgError::QueryFailed(QueryError::Text("gone".to_owned()))), DbError::Unavailable(_)));
    }
}
