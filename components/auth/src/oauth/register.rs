//! `POST /oauth2/register`: a client makes itself known (RFC 7591). Anybody may; it gets nothing by it until a user
//! lets it in.

use better_auth::random_id;
use http::StatusCode;
use http_api::Response;
use oauth_server::ClientRegistration;

use super::{private, refused};
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::Failure;

/// Adds the client.
pub(super) fn register(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let client = ClientRegistration::parse(body.as_ref(), call.random).map_err(|error| refused(error, false))?;
    add_client(call, &client)?;
    Ok(private(StatusCode::CREATED, &client.to_response(&oauth_server::resource_url(&call.settings.base), call.now)))
}

/// Keeps what a client said of itself.
pub(super) fn add_client(call: &Call<'_>, client: &ClientRegistration) -> Result<(), Failure> {
    let ids = [(); 3].map(|()| random_id(call.random));
    let resource = oauth_server::resource_url(&call.settings.base);
    Ok(call.store.add_oauth_client(client, ids.each_ref().map(String::as_str), &resource)?)
}
