//! The URL space: `/api/{user_id}/chat[/actions/{id}]`, `/api/{user_id}/conversations[/{id}]` and `/chatkit`.

use assistant::{Language, McpClient, McpServer, TurnEnv};
use http::Method;
use http_api::{ApiError, OriginsLoader, Request, Response, User, Verifier};

use crate::store::Store;
use crate::stream::Send;
use crate::{Settings, Tools, actions, chat, chatkit, conversations};

/// What the component works with.
pub struct Around<'a> {
    /// What the operator set.
    pub settings: Settings<'a>,
    /// The pages that may call.
    pub trusted: OriginsLoader<'a>,
    /// The language of whoever asks.
    pub language: Language,
    /// Network, clock and log.
    pub outside: TurnEnv<'a>,
    /// Begins a streamed response; what is answered whole after that is not sent.
    pub begin: &'a dyn Fn(http::Response<()>),
    /// Sends a piece of it.
    pub send: &'a Send<'a>,
}

impl<'a> Around<'a> {
    /// The tools, as their server answers this user.
    pub(crate) fn mcp(&self, Tools { url, allowed }: &'a Tools, user: &'a User) -> McpClient<'a> {
        let at = McpServer { url, token: &user.token, allowed, user_id: &user.id };
        McpClient::new(at, self.outside)
    }
}

/// Answers a request for the assistant of the user in the path, who must be the one of the token.
pub fn route(request: &Request, verifier: &Verifier, around: &Around) -> Result<Response, ApiError> {
    let path = http_api::segments(request)?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let (owner, rest) = match path.as_slice() {
        ["chatkit"] => return chatkit::route(request, verifier, around),
        ["api", owner, rest @ ..] => (owner, rest),
        _ => return Err(ApiError::no_route()),
    };
    let user = http_api::require_owner(request, verifier, owner)?;
    let url = around.settings.database_url()?;
    let store = Store { url: &url, owner: &user.id, language: around.language };
    match (request.method(), rest) {
        (&Method::POST, ["chat"]) => chat::answer(request, &user, &store, around),
        (_, ["chat"]) => Err(ApiError::method_not_allowed("POST")),
        (&Method::POST, ["chat", "actions", id]) => actions::answer(request, id, &user, &store, around),
        (_, ["chat", "actions", _]) => Err(ApiError::method_not_allowed("POST")),
        (&Method::GET | &Method::HEAD, ["conversations"]) => conversations::list(request, &store),
        (_, ["conversations"]) => Err(ApiError::method_not_allowed("GET, HEAD")),
        (&Method::GET | &Method::HEAD, ["conversations", id]) => conversations::get(request, id, &store),
        (&Method::PATCH, ["conversations", id]) => conversations::rename(request, id, &store),
        (&Method::DELETE, ["conversations", id]) => conversations::delete(request, id, &store),
        (_, ["conversations", _]) => Err(ApiError::method_not_allowed("GET, HEAD, PATCH, DELETE")),
        _ => Err(ApiError::no_route()),
    }
}

#[cfg(test)]
#[path = "routes_tests.rs"]
mod tests;
