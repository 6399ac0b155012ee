//! A response whose handler goes on after it began: sent whole at its end, or piece by piece.

use std::rc::Rc;
use std::time::{Duration, Instant};

use futures::channel::{mpsc, oneshot};
use futures::future::{Either, Shared, select};
use futures::{FutureExt, StreamExt};
use http_api::{CrossOrigin, Response};
use wasip3::http::types::{ErrorCode, Response as HostResponse, Trailers};
use wasip3::wit_bindgen::{FutureWriter, StreamWriter};
use wasip3::{spawn, wit_future, wit_stream};

use super::finish;
use super::outgoing::{begin, write};
use super::patience::wait;
use crate::current::CurrentRequest;
use crate::stream::log_disconnected;

/// After so long without a byte the filler is sent: proxies cut silent connections.
const MAX_SILENCE: Duration = Duration::from_secs(15);
/// How often it is seen whether the client is still there, while there is nothing to send. The host tells it to those who write, be it
/// nothing.
const LOOK: Duration = Duration::from_millis(200);

/// A response that has not begun.
pub struct ResponseStarter {
    out: oneshot::Sender<HostResponse>,
    origins: CrossOrigin<'static>,
    current: Rc<CurrentRequest>,
    has_body: bool,
}

impl ResponseStarter {
    /// A starter, and the response once it began. A response to HEAD has no body.
    pub(super) fn new(
        origins: CrossOrigin<'static>,
        current: Rc<CurrentRequest>,
        has_body: bool,
    ) -> (Self, oneshot::Receiver<HostResponse>) {
        let (out, begun) = oneshot::channel();
        (Self { out, origins, current, has_body }, begun)
    }

    /// Starts a response; its body follows. `filler` is sent where there is nothing to send for a while.
    pub fn start(self, mut head: http::Response<()>, filler: &'static [u8]) -> ResponseStream {
        self.origins.apply(head.headers_mut());
        self.current.add_id(head.headers_mut());
        let (writer, reader) = wit_stream::new();
        let (end, end_reader) = wit_future::new(|| Ok(None));
        let (queue, pieces) = mpsc::unbounded();
        let (is_there, gone) = oneshot::channel();
        spawn(write_pieces(pieces, BodyWriter { writer, end, filler }, is_there));
        self.out.send(begin(head.status(), head.headers(), Some(reader), end_reader)).unwrap_or(());
        ResponseStream { queue, gone: gone.shared() }
    }

    /// Sends a whole response, and logs the request.
    pub(super) fn finish(self, mut response: Response) {
        self.origins.apply(response.headers_mut());
        self.out.send(finish(response, &self.current, self.has_body)).unwrap_or(());
    }
}

/// A response that has begun. Dropped without [`ResponseStream::finish`], it ends as a broken response.
pub struct ResponseStream {
    queue: mpsc::UnboundedSender<ResponsePiece>,
    gone: Shared<oneshot::Receiver<()>>,
}

enum ResponsePiece {
    Bytes(Vec<u8>),
    /// Says that the client has taken what is before it.
    Taken(oneshot::Sender<()>),
    End,
}

impl ResponseStream {
    /// Sends these bytes soon.
    pub fn send(&self, bytes: &[u8]) {
        self.add(ResponsePiece::Bytes(bytes.to_vec()));
    }

    /// Waits until the client has taken all that was sent, or has disconnected.
    pub async fn flush(&self) {
        let (taken, is_taken) = oneshot::channel();
        self.add(ResponsePiece::Taken(taken));
        is_taken.await.unwrap_or(());
    }

    /// Whether the client has disconnected, as far as that is known.
    pub fn is_gone(&self) -> bool {
        self.queue.is_closed()
    }

    /// Waits until the client disconnects.
    pub async fn gone(&self) {
        self.gone.clone().await.unwrap_or(());
    }

    /// Ends the body as a complete one.
    pub fn finish(self) {
        self.add(ResponsePiece::End);
    }

    /// Nobody takes a piece when the client has disconnected.
    fn add(&self, piece: ResponsePiece) {
        self.queue.unbounded_send(piece).unwrap_or(());
    }
}

/// The body as the host takes it.
struct BodyWriter {
    writer: StreamWriter<u8>,
    end: FutureWriter<Result<Option<Trailers>, ErrorCode>>,
    filler: &'static [u8],
}

/// Writes the pieces as the client takes them. `_is_there` is dropped at the end, or when the client has disconnected.
async fn write_pieces(
    mut pieces: mpsc::UnboundedReceiver<ResponsePiece>,
    mut body: BodyWriter,
    _is_there: oneshot::Sender<()>,
) {
    let mut last_sent = Instant::now();
    loop {
        let look = Box::pin(wait(LOOK));
        let mut waiting = None;
        let bytes = match select(pieces.next(), look).await {
            Either::Left((Some(ResponsePiece::Bytes(bytes)), _)) => bytes,
            Either::Left((Some(ResponsePiece::Taken(taken)), _)) => {
                waiting = Some(taken);
                Vec::new()
            }
            Either::Left((Some(ResponsePiece::End), _)) => return,
            Either::Left((None, _)) => {
                drop(body.writer);
                // The client sees a broken response, not a short one.
                return body.end.write(Err(ErrorCode::InternalError(None))).await.unwrap_or(());
            }
            Either::Right(_) if last_sent.elapsed() >= MAX_SILENCE => body.filler.to_vec(),
            Either::Right(_) => Vec::new(),
        };
        if !bytes.is_empty() {
            last_sent = Instant::now();
        }
        if write(&mut body.writer, bytes).await.is_err() {
            return log_disconnected();
        }
        if let Some(taken) = waiting {
            taken.send(()).unwrap_or(());
        }
    }
}
