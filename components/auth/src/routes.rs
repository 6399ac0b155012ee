//! The URL space under `/api/auth`. What is not in it is 404 with nothing in it, whatever the method.

use edge::{ApiError, Request, Response};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use user::Random;

use crate::answer::{Failure, json as answer};
use crate::body::{self, Media};
use crate::call::Call;
use crate::settings::Settings;
use crate::{origin_guard, session, sign_in, sign_out, sign_up, token};

const PREFIX: &str = "/api/auth";

/// What a handler may not fetch for itself.
pub struct Surroundings<'a> {
    /// Unix time in seconds.
    pub now: u64,
    /// The source of tokens, salts and keys.
    pub random: Random<'a>,
}

/// Answers one request.
pub fn handle(request: &Request, settings: Result<Settings, ApiError>, around: &Surroundings<'_>) -> Response {
    let answered = settings.map_err(Failure::from).and_then(|settings| {
        let call = Call::new(request, &settings, around.now, around.random);
        route(&call)
    });
    answered.unwrap_or_else(|failure| failure.into_response(request))
}

fn route(call: &Call<'_>) -> Result<Response, Failure> {
    let path = call.request.uri().path().strip_prefix(PREFIX).unwrap_or_default();
    match (call.request.method(), path) {
        (&Method::GET, "/ok") => Ok(answer(StatusCode::OK, &json!({"ok": true}))),
        (&Method::GET, "/get-session") => session::get(call),
        (&Method::POST, "/get-session") => session::post(call),
        (&Method::POST, "/sign-up/email") => sign_up::with_email(call, input(call, Media::FormOrJson)?.as_ref()),
        (&Method::POST, "/sign-in/email") => sign_in::with_email(call, input(call, Media::FormOrJson)?.as_ref()),
        (&Method::POST, "/sign-out") => sign_out::sign_out(call, input(call, Media::Json)?.as_ref()),
        (&Method::GET, "/token") => token::token(call),
        (&Method::GET, "/jwks") => token::jwks(call),
        _ => Ok(edge::empty(StatusCode::NOT_FOUND)),
    }
}

/// The body of a changing request, and its leave to change something.
fn input(call: &Call<'_>, media: Media) -> Result<Option<Value>, Failure> {
    let body = body::read(call.request, media)?;
    origin_guard::check(call, body.as_ref())?;
    Ok(body)
}

#[cfg(test)]
#[path = "routes_tests.rs"]
mod tests;
