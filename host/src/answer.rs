//! The body of a component's answer. When the component fails half-way the body ends with an error, so that the client
//! sees a broken connection and does not take a part for the whole.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use wasmtime_wasi_http::Error;

use crate::app::Body;

/// Whether a component came to its end. Dropped before it did, the component has failed.
#[derive(Default)]
pub(crate) struct Ending {
    pub(crate) reached: bool,
    failed: Arc<AtomicBool>,
}

impl Ending {
    /// Binds a body to this end.
    pub(crate) fn bind(&self) -> impl FnOnce(Body) -> Body + Send + Sync + use<> {
        let failed = self.failed.clone();
        move |body| Bound { body, failed }.boxed_unsync()
    }

    /// To be called before anything that the body depends on is dropped.
    pub(crate) fn settle(&self) {
        self.failed.store(!self.reached, Ordering::Release);
    }
}

struct Bound {
    body: Body,
    failed: Arc<AtomicBool>,
}

impl HttpBody for Bound {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(None) if self.failed.load(Ordering::Acquire) => {
                Poll::Ready(Some(Err(Error::HttpResponseIncomplete)))
            }
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
