//! Which page of the list is asked for, and the `Link` to the next one (RFC 8288).

use edge::{ApiError, FieldError, Query, Request};
use task::{Position, Query as List, Status, TaskId};

/// The most tasks of one answer, and how many there are when the client names no limit.
pub(crate) const MAX_LIMIT: u32 = 10_000;

/// The parameters of a list.
pub(crate) struct Wanted {
    pub(crate) status: Status,
    pub(crate) limit: u32,
    pub(crate) after: Option<TaskId>,
    status_word: Option<String>,
}

impl Wanted {
    /// Reads `status`, `limit` and `after`; names each that is not acceptable.
    pub(crate) fn parse(request: &Request) -> Result<Self, ApiError> {
        let query = Query::parse(request, &["status", "limit", "after"])?;
        let mut faults = Vec::new();
        let status = query.get("status").map(Status::parse).transpose();
        let status = status.map_err(|fault| faults.push(FieldError::new("status", fault.0))).ok().flatten();
        let limit = query.get("limit").map_or(Some(MAX_LIMIT), |text| {
            TaskId::parse(text).and_then(|n| u32::try_from(n.get()).ok()).filter(|n| *n <= MAX_LIMIT)
        });
        if limit.is_none() {
            faults.push(FieldError::new("limit", format!("must be a whole number from 1 to {MAX_LIMIT}.")));
        }
        let after = query.get("after").map(TaskId::parse);
        if matches!(after, Some(None)) {
            faults.push(FieldError::new("after", "must be the number of a task."));
        }
        match (limit, faults.is_empty()) {
            (Some(limit), true) => Ok(Self {
                status: status.unwrap_or_default(),
                limit,
                after: after.flatten(),
                status_word: query.get("status").map(str::to_owned),
            }),
            _ => Err(ApiError::invalid(faults)),
        }
    }

    pub(crate) fn query(&self) -> List {
        List { status: self.status, after: self.after.map(Position::after), ..List::all(self.limit) }
    }

    /// The value of `Link` for the page after this one.
    pub(crate) fn next_link(&self, path: &str, next: TaskId) -> String {
        let status = self.status_word.as_ref().map(|word| format!("status={word}&")).unwrap_or_default();
        format!("<{path}?{status}limit={}&after={next}>; rel=\"next\"", self.limit)
    }
}
