use http_api::RequestBody;

use super::*;

fn ask(method: &str, uri: &str, database: DatabaseCheck) -> Result<Response, ApiError> {
    let request = http::Request::builder().method(method).uri(uri).body(RequestBody::Complete(Vec::new())).unwrap();
    route(&request, database)
}

#[test]
fn health_never_uses_the_database() {
    let unused = || -> Result<DatabaseState, ApiError> { panic!("the database was used") };
    assert_eq!(ask("GET", "/health", &unused).unwrap().status(), 200);
}

#[test]
fn ready_names_the_missing_migrations() {
    assert_eq!(ask("GET", "/ready", &|| Ok(DatabaseState::default())).unwrap().status(), 200);
    let error =
        ask("GET", "/ready", &|| Ok(DatabaseState { missing: vec!["0002_more"], ..Default::default() })).unwrap_err();
    assert_eq!(error.status, 503);
    assert!(error.detail.contains("0002_more"));
    let error = ask("GET", "/ready", &|| Err(ApiError::internal("syntax error"))).unwrap_err();
    assert_eq!((error.status.as_u16(), error.detail.contains("syntax")), (503, false));
}

#[test]
fn ready_names_the_faults_of_tables_and_a_check_is_no_readiness() {
    let faulty =
        || DatabaseState { faults: vec![r#""user"."id" is uuid; text is needed"#.to_owned()], ..Default::default() };
    let error = ask("GET", "/ready", &|| Ok(faulty())).unwrap_err();
    assert_eq!(error.status, 503);
    assert!(error.detail.contains(r#""user"."id" is uuid; text is needed"#) && error.reason().contains("uuid"));
    let checked = ask("GET", "/ready", &|| Ok(DatabaseState { is_checked_only: true, ..faulty() })).unwrap();
    assert_eq!(checked.status(), 200);
}

#[test]
fn other_methods_and_parameters_are_rejected() {
    assert_eq!(ask("POST", "/health", &|| Ok(DatabaseState::default())).unwrap_err().status, 405);
    assert_eq!(ask("GET", "/health?x=1", &|| Ok(DatabaseState::default())).unwrap_err().status, 400);
}
