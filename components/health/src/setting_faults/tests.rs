use super::*;

#[test]
fn an_address_without_a_scheme_or_with_a_path_is_named() {
    for url in ["http://localhost:3000", "https://todo.example.com/", " https://a.b "] {
        assert_eq!(address_fault(url, true), None, "{url}");
    }
    for (url, part) in
        [("localhost:3000", "begin with http"), ("ftp://a.b", "begin with http"), ("https://a.b/app", "without a path")]
    {
        assert!(address_fault(url, true).unwrap().contains(part), "{url}");
    }
    assert!(address_fault("https://a b", false).is_some());
}
