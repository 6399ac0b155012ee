//! `GET /error`: where a flow ends that has no page of its own. The front-end shows the error.

use better_auth::target::query;
use http::StatusCode;
use http_api::Response;

use crate::context::Context;
use crate::http::error::AuthError;
use crate::http::response::add_location;

const UNKNOWN: &str = "UNKNOWN";

/// Redirects to the front-end with the error's code, if it is one, and its description.
pub(crate) fn redirect_to_site(context: &Context<'_>) -> Result<Response, AuthError> {
    let first = |name| context.query_values(name).into_iter().next().filter(|text| !text.is_empty());
    let code = first("error").filter(|code| is_code(code)).unwrap_or_else(|| UNKNOWN.to_owned());
    let description = first("error_description");
    let mut parameters = vec![("error", code.as_str())];
    parameters.extend(description.as_deref().map(|text| ("error_description", text)));
    let mut response = http_api::empty(StatusCode::FOUND);
    add_location(&mut response, &format!("/?{}", query(&parameters)));
    Ok(response)
}

fn is_code(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"'_-".contains(&byte))
}
