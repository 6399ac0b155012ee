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
}

/// What an error code of the host says; of either revision, whose codes have the same names.
macro_rules! error_of_code {
    ($name:ident, $code:path) => {
        pub(crate) fn $name(code: $code) -> OutboundError {
            use $code as Code;
            match code {
                Code::ConnectionRefused | Code::DestinationNotFound | Code::DnsError(_) => {
                    OutboundError::Unreached(format!("{code:?}"))
                }
                Code::ConnectionTimeout | Code::ConnectionReadTimeout | Code::HttpResponseTimeout => {
                    OutboundError::Timeout
                }
                other => OutboundError::Connection(format!("{other:?}")),
            }
        }
    };
}

error_of_code!(connection, wasi::http::types::ErrorCode);
error_of_code!(service_connection, wasip3::http::types::ErrorCode);
