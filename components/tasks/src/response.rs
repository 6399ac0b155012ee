//! What a handler returns.

use http_api::{Allowance, ApiError, Request, Response, compress};

use crate::export::TaskExport;

/// The response of a route.
pub enum TasksResponse {
    /// A complete one.
    Complete(Response),
    /// One whose body is written page by page.
    Export(TaskExport),
}

impl TasksResponse {
    /// Compresses what is complete and long, for a client that takes it.
    pub(crate) fn compressed(self, request: &Request) -> Result<Self, ApiError> {
        match self {
            Self::Complete(response) => compress(request, response).map(Self::Complete),
            Self::Export(export) => Ok(Self::Export(export)),
        }
    }

    /// Adds the `RateLimit` headers.
    pub(crate) fn show(&mut self, allowance: &Allowance) {
        match self {
            Self::Complete(response) => allowance.show(response),
            Self::Export(export) => allowance.show(&mut export.head),
        }
    }
}

impl From<Response> for TasksResponse {
    fn from(response: Response) -> Self {
        Self::Complete(response)
    }
}

impl From<TaskExport> for TasksResponse {
    fn from(export: TaskExport) -> Self {
        Self::Export(export)
    }
}
