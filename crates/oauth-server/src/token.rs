//! The answer of the token endpoint: an access token for the resource (a JWT, RFC 9068), an id token where the user
//! signs in at the client, and a refresh token where it stays connected.

use ed25519_dalek::SigningKey;
use jwt_compact::alg::Ed25519;
use jwt_compact::{AlgorithmExt, Claims, Header};
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha512};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::OPENID;

/// How long an access token is good for.
pub const ACCESS_SECONDS: u64 = 3600;
const ID_TOKEN_SECONDS: u64 = 36_000;

/// What tokens are issued for.
pub struct TokenGrant<'a> {
    /// `{BASE}/api/auth`.
    pub issuer: &'a str,
    /// Where the user is looked up, an audience of tokens with `openid`.
    pub userinfo: &'a str,
    /// The client.
    pub client_id: &'a str,
    /// The user.
    pub user_id: &'a str,
    /// The session it was granted in, if that still lives.
    pub session_id: Option<&'a str>,
    /// What the client may do.
    pub scopes: &'a [String],
    /// What the token is for.
    pub resources: &'a [String],
    /// When the user signed in (Unix seconds).
    pub auth_time: Option<u64>,
    /// The client's own mark for the id token.
    pub nonce: Option<&'a str>,
}

/// What a token is made with.
pub struct TokenMaterial<'a> {
    /// Unix seconds.
    pub now: u64,
    /// The id of the key.
    pub kid: &'a str,
    /// The key.
    pub key: &'a SigningKey,
    /// A random id for the access token.
    pub jti: &'a str,
    /// The refresh token, if there is to be one.
    pub refresh_token: Option<&'a str>,
}

/// The body of a successful answer.
pub fn issue_tokens(grant: &TokenGrant<'_>, with: &TokenMaterial<'_>) -> Value {
    let access_token = access_token(grant, with);
    let expires_at = with.now + ACCESS_SECONDS;
    let mut answer = json!({
        "access_token": access_token,
        "expires_in": ACCESS_SECONDS,
        "expires_at": expires_at,
        "token_type": "Bearer",
        "scope": grant.scopes.join(" "),
    });
    if let Some(refresh_token) = with.refresh_token {
        answer["refresh_token"] = refresh_token.into();
    }
    if grant.has(OPENID) {
        answer["id_token"] = id_token(grant, with, &access_token).into();
    }
    answer
}

impl TokenGrant<'_> {
    fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|held| held == scope)
    }
}

fn access_token(grant: &TokenGrant<'_>, with: &TokenMaterial<'_>) -> String {
    let mut audience: Vec<&str> = grant.resources.iter().map(String::as_str).collect();
    if grant.has(OPENID) {
        audience.push(grant.userinfo);
    }
    let audience = match audience.as_slice() {
        [only] => json!(only),
        several => json!(several),
    };
    let claims = json!({
        "sub": grant.user_id,
        "aud": audience,
        "client_id": grant.client_id,
        "azp": grant.client_id,
        "scope": grant.scopes.join(" "),
        "sid": grant.session_id,
        "iss": grant.issuer,
        "iat": with.now,
        "exp": with.now + ACCESS_SECONDS,
        "jti": with.jti,
    });
    sign(&Header::empty().with_token_type("at+jwt").with_key_id(with.kid), claims, with.key)
}

fn id_token(grant: &TokenGrant<'_>, with: &TokenMaterial<'_>, access_token: &str) -> String {
    let half = &Sha512::digest(access_token)[..32];
    let mut claims = json!({
        "acr": "0",
        "at_hash": URL_SAFE_NO_PAD.encode(half),
        "iss": grant.issuer,
        "sub": grant.user_id,
        "aud": grant.client_id,
        "iat": with.now,
        "exp": with.now + ID_TOKEN_SECONDS,
    });
    let optional = [("auth_time", grant.auth_time.map(Value::from)), ("nonce", grant.nonce.map(Value::from))];
    for (name, value) in optional {
        if let Some(value) = value {
            claims[name] = value;
        }
    }
    sign(&Header::empty().with_key_id(with.kid), claims, with.key)
}

fn sign(header: &Header, claims: Value, key: &SigningKey) -> String {
    #[derive(Serialize)]
    #[serde(transparent)]
    struct Members(Map<String, Value>);
    let Value::Object(members) = claims else { unreachable!("claims are an object") };
    Ed25519.token(header, &Claims::new(Members(members)), key).expect("claims are plain data")
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signature, Verifier};

    use super::*;

    fn decoded(token: &str) -> (Value, Value) {
        let mut parts = token.split('.');
        let mut part = || serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next().unwrap()).unwrap()).unwrap();
        (part(), part())
    }

    fn issued(scopes: &[&str], session_id: Option<&str>, refresh_token: Option<&str>) -> Value {
        let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let grant = TokenGrant {
            issuer: "http://b/api/auth",
            userinfo: "http://b/api/auth/oauth2/userinfo",
            client_id: "c",
            user_id: "u",
            session_id,
            scopes: &scopes,
            resources: &["http://b/mcp".to_owned()],
            auth_time: Some(5),
            nonce: Some("n"),
        };
        let key = SigningKey::from_bytes(&[7; 32]);
        issue_tokens(&grant, &TokenMaterial { now: 1_800_000_000, kid: "k", key: &key, jti: "j", refresh_token })
    }

    #[test]
    fn an_answer_with_openid_is_as_recorded() {
        let answer = issued(&["openid", "tasks:read"], Some("s"), Some("r"));
        assert_eq!(answer["expires_in"], 3600);
        assert_eq!((&answer["token_type"], &answer["scope"]), (&json!("Bearer"), &json!("openid tasks:read")));
        let (header, claims) = decoded(answer["access_token"].as_str().unwrap());
        assert_eq!(header, json!({"typ": "at+jwt", "alg": "EdDSA", "kid": "k"}));
        let expected = json!({"sub": "u", "aud": ["http://b/mcp", "http://b/api/auth/oauth2/userinfo"], "client_id": "c",
            "azp": "c", "scope": "openid tasks:read", "sid": "s", "iss": "http://b/api/auth", "iat": 1_800_000_000,
            "exp": 1_800_003_600, "jti": "j"});
        assert_eq!(claims, expected);
        let (header, claims) = decoded(answer["id_token"].as_str().unwrap());
        assert_eq!(header, json!({"alg": "EdDSA", "kid": "k"}));
        assert_eq!(claims["at_hash"].as_str().unwrap().len(), 43);
        assert_eq!(
            (&claims["aud"], &claims["exp"], &claims["nonce"]),
            (&json!("c"), &json!(1_800_036_000), &json!("n"))
        );
    }

    #[test]
    fn an_answer_without_openid_is_for_the_resource_alone() {
        let answer = issued(&["tasks:read"], None, None);
        let (_, claims) = decoded(answer["access_token"].as_str().unwrap());
        assert_eq!((&claims["aud"], &claims["sid"]), (&json!("http://b/mcp"), &Value::Null));
        assert!(answer.get("id_token").is_none() && answer.get("refresh_token").is_none());
    }

    #[test]
    fn tokens_are_signed_by_the_key() {
        let answer = issued(&["openid"], None, None);
        let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
        for name in ["access_token", "id_token"] {
            let (signed, signature) = answer[name].as_str().unwrap().rsplit_once('.').unwrap();
            let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
            assert!(key.verify(signed.as_bytes(), &signature).is_ok(), "{name}");
        }
    }
}
