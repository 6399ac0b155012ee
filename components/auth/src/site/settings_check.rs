//! Whether the settings can be used. `/ready` asks inside the app, by the name of this component: the path is no route, so
//! nobody outside reaches it, and the secrets stay here.

use http::StatusCode;
use http_api::{ApiError, Response};
use serde_json::json;

use crate::http::response;
use crate::settings::{Settings, faults};

/// Where `/ready` asks.
pub(crate) const PATH: &str = "/internal/settings";

/// `{"faults": […]}`: one sentence for each setting that cannot be used.
pub(crate) fn check(settings: Result<&Settings, &ApiError>) -> Response {
    response::json(StatusCode::OK, &json!({"faults": faults::faults(settings)}))
}
