//! The response of the token endpoint: an access token for the resource (a JWT, RFC 9068), with the scope `openid` an id
//! token, and with `offline_access` a refresh token.

use ed25519_dalek::SigningKey;
use jwt_compact::alg::Ed25519;
use jwt_compact::{AlgorithmExt, Claims, Header};
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha512};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::lifetime::{ACCESS_SECONDS, ID_TOKEN_SECONDS};
use crate::scope::OPENID;

/// The grant that tokens are issued for.
pub struct TokenGrant<'a> {
    /// `{BASE}/api/auth`.
    pub issuer: &'a str,
    /// The userinfo endpoint, an audience of tokens with `openid`.
    pub userinfo: &'a str,
    /// The client.
    pub client_id: &'a str,
    /// The user.
    pub user_id: &'a str,
    /// The session of the grant, if it still exists.
    pub session_id: Option<&'a str>,
    /// The granted scopes.
    pub scopes: &'a [String],
    /// The resources of the access token.
    pub resources: &'a [String],
    /// When the user signed in (Unix seconds).
    pub auth_time: Option<u64>,
    /// The client's nonce, repeated in the id token.
    pub nonce: Option<&'a str>,
}

/// Clock, key and random values for new tokens.
pub struct TokenMaterial<'a> {
    /// The time in Unix seconds.
    pub now: u64,
    /// The id of the signing key.
    pub kid: &'a str,
    /// The signing key.
    pub key: &'a SigningKey,
    /// A random id for the access token.
    pub jti: &'a str,
    /// The refresh token, if one is issued.
    pub refresh_token: Option<&'a str>,
}

/// The body of a successful response.
pub fn issue_tokens(grant: &TokenGrant<'_>, material: &TokenMaterial<'_>) -> Value {
    let access_token = access_token(grant, material);
    let expires_at = material.now + ACCESS_SECONDS;
    let mut response = json!({
        "access_token": access_token,
        "expires_in": ACCESS_SECONDS,
        "expires_at": expires_at,
        "token_type": "Bearer",
        "scope": grant.scopes.join(" "),
    });
    if let Some(refresh_token) = material.refresh_token {
        response["refresh_token"] = refresh_token.into();
    }
    if grant.has(OPENID) {
        response["id_token"] = id_token(grant, material, &access_token).into();
    }
    response
}

impl TokenGrant<'_> {
    fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }
}

fn access_token(grant: &TokenGrant<'_>, material: &TokenMaterial<'_>) -> String {
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
        "iat": material.now,
        "exp": material.now + ACCESS_SECONDS,
        "jti": material.jti,
    });
    sign(&Header::empty().with_token_type("at+jwt").with_key_id(material.kid), claims, material.key)
}

fn id_token(grant: &TokenGrant<'_>, material: &TokenMaterial<'_>, access_token: &str) -> String {
    let half = &Sha512::digest(access_token)[..32];
    let mut claims = json!({
        "acr": "0",
        "at_hash": URL_SAFE_NO_PAD.encode(half),
        "iss": grant.issuer,
        "sub": grant.user_id,
        "aud": grant.client_id,
        "iat": material.now,
        "exp": material.now + ID_TOKEN_SECONDS,
    });
    let optional = [("auth_time", grant.auth_time.map(Value::from)), ("nonce", grant.nonce.map(Value::from))];
    for (name, value) in optional {
        if let Some(value) = value {
            claims[name] = value;
        }
    }
    sign(&Header::empty().with_key_id(material.kid), claims, material.key)
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

    fn response(scopes: &[&str], session_id: Option<&str>, refresh_token: Option<&str>) -> Value {
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
    fn a_response_with_openid_is_as_recorded() {
        let response = response(&["openid", "tasks:read"], Some("s"), Some("r"));
        assert_eq!(response["expires_in"], 3600);
        assert_eq!((&response["token_type"], &response["scope"]), (&json!("Bearer"), &json!("openid tasks:read")));
        let (header, claims) = decoded(response["access_token"].as_str().unwrap());
        assert_eq!(header, json!({"typ": "at+jwt", "alg": "EdDSA", "kid": "k"}));
        let expected = json!({"sub": "u", "aud": ["http://b/mcp", "http://b/api/auth/oauth2/userinfo"], "client_id": "c",
            "azp": "c", "scope": "openid tasks:read", "sid": "s", "iss": "http://b/api/auth", "iat": 1_800_000_000,
            "exp": 1_800_003_600, "jti": "j"});
        assert_eq!(claims, expected);
        let (header, claims) = decoded(response["id_token"].as_str().unwrap());
        assert_eq!(header, json!({"alg": "EdDSA", "kid": "k"}));
        assert_eq!(claims["at_hash"].as_str().unwrap().len(), 43);
        assert_eq!(
            (&claims["aud"], &claims["exp"], &claims["nonce"]),
            (&json!("c"), &json!(1_800_036_000), &json!("n"))
        );
    }

    #[test]
    fn a_response_without_openid_is_for_the_resource_alone() {
        let response = response(&["tasks:read"], None, None);
        let (_, claims) = decoded(response["access_token"].as_str().unwrap());
        assert_eq!((&claims["aud"], &claims["sid"]), (&json!("http://b/mcp"), &Value::Null));
        assert!(response.get("id_token").is_none() && response.get("refresh_token").is_none());
    }

    #[test]
    fn tokens_are_signed_by_the_key() {
        let response = response(&["openid"], None, None);
        let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
        for name in ["access_token", "id_token"] {
            let (signed, signature) = response[name].as_str().unwrap().rsplit_once('.').unwrap();
            let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
            assert!(key.verify(signed.as_bytes(), &signature).is_ok(), "{name}");
        }
    }
}
