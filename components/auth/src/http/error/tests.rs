use http_api::RequestBody;

use super::*;

fn response_to(error: AuthError) -> (u16, String, Response) {
    let request = http::Request::builder().uri("/").body(RequestBody::Complete(Vec::new())).unwrap();
    let response = error.into_response(&request);
    (response.status().as_u16(), String::from_utf8(response.body().clone()).unwrap(), response)
}

#[test]
fn an_unreachable_database_is_a_503_that_says_when_to_come_back() {
    let (status, body, response) = response_to(DbError::Unavailable("10.0.0.1 refused".to_owned()).into());
    assert_eq!((status, response.headers().contains_key("retry-after")), (503, true));
    assert!(body.starts_with("{\"message\":\"") && body.ends_with("\"code\":\"SERVICE_UNAVAILABLE\"}"));
    assert!(!body.contains("10.0.0.1"));
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[test]
fn an_internal_error_says_nothing_but_its_code() {
    let error = || AuthError::from(DbError::Internal("column is missing".to_owned()));
    let (status, body, response) = response_to(error());
    assert_eq!((status, body.as_str(), response.headers().contains_key("content-type")), (500, "", false));
    let (status, body, _) = response_to(error().with_code(("FAILED", "Failed")));
    assert_eq!((status, body.as_str()), (500, "{\"message\":\"Failed\",\"code\":\"FAILED\"}"));
}

#[test]
fn a_refusal_carries_its_headers_and_may_have_no_code() {
    let error = ErrorResponse::uncoded(StatusCode::BAD_REQUEST, "No".to_owned()).uncached();
    let (status, body, response) = response_to(error.into());
    assert_eq!((status, body.as_str()), (400, "{\"message\":\"No\"}"));
    assert_eq!(response.headers()["cache-control"], "no-store");
}
