//! `GET /features`: what this deployment offers, for a front-end that shows nothing it cannot do. Not part of Better Auth.

use edge::Response;
use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use serde_json::json;

use crate::answer::{Failure, json as answer};
use crate::call::Call;
use crate::delete_user::DeleteUser;

/// Which of the optional features are configured.
pub(crate) fn features(call: &Call<'_>) -> Result<Response, Failure> {
    let mut response = answer(
        StatusCode::OK,
        &json!({
            "google": call.settings.google.is_some(),
            "password_reset": call.settings.mail.is_on(),
            "email_verification": call.settings.mail.is_on(),
            "delete_user": call.settings.delete_user != DeleteUser::Off,
        }),
    );
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    Ok(response)
}
