//! `/api/{user_id}/tokens`: the personal access tokens of a user. Only the signed-in page makes, lists and revokes them: no
//! token makes another one.

use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, QueryParams, Request, Response, User, empty, json, json_body};
use personal_token::{NewPersonalToken, PersonalTokenRecord};
use serde::Serialize;

use crate::env::TasksEnv;

/// A new token: the only response that holds the secret.
#[derive(Serialize)]
struct AddedToken<'a> {
    #[serde(flatten)]
    record: &'a PersonalTokenRecord,
    token: &'a str,
}

/// Responds to a request of a verified user. `path` is what follows `tokens`.
pub(crate) fn respond(request: &Request, env: &TasksEnv<'_>, user: &User, path: &[&str]) -> Result<Response, ApiError> {
    user.require_first_party()?;
    match (request.method().as_str(), path) {
        ("GET" | "HEAD" | "POST", []) | ("DELETE", [_]) => QueryParams::parse(request, &[])?,
        (_, []) => return Err(ApiError::method_not_allowed("GET, HEAD, POST")),
        (_, [_]) => return Err(ApiError::method_not_allowed("DELETE")),
        _ => return Err(ApiError::no_route()),
    };
    match (request.method().as_str(), path) {
        ("POST", _) => add(request, env, user),
        (_, [id]) => env.tokens.revoke(&user.id, id).map(|()| empty(StatusCode::NO_CONTENT)),
        _ => Ok(json(StatusCode::OK, &env.tokens.list(&user.id)?)),
    }
}

fn add(request: &Request, env: &TasksEnv<'_>, user: &User) -> Result<Response, ApiError> {
    let new = NewPersonalToken::parse(&json_body(request)?)?;
    let (record, secret) = env.tokens.add(&user.id, &new)?;
    let mut response = json(StatusCode::CREATED, &AddedToken { record: &record, token: secret.as_str() });
    let location = HeaderValue::try_from(format!("{}/{}", request.uri().path(), record.id));
    response.headers_mut().insert(LOCATION, location.map_err(ApiError::internal)?);
    Ok(response)
}
