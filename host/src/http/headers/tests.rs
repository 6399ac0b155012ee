use super::*;

fn get(uri: &str, headers: &[(&str, &str)]) -> Request<()> {
    let mut request = Request::get(uri).body(()).unwrap();
    for (name, value) in headers {
        request.headers_mut().append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
    }
    request
}

#[test]
fn a_well_formed_id_is_kept_and_another_is_replaced() {
    let mut request = get("/", &[("x-request-id", "abc-1.2_3")]);
    assert_eq!(request_id(request.headers_mut()), "abc-1.2_3");
    let long = "x".repeat(65);
    for bad in ["", "a b", "a\"b", long.as_str()] {
        let mut request = get("/", &[("x-request-id", bad)]);
        let id = request_id(request.headers_mut());
        assert_eq!((id.len(), request.headers()["x-request-id"].to_str().unwrap()), (32, id.as_str()));
    }
}

#[test]
fn exactly_one_host_is_needed() {
    let mut request = get("/a?b", &[("host", "h:1")]);
    assert_eq!(make_absolute(&mut request), Some(()));
    assert_eq!(request.uri(), "http://h:1/a?b");
    assert_eq!(make_absolute(&mut get("http://h/", &[])), Some(()));
    assert_eq!(make_absolute(&mut get("/", &[])), None);
    assert_eq!(make_absolute(&mut get("/", &[("host", "a b")])), None);
    assert_eq!(make_absolute(&mut get("/", &[("host", "a"), ("host", "a")])), None);
    assert_eq!(make_absolute(&mut get("http://h/", &[("host", "other")])), None);
}

#[test]
fn the_route_is_described_as_spin_does() {
    let mut request = get("http://h:1/api/u1/tasks/7?x=1", &[("host", "h:1"), ("spin-client-addr", "1.2.3.4:5")]);
    let found = RouteMatch {
        component: "tasks".into(),
        route: "/api/:user_id/tasks/...".into(),
        trailing: "/7".into(),
        parameters: vec![("user_id".into(), "u1".into())],
    };
    add_spin_headers(&mut request, &found, "127.0.0.1:9".parse().unwrap());
    let header = |name: &str| request.headers().get_all(name).iter().next_back().unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("spin-full-url"), "http://h:1/api/u1/tasks/7?x=1");
    assert_eq!(header("spin-path-info"), "/7");
    assert_eq!(header("spin-component-route"), "/api/:user_id/tasks");
    assert_eq!(header("spin-path-match-user-id"), "u1");
    assert_eq!(header("spin-client-addr"), "127.0.0.1:9");
}
