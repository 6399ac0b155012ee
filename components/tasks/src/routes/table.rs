//! The shape of a route.

/// One method of one address.
pub(crate) struct TasksRoute {
    /// A `GET` is also served as `HEAD`, unless it is an export.
    pub(crate) method: &'static str,
    /// What follows `/api/{user_id}/tasks`; `{id}` stands for the number of a task.
    pub(crate) path: &'static [&'static str],
    /// The query parameters that are known; any other is a 400.
    pub(crate) query: &'static [&'static str],
    pub(crate) body: BodyRule,
    /// Whether `Idempotency-Key` is read.
    pub(crate) takes_key: bool,
}

/// How the body of a request is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyRule {
    /// Not at all.
    Ignored,
    /// Only its length is checked.
    Bounded,
    /// A JSON object.
    Json,
    /// A JSON object, or nothing.
    OptionalJson,
    /// A JSON merge patch (RFC 7396).
    MergePatch,
    /// JSON or CSV, up to [`crate::import::IMPORT_LIMIT`].
    Import,
}
