//! HTTP/1.1 on a socket: keep-alive, limits on headers, and an end that lets requests in flight finish.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};

use crate::app::App;

/// Rest after an accept that failed, so that running out of files does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// What hyper needs at least for its buffer.
const LEAST_BUFFER: usize = 8192;

impl App {
    /// Serves until `shutdown` is done and the requests in flight have been answered, or their time is up.
    pub async fn serve(self: Arc<Self>, listener: TcpListener, shutdown: impl Future<Output = ()>) -> Result<()> {
        let graceful = GracefulShutdown::new();
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            tokio::select! {
                () = &mut shutdown => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, client)) => drop(tokio::spawn(connection(self.clone(), stream, client, graceful.watcher()))),
                    Err(error) => {
                        self.log.message("error", "", "", &format!("cannot accept a connection: {error}"));
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                    }
                },
            }
        }
        drop(listener);
        if tokio::time::timeout(self.limits.shutdown_time, graceful.shutdown()).await.is_err() {
            self.log.message("warn", "", "", "stopped with requests in flight");
        }
        self.close();
        Ok(())
    }
}

async fn connection(app: Arc<App>, stream: TcpStream, client: SocketAddr, watcher: Watcher) {
    // Only a matter of delay: the connection works without.
    stream.set_nodelay(true).ok();
    let limits = app.limits.clone();
    let service = service_fn(move |request| {
        let app = app.clone();
        async move { Ok::<_, Infallible>(app.handle(request, client).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(limits.header_bytes.max(LEAST_BUFFER))
        .serve_connection(TokioIo::new(stream), service);
    // How a connection ends is the client's business; requests have their own line in the log.
    watcher.watch(connection).await.ok();
}
