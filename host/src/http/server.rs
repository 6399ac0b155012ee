//! HTTP/1.1 on a socket: keep-alive, limits on headers, and a stop that lets requests in flight finish.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use wasmtime_wasi_http::WasiBody;

use crate::config::HostLimits;
use crate::log::LogSink;

/// Pause after a failed accept, so that running out of file descriptors does not use up the processor.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// The smallest buffer that hyper accepts.
const LEAST_BUFFER: usize = 8192;

/// Serves until `shutdown` is done and the responses in flight have been sent, or `shutdown_time` is over.
pub(crate) async fn serve<H, R>(
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    limits: &HostLimits,
    log: &LogSink,
    handle: H,
) where
    H: Fn(Request<Incoming>, SocketAddr) -> R + Clone + Send + 'static,
    R: Future<Output = Response<WasiBody>> + Send + 'static,
{
    let graceful = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, client)) => {
                    let handle = handle.clone();
                    let handle = move |request| handle(request, client);
                    drop(tokio::spawn(connection(stream, limits.clone(), graceful.watcher(), handle)));
                }
                Err(error) => {
                    log.message("error", "", "", &format!("cannot accept a connection: {error}"));
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.shutdown_time, graceful.shutdown()).await.is_err() {
        log.message("warn", "", "", "stopped with requests in flight");
    }
}

async fn connection<R: Future<Output = Response<WasiBody>>>(
    stream: TcpStream,
    limits: HostLimits,
    watcher: Watcher,
    handle: impl Fn(Request<Incoming>) -> R,
) {
    // Without this responses are late, but they arrive.
    stream.set_nodelay(true).ok();
    let service = service_fn(move |request| {
        let response = handle(request);
        async move { Ok::<_, Infallible>(response.await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(limits.header_bytes.max(LEAST_BUFFER))
        .serve_connection(TokioIo::new(stream), service);
    // How a connection ends is not logged: each request has its own line.
    watcher.watch(connection).await.ok();
}
