//! The part that is bound to Wasm.

use spin_host::service::{ErrorCode, HostRequest, HostResponse, HttpService, export, serve};

use crate::files::EMBEDDED;
use crate::routes::handle;

/// No route reads a body.
const BODY_LIMIT: usize = 0;

struct WebService;

export!(WebService);

impl HttpService for WebService {
    async fn handle(request: HostRequest) -> Result<HostResponse, ErrorCode> {
        serve(request, |_| Ok(BODY_LIMIT), |request| handle(request, EMBEDDED)).await
    }
}
