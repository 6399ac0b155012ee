use crate::testing::{MemoryStore, TestRequest, TestResponse};

fn send(request: TestRequest) -> TestResponse {
    request.send(&MemoryStore::default())
}

#[test]
fn a_preflight_is_granted_without_credentials() {
    let metadata = "/.well-known/oauth-protected-resource/mcp";
    for (path, method) in [("/mcp", "POST"), ("/mcp/", "POST"), (metadata, "GET")] {
        let preflight = || TestRequest::new("OPTIONS", path).with("origin", "null").without("authorization");
        let response = send(preflight());
        assert_eq!((response.status, response.header("access-control-allow-origin")), (204, Some("*")), "{path}");
        assert_eq!(response.header("access-control-allow-methods"), Some(method));
        let headers = "authorization, content-type, mcp-protocol-version, mcp-method, mcp-name";
        assert_eq!(response.header("access-control-allow-headers"), Some(headers));
        assert_eq!(response.header("access-control-allow-credentials"), None);
        assert!(response.header("access-control-max-age").is_some());
        assert_eq!(send(preflight().with("host", "evil.example")).status, 403);
    }
}
