//! What a route is made of: who may use it, what it reads, and its handler.

use http_api::{Request, Response};

use crate::context::Context;
use crate::guard::input::Input;
use crate::guard::origin::{self, OriginRule};
use crate::http::body::BodyFormat;
use crate::http::error::AuthError;
use crate::session::current::{self, SessionRule};
use crate::store::LiveSession;

type HandlerResult = Result<Response, AuthError>;
type ReadHandler = fn(&Context<'_>) -> HandlerResult;
type UserReadHandler = fn(&Context<'_>, LiveSession) -> HandlerResult;
type InputParser<I> = fn(&Context<'_>, &Input<'_>) -> Result<I, AuthError>;

/// Who may use a route, and its handler.
pub(crate) enum Endpoint {
    /// Anyone. It changes nothing that matters where the request comes from: at most it prolongs the session, or makes a
    /// code for a client that the user let in.
    Read(ReadHandler),
    /// A user with a session; else as `Read`.
    UserRead(SessionRule, UserReadHandler),
    /// Anyone who has the secret in the address, which came by mail or from the provider. It may change something.
    Link(ReadHandler),
    /// A request from an allowed origin.
    Write(BodyFormat, OriginRule, &'static dyn WriteHandler),
    /// A user with a session, from an allowed origin.
    UserWrite(BodyFormat, SessionRule, &'static dyn UserWriteHandler),
}

impl Endpoint {
    /// Checks what the endpoint demands and runs its handler.
    pub(super) fn run(&self, context: &Context<'_>, request: &Request) -> HandlerResult {
        match *self {
            Self::Read(handler) | Self::Link(handler) => handler(context),
            Self::UserRead(session, handler) => handler(context, current::require(context, session)?),
            Self::Write(format, origin, handler) => {
                handler.run(context, &Input::read(context, request, format)?, origin)
            }
            Self::UserWrite(format, session, handler) => {
                handler.run(context, &Input::read(context, request, format)?, session)
            }
        }
    }
}

/// A write in two steps: reading the input, and the handler. What is left of the origin rule is checked in between.
pub(super) struct ForAnyone<I>(pub(super) InputParser<I>, pub(super) fn(&Context<'_>, I) -> HandlerResult);

/// The write of a user in two steps: reading the input, and the handler. The session is required in between.
pub(super) struct ForUser<I>(pub(super) InputParser<I>, pub(super) fn(&Context<'_>, LiveSession, I) -> HandlerResult);

/// [`ForAnyone`] with any type of input.
pub(crate) trait WriteHandler {
    fn run(&self, context: &Context<'_>, input: &Input<'_>, rule: OriginRule) -> HandlerResult;
}

/// [`ForUser`] with any type of input.
pub(crate) trait UserWriteHandler {
    fn run(&self, context: &Context<'_>, input: &Input<'_>, rule: SessionRule) -> HandlerResult;
}

impl<I> WriteHandler for ForAnyone<I> {
    fn run(&self, context: &Context<'_>, input: &Input<'_>, rule: OriginRule) -> HandlerResult {
        let Self(read, handler) = self;
        let input = read(context, input)?;
        origin::check_rule(context, rule)?;
        handler(context, input)
    }
}

impl<I> UserWriteHandler for ForUser<I> {
    fn run(&self, context: &Context<'_>, input: &Input<'_>, rule: SessionRule) -> HandlerResult {
        let Self(read, handler) = self;
        let input = read(context, input)?;
        handler(context, current::require(context, rule)?, input)
    }
}

/// The reader of a write that uses nothing of its body.
pub(super) fn nothing(_: &Context<'_>, _: &Input<'_>) -> Result<(), AuthError> {
    Ok(())
}
