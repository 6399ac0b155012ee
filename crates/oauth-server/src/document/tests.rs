use serde_json::json;

use super::*;

const URL: &str = "https://claude.ai/oauth/client";

fn is_admitted(list: &str, local: bool, url: &str) -> bool {
    DocumentPolicy::parse(list, local).unwrap().unwrap().admit(url).is_ok()
}

#[test]
fn without_a_list_no_document_is_read_and_a_bad_entry_is_named() {
    assert!(DocumentPolicy::parse(" , ", true).unwrap().is_none());
    for bad in [
        "https://claude.ai",
        "localhost",
        "10.0.0.1",
        "claude.ai:8443",
        "*.com.",
        "*claude.ai",
        "*.*.example",
        "a.local",
    ] {
        assert_eq!(DocumentPolicy::parse(&format!("claude.ai, {bad}"), false).unwrap_err(), bad);
    }
}

#[test]
fn only_https_addresses_at_public_names_are_read() {
    for good in [URL, "https://www.chatgpt.com/a/b.json", "https://xn--bcher-kva.example/c", "https://a.xn--p1ai/c"] {
        assert!(is_admitted("*", false, good), "{good}");
    }
    let long = format!("https://claude.ai/{}", "a".repeat(512));
    for bad in [
        "http://claude.ai/c",
        "ftp://claude.ai/c",
        "https://claude.ai",
        "https://claude.ai/",
        "https://claude.ai/c?x=1",
        "https://claude.ai/c#x",
        "https://claude.ai:8443/c",
        "https://claude.ai:443/c",
        "https://user@claude.ai/c",
        "https://claude.ai@10.0.0.1/c",
        "https://claude.ai\\@10.0.0.1/c",
        "https://claude.ai/../c",
        "https://claude.ai/a/./c",
        "https://claude.ai/%2e%2e/c",
        "https://claude.ai./c",
        "https://CLAUDE.ai/c",
        "https://cl\u{e4}ude.ai/c",
        "https://claude.ai/\r\nx",
        "https://localhost/c",
        "https://auth/c",
        "https://auth.spin.internal/c",
        "https://postgres.default.svc/c",
        "https://printer.local/c",
        "https://10.0.0.1/c",
        "https://127.0.0.1/c",
        "https://127.1/c",
        "https://2130706433/c",
        "https://0x7f.0.0.1/c",
        "https://0177.0.0.1/c",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/c",
        "https://[::ffff:10.0.0.1]/c",
        "https://claude.ai:/c",
        "https://claude\u{3002}ai/c",
        "https://claude.ai%00.evil.example/c",
        "https://0/c",
        "https://[::]/c",
        "https://[::127.0.0.1]/c",
        "https://[fd00::1%25eth0]/c",
        "https://metadata.google.internal/c",
        "https://a..b.example/c",
        "https://a.b1/c",
        &long,
    ] {
        assert!(!is_admitted("*", false, bad), "{bad}");
    }
}

#[test]
fn the_list_narrows_whose_documents_are_read() {
    let list = "claude.ai, *.example.com";
    for (url, good) in [
        (URL, true),
        ("https://a.example.com/c", true),
        ("https://a.b.example.com/c", true),
        ("https://example.com/c", false),
        ("https://notexample.com/c", false),
        ("https://evil.claude.ai/c", false),
        ("https://claude.ai.evil.example/c", false),
    ] {
        assert_eq!(is_admitted(list, false, url), good, "{url}");
    }
}

#[test]
fn documents_of_this_machine_are_read_in_development_only() {
    for url in ["http://127.0.0.1:8912/c.json", "http://localhost/c.json", "https://[::1]:1/c.json"] {
        assert!(is_admitted("*", true, url) && !is_admitted("*", false, url), "{url}");
    }
    for url in ["http://claude.ai/c", "http://10.0.0.1/c", "http://127.0.0.1.evil.example/c", "http://127.0.0.1/c?x"] {
        assert!(!is_admitted("*", true, url), "{url}");
    }
}

fn read(replaced: Value) -> Result<ClientRegistration, OAuthError> {
    let mut document = json!({"client_id": URL, "client_name": "Claude Code", "client_uri": "https://claude.ai",
        "redirect_uris": ["http://localhost/callback", "http://127.0.0.1/callback"],
        "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
        "response_types": ["code"], "token_endpoint_auth_method": "none", "scope": "of another server",
        "skip_consent": true, "user_id": "root", "jwks_uri": "https://claude.ai/jwks"});
    for (name, value) in replaced.as_object().unwrap() {
        document[name] = value.clone();
    }
    parse_document(URL, "application/json; charset=utf-8", document.to_string().as_bytes())
}

#[test]
fn a_document_describes_a_public_client() {
    let row = read(json!({})).unwrap().to_row();
    assert_eq!(
        (&row["clientId"], &row["clientSecret"], &row["name"]),
        (&json!(URL), &Value::Null, &json!("Claude Code"))
    );
    assert_eq!(row["redirectUris"], json!(["http://localhost/callback", "http://127.0.0.1/callback"]));
    assert_eq!(row["grantTypes"], json!(["authorization_code", "refresh_token"]));
    assert_eq!(row["tokenEndpointAuthMethod"], "none");
    assert!(row.get("skipConsent").is_none() && row.get("userId").is_none() && row.get("jwksUri").is_none());
    let least = json!({"client_id": URL, "redirect_uris": ["https://claude.ai/cb"]}).to_string();
    let least = parse_document(URL, "application/client-metadata+json", least.as_bytes()).unwrap();
    assert_eq!((least.grant_types.join(" ").as_str(), least.auth_method.name()), ("authorization_code", "none"));
}

#[test]
fn an_error_says_nothing_about_a_document_that_is_not_the_clients_own() {
    for other in
        [json!({"client_id": "https://claude.ai/oauth/other"}), json!({"client_id": 7}), json!({"client_id": null})]
    {
        assert_eq!(read(other).unwrap_err(), document_error());
    }
    let document = json!({"client_id": URL, "redirect_uris": ["https://claude.ai/cb"]});
    let large = json!({"client_id": URL, "redirect_uris": ["https://claude.ai/cb"], "x": "x".repeat(MAX_BYTES)});
    for (media_type, body) in [
        ("text/html", document.to_string()),
        ("", document.to_string()),
        ("text/json", document.to_string()),
        ("application/json", "root:x:0:0".to_owned()),
        ("application/json", "[]".to_owned()),
        ("application/json", String::new()),
        ("application/json", large.to_string()),
    ] {
        assert_eq!(parse_document(URL, media_type, body.as_bytes()).unwrap_err(), document_error(), "{media_type}");
    }
}

#[test]
fn a_document_with_a_secret_or_an_unusable_address_is_rejected() {
    for bad in [
        json!({"client_secret": "x"}),
        json!({"client_secret_expires_at": 0}),
        json!({"token_endpoint_auth_method": "client_secret_basic"}),
        json!({"token_endpoint_auth_method": "private_key_jwt"}),
        json!({"redirect_uris": []}),
        json!({"redirect_uris": ["javascript:alert(1)"]}),
        json!({"redirect_uris": ["http://evil.example/cb"]}),
        json!({"grant_types": ["implicit"]}),
    ] {
        assert_ne!(read(bad.clone()).unwrap_err(), document_error(), "{bad}");
    }
}
