use std::cell::{Cell, RefCell};

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::*;
use crate::authenticate::{require_owner, verify_user};
use crate::error::ApiError;

const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://todo.example";
const RESOURCE: OAuthResource =
    OAuthResource { issuer: "https://todo.example/api/auth", audience: "https://todo.example/mcp" };

fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn key_set(kid: &str) -> KeySetCopy {
    key_set_of(kid, &signing_key())
}

fn key_set_of(kid: &str, key: &SigningKey) -> KeySetCopy {
    let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    let set = json!({"keys": [{"kid": kid, "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": x}]});
    KeySetCopy { json: set.to_string(), until: NOW + 300 }
}

fn token(header: Value, claims: Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(&claims));
    let signature = URL_SAFE_NO_PAD.encode(signing_key().sign(signed.as_bytes()).to_bytes());
    format!("{signed}.{signature}")
}

fn claims() -> Value {
    json!({"sub": "alice", "iss": ISSUER, "aud": ISSUER, "iat": NOW, "exp": NOW + 900})
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn verify(token: &str) -> Result<User, Rejection> {
    let keys = |_| Ok(key_set("k1"));
    Verifier { issuer: ISSUER, oauth: None, now: NOW, keys: &keys, cache: None, personal: None }.verify(token)
}

fn rejected(token: &str) -> &'static str {
    match verify(token) {
        Err(Rejection::Invalid(reason)) => reason,
        Err(other) => panic!("another rejection: {other:?}"),
        Ok(_) => panic!("accepted"),
    }
}

fn eddsa() -> Value {
    json!({"alg": "EdDSA", "kid": "k1"})
}

#[test]
fn a_good_token_names_its_user() {
    assert_eq!(verify(&token(eddsa(), claims())).unwrap_or_else(|r| panic!("{r:?}")).id, "alice");
    let listed = with("aud", json!(["https://other.example", ISSUER]));
    assert!(verify(&token(eddsa(), listed)).is_ok());
}

#[test]
fn claims_that_do_not_fit_are_refused() {
    let table = [
        ("exp", json!(NOW - 61), "token expired"),
        ("nbf", json!(NOW + 61), "token not yet valid"),
        ("iat", json!(NOW + 61), "token not yet valid"),
        ("iss", json!("https://evil.example"), "wrong issuer"),
        ("aud", json!("https://other.example"), "wrong audience"),
        ("aud", json!([]), "wrong audience"),
        ("sub", json!(""), "token names no user"),
        ("sub", json!(5), "malformed token"),
    ];
    for (name, value, expected) in table {
        assert_eq!(rejected(&token(eddsa(), with(name, value.clone()))), expected, "{name} = {value}");
    }
    let endless = json!({"sub": "alice", "iss": ISSUER, "aud": ISSUER});
    assert_eq!(rejected(&token(eddsa(), endless)), "token has no expiry");
}

#[test]
fn only_eddsa_by_a_listed_key_is_accepted() {
    for alg in ["none", "HS256", "RS256", "eddsa"] {
        let header = json!({"alg": alg, "kid": "k1"});
        assert_eq!(rejected(&token(header, claims())), "unsupported algorithm", "{alg}");
    }
    assert_eq!(rejected(&token(json!({"alg": "EdDSA"}), claims())), "token names no key");
    assert_eq!(rejected(&token(json!({"alg": "EdDSA", "kid": "k2"}), claims())), "unknown key");
}

#[test]
fn a_changed_truncated_or_endless_token_is_refused() {
    let good = token(eddsa(), claims());
    let forged = {
        let mut parts: Vec<&str> = good.split('.').collect();
        let other = URL_SAFE_NO_PAD.encode(with("sub", json!("bob")).to_string());
        parts[1] = &other;
        parts.join(".")
    };
    assert_eq!(rejected(&forged), "bad signature");
    assert_eq!(rejected(&good[..good.len() - 4]), "bad signature");
    assert_eq!(rejected("a.b"), "malformed token");
    assert_eq!(rejected(&"a".repeat(9000)), "malformed token");
}

#[test]
fn an_unknown_key_is_looked_up_afresh_once() {
    let fresh = Cell::new(0);
    let keys = |wanted| match wanted {
        KeyFreshness::Cached => Ok(key_set("old")),
        KeyFreshness::Fresh => {
            fresh.set(fresh.get() + 1);
            Ok(key_set("k1"))
        }
    };
    let verifier = Verifier { issuer: ISSUER, oauth: None, now: NOW, keys: &keys, cache: None, personal: None };
    assert!(verifier.verify(&token(eddsa(), claims())).is_ok());
    assert!(verifier.verify(&token(json!({"alg": "EdDSA", "kid": "k9"}), claims())).is_err());
    assert_eq!(fresh.get(), 2);
}

