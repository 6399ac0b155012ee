use serde_json::json;

use super::*;
use crate::client::tests::client;
use crate::scope::SCOPES;

const RESOURCE: &str = "http://localhost:3000/mcp";
const ISSUER: &str = "http://localhost:3000/api/auth";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A good request with some parameters replaced, left out (None) or repeated.
fn request(replaced: &[(&str, Option<&str>)]) -> OAuthParams {
    let good = [
        ("response_type", "code"),
        ("client_id", "c1"),
        ("redirect_uri", "http://127.0.0.1:8912/cb"),
        ("scope", "openid tasks:read"),
        ("state", "st 1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("resource", RESOURCE),
    ];
    let mut query = good.iter().fold(OAuthParams::default(), |query, (name, value)| query.with(name, value));
    for (name, value) in replaced {
        query = match value {
            Some(value) => query.with(name, value),
            None => query.without(&[name]),
        };
    }
    query
}

fn denied(replaced: &[(&str, Option<&str>)]) -> String {
    let client = client(json!({}));
    AuthorizationRequest::read(request(replaced), Some(&client), RESOURCE).unwrap_err().location(ISSUER)
}

#[test]
fn a_good_request_is_granted_at_its_address() {
    let read = AuthorizationRequest::read(request(&[]), Some(&client(json!({}))), RESOURCE).unwrap();
    assert_eq!(read.scopes, ["openid", "tasks:read"]);
    let expected = "http://127.0.0.1:8912/cb?code=abc&state=st+1&iss=http%3A%2F%2Flocalhost%3A3000%2Fapi%2Fauth";
    assert_eq!(read.code_location("abc", ISSUER), expected);
}

#[test]
fn without_scope_and_resource_a_client_gets_what_it_may_have() {
    let query = request(&[("scope", None), ("resource", None)]);
    let read = AuthorizationRequest::read(query, Some(&client(json!({}))), RESOURCE).unwrap();
    assert_eq!((read.scopes.join(" "), read.resources), (SCOPES.join(" "), vec![RESOURCE.to_owned()]));
    assert_eq!(read.params.get("scope"), Some(SCOPES.join(" ").as_str()));
}

#[test]
fn an_error_never_goes_to_an_address_that_is_not_registered() {
    let page = |error: &str, text: &str| format!("{ISSUER}/error?error={error}&error_description={text}");
    let invalid = page("invalid_redirect", "invalid+redirect+uri");
    for uri in [Some("https://evil.example/cb"), Some("http://127.0.0.1:8912/other"), Some("javascript:alert(1)"), None]
    {
        // Whatever else is wrong with the request.
        for more in [("scope", Some("root")), ("response_type", None), ("state", Some("x"))] {
            assert_eq!(denied(&[("redirect_uri", uri), more]), invalid, "{uri:?}");
        }
    }
    assert_eq!(denied(&[("client_id", None)]), page("invalid_request", "client_id+is+required"));
    let unknown = AuthorizationRequest::read(request(&[]), None, RESOURCE).unwrap_err().location(ISSUER);
    let text = "This+app%27s+registration+is+not+known+here+any+more.+Remove+the+server+in+the+app+and+add+it+again.";
    assert_eq!(unknown, page("invalid_client", text));
    let disabled = client(json!({"disabled": true}));
    let disabled = AuthorizationRequest::read(request(&[]), Some(&disabled), RESOURCE).unwrap_err().location(ISSUER);
    assert_eq!(disabled, page("client_disabled", "client+is+disabled"));
    let twice = OAuthParams::parse(format!("{}&redirect_uri=http://127.0.0.1:8912/cb", request(&[])).as_bytes());
    let twice = AuthorizationRequest::read(twice, Some(&client(json!({}))), RESOURCE).unwrap_err().location(ISSUER);
    assert!(twice.starts_with(ISSUER), "{twice}");
    assert!(denied(&[("state", Some(&"x".repeat(9000)))]).starts_with(ISSUER));
}

#[test]
fn errors_for_the_client_are_as_recorded() {
    let error_url = |separator: &str, error: &str, text: &str| {
        format!(
            "http://127.0.0.1:8912/cb{separator}error={error}&error_description={text}&state=st+1\
            &iss=http%3A%2F%2Flocalhost%3A3000%2Fapi%2Fauth"
        )
    };
    let none: [(&str, Option<&str>); 2] = [("code_challenge", None), ("code_challenge_method", None)];
    assert_eq!(denied(&none), error_url("?", "invalid_request", "pkce+is+required+for+public+clients"));
    let table = [
        (
            ("code_challenge_method", Some("plain")),
            "?",
            "invalid_request",
            "code_challenge_method+must+be+one+of%3A+S256",
        ),
        (("response_type", Some("token")), "#", "unsupported_response_type", "response_type+must+be+one+of%3A+code"),
        (("response_type", None), "?", "invalid_request", "response_type+is+required"),
        (
            ("resource", Some("https://other.example/")),
            "?",
            "invalid_target",
            "requested+resource+https%3A%2F%2Fother.example%2F+is+not+configured",
        ),
    ];
    for (replaced, separator, error, text) in table {
        assert_eq!(denied(&[replaced]), error_url(separator, error, text), "{replaced:?}");
    }
    for more in [
        ("code_challenge_method", None),
        ("code_challenge", Some("short")),
        ("request", Some("x")),
        ("request_uri", Some("https://evil.example/")),
        ("response_mode", Some("form_post")),
        ("max_age", Some("-1")),
    ] {
        assert!(denied(&[more]).starts_with("http://127.0.0.1:8912/cb?error="), "{more:?}");
    }
}

#[test]
fn a_second_resource_is_rejected() {
    let query = OAuthParams::parse(format!("{}&resource=https://other.example/", request(&[])).as_bytes());
    let denied = AuthorizationRequest::read(query, Some(&client(json!({}))), RESOURCE).unwrap_err();
    assert_eq!(denied.error.error, "invalid_target");
}

#[test]
fn a_prompt_that_was_shown_is_not_shown_again() {
    let prompt = |text: &str, done: &[&str]| {
        let query = OAuthParams::default().with("prompt", text).without_prompts(done);
        query.get("prompt").map(str::to_owned)
    };
    assert_eq!(prompt("login consent", &["login"]).as_deref(), Some("consent"));
    assert_eq!(prompt("consent", &["consent"]), None);
    assert_eq!(
        RequestedPrompts::parse("select_account consent"),
        RequestedPrompts { none: false, login: true, consent: true }
    );
}

#[test]
fn unknown_scopes_are_ignored() {
    for (scope, granted) in
        [("openid root", "openid"), ("claudeai", "tasks:read tasks:write"), ("tasks:read mcp:tools", "tasks:read")]
    {
        let read = AuthorizationRequest::read(request(&[("scope", Some(scope))]), Some(&client(json!({}))), RESOURCE);
        let read = read.unwrap();
        assert_eq!((read.scopes.join(" ").as_str(), read.params.get("scope")), (granted, Some(granted)));
    }
}
