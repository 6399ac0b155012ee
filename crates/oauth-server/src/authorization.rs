//! An authorization request (RFC 6749 §4.1.1): what is asked for, or who is to be told what is wrong with it. Only
//! an address that the client registered is ever told anything.

use crate::registration::excerpt;
use crate::{OAuthError, OAuthParams, RegisteredClient, redirect, split_scopes};

/// Shortest and longest challenge (RFC 7636 §4.2 allows no other than 43 for S256).
const CHALLENGE_CHARS: usize = 43;

/// A request that can be granted.
#[derive(Debug, Clone)]
pub struct AuthorizationRequest {
    /// All parameters.
    pub query: OAuthParams,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// What the client wants to do.
    pub scopes: Vec<String>,
    /// What its token is to be for.
    pub resources: Vec<String>,
    /// What the user must be asked.
    pub prompts: RequestedPrompts,
    /// How old the session may be, in seconds.
    pub max_age: Option<u64>,
    state: Option<String>,
}

/// `prompt`: what the client wants the user to be asked, or that nothing may be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RequestedPrompts {
    /// Nothing.
    pub none: bool,
    /// To sign in, whether or not they are (`login`, `select_account`, `create`).
    pub login: bool,
    /// To consent, whether or not they did before.
    pub consent: bool,
}

/// What a request cannot have, and who is told.
#[derive(Debug, PartialEq, Eq)]
pub struct RedirectError {
    error: OAuthError,
    client: Option<Answer>,
}

#[derive(Debug, PartialEq, Eq)]
struct Answer {
    redirect_uri: String,
    state: Option<String>,
    fragment: bool,
}

impl RequestedPrompts {
    fn read(text: &str) -> Self {
        let has = |name: &str| text.split(' ').any(|prompt| prompt == name);
        let login = has("login") || has("select_account") || has("create");
        Self { none: has("none"), login, consent: has("consent") }
    }
}

impl RedirectError {
    /// The page that shows the error to the person.
    pub fn page(error: OAuthError) -> Self {
        Self { error, client: None }
    }

    /// Where the browser is sent with the error.
    pub fn location(&self, issuer: &str) -> String {
        let query = |pairs: &[(&str, &str)]| {
            form_urlencoded::Serializer::new(String::new())
                .extend_pairs(pairs.iter().filter(|(_, v)| !v.is_empty()))
                .finish()
        };
        let (error, description) = (self.error.error, self.error.description.as_str());
        match &self.client {
            None => format!("{issuer}/error?{}", query(&[("error", error), ("error_description", description)])),
            Some(to) => {
                let state = to.state.as_deref().unwrap_or_default();
                let all = [("error", error), ("error_description", description), ("state", state), ("iss", issuer)];
                redirect::append(&to.redirect_uri, &query(&all), to.fragment)
            }
        }
    }
}

impl AuthorizationRequest {
    /// Reads a request of `client`, the row by its `client_id`. `resource` is the one thing that tokens are for; a
    /// request that names none means it.
    pub fn read(query: OAuthParams, client: Option<&RegisteredClient>, resource: &str) -> Result<Self, RedirectError> {
        let page = RedirectError::page;
        if query.is_too_long() {
            return Err(page(OAuthError::request("the request is too long")));
        }
        if query.holds_null() {
            return Err(page(OAuthError::request("the request holds a null character")));
        }
        if query.get("client_id").is_none() {
            return Err(page(OAuthError::request("client_id is required")));
        }
        if ["client_id", "redirect_uri"].iter().any(|name| query.all(name).count() > 1) {
            return Err(page(OAuthError::request("a parameter is given twice")));
        }
        let requested = query.get("redirect_uri").unwrap_or_default().to_owned();
        let client = usable(client).map_err(page)?;
        if !client.allows_redirect(&requested) {
            return Err(page(OAuthError::new("invalid_redirect", "invalid redirect uri")));
        }
        let state = query.get("state").map(str::to_owned);
        let fragment = is_fragment(&query);
        let told = |error| RedirectError {
            error,
            client: Some(Answer { redirect_uri: requested.clone(), state: state.clone(), fragment }),
        };
        check_form(&query).map_err(told)?;
        let scopes = scopes(&query, client).map_err(told)?;
        let resources = resources(&query, resource).map_err(told)?;
        check_challenge(&query).map_err(told)?;
        let prompts = query.get("prompt").map(RequestedPrompts::read).unwrap_or_default();
        let max_age = query.get("max_age").map(str::parse).transpose();
        let max_age = max_age.map_err(|_| told(OAuthError::request("max_age must be a number of seconds")))?;
        let query = query.with("scope", &scopes.join(" "));
        Ok(Self { query, redirect_uri: requested, scopes, resources, prompts, max_age, state })
    }

