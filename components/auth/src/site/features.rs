//! `GET /features`: what this deployment offers, for a front-end that shows nothing it cannot do. Not part of Better Auth.

use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use http_api::Response;
use serde_json::json;

use crate::account::delete_user::DeleteUser;
use crate::context::Call;
use crate::http::response::{Failure, json as answer};

/// Which of the optional features are configured.
pub(crate) fn features(call: &Call<'_>) -> Result<Response, Failure> {
    let (settings, mail) = (call.settings, call.settings.mail()?.is_on());
    let mut response = answer(
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
