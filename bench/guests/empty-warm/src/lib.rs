//! The cost of the host and of what each of our components does for a request, in instances that serve many: it responds and does nothing else.

#![cfg(target_arch = "wasm32")]

use http_api::Response;
use spin_host::service::{ErrorCode, HostRequest, HostResponse, HttpService, export, serve};

struct EmptyService;

export!(EmptyService);

impl HttpService for EmptyService {
    async fn handle(request: HostRequest) -> Result<HostResponse, ErrorCode> {
        serve(request, |_| Ok(0), |_| Response::new(b"ok".to_vec())).await
    }
}