    /// The client is told that the user must be asked, which `prompt=none` does not allow, or that they said no.
    pub fn redirect_error(&self, error: &'static str, description: &str) -> RedirectError {
        let answer = Answer { redirect_uri: self.redirect_uri.clone(), state: self.state.clone(), fragment: false };
        RedirectError { error: OAuthError::new(error, description), client: Some(answer) }
    }

    /// Where the browser is sent with a code.
    pub fn code_location(&self, code: &str, issuer: &str) -> String {
        let mut parameters = form_urlencoded::Serializer::new(String::new());
        parameters.append_pair("code", code);
        if let Some(state) = &self.state {
            parameters.append_pair("state", state);
        }
        redirect::append(&self.redirect_uri, &parameters.append_pair("iss", issuer).finish(), false)
    }
}

fn usable(client: Option<&RegisteredClient>) -> Result<&RegisteredClient, OAuthError> {
    let client = client.ok_or_else(|| OAuthError::client("client_id is required"))?;
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

/// Answers of the implicit and hybrid flows go to the fragment, errors too.
fn is_fragment(query: &OAuthParams) -> bool {
    match query.get("response_mode") {
        Some("fragment") => true,
        Some("query") => false,
        _ => {
            query.get("response_type").is_some_and(|wanted| wanted.split(' ').any(|t| t == "token" || t == "id_token"))
        }
    }
}

fn check_form(query: &OAuthParams) -> Result<(), OAuthError> {
    if let Some(name) = query.repeated(&["resource"]) {
        return Err(OAuthError::request(format!("{} is given twice", excerpt(name))));
    }
    for (name, error) in [("request", "request_not_supported"), ("request_uri", "request_uri_not_supported")] {
        if query.get(name).is_some() {
            return Err(OAuthError::new(error, format!("{name} is not supported")));
        }
    }
    match query.get("response_type") {
        Some("code") => {}
        Some(_) => return Err(OAuthError::new("unsupported_response_type", "response_type must be one of: code")),
        None => return Err(OAuthError::request("response_type is required")),
    }
    match query.get("response_mode") {
        None | Some("query") => Ok(()),
        Some(_) => Err(OAuthError::request("response_mode must be query")),
    }
}

fn scopes(query: &OAuthParams, client: &RegisteredClient) -> Result<Vec<String>, OAuthError> {
    let allowed = client.allowed_scopes();
    let Some(wanted) = query.get("scope").map(split_scopes) else { return Ok(allowed) };
    let invalid: Vec<String> =
        wanted.iter().filter(|scope| !allowed.contains(scope)).map(|scope| excerpt(scope)).take(8).collect();
    match invalid.is_empty() {
        true => Ok(wanted),
        false => {
            let text = format!("The following scopes are invalid: {}", invalid.join(", "));
            Err(OAuthError::new("invalid_scope", text))
        }
    }
}

fn resources(query: &OAuthParams, resource: &str) -> Result<Vec<String>, OAuthError> {
    match query.all("resource").find(|wanted| *wanted != resource) {
        None => Ok(vec![resource.to_owned()]),
        Some(other) => {
            let text = format!("requested resource {} is not configured", excerpt(other));
            Err(OAuthError::new("invalid_target", text))
        }
    }
}

fn check_challenge(query: &OAuthParams) -> Result<(), OAuthError> {
    let method = query.get("code_challenge_method");
    if method.is_some_and(|method| method != "S256") {
        return Err(OAuthError::request("code_challenge_method must be one of: S256"));
    }
    let base64url = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    match (query.get("code_challenge"), method) {
        (None, _) => Err(OAuthError::request("pkce is required for public clients")),
        (Some(_), None) => Err(OAuthError::request("code_challenge and code_challenge_method must both be provided")),
        (Some(text), Some(_)) if text.len() == CHALLENGE_CHARS && base64url(text) => Ok(()),
        (Some(_), Some(_)) => Err(OAuthError::request("code_challenge must be the base64url of a SHA-256")),
    }
}

#[cfg(test)]
#[path = "authorization_tests.rs"]
mod tests;
