//! Why a request to another server has no complete response.

/// Why there is no complete response.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// The request cannot be expressed or sent; our own fault.
    #[error("request: {0}")]
    Request(String),
    /// The deadline passed.
    #[error("timed out")]
    Timeout,
    /// No connection could be made, so nothing was sent.
    #[error("connection: {0}")]
    Unreached(String),
    /// The connection failed or ended early.
    #[error("connection: {0}")]
    Connection(String),
    /// The response is longer than the limit.
    #[error("the response is longer than {0} bytes")]
    TooLarge(usize),
    /// The caller stopped the call.
    #[error("stopped by the caller")]
    Stopped,
}

/// What the error code of the host says.
pub(crate) fn connection(code: wasi::http::types::ErrorCode) -> OutboundError {
    use wasi::http::types::ErrorCode::{
        ConnectionReadTimeout, ConnectionRefused, ConnectionTimeout, DestinationNotFound, DnsError, HttpResponseTimeout,
    };
    match code {
        ConnectionRefused | DestinationNotFound | DnsError(_) => OutboundError::Unreached(format!("{code:?}")),
        ConnectionTimeout | ConnectionReadTimeout | HttpResponseTimeout => OutboundError::Timeout,
        other => OutboundError::Connection(format!("{other:?}")),
    }
}
