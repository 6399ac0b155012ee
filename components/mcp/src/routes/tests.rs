use http_api::RequestBody;
use serde_json::{Value, json};

use crate::testing::{MemoryStore, ORIGIN, TestRequest, TestResponse, access_token, token};

const METADATA: &str = "https://todo.example/.well-known/oauth-protected-resource/mcp";

fn send(request: TestRequest) -> TestResponse {
    request.send(&MemoryStore::default())
}

fn rpc(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params })
}

/// The status and the JSON-RPC error code.
fn error_of(response: &TestResponse) -> (u16, i64) {
    assert_eq!(response.header("cache-control"), Some("no-store"), "{}", response.text);
    (response.status, response.json()["error"]["code"].as_i64().unwrap())
}

#[test]
fn a_legacy_session_is_as_recorded() {
    let params =
        json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "c", "version": "1" } });
    let response = send(TestRequest::post(rpc("initialize", params)));
    assert_eq!((response.status, response.header("content-type")), (200, Some("application/json")));
    assert_eq!(response.header("mcp-session-id"), None);
    let info = json!({ "name": "todo-chatbot", "title": "To-do list", "version": env!("CARGO_PKG_VERSION") });
    let result = &response.json()["result"];
    assert_eq!(result["protocolVersion"], "2025-11-25");
    assert_eq!(result["capabilities"], json!({ "tools": {} }));
    assert_eq!(result["serverInfo"], info);
    assert!(result["instructions"].as_str().unwrap().contains("list_tasks"));
    assert_eq!(result.as_object().unwrap().len(), 4);

    let response = send(TestRequest::post(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#));
    assert_eq!(
        (response.status, response.text.as_str(), response.header("cache-control")),
        (202, "", Some("no-store"))
    );
    let response = send(TestRequest::post(r#"{"jsonrpc":"2.0","id":"p","method":"ping"}"#));
    assert_eq!((response.status, response.json()), (200, json!({ "jsonrpc": "2.0", "id": "p", "result": {} })));
}

#[test]
fn errors_of_the_protocol_are_as_recorded() {
    let unknown_tool = TestRequest::post(rpc("tools/call", json!({ "name": "nope", "arguments": {} })));
    let error = json!({ "code": -32602, "message": "Unknown tool: nope" });
    assert_eq!(send(unknown_tool).json(), json!({ "jsonrpc": "2.0", "id": 7, "error": error }));
    let unknown_method = TestRequest::post(rpc("prompts/get", json!({}))).with("mcp-protocol-version", "2025-11-25");
    let response = send(unknown_method);
    assert_eq!(error_of(&response), (200, -32601));
    assert_eq!(response.json()["error"]["message"], "Method not found: prompts/get");
    let old = TestRequest::post(rpc("tools/list", json!({}))).with("mcp-protocol-version", "1999-01-01");
    assert_eq!(error_of(&send(old)), (400, -32600));
    let response = send(TestRequest::post("{bad json"));
    let error = json!({ "code": -32700, "message": "Parse error" });
    assert_eq!((response.status, response.json()), (400, json!({ "jsonrpc": "2.0", "error": error })));
    assert_eq!(error_of(&send(TestRequest::post("[]"))), (400, -32600));
}

#[test]
fn a_modern_session_is_as_recorded() {
    let meta = json!({ "io.modelcontextprotocol/serverInfo":
        { "name": "todo-chatbot", "title": "To-do list", "version": env!("CARGO_PKG_VERSION") } });
    let response = send(TestRequest::modern("server/discover", json!({})));
    let result = &response.json()["result"];
    assert_eq!((response.status, &result["supportedVersions"]), (200, &json!(["2026-07-28"])));
    assert_eq!((&result["resultType"], &result["_meta"]), (&json!("complete"), &meta));
    assert_eq!((&result["ttlMs"], &result["cacheScope"]), (&json!(300_000), &json!("public")));

    let result = &send(TestRequest::modern("tools/list", json!({}))).json()["result"];
    assert_eq!((&result["resultType"], &result["cacheScope"]), (&json!("complete"), &json!("public")));
    let called =
        send(TestRequest::modern("tools/call", json!({ "name": "add_task", "arguments": { "title": "milk" } })));
    let result = &called.json()["result"];
    assert_eq!((&result["resultType"], &result["_meta"], result.get("ttlMs")), (&json!("complete"), &meta, None));
    assert_eq!(result["structuredContent"]["task"]["title"], "milk");
    let empty = send(TestRequest::modern("tools/call", json!({ "name": "add_task", "arguments": {} })));
    let text = json!([{ "type": "text", "text": "Invalid arguments for add_task: \"title\" is required." }]);
    let result = &empty.json()["result"];
    assert_eq!((empty.status, &result["isError"], &result["content"]), (200, &json!(true), &text));
    assert_eq!(result.get("structuredContent"), None);

    assert_eq!(error_of(&send(TestRequest::modern("prompts/get", json!({})))), (404, -32601));
    let none = &send(TestRequest::modern("resources/templates/list", json!({}))).json()["result"];
    assert_eq!((&none["resourceTemplates"], &none["ttlMs"]), (&json!([]), &json!(300_000)));
    assert_eq!((&none["resultType"], &none["cacheScope"]), (&json!("complete"), &json!("public")));
    let nameless = TestRequest::modern("tools/call", json!({ "name": "list_tasks" })).without("mcp-name");
    assert_eq!(send(nameless).json()["error"]["message"], "Header mismatch: Mcp-Name header is missing");
    let encoded = TestRequest::modern("tools/call", json!({ "name": "list_tasks" }))
        .with("mcp-name", "=?base64?bGlzdF90YXNrcw==?=");
    assert_eq!(send(encoded).json()["result"]["structuredContent"], json!({ "tasks": [], "total": 0 }));
}

#[test]
fn tools_are_listed_alike_in_both_eras() {
    let legacy = send(TestRequest::post(rpc("tools/list", json!({})))).json()["result"].clone();
    let modern = send(TestRequest::modern("tools/list", json!({}))).json()["result"].clone();
    assert_eq!(legacy["tools"], modern["tools"]);
    assert_eq!(legacy.as_object().unwrap().len(), 1);
    let tools = legacy["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    let expected = "add_task add_tasks list_tasks get_task complete_task complete_tasks update_task delete_task undo list_lists search fetch";
    assert_eq!(names.join(" "), expected);
    for tool in tools {
        assert!(tool["title"].is_string() && tool["description"].is_string(), "{tool}");
        assert_eq!((&tool["inputSchema"]["type"], &tool["outputSchema"]["type"]), (&json!("object"), &json!("object")));
        for hint in ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"] {
            assert!(tool["annotations"][hint].is_boolean(), "{tool}");
        }
    }
    assert_eq!(tools[2]["annotations"]["readOnlyHint"], true);
    assert_eq!(tools[7]["annotations"]["destructiveHint"], true);
}

#[test]
fn only_own_hosts_are_allowed_and_pages_of_any_origin() {
    let ping = || TestRequest::post(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    for host in ["todo.example", "TODO.example:8443", "todo.example.:8443", "mcp.spin.internal"] {
        assert_eq!(send(ping().with("host", host)).status, 200, "{host}");
    }
    for host in ["evil.example", "todo.example.evil", "x@todo.example", "", "todo.example:x", "localhost"] {
        let response = send(ping().with("host", host).without("authorization"));
        assert_eq!((error_of(&response), response.header("www-authenticate")), ((403, -32600), None), "{host}");
    }
    assert_eq!(error_of(&send(ping().without("host"))), (403, -32600));
    for origin in ["http://todo.example:3000", "null", "app://obsidian.md", "https://inspector.example"] {
        let response = send(ping().with("origin", origin));
        assert_eq!((response.status, response.header("access-control-allow-origin")), (200, Some("*")), "{origin}");
        let challenged = send(ping().with("origin", origin).without("authorization"));
        let exposed = challenged.header("access-control-expose-headers");
        assert_eq!((challenged.status, exposed), (401, Some("WWW-Authenticate, MCP-Protocol-Version")));
        let rebound = send(ping().with("origin", origin).with("host", "evil.example"));
        assert_eq!((rebound.status, rebound.header("access-control-allow-origin")), (403, None));
    }
}

#[test]
fn metadata_is_public_at_both_addresses() {
    for path in [
        "/.well-known/oauth-protected-resource/mcp",
        "/.well-known/oauth-protected-resource/mcp/",
        "/.well-known/oauth-protected-resource",
    ] {
        let response = send(TestRequest::new("GET", path).without("authorization"));
        let document = json!({
            "resource": "https://todo.example/mcp",
            "authorization_servers": ["https://todo.example/api/auth"],
            "scopes_supported": ["tasks:read", "tasks:write"],
            "bearer_methods_supported": ["header"],
            "resource_name": "To-do list",
        });
        assert_eq!((response.status, response.json()), (200, document));
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
        let response = send(TestRequest::new("POST", path));
        assert_eq!((response.status, response.header("allow")), (405, Some("GET, HEAD")));
        assert_eq!(send(TestRequest::new("GET", path).with("host", "evil.example")).status, 403);
    }
    for path in ["/.well-known/oauth-protected-resource/other", "/mcp//", "/mcp/x", "/"] {
        assert_eq!(send(TestRequest::new("GET", path)).status, 404, "{path}");
    }
}

#[test]
fn without_a_good_token_the_challenge_says_where_to_get_one() {
    let plain = format!("Bearer scope=\"tasks:read tasks:write\", resource_metadata=\"{METADATA}\"");
    for method in ["POST", "GET", "DELETE", "PUT"] {
        for call in [
            TestRequest::new(method, "/mcp").without("authorization"),
            TestRequest::new(method, "/mcp/").without("authorization"),
            TestRequest::new(method, "/mcp").with("authorization", "Basic YTpi"),
        ] {
            let response = send(call);
            assert_eq!((response.status, response.header("www-authenticate")), (401, Some(plain.as_str())), "{method}");
            assert_eq!(response.json(), json!({ "error": "unauthorized" }));
        }
    }
    for (claims, reason) in [
        (json!({ "exp": 1_700_000_000 }), "token expired"),
        (json!({ "iss": "https://other.example" }), "wrong issuer"),
        (json!({ "aud": "https://other.example/mcp" }), "wrong audience"),
        (json!({ "sub": "" }), "token names no user"),
    ] {
        let response = send(TestRequest::post("").token(&token("alice", claims)));
        let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{reason}\", {}", &plain[7..]);
        assert_eq!((response.status, response.header("www-authenticate")), (401, Some(challenge.as_str())));
        assert_eq!(response.json(), json!({ "error": "invalid_token", "error_description": reason }));
    }
    assert_eq!(send(TestRequest::post("").token("garbage")).json()["error_description"], "malformed token");
}

#[test]
fn without_keys_the_response_says_nothing_about_the_token() {
    let response = send(TestRequest::post("").without_keys());
    assert_eq!(
        (response.status, response.header("retry-after"), response.header("www-authenticate")),
        (503, Some("5"), None)
    );
    assert!(!response.text.contains("10.0.0.1"));
}

#[test]
fn oauth_tokens_for_this_resource_are_accepted() {
    for audience in [json!(format!("{ORIGIN}/mcp")), json!(["https://other.example", format!("{ORIGIN}/mcp")])] {
        let token = access_token("alice", json!({ "aud": audience, "scope": "tasks:read" }));
        assert_eq!(send(TestRequest::tool_call("list_tasks", json!({})).token(&token)).status, 200);
    }
}

#[test]
fn an_oauth_token_is_never_accepted_as_a_first_party_token() {
    let listing = |token: String| send(TestRequest::tool_call("list_tasks", json!({})).token(&token));
    assert_eq!(listing(access_token("alice", json!({}))).status, 403, "a token without a scope permits nothing");
    let userinfo = format!("{ORIGIN}/api/auth/oauth2/userinfo");
    for audience in [userinfo.as_str(), ORIGIN, "client", "https://other.example/mcp"] {
        let response = listing(access_token("alice", json!({ "aud": audience, "scope": "tasks:read" })));
        assert_eq!(
            (response.status, &response.json()["error_description"]),
            (401, &json!("wrong audience")),
            "{audience}"
        );
    }
    let first_party = listing(token("alice", json!({ "aud": format!("{ORIGIN}/mcp") })));
    assert_eq!((first_party.status, &first_party.json()["error_description"]), (401, &json!("wrong audience")));
    let id_token =
        listing(token("alice", json!({ "iss": format!("{ORIGIN}/api/auth"), "aud": format!("{ORIGIN}/mcp") })));
    assert_eq!((id_token.status, &id_token.json()["error_description"]), (401, &json!("no access token")));
}

#[test]
fn a_scope_permits_its_tools_only() {
    let status = |scope: &str, tool: &str, arguments: Value| {
        send(TestRequest::tool_call(tool, arguments).token(&access_token("alice", json!({ "scope": scope })))).status
    };
    for (scope, read, write) in [
        ("tasks:read", 200, 403),
        ("tasks:write", 200, 200),
        ("openid tasks:read tasks:write", 200, 200),
        ("openid", 403, 403),
        ("", 403, 403),
        ("tasks:reader", 403, 403),
    ] {
        assert_eq!(status(scope, "list_tasks", json!({})), read, "{scope}");
        // The scope is checked before the arguments.
        for tool in ["add_task", "complete_task", "update_task", "delete_task"] {
            assert_eq!(status(scope, tool, json!({})), write, "{scope} {tool}");
        }
    }
    for (scope, shown) in
        [("openid", vec![]), ("tasks:read", vec!["list_tasks", "get_task", "list_lists", "search", "fetch"])]
    {
        let listed =
            TestRequest::modern("tools/list", json!({})).token(&access_token("alice", json!({ "scope": scope })));
        let result = send(listed).json()["result"].clone();
        let names: Vec<&str> =
            result["tools"].as_array().unwrap().iter().filter_map(|tool| tool["name"].as_str()).collect();
        assert_eq!((names, &result["cacheScope"]), (shown, &json!("private")), "{scope}");
    }
    let response = send(
        TestRequest::tool_call("add_task", json!({})).token(&access_token("alice", json!({ "scope": "tasks:read" }))),
    );
    let challenge = format!(
        "Bearer error=\"insufficient_scope\", error_description=\"This tool needs the tasks:write permission\", \
         scope=\"tasks:read tasks:write\", resource_metadata=\"{METADATA}\""
    );
    assert_eq!(response.header("www-authenticate"), Some(challenge.as_str()));
    assert_eq!(response.json()["error"], "insufficient_scope");
}

#[test]
fn the_wrong_method_media_type_or_size_is_rejected() {
    for method in ["GET", "HEAD", "DELETE", "PUT"] {
        let response = send(TestRequest::new(method, "/mcp"));
        assert_eq!((error_of(&response), response.header("allow")), ((405, -32600), Some("POST")), "{method}");
        assert_eq!(response.json().get("id"), None);
    }
    let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    for media_type in ["text/plain", "application/jsonx", ""] {
        assert_eq!(
            error_of(&send(TestRequest::post(ping).with("content-type", media_type))),
            (415, -32600),
            "{media_type}"
        );
    }
    assert_eq!(error_of(&send(TestRequest::post(ping).without("content-type"))), (415, -32600));
    assert_eq!(send(TestRequest::post(ping).with("content-type", "Application/JSON; charset=utf-8")).status, 200);
    assert_eq!(error_of(&send(TestRequest::post("").body(RequestBody::TooLarge))), (413, -32600));
    assert_eq!(error_of(&send(TestRequest::post("").body(RequestBody::Complete(vec![0xff])))), (400, -32700));
}
