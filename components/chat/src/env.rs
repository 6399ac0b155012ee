//! What the host provides to a request.

use std::ops::ControlFlow;

use assistant::{Language, TurnEnv};
use http_api::OriginsLoader;

use crate::settings::ChatSettings;

/// Sends bytes of a streamed response; breaks when the client has disconnected.
pub type SendBytes<'a> = dyn Fn(&[u8]) -> ControlFlow<()> + 'a;

/// The environment of one request.
#[derive(Clone, Copy)]
pub struct ChatEnv<'a> {
    /// The operator's settings.
    pub settings: ChatSettings<'a>,
    /// The pages of other origins that may call.
    pub trusted_origins: OriginsLoader<'a>,
    /// The language of questions and error messages.
    pub language: Language,
    /// Network, cache, clock and log.
    pub turn: TurnEnv<'a>,
    /// Starts a streamed response. A whole response that is returned after that is not sent.
    pub start_stream: &'a dyn Fn(http::Response<()>),
    /// Sends a piece of it.
    pub send: &'a SendBytes<'a>,
    /// Holds the head of a whole response. It may leave before the body, so that a client that goes is noticed.
    pub hold_head: &'a dyn Fn(http::Response<()>),
    /// Says that the response is a success from now on, whatever happens.
    pub promise_reply: &'a dyn Fn(),
    /// Breaks when the client has disconnected, as far as that is known.
    pub client_state: &'a dyn Fn() -> ControlFlow<()>,
}
