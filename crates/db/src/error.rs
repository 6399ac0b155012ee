//! Why a statement failed: the host's reports, classified by SQLSTATE.

use http_api::ApiError;
use spin_sdk::pg4::{DbError as Report, PgError, QueryError};

/// Why a statement failed. The texts are for the log alone.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database cannot be reached or rejects work for now. Whether anything was written may be unknown.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// A constraint rejected the row (SQLSTATE class 23).
    #[error("constraint {name} violated")]
    Constraint {
        /// The constraint's name.
        name: String,
    },
    /// A text holds a null character. No column can store one, so nothing can be found by such a text either.
    #[error("a text with a null character")]
    Unstorable,
    /// Our own fault.
    #[error("database: {0}")]
    Internal(String),
}

/// The error message for a client whose request ends as [`DbError::Unstorable`].
pub const UNSTORABLE: &str = "A text must not hold a null character.";

impl DbError {
    /// Whether the constraint of this name rejected the row.
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

pub(crate) fn classify(error: PgError) -> DbError {
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

/// Spin 4.0 returns an error that arrives while rows are read as text: Rust's debug form of the report. Quotes inside its
/// strings are escaped, so no text of a user can pass for a field. The report may quote what users wrote, so only the state
/// and the constraint are taken.
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

/// Whether PostgreSQL ended a statement because each of two waited for the other.
pub(crate) fn is_deadlock(error: &DbError) -> bool {
    matches!(error, DbError::Unavailable(text) if text.starts_with("40P01"))
}

/// The first line of an error; the host appends a backtrace.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(is_deadlock(&classify(printed("40P01", ""))));
        assert!(!is_deadlock(&classify(printed("57P01", ""))), "a shutdown");
        assert!(matches!(classify(printed("42703", "")), DbError::Internal(_)));
        assert!(matches!(classify(printed("22021", "")), DbError::Unstorable));
        assert!(matches!(classify(PgError::QueryFailed(QueryError::Text("gone".to_owned()))), DbError::Unavailable(_)));
    }
}
