use super::*;

fn response(status: u16, body: &str) -> Result<http::Response<Vec<u8>>, String> {
    Ok(http::Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap())
}

#[test]
fn auth_inside_the_app_is_asked_and_says_what_is_wrong() {
    let fetch = |request: http::Request<Vec<u8>>| {
        assert_eq!(request.uri(), "http://auth.spin.internal/internal/settings");
        response(200, r#"{"faults":["RATE_LIMIT must be on, off or empty"]}"#)
    };
    assert_eq!(
        part_faults("auth", "http://auth.spin.internal", &fetch).unwrap(),
        ["RATE_LIMIT must be on, off or empty"]
    );
}

#[test]
fn nothing_waits_for_another_app() {
    let fetch = |_| panic!("nothing is asked");
    assert!(part_faults("auth", "http://todo-backend.todo.svc.cluster.local", &fetch).unwrap().is_empty());
}

#[test]
fn auth_that_does_not_respond_is_not_ready() {
    for outcome in [|| Err("refused".to_owned()), || response(500, ""), || response(200, "[]")] {
        let error = part_faults("auth", "http://auth.spin.internal", &|_| outcome()).unwrap_err();
        assert_eq!(error.status, 503);
    }
}
