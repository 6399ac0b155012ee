use super::*;

fn allowed(path: &[&str]) -> String {
    let error = find(&Method::TRACE, path).err().unwrap();
    assert_eq!(error.status, 405, "{path:?}");
    let allow = error.headers.iter().find(|(name, _)| name == "allow").unwrap();
    allow.1.clone()
}

#[test]
fn every_path_names_its_methods() {
    assert_eq!(allowed(&[]), "GET, HEAD, POST");
    assert_eq!(allowed(&["export"]), "GET");
    for path in ["import", "complete", "delete", "undo"] {
        assert_eq!(allowed(&[path]), "POST", "{path}");
    }
    assert_eq!(allowed(&["7"]), "GET, HEAD, PUT, PATCH, DELETE");
    assert_eq!(allowed(&["7", "complete"]), "PATCH");
    assert_eq!(allowed(&["7", "restore"]), "POST");
}

#[test]
fn an_unknown_path_is_not_found() {
    for path in [&["7", "steps"][..], &["7", "complete", "now"], &["", "", ""]] {
        assert_eq!(find(&Method::GET, path).err().unwrap().status, 404, "{path:?}");
    }
}

#[test]
fn an_export_has_no_head() {
    assert!(find(&Method::HEAD, &[]).is_ok());
    assert!(find(&Method::HEAD, &["7"]).is_ok());
    assert_eq!(find(&Method::HEAD, &["export"]).err().unwrap().status, 405);
}

#[test]
fn only_reads_and_undoing_ignore_a_body() {
    for (route, _) in ROUTES {
        let has_body = !matches!(route.body, BodyRule::Ignored | BodyRule::Bounded);
        let writes_text = matches!(route.method, "PUT" | "PATCH") || route.takes_key;
        assert!(has_body || !writes_text, "{} {:?}", route.method, route.path);
    }
}
