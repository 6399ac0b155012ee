use super::*;

fn allowed(entries: &[&str]) -> Result<AllowedHosts> {
    let values = VariableValues::from([("db".to_owned(), "*:5432".into()), ("none".to_owned(), "".into())]);
    let entries: Vec<_> = entries.iter().map(|entry| entry.to_string()).collect();
    AllowedHosts::new(&entries, &values, &["auth", "mcp"])
}

#[test]
fn scheme_host_and_port_must_all_match() {
    let hosts = allowed(&["https://api.example.test", "http://127.0.0.1:8080", "http://[::1]:*"]).unwrap();
    assert!(hosts.allows("https", "api.example.test", None));
    assert!(hosts.allows("https", "API.example.test", Some(443)));
    assert!(!hosts.allows("http", "api.example.test", None));
    assert!(!hosts.allows("https", "api.example.test", Some(444)));
    assert!(!hosts.allows("https", "evil.api.example.test", None));
    assert!(hosts.allows("http", "127.0.0.1", Some(8080)));
    assert!(hosts.allows("http", "[::1]", Some(1)));
    assert!(!hosts.allows("http", "localhost", Some(8080)));
}

#[test]
fn wildcards_and_ranges() {
    let hosts = allowed(&["https://*.example.test", "*://b.test:10..20", "postgres://{{ db }}", "{{ none }}"]).unwrap();
    assert!(hosts.allows("https", "a.b.example.test", None));
    assert!(!hosts.allows("https", "example.test", None));
    assert!(hosts.allows("http", "b.test", Some(19)));
    assert!(!hosts.allows("http", "b.test", Some(20)));
    assert!(hosts.allows("postgres", "anything", None));
    assert!(!hosts.allows("postgres", "anything", Some(6432)));
}

#[test]
fn chaining_is_limited_to_components_that_exist() {
    let hosts = allowed(&["http://*.spin.internal"]).unwrap();
    assert!(hosts.allows("http", "mcp.spin.internal", None));
    assert!(!hosts.allows("http", "other.spin.internal", None));
    assert!(!hosts.allows_self());
    assert!(allowed(&["http://self"]).unwrap().allows_self());
}

#[test]
fn nothing_is_allowed_by_default_and_nonsense_is_rejected() {
    assert!(!allowed(&[]).unwrap().allows("https", "a.test", None));
    for entry in ["*", "a.test", "https://a.test/path", "ftp://a.test", "http://a.test:x", "http://10.0.0.0/8"] {
        assert!(allowed(&[entry]).is_err(), "{entry}");
    }
}
