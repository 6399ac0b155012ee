use super::*;
use crate::trusted::entry_error;

fn trusted(list: &str) -> TrustedOrigins {
    TrustedOrigins::parse(&Origin::parse("http://localhost:3000").unwrap(), list).unwrap()
}

fn origin(url: &str) -> Option<String> {
    Origin::parse(url).map(|origin| origin.to_string())
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    assert_eq!(origin("HTTPS://Example.COM:443/a?b#c").as_deref(), Some("https://example.com"));
    assert_eq!(origin("http://example.com:/").as_deref(), Some("http://example.com"));
    assert_eq!(origin("https://example.com:80").as_deref(), Some("https://example.com:80"));
    assert_eq!(origin("http://[::0001]:3000/x").as_deref(), Some("http://[::1]:3000"));
    assert_eq!(origin("http://127.0.0.1").as_deref(), Some("http://127.0.0.1"));
}

#[test]
fn what_parsers_read_differently_has_no_origin() {
    let ambiguous = [
        "",
        "null",
        "example.com",
        "ftp://a.b",
        "javascript://a.b/%0aalert(1)",
        "http:/a.b",
        "http://",
        "http://:80",
        "http://user@a.b",
        "http://a.b@c.d",
        "http://a.b\\@c.d",
        " http://a.b",
        "http://a.b\t",
        "http://a b",
        "http://a.b:99999",
        "http://a.b:+80",
        "http://ü.example",
        "http://0x7f.1",
        "http://127.1",
        "http://1.2.3.4.5",
        "http://[::1",
        "http://a%2eb",
        "http://a.b:8:9",
    ];
    for url in ambiguous {
        assert_eq!(origin(url), None, "{url:?}");
    }
}

#[test]
fn only_the_exact_origin_is_trusted() {
    let origins = trusted(" https://app.example.test/ ,");
    for url in ["http://localhost:3000", "http://localhost:3000/deep?x", "https://app.example.test:443"] {
        assert!(origins.trusts(url), "{url}");
    }
    let foreign = ["http://localhost:3001", "https://localhost:3000", "http://app.example.test", "null", ""];
    for url in foreign {
        assert!(!origins.trusts(url), "{url}");
    }
}

#[test]
fn a_star_matches_dots_but_not_the_apex() {
    let origins = trusted("https://*.preview.example.test,*.dev.example:80?0");
    for url in ["https://a.preview.example.test", "https://a.b.preview.example.test", "http://x.dev.example:8000"] {
        assert!(origins.trusts(url), "{url}");
    }
    let foreign = [
        "https://preview.example.test",
        "http://a.preview.example.test",
        "https://a.preview.example.test.evil.example",
        "https://a.preview.example.test:8443",
        "http://x.dev.example:8001",
        "https://evil.example/.preview.example.test",
    ];
    for url in foreign {
        assert!(!origins.trusts(url), "{url}");
    }
}

#[test]
fn a_pattern_of_numbers_admits_addresses_alone() {
    let origins = trusted("http://192.168.*:3000,10.*");
    assert!(origins.trusts("http://192.168.1.2:3000"));
    assert!(origins.trusts("https://10.0.0.1"));
    assert!(!origins.trusts("http://192.168.evil.example:3000"));
    assert!(!origins.trusts("https://10.evil.example"));
}

#[test]
fn an_entry_that_is_no_origin_is_named() {
    let base = Origin::parse("http://localhost:3000").unwrap();
    for entry in ["example.com", "javascript://cb", "data://x", "my app://", "https://", "https://*.a.b/path"] {
        assert_eq!(TrustedOrigins::parse(&base, &format!("http://a.b,{entry}")).unwrap_err(), entry_error(entry));
    }
}

#[test]
fn an_app_is_trusted_by_its_scheme_and_the_text_up_to_the_slash() {
    let origins = trusted("http://localhost:5173,myapp://,exp://192.168.1.2:8081,app://a");
    for url in ["myapp://", "myapp://home", "MyApp://x/y?z", "exp://192.168.1.2:8081/--/x", "app://a", "app://a/b"] {
        assert!(origins.trusts(url) && origins.allows_target(url), "{url}");
    }
    let foreign = [
        "app://a.evil",
        "app://ab",
        "app://",
        "app://x@a",
        "exp://192.168.1.2",
        "other://",
        "myapp:home",
        "myapp://a\\b",
    ];
    for url in foreign {
        assert!(!origins.trusts(url) && !origins.allows_target(url), "{url}");
    }
    assert!(origins.trusts("http://localhost:5173"));
    assert!(origins.admits("myapp://") && origins.admits("app://a") && !origins.admits("app://a/b"));
    assert!(!trusted("").trusts("myapp://"));
}

#[test]
fn a_browser_is_sent_to_paths_and_trusted_origins_alone() {
    let origins = trusted("");
    for target in ["/", "/dash?next=%2Fa//b", "/a#%5c", "http://localhost:3000/x"] {
        assert!(origins.allows_target(target), "{target}");
    }
    let refused = [
        "",
        "//evil.example",
        "/\\evil.example",
        "/a%2Fb",
        "/a%5cb",
        "/a\tb",
        "/a\u{85}b",
        "dash",
        "javascript:alert(1)",
        "http://localhost:1/",
        "https://evil.example/",
        "http://localhost:3000@evil.example/",
    ];
    for target in refused {
        assert!(!origins.allows_target(target), "{target:?}");
    }
}

#[test]
fn a_host_header_becomes_an_origin_under_the_base_scheme() {
    let base = Origin::parse("https://a.b").unwrap();
    assert_eq!(base.with_host("c.d:8443").unwrap().to_string(), "https://c.d:8443");
    assert!(base.with_host("c.d/x").is_none());
}

#[test]
fn a_listed_page_is_admitted_by_its_exact_header() {
    let origins = trusted("https://app.example.test,https://*.preview.example.test,http://localhost:3000");
    for header in ["https://app.example.test", "https://a.preview.example.test"] {
        assert!(origins.admits(header), "{header}");
    }
    let foreign = [
        "http://localhost:3000",
        "https://app.example.test/",
        "https://app.example.test/path",
        "https://APP.example.test",
        "https://app.example.test:443",
        "https://preview.example.test",
        "https://evil.example",
        "null",
        "",
    ];
    for header in foreign {
        assert!(!origins.admits(header), "{header}");
    }
    assert!(origins.admits_any() && !trusted("").admits_any());
}
