//! The URL space under `/api/auth`. What is not in it is 404 with nothing in it, whatever the method.

use better_auth::RandomSource;
use http::StatusCode;
use http_api::{ApiError, KeysWanted, Request, Response};
use serde_json::json;

use crate::account::{
    change_email, change_password as passwords, delete_user, mail, profile, reset_password as reset, sign_in, sign_up,
    verify_email,
};
use crate::context::Call;
use crate::guard::rate_limit as limit;
use crate::http::response::{Failure, json as answer, set_cookies};
use crate::oauth;
use crate::session::{current as session, list as sessions, sign_out, token};
use crate::settings::Settings;
use crate::site::{error_page, features};
use crate::social::{self, accounts, tokens};

pub(crate) const PREFIX: &str = "/api/auth";

/// What a handler may not fetch for itself.
pub struct Surroundings<'a> {
    /// Unix time in seconds.
    pub now: u64,
    /// The source of tokens, salts and keys.
    pub random: RandomSource<'a>,
    /// Sends a request to another server; the error is for the log.
    pub fetch: Fetch<'a>,
    /// Sends a request after this one is answered; what becomes of it is logged.
    pub later: &'a dyn Fn(http::Request<Vec<u8>>),
    /// The key set at an address, kept between requests; the error is for the log.
    pub key_set: KeySet<'a>,
}

/// Outbound HTTP.
pub type Fetch<'a> = &'a dyn Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, String>;

/// Key sets (RFC 7517) as JSON.
pub type KeySet<'a> = &'a dyn Fn(&str, KeysWanted) -> Result<String, String>;

/// A route: it reads its input (`Call::input`, unless it is a GET), finds its session, does and answers.
pub(crate) type Handler = fn(&Call<'_>) -> Result<Response, Failure>;

/// Answers one request.
pub fn handle(request: &Request, settings: Result<Settings, ApiError>, around: &Surroundings<'_>) -> Response {
    let settings = match settings {
        Ok(settings) => settings,
        Err(error) => return Failure::from(error).into_response(request),
    };
    let call = Call::new(request, &settings, around);
    let mut response = route(&call).unwrap_or_else(|failure| failure.into_response(request));
    set_cookies(&mut response, &call.answer_cookies());
    response
}

fn route(call: &Call<'_>) -> Result<Response, Failure> {
    if let Some(handler) = oauth::find_well_known(call.request.uri().path()) {
        return handler(call);
    }
    let handler = find(call.request.method().as_str(), call.path());
    limit::check(call, handler.is_some())?;
    match handler {
        Some(handler) => handler(call),
        None => Ok(http_api::empty(StatusCode::NOT_FOUND)),
    }
}

/// The handler of a method and a path behind `/api/auth`.
fn find(method: &str, path: &str) -> Option<Handler> {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    Some(match (method, segments.as_slice()) {
        ("GET", ["ok"]) => ok,
        ("GET", ["features"]) => features::features,
        ("GET", ["error"]) => error_page::show,
        ("GET", ["get-session"]) => session::get,
        ("POST", ["get-session"]) => session::post,
        ("POST", ["sign-up", "email"]) => sign_up::with_email,
        ("POST", ["sign-in", "email"]) => sign_in::with_email,
        ("POST", ["sign-in", "social"]) => social::sign_in,
        ("GET", ["callback", _]) => social::callback,
        ("POST", ["callback", _]) => social::callback_form,
        ("POST", ["link-social"]) => social::link_social,
        ("POST", ["unlink-account"]) => accounts::unlink,
        ("GET", ["list-accounts"]) => accounts::list,
        ("POST", ["get-access-token"]) => tokens::access_token,
        ("POST", ["refresh-token"]) => tokens::refresh,
        ("GET", ["account-info"]) => tokens::info,
        ("POST", ["sign-out"]) => sign_out::sign_out,
        ("GET", ["list-sessions"]) => sessions::list,
        ("POST", ["revoke-session"]) => sessions::revoke,
        ("POST", ["revoke-sessions"]) => sessions::revoke_all,
        ("POST", ["revoke-other-sessions"]) => sessions::revoke_others,
        ("POST", ["update-user"]) => profile::update_user,
        ("POST", ["update-session"]) => profile::update_session,
        ("POST", ["change-password"]) => passwords::change,
        ("POST", ["verify-password"]) => passwords::verify,
        ("POST", ["request-password-reset"]) => reset::request,
        ("GET", ["reset-password", _]) => reset::open,
        ("POST", ["reset-password"]) => reset::reset,
        ("POST", ["send-verification-email"]) => verify_email::send,
        ("GET", ["verify-email"]) => verify_email::open,
        ("POST", ["change-email"]) => change_email::change,
        ("POST", ["delete-user"]) => delete_user::delete,
        ("GET", ["delete-user", "callback"]) => delete_user::open,
        ("GET", ["outbox"]) => mail::outbox,
        ("GET", ["token"]) => token::token,
        ("GET", ["jwks"]) => token::jwks,
        (method, path) => return oauth::find(method, path),
    })
}

fn ok(_: &Call<'_>) -> Result<Response, Failure> {
    Ok(answer(StatusCode::OK, &json!({"ok": true})))
}

#[cfg(test)]
mod tests;
