//! `POST /update-user` and `POST /update-session`: what people may change about themselves.

use better_auth::credentials::{MAX_IMAGE_UNITS, MAX_NAME_UNITS};
use better_auth::validation::{InputReader, display_text};
use http::StatusCode;
use http_api::Response;
use serde_json::{Map, Value};

use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, done};
use crate::session::current as session;
use crate::store::ProfileChange;

const EMAIL: Code = ("EMAIL_CAN_NOT_BE_UPDATED", "Email can not be updated");

/// Changes name and image; everything else of a user has its own route, or none.
pub(crate) fn update_user(call: &Call<'_>) -> Result<Response, Failure> {
    let body = record(call)?;
    let live = session::require(call)?;
    if body.get("email").is_some_and(|email| !matches!(email, Value::Null | Value::Bool(false)) && email != "") {
        return Err(Refusal::bad_request(EMAIL).into());
    }
    let change = read(body)?;
    if change.name.is_none() && change.image.is_none() {
        return Err(nothing_to_update().into());
    }
    call.store.change_profile(&live.user.id, &change)?;
    call.begin_session(&live.session.token, None);
    Ok(done())
}

/// Nothing of a session can be changed; kept for clients that ask.
pub(crate) fn update_session(call: &Call<'_>) -> Result<Response, Failure> {
    record(call)?;
    session::require(call)?;
    Err(nothing_to_update().into())
}

fn record(call: &Call<'_>) -> Result<Map<String, Value>, Failure> {
    let body = call.input(Media::Json)?;
    InputReader::of(body.as_ref(), &["record"]).map_err(Refusal::invalid)?;
    match body {
        Some(Value::Object(members)) => Ok(members),
        _ => Ok(Map::new()),
    }
}

/// A number or a truth value as a name is taken as the text that it looks like; `null` as an image is none.
fn read(mut body: Map<String, Value>) -> Result<ProfileChange, Failure> {
    if let Some(name @ (Value::Number(_) | Value::Bool(_))) = body.get_mut("name") {
        *name = name.to_string().into();
    }
    let image_is_null = body.get("image").is_some_and(Value::is_null);
    if image_is_null {
        body.remove("image");
    }
    let body = Value::Object(body);
    let mut members = InputReader::of(Some(&body), &["record"]).map_err(Refusal::invalid)?;
    let name = members.optional_text("name", display_text(MAX_NAME_UNITS)).map(str::to_owned);
    let image = members.optional_text("image", display_text(MAX_IMAGE_UNITS)).map(|image| Some(image.to_owned()));
    let image = if image_is_null { Some(None) } else { image };
    members.finish(ProfileChange { name, image }).map_err(|message| Refusal::invalid(message).into())
}

fn nothing_to_update() -> Refusal {
    Refusal::uncoded(StatusCode::BAD_REQUEST, "No fields to update".to_owned())
}
