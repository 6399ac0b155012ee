//! The one error of this component, and the response to each kind.

use http::header::ALLOW;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, Request, Response};
use mcp_protocol::RpcError;

use crate::access::AccessDenied;
use crate::host_name;
use crate::settings::McpSettings;

/// Why a request gets no result.
pub(crate) enum McpError {
    /// An error of the protocol.
    Rpc(RpcError),
    /// The client needs another token.
    Access(AccessDenied),
    /// An error of plain HTTP.
    Api(ApiError),
}

impl McpError {
    /// The response, or the error that is one problem document with its log line.
    pub(crate) fn into_response(self, request: &Request, settings: &McpSettings) -> Result<Response, ApiError> {
        match self {
            Self::Rpc(error) => Ok(rpc_response(&error)),
            Self::Access(denied) => {
                let metadata_url = settings.metadata_url_at(host_name::of(request).as_deref());
                denied.into_response(&metadata_url).map_err(ApiError::from)
            }
            Self::Api(error) => Err(error),
        }
    }
}

fn rpc_response(error: &RpcError) -> Response {
    let mut response = http_api::json(error.status, &error.body());
    if error.status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
    }
    response
}

impl From<RpcError> for McpError {
    fn from(error: RpcError) -> Self {
        Self::Rpc(error)
    }
}

impl From<AccessDenied> for McpError {
    fn from(denied: AccessDenied) -> Self {
        Self::Access(denied)
    }
}

impl From<ApiError> for McpError {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}
