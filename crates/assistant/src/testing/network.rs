//! Networks for tests: one of functions, and that of the test host.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use futures::FutureExt;
use futures::future::{LocalBoxFuture, ready};
use http::StatusCode;

use super::TestHost;
use crate::env::{ChunkHandler, StreamTimeouts, TransportError, TurnEnv, TurnNetwork, WholeResponse};

type StreamFunction<'a> =
    dyn Fn(http::Request<Vec<u8>>, StreamTimeouts, &mut ChunkHandler<'_>) -> Result<StatusCode, TransportError> + 'a;

/// A network whose functions respond at once.
pub(crate) struct TestNetwork<'a> {
    pub(crate) fetch: &'a dyn Fn(http::Request<Vec<u8>>, Duration) -> WholeResponse,
    pub(crate) stream: &'a StreamFunction<'a>,
    pub(crate) wait: &'a dyn Fn(Duration),
}

impl TestNetwork<'_> {
    /// A network in which nothing responds.
    pub(crate) const SILENT: Self = TestNetwork {
        fetch: &|_, _| panic!("nothing is fetched"),
        stream: &|_, _, _| panic!("nothing is streamed"),
        wait: &|_| (),
    };

    /// An environment that has this network alone.
    pub(crate) fn env(&self) -> TurnEnv<'_> {
        TurnEnv { network: self, recall: &|_| None, remember: &|_, _| (), now_ms: &|| 0, log: &|_| () }
    }
}

impl TurnNetwork for TestNetwork<'_> {
    fn fetch(&self, request: http::Request<Vec<u8>>, timeout: Duration) -> LocalBoxFuture<'_, WholeResponse> {
        ready((self.fetch)(request, timeout)).boxed_local()
    }

    fn stream<'a>(
        &'a self,
        request: http::Request<Vec<u8>>,
        timeouts: StreamTimeouts,
        take: &'a mut ChunkHandler<'_>,
    ) -> LocalBoxFuture<'a, Result<StatusCode, TransportError>> {
        ready((self.stream)(request, timeouts, take)).boxed_local()
    }

    fn wait(&self, time: Duration) -> LocalBoxFuture<'_, ()> {
        (self.wait)(time);
        ready(()).boxed_local()
    }
}

impl TurnNetwork for TestHost {
    fn fetch(&self, request: http::Request<Vec<u8>>, _: Duration) -> LocalBoxFuture<'_, WholeResponse> {
        let is_call = request.headers().contains_key("idempotency-key");
        self.arrived.set(self.arrived.get() + usize::from(is_call));
        let response = self.serve_mcp(&request);
        async move {
            if is_call {
                self.meet().await;
            }
            response
        }
        .boxed_local()
    }

    fn stream<'a>(
        &'a self,
        request: http::Request<Vec<u8>>,
        _: StreamTimeouts,
        take: &'a mut ChunkHandler<'_>,
    ) -> LocalBoxFuture<'a, Result<StatusCode, TransportError>> {
        ready(self.respond_as_scripted(&request, take)).boxed_local()
    }

    fn wait(&self, time: Duration) -> LocalBoxFuture<'_, ()> {
        self.clock.set(self.clock.get() + u64::try_from(time.as_millis()).unwrap());
        self.slept.borrow_mut().push(time);
        ready(()).boxed_local()
    }
}

impl TestHost {
    /// Holds the response to a call until as many calls have arrived as are to meet.
    async fn meet(&self) {
        let mut looks = 0;
        poll_fn(|context| {
            if self.arrived.get() >= self.meeting.get() {
                return Poll::Ready(());
            }
            looks += 1;
            assert!(looks < 100, "a call waits alone");
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}
