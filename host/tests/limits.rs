//! The host against components that misbehave, over a real socket. The components are a few lines of WAT each.

#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use host::{HostConfig, LoadedApp, LogSink};
use http::{Request, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A component whose handler has this body.
fn component(body: &str) -> Vec<u8> {
    let text = format!(
        r#"(component
            (import "wasi:http/types@0.2.0" (instance $types
                (export "incoming-request" (type (sub resource)))
                (export "response-outparam" (type (sub resource)))))
            (alias export $types "incoming-request" (type $request))
            (alias export $types "response-outparam" (type $out))
            (core module $module
                (memory (export "memory") 1)
                (func (export "handle") (param i32 i32) {body}))
            (core instance $instance (instantiate $module))
            (func $handle (param "request" (own $request)) (param "response-out" (own $out))
                (canon lift (core func $instance "handle")))
            (instance $handler (export "handle" (func $handle)))
            (export "wasi:http/incoming-handler@0.2.0" (instance $handler)))"#
    );
    wat::parse_str(text).unwrap()
}

const ENDLESS: &str = "(loop $again (br $again))";

fn write_app(folder: &Path) -> HostConfig {
    let parts = [
        ("endless", ENDLESS),
        ("trap", "unreachable"),
        ("silent", ""),
        ("hungry", "(drop (memory.grow (i32.const 8192))) (loop $again (br $again))"),
        ("inner", "unreachable"),
    ];
    let mut manifest = "spin_manifest_version = 2\n[application]\nname = \"limits\"\n".to_owned();
    for (id, body) in parts {
        std::fs::write(folder.join(id).with_extension("wasm"), component(body)).unwrap();
        let route = if id == "inner" { "{ private = true }".to_owned() } else { format!("\"/{id}\"") };
        manifest += &format!(
            "[[trigger.http]]\nroute = {route}\ncomponent = \"{id}\"\n[component.{id}]\nsource = \"{id}.wasm\"\n"
        );
    }
    std::fs::write(folder.join("spin.toml"), manifest).unwrap();
    let mut config = HostConfig::new(folder.join("spin.toml"));
    config.state_dir = folder.join("state");
    config.cache_dir = Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    config.access_log = LogSink::Nowhere;
    config.log = LogSink::Nowhere;
    config
}

fn load(change: impl FnOnce(&mut HostConfig)) -> Arc<LoadedApp> {
    let folder = tempfile::tempdir().unwrap();
    let mut config = write_app(folder.path());
    change(&mut config);
    Arc::new(LoadedApp::load(config).unwrap())
}

fn get(path: &str) -> Request<Bytes> {
    Request::get(path).body(Bytes::new()).unwrap()
}

/// A log whose lines can be read.
fn readable_log() -> (LogSink, Arc<Mutex<Vec<String>>>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = lines.clone();
    (LogSink::Function(Arc::new(move |line: &str| kept.lock().unwrap().push(line.to_owned()))), lines)
}

