//! `GET /ok`, and `GET /features`: what this deployment offers, so that the front-end shows nothing that does not work.
//! `/features` is not part of Better Auth.

use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use http_api::Response;
use serde_json::json;

use crate::context::Context;
use crate::http::error::AuthError;
use crate::http::response;
use crate::settings::values::DeleteUser;

/// The component responds; nothing else is touched.
pub(crate) fn ok(_: &Context<'_>) -> Result<Response, AuthError> {
    Ok(response::json(StatusCode::OK, &json!({"ok": true})))
}

/// Which of the optional features are configured.
pub(crate) fn features(context: &Context<'_>) -> Result<Response, AuthError> {
    let (settings, mail) = (context.settings, context.settings.mail()?.is_on());
    let mut response = response::json(
        StatusCode::OK,
        &json!({
            "google": settings.google()?.is_some(),
            "password_reset": mail,
            "email_verification": mail,
            "delete_user": settings.delete_user()? != DeleteUser::Off,
        }),
    );
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    Ok(response)
}
