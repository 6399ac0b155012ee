//! `POST /oauth2/register`: a client makes itself known (RFC 7591). Anybody may; it gets nothing by it until a user
//! lets it in.

use edge::Response;
use http::StatusCode;
use oauth::Registration;
use user::random_id;

use super::{private, refused};
use crate::answer::Failure;
use crate::body::Media;
use crate::call::Call;

/// Adds the client.
pub(super) fn register(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let client = Registration::parse(body.as_ref(), call.random).map_err(|error| refused(error, false))?;
    let resource = oauth::resource(&call.settings.base);
    let ids = [(); 3].map(|()| random_id(call.random));
    call.store.add_oauth_client(&client, ids.each_ref().map(String::as_str), &resource)?;
    Ok(private(StatusCode::CREATED, &client.answer(&resource, call.now)))
}