#[test]
fn without_keys_nothing_is_said_about_the_token() {
    let keys = |_| Err("connection refused".to_owned());
    let verifier = Verifier { issuer: ISSUER, oauth: None, now: NOW, keys: &keys, cache: None, personal: None };
    let rejection = verifier.verify(&token(eddsa(), claims())).err().unwrap();
    assert_eq!(ApiError::from(rejection).status, 503);
}

#[test]
fn another_users_path_is_forbidden() {
    let keys = |_| Ok(key_set("k1"));
    let verifier = Verifier { issuer: ISSUER, oauth: None, now: NOW, keys: &keys, cache: None, personal: None };
    let bearer = format!("Bearer {}", token(eddsa(), claims()));
    let request = http::Request::builder().header("authorization", bearer);
    let request = request.body(crate::request::RequestBody::Complete(Vec::new())).unwrap();
    assert!(require_owner(&request, &verifier, "alice").is_ok());
    assert_eq!(require_owner(&request, &verifier, "bob").err().unwrap().status, 403);
    let anonymous = http::Request::builder().body(crate::request::RequestBody::Complete(Vec::new())).unwrap();
    let error = require_owner(&anonymous, &verifier, "alice").err().unwrap();
    assert_eq!(error.status, 401);
    assert!(error.headers.iter().any(|(name, _)| name == "www-authenticate"));
}

#[test]
fn the_log_line_names_the_verified_user_however_the_scheme_is_written() {
    let keys = |_| Ok(key_set("k1"));
    let verifier = Verifier { issuer: ISSUER, oauth: None, now: NOW, keys: &keys, cache: None, personal: None };
    let user = |scheme: &str, token: &str| {
        let request = http::Request::builder().header("authorization", format!("{scheme} {token}"));
        let mut request = request.body(crate::request::RequestBody::Complete(Vec::new())).unwrap();
        let access = crate::access::AccessRecord::start(&mut request);
        let _ = verify_user(&request, &verifier);
        access.user().map(str::to_owned)
    };
    let good = token(eddsa(), claims());
    for scheme in ["Bearer", "bearer", "BEARER"] {
        assert_eq!(user(scheme, &good).as_deref(), Some("alice"), "{scheme}");
    }
    assert_eq!(user("Bearer", &good[..good.len() - 4]), None);
}

/// What a verifier says to a token of these claims and `typ`: the scopes of whom it accepts, or why it does not.
fn judged(oauth: Option<OAuthResource>, kind: Option<&str>, claims: Value) -> Result<Option<String>, &'static str> {
    let mut header = eddsa();
    if let Some(kind) = kind {
        header["typ"] = kind.into();
    }
    let keys = |_| Ok(key_set("k1"));
    match (Verifier { issuer: ISSUER, oauth, now: NOW, keys: &keys, cache: None, personal: None })
        .verify(&token(header, claims))
    {
        Ok(user) => Ok(user.scope),
        Err(Rejection::Invalid(reason)) => Err(reason),
        Err(other) => panic!("{other:?}"),
    }
}

