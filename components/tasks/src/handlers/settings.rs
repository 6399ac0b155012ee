//! The settings of a user.

use http::StatusCode;
use http_api::{ApiError, json};

use crate::body;
use crate::errors::to_api_error;
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

/// `GET …/settings`.
pub(crate) fn get(request: &TasksRequest<'_>) -> Result<TasksResponse, ApiError> {
    let settings = request.env.settings.settings(&request.user.id).map_err(to_api_error)?;
    Ok(json(StatusCode::OK, &settings).into())
}

/// `PATCH …/settings`.
pub(crate) fn change(request: &TasksRequest<'_>, body: &TasksBody<'_>) -> Result<TasksResponse, ApiError> {
    let changes = body::settings(&body.members()?)?;
    let settings = request.env.settings.change_settings(&request.user.id, changes).map_err(to_api_error)?;
    Ok(json(StatusCode::OK, &settings).into())
}
