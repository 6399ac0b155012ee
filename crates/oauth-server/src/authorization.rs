//! An authorization request (RFC 6749 §4.1.1): what the client asks for, or the error and who receives it. An error is
//! sent to an address only if the client registered it.

use crate::client::RegisteredClient;
use crate::error::{OAuthError, excerpt};
use crate::metadata::names_resource;
use crate::params::OAuthParams;
use crate::pkce::check_challenge;
use crate::redirect_error::{ClientRedirect, RedirectError};
use crate::redirect_uri::{self, PlainHttp};
use crate::scope::{permitted_scopes, split_scopes};

/// A request that can be granted.
#[derive(Debug, Clone)]
pub struct AuthorizationRequest {
    /// All parameters.
    pub params: OAuthParams,
    /// The client's address for the response.
    pub redirect_uri: String,
    /// The requested scopes.
    pub scopes: Vec<String>,
    /// The resources for which the token is requested.
    pub resources: Vec<String>,
    /// The pages that the user must see.
    pub prompts: RequestedPrompts,
    /// The greatest age of the session, in seconds.
    pub max_age: Option<u64>,
    state: Option<String>,
}

/// The parameter `prompt`: what the user must be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RequestedPrompts {
    /// Nothing: no page may be shown.
    pub none: bool,
    /// To sign in, even if the user is signed in (`login`, `select_account`, `create`).
    pub login: bool,
    /// To consent, even if the user consented before.
    pub consent: bool,
}

impl RequestedPrompts {
    fn parse(text: &str) -> Self {
        let has = |name: &str| text.split(' ').any(|prompt| prompt == name);
        let login = has("login") || has("select_account") || has("create");
        Self { none: has("none"), login, consent: has("consent") }
    }
}

impl AuthorizationRequest {
    /// Reads a request of `client`, the row with its `client_id`. `resource` is the only resource that tokens are issued
    /// for; it is the default of a request that names none.
    pub fn read(params: OAuthParams, client: Option<&RegisteredClient>, resource: &str) -> Result<Self, RedirectError> {
        check_client_and_address(&params).map_err(RedirectError::page)?;
        let requested = params.get("redirect_uri").unwrap_or_default().to_owned();
        let client = active_client(client).map_err(RedirectError::page)?;
        if !client.allows_redirect(&requested, PlainHttp::at(resource)) {
            return Err(RedirectError::page(OAuthError::new("invalid_redirect", "invalid redirect uri")));
        }
        let state = params.get("state").map(str::to_owned);
        let to = ClientRedirect { redirect_uri: requested, state, fragment: is_fragment(&params) };
        Self::read_for(client, params, resource, &to).map_err(|error| RedirectError::client(error, to))
    }

    fn read_for(
        client: &RegisteredClient,
        params: OAuthParams,
        resource: &str,
        to: &ClientRedirect,
    ) -> Result<Self, OAuthError> {
        check_form(&params)?;
        let scopes = scopes(&params, client);
        let resources = resources(&params, resource)?;
        check_challenge(&params)?;
        let prompts = params.get("prompt").map(RequestedPrompts::parse).unwrap_or_default();
        let max_age = params.get("max_age").map(str::parse).transpose();
        let max_age = max_age.map_err(|_| OAuthError::invalid_request("max_age must be a number of seconds"))?;
        let params = params.with("scope", &scopes.join(" "));
        let ClientRedirect { redirect_uri, state, .. } = to.clone();
        Ok(Self { params, redirect_uri, scopes, resources, prompts, max_age, state })
    }

    /// An error for the client: the user declined, or must be asked although `prompt=none` forbids it.
    pub fn redirect_error(&self, error: &'static str, description: &str) -> RedirectError {
        let to = ClientRedirect { redirect_uri: self.redirect_uri.clone(), state: self.state.clone(), fragment: false };
        RedirectError::client(OAuthError::new(error, description), to)
    }

    /// The URL to which the browser is redirected with a code.
    pub fn code_location(&self, code: &str, issuer: &str) -> String {
        let mut parameters = form_urlencoded::Serializer::new(String::new());
        parameters.append_pair("code", code);
        if let Some(state) = &self.state {
            parameters.append_pair("state", state);
        }
        redirect_uri::append(&self.redirect_uri, &parameters.append_pair("iss", issuer).finish(), false)
    }
}

/// Checks what decides who receives an error.
fn check_client_and_address(params: &OAuthParams) -> Result<(), OAuthError> {
    if params.is_too_long() {
        return Err(OAuthError::invalid_request("the request is too long"));
    }
    if params.holds_null() {
        return Err(OAuthError::invalid_request("the request holds a null character"));
    }
    if params.get("client_id").is_none() {
        return Err(OAuthError::invalid_request("client_id is required"));
    }
    match ["client_id", "redirect_uri"].iter().any(|name| params.all(name).count() > 1) {
        true => Err(OAuthError::invalid_request("a parameter is given twice")),
        false => Ok(()),
    }
}

fn active_client(client: Option<&RegisteredClient>) -> Result<&RegisteredClient, OAuthError> {
    let client = client.ok_or_else(OAuthError::unknown_client)?;
    if client.is_disabled() {
        return Err(OAuthError::new("client_disabled", "client is disabled"));
    }
    match client.allows_grant("authorization_code") {
        true => Ok(client),
        false => {
            let text = "client is not authorized to use the authorization_code grant";
            Err(OAuthError::new("unauthorized_client", text))
        }
    }
}

/// Responses of the implicit and hybrid flows go into the fragment, their errors too.
fn is_fragment(params: &OAuthParams) -> bool {
    match params.get("response_mode") {
        Some("fragment") => true,
        Some("query") => false,
        _ => {
            let is_token = |name: &str| name == "token" || name == "id_token";
            params.get("response_type").is_some_and(|types| types.split(' ').any(is_token))
        }
    }
}

fn check_form(params: &OAuthParams) -> Result<(), OAuthError> {
    if let Some(name) = params.repeated(&["resource"]) {
        return Err(OAuthError::invalid_request(format!("{} is given twice", excerpt(name))));
    }
    for (name, error) in [("request", "request_not_supported"), ("request_uri", "request_uri_not_supported")] {
        if params.get(name).is_some() {
            return Err(OAuthError::new(error, format!("{name} is not supported")));
        }
    }
    match params.get("response_type") {
        Some("code") => {}
        Some(_) => return Err(OAuthError::new("unsupported_response_type", "response_type must be one of: code")),
        None => return Err(OAuthError::invalid_request("response_type is required")),
    }
    match params.get("response_mode") {
        None | Some("query") => Ok(()),
        Some(_) => Err(OAuthError::invalid_request("response_mode must be query")),
    }
}

/// The scopes that the client asks for, as far as it may.
fn scopes(params: &OAuthParams, client: &RegisteredClient) -> Vec<String> {
    let allowed = client.allowed_scopes();
    match params.get("scope") {
        Some(requested) => permitted_scopes(split_scopes(requested), &allowed),
        None => allowed,
    }
}

fn resources(params: &OAuthParams, resource: &str) -> Result<Vec<String>, OAuthError> {
    let is_other = |requested: &&str| !requested.is_empty() && !names_resource(requested, resource);
    match params.all("resource").find(is_other) {
        None => Ok(vec![resource.to_owned()]),
        Some(other) => {
            let text = format!("requested resource {} is not configured", excerpt(other));
            Err(OAuthError::new("invalid_target", text))
        }
    }
}

#[cfg(test)]
mod tests;