async fn exchange(app: Arc<LoadedApp>, text: &[u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(app.serve(listener, async { drop(stopped.await) }));
    stream.write_all(text).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    response
}

#[test]
fn a_component_that_imports_what_the_host_lacks_is_rejected_by_name() {
    for import in ["wasi:sockets/network@0.2.0", "wasi:filesystem/types@0.2.0"] {
        let folder = tempfile::tempdir().unwrap();
        let config = write_app(folder.path());
        let text = format!(r#"(component (import "{import}" (instance (export "thing" (type (sub resource))))))"#);
        std::fs::write(folder.path().join("trap.wasm"), wat::parse_str(text).unwrap()).unwrap();
        let error = format!("{:#}", LoadedApp::load(config).err().unwrap());
        assert!(error.contains(import) && error.contains("trap"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_that_does_not_end_is_stopped() {
    let app = load(|config| config.limits.request_time = Duration::from_millis(300));
    assert_eq!(app.request(get("/endless")).await.status(), 504);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_that_fails_is_an_empty_500_and_one_line_in_the_log() {
    let (log, lines) = readable_log();
    let app = load(|config| config.log = log);
    for path in ["/trap", "/silent"] {
        let response: Response<Bytes> = app.request(get(path)).await;
        assert_eq!((response.status().as_u16(), response.body().len()), (500, 0), "{path}");
        let id = response.headers()["x-request-id"].to_str().unwrap();
        let lines = std::mem::take(&mut *lines.lock().unwrap());
        assert!(lines.len() == 1 && lines[0].contains(id), "{lines:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_that_wants_too_much_memory_fails() {
    let (log, lines) = readable_log();
    let app = load(|config| config.log = log);
    assert_eq!(app.request(get("/hungry")).await.status(), 500);
    let lines = lines.lock().unwrap();
    assert!(lines[0].contains("memory"), "{lines:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_requests_than_instances_get_retry_after() {
    let app = load(|config| {
        config.limits.concurrent = 1;
        config.limits.request_time = Duration::from_millis(300);
    });
    let (first, second) = tokio::join!(app.request(get("/endless")), app.request(get("/endless")));
    assert_eq!(first.status(), 504);
    assert_eq!(
        (second.status().as_u16(), &second.headers()["retry-after"]),
        (503, &http::HeaderValue::from_static("1"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn private_and_unknown_routes_are_not_found() {
    let app = load(|_| {});
    for path in ["/inner", "/", "/trap/x", "/elsewhere"] {
        assert_eq!(app.request(get(path)).await.status(), 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_chosen_components_are_loaded() {
    let app = load(|config| config.components = Some(vec!["trap".to_owned()]));
    assert_eq!(app.request(get("/trap")).await.status(), 500);
    assert_eq!(app.request(get("/silent")).await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_requests_never_reach_a_component() {
    let huge = format!("GET /trap HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: {}\r\n\r\n", "a".repeat(70_000));
    let cases: [(&str, &str); 6] = [
        ("GET /trap HTTP/1.1\r\nConnection: close\r\n\r\n", "400"),
        ("GET /trap HTTP/1.1\r\nHost: trap.spin.internal\r\nConnection: close\r\n\r\n", "400"),
        ("GET http://a/trap HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n", "400"),
        ("NONSENSE\r\n\r\n", "400"),
        (&huge, "431"),
        ("GET /trap HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "500"),
    ];
    for (request, status) in cases {
        let response = exchange(load(|_| {}), request.as_bytes()).await;
        assert!(response.starts_with(&format!("HTTP/1.1 {status}")), "{:?}: {response}", &request[..20]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_never_finishes_its_header_is_cut_off() {
    let app = load(|config| config.limits.header_time = Duration::from_millis(200));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let server = tokio::spawn(app.serve(listener, std::future::pending()));
    stream.write_all(b"GET /trap HTTP/1.1\r\nHost: a\r\nX").await.unwrap();
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await.unwrap();
    assert!(!response.starts_with(b"HTTP/1.1 2"), "{response:?}");
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_server_finishes_the_requests_in_flight() {
    let app = load(|config| config.limits.request_time = Duration::from_secs(1));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(app.clone().serve(listener, async { drop(stopped.await) }));
    stream.write_all(b"GET /endless HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    while app.in_flight() == 0 {
        tokio::task::yield_now().await;
    }
    stop.send(()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    assert!(response.starts_with("HTTP/1.1 504"), "{response}");
    server.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_access_log_has_no_query() {
    let (log, lines) = readable_log();
    let app = load(|config| config.access_log = log);
    app.request(get("/trap?token=s3cret")).await;
    let lines = lines.lock().unwrap();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].contains(r#""path":"/trap","status":500"#) && !lines[0].contains("s3cret"), "{lines:?}");
}

#[test]
fn what_cannot_be_loaded_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let load = |config: HostConfig| format!("{:#}", LoadedApp::load(config).err().unwrap());
    let config = write_app(folder.path());
    let mut unknown = config.clone();
    unknown.components = Some(vec!["absent".to_owned()]);
    assert!(load(unknown).contains("no component \"absent\""));
    std::fs::write(folder.path().join("trap.wasm"), "no wasm").unwrap();
    assert!(load(config.clone()).contains("\"trap\""));
    std::fs::remove_file(folder.path().join("trap.wasm")).unwrap();
    assert!(load(config).contains("trap.wasm is not there; run `make build` first"));
}
