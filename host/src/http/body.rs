//! Bodies of responses. When a component fails half-way its body ends with an error, so that the client sees a broken
//! connection and does not take a part for the whole.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Frame, SizeHint};
use wasmtime_wasi_http::{Error, WasiBody};

/// A response without a body.
pub(crate) fn empty_response(status: StatusCode) -> Response<WasiBody> {
    let mut response = Response::new(Full::default().map_err(|never| match never {}).boxed_unsync());
    *response.status_mut() = status;
    response
}

/// Whether a component ran to its end. A component that is dropped before has failed.
#[derive(Default)]
pub(crate) struct GuestCompletion {
    pub(crate) reached: bool,
    failed: Arc<AtomicBool>,
}

impl GuestCompletion {
    /// Makes a body end with an error if the component fails.
    pub(crate) fn bind(&self) -> impl FnOnce(WasiBody) -> WasiBody + Send + Sync + use<> {
        let failed = self.failed.clone();
        move |body| checked(body, move || failed.load(Ordering::Acquire))
    }

    /// Must be called before anything is dropped that the body depends on.
    pub(crate) fn settle(&self) {
        self.failed.store(!self.reached, Ordering::Release);
    }
}

/// A body that ends with an error if what makes it has failed.
pub(crate) fn checked(body: WasiBody, failed: impl Fn() -> bool + Send + Unpin + 'static) -> WasiBody {
    CheckedBody { body, failed }.boxed_unsync()
}

struct CheckedBody<F> {
    body: WasiBody,
    failed: F,
}

impl<F: Fn() -> bool + Unpin> Body for CheckedBody<F> {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(None) if (self.failed)() => Poll::Ready(Some(Err(Error::HttpResponseIncomplete))),
            frame => frame,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
