//! What is refused before the database or a model is asked. The rest is tested from outside, on the real thing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use http_api::{KeySetCopy, RequestBody};
use serde_json::json;

use super::*;

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

fn refused(request: &Request) -> ApiError {
    let variable = |name: &str| match name {
        "database_url" => Ok(String::new()),
        name => panic!("{name} need not be read"),
    };
    let outside = TurnEnv {
        fetch: &|_, _| panic!("nothing may be fetched"),
        stream: &|_, _, _| panic!("nothing may be fetched"),
        recall: &|_| None,
        remember: &|_, _| (),
        now_ms: &|| NOW * 1000,
        sleep: &|_| panic!("nothing to wait for"),
        log: &|_| (),
    };
    let x = URL_SAFE_NO_PAD.encode(key().verifying_key().as_bytes());
    let set = json!({"keys": [{"kid": "k1", "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": x}]});
    let keys = |_| Ok(KeySetCopy { json: set.to_string(), until: NOW });
    let trusted = || panic!("no page's origin is judged");
    let verifier = Verifier { issuer: ISSUER, oauth: None, now: NOW, keys: &keys, cache: None };
    let (begin, send) = (&|_| panic!("nothing may be streamed"), &|_: &[u8]| panic!("nothing may be streamed"));
    route(
        request,
        &verifier,
        &Around { settings: Settings(&variable), trusted: &trusted, language: Language::English, outside, begin, send },
    )
    .unwrap_err()
}

fn by_alice(method: &str, uri: &str, body: RequestBody) -> ApiError {
    let builder = http::Request::builder().method(method).uri(uri).header("content-type", "application/json");
    refused(&builder.header("authorization", format!("Bearer {}", alices_token())).body(body).unwrap())
}

fn status(method: &str, uri: &str, body: &str) -> u16 {
    by_alice(method, uri, RequestBody::Complete(body.as_bytes().to_vec())).status.as_u16()
}

#[test]
fn nobody_gets_in_without_a_token_or_to_another_user() {
    for uri in ["/api/alice/chat", "/api/alice/conversations", "/api/alice/conversations/1"] {
        let request = http::Request::builder().uri(uri).body(RequestBody::Complete(Vec::new())).unwrap();
        assert_eq!(refused(&request).status, 401, "{uri}");
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
        "/api/alice/chat/",
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
    assert_eq!(refused(&request.body(RequestBody::Complete(Vec::new())).unwrap()).status, 415);
}
