//! The metadata document by which clients find the endpoints (RFC 8414, OpenID Connect Discovery), and the URLs in it. It
//! lists only what is implemented.

use origin::{LOOPBACK_NAMES, Origin};
use serde_json::{Value, json};

use crate::scope::SCOPES;

/// The issuer: Better Auth's base URL.
pub fn issuer_url(base: &Origin) -> String {
    format!("{base}/api/auth")
}

/// The resource of access tokens: the MCP server.
pub fn resource_url(base: &Origin) -> String {
    format!("{base}/mcp")
}

/// Whether a client means this resource: people type a slash at its end, and a machine has several names for itself.
pub fn names_resource(requested: &str, resource: &str) -> bool {
    let requested = requested.strip_suffix('/').unwrap_or(requested);
    requested == resource
        || (loopback_place(requested).is_some() && loopback_place(requested) == loopback_place(resource))
}

/// What follows the host of a URL on this machine, with its scheme.
fn loopback_place(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let place = LOOPBACK_NAMES.iter().find_map(|host| rest.strip_prefix(host))?;
    place.starts_with([':', '/']).then_some((scheme, place))
}

/// The endpoint that returns the user of an access token with `openid`.
pub fn userinfo_url(base: &Origin) -> String {
    format!("{base}/api/auth/oauth2/userinfo")
}

/// The authorization server's metadata; `documents` is whether it reads the metadata documents of clients.
pub fn server_metadata(base: &Origin, documents: bool) -> Value {
    let issuer = issuer_url(base);
    let mut metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/oauth2/authorize"),
        "token_endpoint": format!("{issuer}/oauth2/token"),
        "registration_endpoint": format!("{issuer}/oauth2/register"),
        "revocation_endpoint": format!("{issuer}/oauth2/revoke"),
        "userinfo_endpoint": userinfo_url(base),
        "jwks_uri": format!("{issuer}/jwks"),
        "scopes_supported": SCOPES,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
        "revocation_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "sid", "scope", "azp", "name", "picture", "email", "email_verified",
        ],
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "acr_values_supported": ["0"],
        "prompt_values_supported": ["login", "consent", "create", "select_account", "none"],
    });
    if documents {
        metadata["client_id_metadata_document_supported"] = true.into();
    }
    metadata
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_is_under_the_issuer() {
        let base = Origin::parse("https://todo.example").unwrap();
        let document = server_metadata(&base, false);
        let issuer = document["issuer"].as_str().unwrap();
        assert_eq!(issuer, "https://todo.example/api/auth");
        for (name, value) in document.as_object().unwrap() {
            if name.ends_with("_endpoint") || name == "jwks_uri" {
                assert!(value.as_str().unwrap().starts_with(&format!("{issuer}/")), "{name}");
            }
        }
        assert_eq!(resource_url(&base), "https://todo.example/mcp");
    }

    #[test]
    fn client_documents_are_offered_only_where_they_are_read() {
        let base = Origin::parse("https://todo.example").unwrap();
        let offered = |documents| server_metadata(&base, documents)["client_id_metadata_document_supported"] == true;
        assert!(offered(true) && !offered(false));
    }

    #[test]
    fn a_resource_has_several_spellings() {
        for (requested, resource, same) in [
            ("https://todo.example/mcp/", "https://todo.example/mcp", true),
            ("http://127.0.0.1:3000/mcp", "http://localhost:3000/mcp", true),
            ("http://localhost:3000/mcp/", "http://[::1]:3000/mcp", true),
            ("https://todo.example/mcp//", "https://todo.example/mcp", false),
            ("https://todo.example/mcp/x", "https://todo.example/mcp", false),
            ("http://127.0.0.1:3001/mcp", "http://localhost:3000/mcp", false),
            ("https://127.0.0.1:3000/mcp", "http://localhost:3000/mcp", false),
            ("http://localhost.evil.example/mcp", "http://localhost/mcp", false),
            ("http://localhost/mcp", "https://todo.example/mcp", false),
        ] {
            assert_eq!(names_resource(requested, resource), same, "{requested}");
        }
    }
}