fn access(replaced: Value) -> Value {
    let mut claims = claims();
    claims["iss"] = RESOURCE.issuer.into();
    claims["aud"] = json!([RESOURCE.audience, "https://todo.example/api/auth/oauth2/userinfo"]);
    claims["scope"] = "tasks:read".into();
    for (name, value) in replaced.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

#[test]
fn an_oauth_token_has_its_scopes_and_is_good_for_its_resource_alone() {
    let here = |replaced: Value| judged(Some(RESOURCE), Some("at+jwt"), access(replaced));
    assert_eq!(here(json!({})), Ok(Some("tasks:read".to_owned())));
    assert_eq!(here(json!({"aud": RESOURCE.audience})), Ok(Some("tasks:read".to_owned())));
    for aud in [
        json!("https://todo.example/api/auth/oauth2/userinfo"),
        json!([]),
        json!(ISSUER),
        json!("https://other.example"),
    ] {
        assert_eq!(here(json!({"aud": aud})), Err("wrong audience"), "{aud}");
    }
    // Where no OAuth token is expected, it is one of another issuer, whatever its audience says.
    assert_eq!(judged(None, Some("at+jwt"), access(json!({"aud": ISSUER}))), Err("wrong issuer"));
}

#[test]
fn no_token_passes_for_the_first_party_that_is_not() {
    assert_eq!(judged(Some(RESOURCE), Some("at+jwt"), access(json!({"scope": null}))), Ok(Some(String::new())));
    assert_eq!(judged(Some(RESOURCE), None, access(json!({}))), Err("no access token"), "an id token");
    assert_eq!(judged(Some(RESOURCE), None, with("aud", json!(RESOURCE.audience))), Err("wrong audience"));
    assert_eq!(judged(Some(RESOURCE), None, claims()), Ok(None));
}

/// What is noted, at the time that it judges by.
#[derive(Default)]
struct Noted(RefCell<Vec<(String, TokenHash, u64)>>);

impl Noted {
    fn verify(
        &self,
        now: u64,
        oauth: Option<OAuthResource>,
        keys: &KeySetCopy,
        token: &str,
    ) -> Result<User, Rejection> {
        let contains = |subject: &str, hash: &TokenHash, now| {
            self.0.borrow().iter().any(|note| note.0 == subject && note.1 == *hash && now < note.2)
        };
        let add = |subject: &str, hash: &TokenHash, until| {
            self.0.borrow_mut().push((subject.to_owned(), *hash, until));
        };
        let cache = TokenCache { contains: &contains, add: &add };
        let keys = |_| Ok(keys.clone());
        Verifier { issuer: ISSUER, oauth, now, keys: &keys, cache: Some(&cache), personal: None }.verify(token)
    }

    fn len(&self) -> usize {
        self.0.borrow().len()
    }
}

#[test]
fn a_signature_is_checked_once_and_everything_else_each_time() {
    let (noted, keys) = (Noted::default(), key_set("k1"));
    let verify = |token: &str, now: u64| noted.verify(now, None, &keys, token);
    let good = token(eddsa(), claims());
    let forged = format!("{}{}", &good[..good.len() - 8], "AAAAAAAA");
    assert!(matches!(verify(&forged, NOW), Err(Rejection::Invalid("bad signature"))));
    assert_eq!(noted.len(), 0, "only good ones are noted");
    for _ in 0..3 {
        assert_eq!(verify(&good, NOW).unwrap_or_else(|r| panic!("{r:?}")).id, "alice");
    }
    assert_eq!(noted.len(), 1, "the second time it was known");
    assert!(matches!(verify(&forged, NOW), Err(Rejection::Invalid("bad signature"))));
    let short = token(eddsa(), with("exp", json!(NOW + 100)));
    assert!(verify(&short, NOW).is_ok() && noted.len() == 2);
    assert!(matches!(verify(&short, NOW + 200), Err(Rejection::Invalid("token expired"))));
}

#[test]
fn a_known_token_is_worth_no_more_than_the_copy_of_its_keys() {
    let noted = Noted::default();
    let good = token(eddsa(), claims());
    assert!(noted.verify(NOW, None, &key_set("k1"), &good).is_ok());
    let without = key_set("k2");
    assert!(noted.verify(NOW + 299, None, &without, &good).is_ok(), "as the copy itself");
    assert!(matches!(noted.verify(NOW + 300, None, &without, &good), Err(Rejection::Invalid("unknown key"))));
    let another = key_set_of("k1", &SigningKey::from_bytes(&[8; 32]));
    assert!(matches!(noted.verify(NOW + 300, None, &another, &good), Err(Rejection::Invalid("bad signature"))));
}

#[test]
fn a_known_token_opens_nothing_but_what_it_is_for() {
    let (noted, keys) = (Noted::default(), key_set("k1"));
    let mut header = eddsa();
    header["typ"] = "at+jwt".into();
    let access = token(header, access(json!({})));
    assert!(noted.verify(NOW, Some(RESOURCE), &keys, &access).is_ok());
    assert_eq!(noted.len(), 1);
    // Where only the first party may come, and at another resource.
    assert!(matches!(noted.verify(NOW, None, &keys, &access), Err(Rejection::Invalid("wrong issuer"))));
    let elsewhere = OAuthResource { audience: "https://todo.example/other", ..RESOURCE };
    assert!(matches!(noted.verify(NOW, Some(elsewhere), &keys, &access), Err(Rejection::Invalid("wrong audience"))));
    // Another payload under the known signature.
    let parts: Vec<&str> = access.split('.').collect();
    let bob = URL_SAFE_NO_PAD.encode(with("sub", json!("bob")).to_string());
    let forged = [parts[0], &bob, parts[2]].join(".");
    assert!(matches!(noted.verify(NOW, Some(RESOURCE), &keys, &forged), Err(Rejection::Invalid("bad signature"))));
    assert_eq!(noted.len(), 1);
}
