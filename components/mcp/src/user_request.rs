//! A request whose user, media type and size are checked. Only [`UserRequest::check`] makes one, so no handler that takes
//! one can run without a verified user.

use http::{Method, StatusCode};
use http_api::{ApiError, IdempotencyKey, Request, RequestBody, User};
use mcp_protocol::{RpcError, code};
use task::{TaskActor, TurnName};

use crate::access::AccessDenied;
use crate::env::McpEnv;
use crate::error::McpError;
use crate::settings::McpSettings;

/// A POST of JSON by a verified user.
pub(crate) struct UserRequest<'a> {
    request: &'a Request,
    user: User,
    body: &'a [u8],
}

impl<'a> UserRequest<'a> {
    /// Checks the token, then the method, the media type and the size.
    pub(crate) fn check(request: &'a Request, settings: &McpSettings, env: &McpEnv) -> Result<Self, McpError> {
        let user = http_api::verify_user(request, env.verifier).map_err(AccessDenied::Token)?;
        if request.method() != Method::POST {
            return Err(invalid_request(StatusCode::METHOD_NOT_ALLOWED, "Use POST"));
        }
        if http_api::media_type(request) != "application/json" {
            return Err(invalid_request(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json"));
        }
        match request.body() {
            RequestBody::Complete(body) => Ok(Self { request, user, body }),
            RequestBody::TooLarge => {
                let text = format!("The body is larger than {} bytes", settings.body_limit()?);
                Err(invalid_request(StatusCode::PAYLOAD_TOO_LARGE, text))
            }
        }
    }

    pub(crate) fn user(&self) -> &User {
        &self.user
    }

    /// Who calls tools: the assistant names its turn, with the user's own token.
    pub(crate) fn actor(&self) -> TaskActor {
        let turn = self.header(TurnName::HEADER).filter(|_| self.user.scope.is_none()).and_then(TurnName::parse);
        match turn {
            Some(TurnName { conversation, turn }) => TaskActor::Chat { conversation, turn },
            None => TaskActor::Mcp(self.user.client.clone()),
        }
    }

    pub(crate) fn body(&self) -> &'a [u8] {
        self.body
    }

    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        http_api::header(self.request, name)
    }

    pub(crate) fn id(&self) -> &'a str {
        http_api::request_id(self.request)
    }

    pub(crate) fn idempotency_key(&self) -> Result<Option<IdempotencyKey>, ApiError> {
        IdempotencyKey::read(self.request)
    }
}

fn invalid_request(status: StatusCode, text: impl Into<String>) -> McpError {
    RpcError::new(status, code::INVALID_REQUEST, text).into()
}
