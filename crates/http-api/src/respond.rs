//! The one place where an error becomes a response and a failure is logged.

use crate::error::ApiError;
use crate::log::log_error;
use crate::request::Request;
use crate::response::Response;

/// Runs a handler and makes its error a problem document. A 5xx is logged here, once, as one JSON line.
pub fn respond(request: &Request, handler: impl FnOnce() -> Result<Response, ApiError>) -> Response {
    match handler() {
        Ok(response) => response,
        Err(error) => {
            log_error(request, &error);
            error.into_response()
        }
    }
}
