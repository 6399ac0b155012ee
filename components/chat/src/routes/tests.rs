//! Requests that are rejected before the database or a model is asked. The end-to-end tests cover all others.

use std::time::Duration;

use assistant::{ChunkHandler, StreamTimeouts, TransportError, TurnEnv, TurnNetwork, WholeResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use conversation::{ROUTES, RouteAccess};
use ed25519_dalek::{Signer, SigningKey};
use futures::executor::block_on;
use futures::future::LocalBoxFuture;
use http_api::{KeySetCopy, RequestBody};
use origin::{Origin, TrustedOrigins};
use serde_json::json;

use super::*;
use crate::settings::ChatSettings;

const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://todo.example";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn alices_token() -> String {
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({"sub": "alice", "iss": ISSUER, "aud": ISSUER, "iat": NOW, "exp": NOW + 900});
    let signed = format!("{}.{}", part(json!({"alg": "EdDSA", "kid": "k1"})), part(claims));
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(key().sign(signed.as_bytes()).to_bytes()))
}

struct NoNetwork;

impl TurnNetwork for NoNetwork {
    fn fetch(&self, _: http::Request<Vec<u8>>, _: Duration) -> LocalBoxFuture<'_, WholeResponse> {
        panic!("nothing may be fetched")
    }

    fn stream<'a>(
        &'a self,
        _: http::Request<Vec<u8>>,
        _: StreamTimeouts,
        _: &'a mut ChunkHandler<'_>,
    ) -> LocalBoxFuture<'a, Result<StatusCode, TransportError>> {
        panic!("nothing may be fetched")
    }

    fn wait(&self, _: Duration) -> LocalBoxFuture<'_, ()> {
        panic!("nothing to wait for")
    }
}

fn rejected(request: &Request) -> ApiError {
    let variable = |name: &str| match name {
        "database_url" => Ok(String::new()),
        name => panic!("{name} need not be read"),
    };
    let turn =
        TurnEnv { network: &NoNetwork, recall: &|_| None, remember: &|_, _| (), now_ms: &|| NOW * 1000, log: &|_| () };
    let x = URL_SAFE_NO_PAD.encode(key().verifying_key().as_bytes());
    let set = json!({"keys": [{"kid": "k1", "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": x}]});
    let keys = |_| Ok(KeySetCopy { json: set.to_string(), until: NOW });
    let trusted = TrustedOrigins::parse(&Origin::parse(ISSUER).unwrap(), "").unwrap();
    let env = ChatEnv {
        settings: ChatSettings(&variable),
        trusted_origins: &|| Ok(trusted.clone()),
        language: Language::English,
        turn,
        start_stream: &|_| panic!("nothing may be streamed"),
        send: &|_| panic!("nothing may be streamed"),
        hold_head: &|_| panic!("nothing may be sent"),
        promise_reply: &|| panic!("nothing may be promised"),
        client_state: &|| panic!("nothing to wait for"),
    };
    let verifier = Verifier { issuer: ISSUER, oauth: None, now: NOW, keys: &keys, cache: None, personal: None };
    block_on(route(request, &verifier, &env)).unwrap_err()
}

fn by_alice(method: &str, uri: &str, body: RequestBody) -> ApiError {
    let builder = http::Request::builder().method(method).uri(uri).header("content-type", "application/json");
    rejected(&builder.header("authorization", format!("Bearer {}", alices_token())).body(body).unwrap())
}

fn status(method: &str, uri: &str, body: &str) -> u16 {
    by_alice(method, uri, RequestBody::Complete(body.as_bytes().to_vec())).status.as_u16()
}

