use super::*;

fn parse(body: Value) -> Result<ClientRegistration, OAuthError> {
    ClientRegistration::parse(Some(&body), "https://todo.example/mcp", &|bytes| bytes.fill(1))
}

#[test]
fn a_native_client_is_registered_as_recorded() {
    let body = json!({"client_name": "CLI", "redirect_uris": ["http://127.0.0.1:8912/cb"],
        "token_endpoint_auth_method": "none", "application_type": "native",
        "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"], "foo": "bar"});
    let client = parse(body).unwrap();
    let expected = json!({"client_id": "b".repeat(32), "scope": SCOPES.join(" "), "client_id_issued_at": 7,
        "client_name": "CLI", "redirect_uris": ["http://127.0.0.1:8912/cb"], "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
        "application_type": "native", "disabled": false, "dpop_bound_access_tokens": false, "resources": ["r"]});
    assert_eq!(client.to_response("r", 7), expected);
    assert_eq!((&client.to_row()["name"], &client.to_row()["clientSecret"]), (&json!("CLI"), &Value::Null));
}

#[test]
fn without_a_method_a_client_gets_a_secret_and_only_its_hash_is_stored() {
    let client = parse(json!({"redirect_uris": ["https://client.example/cb"]})).unwrap();
    let response = client.to_response("r", 7);
    let secret = response["client_secret"].as_str().unwrap();
    assert_eq!((response["client_secret_expires_at"].as_u64(), secret.len()), (Some(0), 32));
    assert_eq!(response["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(client.to_row()["clientSecret"], sha256_base64url(secret));
    assert!(!client.to_row().to_string().contains(secret.trim_end_matches('b')) || secret == "b".repeat(32));
}

#[test]
fn loopback_and_private_addresses_are_for_every_application_type() {
    for uri in ["http://localhost:1/cb", "cursor://x/cb", "com.example.app:/cb"] {
        assert!(parse(json!({"redirect_uris": [uri], "token_endpoint_auth_method": "none"})).is_ok(), "{uri}");
    }
}

#[test]
fn errors_are_as_recorded() {
    let cb = json!(["https://c.example/cb"]);
    let table = [
        (
            json!({}),
            "invalid_redirect_uri",
            "Redirect URIs are required for authorization_code and implicit grant types",
        ),
        (json!({"redirect_uris": ["nope"]}), "invalid_redirect_uri", "redirect_uris[0]: Invalid URL"),
        (
            json!({"redirect_uris": ["https://c.example/cb#x"]}),
            "invalid_redirect_uri",
            "redirect_uris[0]: Redirect URI must not contain a fragment component",
        ),
        (
            json!({"redirect_uris": cb, "grant_types": ["client_credentials"], "response_types": []}),
            "invalid_client_metadata",
            "grant_types must contain authorization_code",
        ),
    ];
    for (body, error, description) in table {
        assert_eq!(parse(body.clone()).unwrap_err(), OAuthError::new(error, description), "{body}");
    }
}

#[test]
fn a_name_may_hold_an_emoji_but_nothing_that_nobody_sees() {
    let named = |name: &str| {
        let client = parse(json!({"redirect_uris": ["https://c.example/cb"], "client_name": name})).unwrap();
        client.to_row()["name"].as_str().map(str::to_owned)
    };
    for name in ["Dev 👩\u{200d}💻 tool", "می\u{200c}خواهم", "Love ❤\u{fe0f}"] {
        assert_eq!(named(name).as_deref(), Some(name));
    }
    for name in
        ["a\u{200b}b", "a\u{e0041}b", "a\u{200f}b", "a\u{2028}b", "a\u{ad}b", "a\u{200d}b", "a\u{202e}b", "a\nb"]
    {
        assert_eq!(named(name).as_deref(), Some("ab"), "{name:?}");
    }
    assert_eq!((named("\u{2800}"), named(" ")), (None, None));
    assert_eq!(named(&"x".repeat(300)), Some("x".repeat(255)));
}

#[test]
fn what_cannot_be_used_is_dropped_and_the_response_says_what_is_left() {
    let register = |name: &str, value: Value| {
        let mut body = json!({"redirect_uris": ["https://c.example/cb"]});
        body[name] = value;
        parse(body).map(|client| client.to_response("r", 7))
    };
    let code = "authorization_code";
    for (name, given, left) in [
        ("redirect_uris", json!(["javascript:alert(1)", 7, "https://c.example/x"]), json!(["https://c.example/x"])),
        ("redirect_uris", json!(vec!["https://c.example/x"; 60]), json!(vec!["https://c.example/x"; 50])),
        ("grant_types", json!([code, "urn:ietf:params:oauth:grant-type:device_code", "implicit"]), json!([code])),
        ("grant_types", json!([]), json!([code])),
        ("response_types", json!(["token", "code"]), json!(["code"])),
        ("token_endpoint_auth_method", json!("private_key_jwt"), json!("none")),
        ("application_type", json!("service"), json!("web")),
        ("client_uri", json!(""), Value::Null),
        ("client_uri", json!("javascript:alert(1)"), Value::Null),
        ("logo_uri", json!(format!("https://c.example/{}", "x".repeat(2048))), Value::Null),
        ("tos_uri", json!("https://c.example/\u{202e}x"), Value::Null),
        ("client_name", json!(7), Value::Null),
        ("contacts", json!(vec!["a"; 11]), json!(vec!["a"; 10])),
        ("contacts", json!(["", 7]), Value::Null),
        ("skip_consent", json!(true), Value::Null),
        ("require_pkce", json!(false), Value::Null),
    ] {
        let response = register(name, given.clone()).unwrap();
        assert_eq!(response.get(name).unwrap_or(&Value::Null), &left, "{name} {given}");
    }
    for own in ["client_id", "client_secret"] {
        assert_ne!(register(own, json!("mine")).unwrap()[own], "mine");
    }
    assert_eq!(register("token_endpoint_auth_method", json!("private_key_jwt")).unwrap().get("client_secret"), None);
    assert_eq!(register("disabled", json!(true)).unwrap()["disabled"], false);
}

#[test]
fn a_client_that_could_sign_nobody_in_is_rejected() {
    for body in [
        json!([]),
        json!({"redirect_uris": "https://c.example/cb"}),
        json!({"redirect_uris": [1]}),
        json!({"redirect_uris": ["data:text/html,x", "http://evil.example/cb"]}),
        json!({"redirect_uris": ["https://c.example/cb"], "grant_types": ["refresh_token"]}),
        json!({"redirect_uris": ["https://c.example/cb"], "response_types": ["token"]}),
    ] {
        assert!(parse(body.clone()).is_err(), "{body}");
    }
}

#[test]
fn unknown_scopes_are_dropped_and_the_response_says_which_are_left() {
    let scope = |scope: Value| {
        let client = parse(json!({"redirect_uris": ["https://c.example/cb"], "scope": scope})).unwrap();
        assert_eq!(client.to_row()["scopes"], json!(SCOPES), "more may be asked for later");
        client.to_response("r", 7)["scope"].as_str().unwrap().to_owned()
    };
    assert_eq!(scope(json!("claudeai")), "tasks:read tasks:write");
    assert_eq!(scope(json!(" tasks:read mcp:tools")), "tasks:read");
    for none in [json!(null), json!(""), json!(["tasks:read"]), json!(7)] {
        assert_eq!(scope(none), SCOPES.join(" "));
    }
}

#[test]
fn a_method_that_was_not_chosen_is_not_stored() {
    let method = |more: Value| {
        let mut body = json!({"redirect_uris": ["https://c.example/cb"]});
        body["token_endpoint_auth_method"] = more;
        let client = parse(body).unwrap();
        (
            client.to_row()["tokenEndpointAuthMethod"].clone(),
            client.to_response("r", 7)["token_endpoint_auth_method"].clone(),
        )
    };
    assert_eq!(method(Value::Null), (Value::Null, json!("client_secret_basic")));
    assert_eq!(method(json!("client_secret_basic")), (json!("client_secret_basic"), json!("client_secret_basic")));
}
