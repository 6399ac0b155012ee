//! `POST /oauth2/register`: a client registers itself (RFC 7591). Any client may; it can do nothing with that until a
//! user lets it in.

use better_auth::random_id;
use http::StatusCode;
use http_api::Response;
use oauth_server::ClientRegistration;

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::AuthError;
use crate::oauth::response::{oauth_error, private_json};

/// Reads the client's description of itself.
pub(crate) fn read(context: &Context<'_>, input: &Input<'_>) -> Result<ClientRegistration, AuthError> {
    let resource = oauth_server::resource_url(&context.settings.base);
    ClientRegistration::parse(input.json(), &resource, context.env.random).map_err(|error| oauth_error(error, false))
}

/// Adds the client.
pub(crate) fn register(context: &Context<'_>, client: ClientRegistration) -> Result<Response, AuthError> {
    add_client(context, &client)?;
    let resource = oauth_server::resource_url(&context.settings.base);
    Ok(private_json(StatusCode::CREATED, &client.to_response(&resource, context.env.now)))
}

/// Stores a client's description of itself.
pub(super) fn add_client(context: &Context<'_>, client: &ClientRegistration) -> Result<(), AuthError> {
    let ids = [(); 3].map(|()| random_id(context.env.random));
    let resource = oauth_server::resource_url(&context.settings.base);
    Ok(context.store.add_oauth_client(client, ids.each_ref().map(String::as_str), &resource)?)
}
