use super::*;

const SECRET: &str = "a secret for the tests, forty characters";

fn faults(url: &str, origins: &str, secrets: &str, secret: &str) -> String {
    setting_faults(url, origins, secrets, secret).join("; ")
}

#[test]
fn an_address_without_a_scheme_or_with_a_path_is_named() {
    for url in ["http://localhost:3000", "https://todo.example.com/", " https://a.b "] {
        assert_eq!(faults(url, "", "", SECRET), "", "{url}");
    }
    for (url, part) in [
        ("localhost:3000", "BETTER_AUTH_URL must begin with http"),
        ("", "begin with http"),
        ("ftp://a.b", "begin with http"),
        ("https://a.b/app", "without a path"),
        ("https://a.b/?x", "without a path"),
        ("https://user@a.b", "without a path"),
        ("https://a b", "without a path"),
    ] {
        assert!(faults(url, "", "", SECRET).contains(part), "{url}");
    }
}

#[test]
fn origins_and_secrets_are_named_and_no_secret_is_told() {
    assert_eq!(faults("http://a.b", "https://c.d,myapp://", "2:0123456789012345678901234567890123,1:old", ""), "");
    assert!(faults("http://a.b", "javascript://x", "", SECRET).starts_with("BETTER_AUTH_TRUSTED_ORIGINS: "));
    for (secrets, secret) in [("", "short"), ("2:short", SECRET), ("short", SECRET)] {
        let fault = faults("http://a.b", "", secrets, secret);
        assert!(fault.starts_with("BETTER_AUTH_SECRET") && !fault.contains("short"), "{fault}");
    }
    assert!(faults("a", "", "", "short").contains("; BETTER_AUTH_SECRET"));
}
