//! What the tests share: tokens, a request builder and a task store in memory.

mod store;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use ed25519_dalek::{Signer, SigningKey};
use http_api::{ApiError, KeySetCopy, OAuthResource, RequestBody, Verifier};
use serde_json::{Value, json};

pub(crate) use store::MemoryStore;

use crate::{McpEnv, McpSettings, ToolStore};

pub(crate) const ORIGIN: &str = "https://todo.example";
const NOW: u64 = 1_800_000_000;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// A token of `sub` for the first party, with some claims replaced.
pub(crate) fn token(sub: &str, replaced: Value) -> String {
    let mut claims = json!({ "sub": sub, "iss": ORIGIN, "aud": ORIGIN, "iat": NOW, "exp": NOW + 900 });
    for (name, value) in replaced.as_object().unwrap() {
        claims[name] = value.clone();
    }
    sign(json!({ "alg": "EdDSA", "kid": "k" }), claims)
}

/// An OAuth access token of `sub` for this resource, with some claims replaced.
pub(crate) fn access_token(sub: &str, replaced: Value) -> String {
    let issuer = format!("{ORIGIN}/api/auth");
    let mut claims = json!({ "sub": sub, "iss": issuer, "aud": format!("{ORIGIN}/mcp"), "iat": NOW, "exp": NOW + 900 });
    for (name, value) in replaced.as_object().unwrap() {
        claims[name] = value.clone();
    }
    sign(json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": "k" }), claims)
}

fn sign(header: Value, claims: Value) -> String {
    let part = |value: Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = BASE64_URL_SAFE_NO_PAD.encode(key().sign(signed.as_bytes()).to_bytes());
    format!("{signed}.{signature}")
}

/// A request: Alice's POST of JSON to `/mcp`, unless a method changes it.
pub(crate) struct TestRequest {
    method: &'static str,
    path: &'static str,
    headers: Vec<(&'static str, String)>,
    body: RequestBody,
    keys: Result<String, String>,
}

/// The response to a [`TestRequest`].
pub(crate) struct TestResponse {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) text: String,
}

impl TestResponse {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl TestRequest {
    pub(crate) fn new(method: &'static str, path: &'static str) -> Self {
        let x = BASE64_URL_SAFE_NO_PAD.encode(key().verifying_key().as_bytes());
        let keys = json!({ "keys": [{ "kid": "k", "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": x }] });
        let headers = vec![
            ("host", "todo.example".to_owned()),
            ("content-type", "application/json".to_owned()),
            ("authorization", format!("Bearer {}", token("alice", json!({})))),
        ];
        Self { method, path, headers, body: RequestBody::Complete(Vec::new()), keys: Ok(keys.to_string()) }
    }

    pub(crate) fn post(body: impl ToString) -> Self {
        let mut request = Self::new("POST", "/mcp");
        request.body = RequestBody::Complete(body.to_string().into_bytes());
        request
    }

    /// A legacy tool call.
    pub(crate) fn tool_call(name: &str, arguments: Value) -> Self {
        let params = json!({ "name": name, "arguments": arguments });
        Self::post(json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params }))
    }

    /// A modern request with headers that agree with it.
    pub(crate) fn modern(method: &'static str, mut params: Value) -> Self {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let name = params["name"].as_str().map(str::to_owned);
        let request = Self::post(json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }))
            .with("mcp-protocol-version", "2026-07-28")
            .with("mcp-method", method);
        name.into_iter().fold(request, |request, name| request.with("mcp-name", &name))
    }

    /// Replaces a header.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn body(mut self, body: RequestBody) -> Self {
        self.body = body;
        self
    }

    pub(crate) fn without_keys(mut self) -> Self {
        self.keys = Err("connection refused by 10.0.0.1".to_owned());
        self
    }

    pub(crate) fn send(self, store: &dyn ToolStore) -> TestResponse {
        self.send_with(store, &|_| Ok(()))
    }

    pub(crate) fn send_with(self, store: &dyn ToolStore, admit: &dyn Fn(&str) -> Result<(), ApiError>) -> TestResponse {
        let mut request = http::Request::builder().method(self.method).uri(self.path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let variable = |name: &str| {
            let value = match name {
                "mcp_allowed_hosts" => "mcp.spin.internal",
                "mcp_allowed_origins" => "*",
                "mcp_body_limit" => "1048576",
                _ => "",
            };
            Ok(value.to_owned())
        };
        let settings = McpSettings::new(ORIGIN.to_owned(), &variable).unwrap();
        let keys = |_| self.keys.clone().map(|json| KeySetCopy { json, until: NOW });
        let issuer = settings.authorization_server();
        let oauth = Some(OAuthResource { issuer: &issuer, audience: &settings.resource });
        let verifier = Verifier { issuer: &settings.origin, oauth, now: NOW, keys: &keys, cache: None, personal: None };
        let env = McpEnv { verifier: &verifier, origin: ORIGIN, store, admit };
        let response = crate::handle(&request.body(self.body).unwrap(), &settings, &env);
        let (parts, body) = response.into_parts();
        TestResponse { status: parts.status.as_u16(), headers: parts.headers, text: String::from_utf8(body).unwrap() }
    }
}
