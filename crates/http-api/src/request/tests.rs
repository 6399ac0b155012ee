use http::HeaderValue;

use super::*;

fn request(headers: &[(&str, &str)]) -> Request {
    let builder = headers.iter().fold(http::Request::builder(), |builder, (name, value)| builder.header(*name, *value));
    builder.body(RequestBody::Complete(Vec::new())).unwrap()
}

#[test]
fn a_request_id_with_strange_characters_is_not_logged() {
    let mut request = request(&[]);
    request.headers_mut().insert("x-request-id", HeaderValue::from_static("a\"b"));
    assert_eq!(request_id(&request), "-");
}

#[test]
fn a_media_type_is_read_without_case_and_parameters() {
    assert_eq!(media_type(&request(&[("content-type", " Text/CSV ; header=present")])), "text/csv");
    assert_eq!(media_type(&request(&[])), "");
    assert_eq!(media_type(&request(&[("content-type", "text/csv"), ("content-type", "text/plain")])), "");
}

#[test]
fn accept_names_a_media_type_in_any_of_its_lines() {
    let request = request(&[("accept", "application/json;q=0.5, */*"), ("accept", "Text/HTML;q=0.9")]);
    assert!(accepts(request.headers(), "text/html") && accepts(request.headers(), "application/json"));
    assert!(!accepts(request.headers(), "text/event-stream"));
}
