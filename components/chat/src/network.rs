//! The network of a turn: the model is asked as long as the client is there; a tool is called to the end.

use std::time::Duration;

use assistant::{ChunkHandler, StreamTimeouts, TransportError, TurnNetwork, WholeResponse};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use http::StatusCode;
use spin_host::OutboundError;
use spin_host::service::{OutboundResponse, OutboundTimeouts, fetch, wait};

use crate::client::ClientConnection;

/// The longest response that is read from the model or a tool, in bytes.
const RESPONSE_LIMIT: usize = 4 * 1024 * 1024;

/// The network of a turn for one client.
pub(crate) struct ClientNetwork<'a>(pub(crate) &'a ClientConnection);

impl TurnNetwork for ClientNetwork<'_> {
    fn fetch(&self, request: http::Request<Vec<u8>>, timeout: Duration) -> LocalBoxFuture<'_, WholeResponse> {
        fetch(request, timeout, RESPONSE_LIMIT).map(|response| response.map_err(to_transport_error)).boxed_local()
    }

    fn stream<'a>(
        &'a self,
        request: http::Request<Vec<u8>>,
        timeouts: StreamTimeouts,
        take: &'a mut ChunkHandler<'_>,
    ) -> LocalBoxFuture<'a, Result<StatusCode, TransportError>> {
        async move {
            self.0.begin_call();
            let end = self.ask(request, timeouts, take).await;
            self.0.end_call();
            end
        }
        .boxed_local()
    }

    fn wait(&self, time: Duration) -> LocalBoxFuture<'_, ()> {
        self.0.while_there(wait(time)).map(|_| ()).boxed_local()
    }
}

impl ClientNetwork<'_> {
    async fn ask(
        &self,
        request: http::Request<Vec<u8>>,
        timeouts: StreamTimeouts,
        take: &mut ChunkHandler<'_>,
    ) -> Result<StatusCode, TransportError> {
        let Self(client) = self;
        if client.state().is_break() {
            return Err(TransportError::Stopped); // no client waits for the response
        }
        let StreamTimeouts { first_byte, idle, whole } = timeouts;
        let timeouts = OutboundTimeouts { first_byte, idle, whole };
        let mut response = self.until_gone(OutboundResponse::of(request, timeouts, RESPONSE_LIMIT)).await?;
        while let Some(chunk) = self.until_gone(response.next_chunk()).await? {
            client.hear(response.status());
            if take(response.status(), &chunk).is_break() {
                return Err(TransportError::Stopped);
            }
            client.flush().await;
        }
        Ok(response.status())
    }

    /// A step of a call, which ends when the client has gone.
    async fn until_gone<T>(&self, step: impl Future<Output = Result<T, OutboundError>>) -> Result<T, TransportError> {
        self.0.while_there(step).await.ok_or(TransportError::Stopped)?.map_err(to_transport_error)
    }
}

fn to_transport_error(error: OutboundError) -> TransportError {
    match error {
        OutboundError::Unreached(_) => TransportError::Unreachable(error.to_string()),
        other => TransportError::Failed(other.to_string()),
    }
}