#[test]
fn nobody_gets_in_without_a_token_or_to_another_user() {
    for uri in ["/api/alice/chat", "/api/alice/conversations", "/api/alice/conversations/1"] {
        let request = http::Request::builder().uri(uri).body(RequestBody::Complete(Vec::new())).unwrap();
        assert_eq!(rejected(&request).status, 401, "{uri}");
    }
    assert_eq!(status("POST", "/api/bob/chat", r#"{"message":"hi"}"#), 403);
    assert_eq!(status("GET", "/api/bob/conversations/1", ""), 403);
}

#[test]
fn other_methods_are_named_and_other_paths_are_not_there() {
    for (method, uri, allow) in [
        ("GET", "/api/alice/chat", "POST"),
        ("GET", "/api/alice/chat/actions/1-1-2-0", "POST"),
        ("POST", "/api/alice/conversations", "GET, HEAD"),
        ("PUT", "/api/alice/conversations/1", "GET, HEAD, PATCH, DELETE"),
    ] {
        let error = by_alice(method, uri, RequestBody::Complete(Vec::new()));
        assert_eq!((error.status.as_u16(), error.headers[0].1.as_str()), (405, allow), "{uri}");
    }
    for uri in [
        "/api/alice/chat/1",
        "/api/alice/chat/actions",
        "/api/alice/chat//",
        "/api/alice/conversations/1/2",
        "/api/alice/conversations/0",
    ] {
        assert_eq!(status("GET", uri, ""), 404, "{uri}");
    }
}

#[test]
fn a_bad_body_or_query_is_refused_with_its_status() {
    for (body, expected) in [
        ("", 400),
        ("{", 400),
        ("[]", 422),
        ("{}", 422),
        (r#"{"message":" "}"#, 422),
        (r#"{"message":"a\u0000b"}"#, 422),
        (r#"{"message":"hi","conversation_id":9223372036854775808}"#, 422),
        (r#"{"message":"hi","user_id":"bob"}"#, 422),
    ] {
        assert_eq!(status("POST", "/api/alice/chat", body), expected, "{body}");
    }
    for body in ["{}", r#"{"approve":"yes"}"#, r#"{"approve":null}"#, r#"{"approve":true,"id":1}"#] {
        assert_eq!(status("POST", "/api/alice/chat/actions/1-1-2-0", body), 422, "{body}");
    }
    assert_eq!(by_alice("POST", "/api/alice/chat", RequestBody::TooLarge).status, 413);
    for (method, uri) in [
        ("POST", "/api/alice/chat?x=1"),
        ("GET", "/api/alice/conversations?page=1"),
        ("GET", "/api/alice/conversations/1?after=1"),
        ("PATCH", "/api/alice/conversations/1?before=1"),
        ("DELETE", "/api/alice/conversations/1?x"),
    ] {
        assert_eq!(status(method, uri, r#"{"message":"hi"}"#), 400, "{uri}");
    }
    for (list, from) in [("/api/alice/conversations", "after"), ("/api/alice/conversations/1", "before")] {
        for query in ["limit=0", "limit=101", "limit=x", "from=0", "from=-1", "from=1'"] {
            let uri = format!("{list}?{}", query.replace("from", from));
            assert_eq!(status("GET", &uri, ""), 422, "{uri}");
        }
    }
    let request = http::Request::builder().method("POST").uri("/api/alice/chat").header("content-type", "text/plain");
    let request = request.header("authorization", format!("Bearer {}", alices_token()));
    assert_eq!(rejected(&request.body(RequestBody::Complete(Vec::new())).unwrap()).status, 415);
}

#[test]
fn every_route_is_closed_to_strangers_and_strange_input() {
    for route in ROUTES {
        let path = route
            .path
            .replace("{user_id}", "alice")
            .replace("{action_id}", "1-1-2-0")
            .replace("{conversation_id}", "1");
        let builder = || http::Request::builder().method(route.method).header("content-type", "text/plain");
        let sent = |builder: http::request::Builder| {
            rejected(&builder.body(RequestBody::Complete(Vec::new())).unwrap()).status.as_u16()
        };
        let name = format!("{} {path}", route.method);
        assert_eq!(sent(builder().uri(&path)), 401, "{name} without a token");
        let by_alice = || builder().header("authorization", format!("Bearer {}", alices_token()));
        if route.path.contains("{user_id}") {
            assert_eq!(sent(by_alice().uri(path.replace("alice", "bob"))), 403, "{name} of another user");
        }
        assert_eq!(sent(by_alice().uri(format!("{path}?colour=red"))), 400, "{name} with an unknown parameter");
        if !route.media_types.is_empty() {
            assert_eq!(sent(by_alice().uri(&path)), 415, "{name} with another media type");
        }
        if route.access == RouteAccess::TrustedPages {
            let foreign = by_alice().uri(&path).header("origin", "https://evil.example");
            assert_eq!(sent(foreign), 403, "{name} from a foreign page");
        }
    }
}
