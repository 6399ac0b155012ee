//! `POST /update-user` and `POST /update-session`: what people may change about themselves.

use better_auth::credentials::{MAX_IMAGE_UNITS, MAX_NAME_UNITS};
use better_auth::validation::{InputReader, display_text};
use http_api::Response;
use serde_json::{Map, Value};

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::status_true;
use crate::session::cookie;
use crate::store::{LiveSession, ProfileChange};

const EMAIL: ErrorCode = ("EMAIL_CAN_NOT_BE_UPDATED", "Email can not be updated");

/// Reads a body that must be an object with any members.
pub(crate) fn read_object(_: &Context<'_>, input: &Input<'_>) -> Result<Map<String, Value>, AuthError> {
    InputReader::of(input.json(), &["record"]).map_err(AuthError::invalid)?;
    Ok(input.json().and_then(Value::as_object).cloned().unwrap_or_default())
}

/// Changes name and image; everything else of a user has its own route, or none.
pub(crate) fn update_user(
    context: &Context<'_>,
    live: LiveSession,
    body: Map<String, Value>,
) -> Result<Response, AuthError> {
    if body.get("email").is_some_and(|email| !matches!(email, Value::Null | Value::Bool(false)) && email != "") {
        return Err(AuthError::bad_request(EMAIL));
    }
    let change = read_change(body)?;
    if change.name.is_none() && change.image.is_none() {
        return Err(nothing_to_update());
    }
    context.store.change_profile(&live.user.id, &change)?;
    cookie::begin(context, &live.session.token, None);
    Ok(status_true())
}

/// Nothing of a session can be changed; the route is there for clients that ask.
pub(crate) fn update_session(_: &Context<'_>, _: LiveSession, _: Map<String, Value>) -> Result<Response, AuthError> {
    Err(nothing_to_update())
}

/// A number or a boolean as a name is taken as its text; `null` as an image removes it.
fn read_change(mut body: Map<String, Value>) -> Result<ProfileChange, AuthError> {
    if let Some(name @ (Value::Number(_) | Value::Bool(_))) = body.get_mut("name") {
        *name = name.to_string().into();
    }
    let image_is_null = body.get("image").is_some_and(Value::is_null);
    if image_is_null {
        body.remove("image");
    }
    let body = Value::Object(body);
    let mut members = InputReader::of(Some(&body), &["record"]).map_err(AuthError::invalid)?;
    let name = members.optional_text("name", display_text(MAX_NAME_UNITS)).map(str::to_owned);
    let image = members.optional_text("image", display_text(MAX_IMAGE_UNITS)).map(|image| Some(image.to_owned()));
    let image = if image_is_null { Some(None) } else { image };
    members.finish(ProfileChange { name, image }).map_err(AuthError::invalid)
}

fn nothing_to_update() -> AuthError {
    AuthError::uncoded("No fields to update")
}
