//! How often one client may send one kind of request. The counters are rows of Better Auth's table `rateLimit`, so
//! that all instances count together; each request is one atomic statement. It comes before every other check.

use better_auth::random_id;
use http::StatusCode;
use http::header::HeaderName;

use crate::context::Context;
use crate::http::error::{AuthError, ErrorResponse};

const RETRY_AFTER: HeaderName = HeaderName::from_static("x-retry-after");

/// At most `max` requests, until `seconds` have passed since the last one.
struct RateRule {
    max: u32,
    seconds: u32,
}

/// The counter of all clients whose address is not known.
const UNKNOWN_ADDRESS: &str = "no-trusted-ip";

/// Not counted: every page and every component sends these all the time, each costs one short statement, and there is
/// nothing to guess.
const UNCOUNTED: [&str; 2] = ["/get-session", "/jwks"];

/// Checks that a request is within the limit of its path; `known` is whether the path has a route.
pub(crate) fn check(context: &Context<'_>, known: bool) -> Result<(), AuthError> {
    let path = bucket(context.path(), known);
    if UNCOUNTED.contains(&path) || !context.settings.rate_limit()? {
        return Ok(());
    }
    let address = context.client_address()?.unwrap_or_else(|| {
        context.warn(
            "client_address",
            "no address can be read where client_address_hops says; such clients share one count",
        );
        UNKNOWN_ADDRESS.to_owned()
    });
    let RateRule { max, seconds } = rule(path);
    let key = format!("{address}|{path}");
    match context.store.count_request(&random_id(context.env.random), &key, max, seconds, sweeps(context))? {
        None => Ok(()),
        Some(wait) => {
            let message = "Too many requests. Please try again later.".to_owned();
            let error = ErrorResponse::uncoded(StatusCode::TOO_MANY_REQUESTS, message);
            Err(error.with_header(RETRY_AFTER, wait.to_string()).into())
        }
    }
}

/// The name of a path's counter. Guesses of tokens or paths share one, so that a guess gets no new counter or row.
fn bucket(path: &str, known: bool) -> &str {
    match path.split('/').nth(1) {
        _ if !known => "/*",
        Some("callback") => "/callback/*",
        Some("reset-password") => "/reset-password",
        _ => path,
    }
}

fn rule(path: &str) -> RateRule {
    let begins = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    let (max, seconds) = match path {
        _ if begins(&["/sign-in", "/sign-up", "/change-password", "/change-email", "/two-factor"]) => (3, 10),
        // A password can be guessed here as well as at sign-in.
        "/verify-password" | "/delete-user" => (3, 10),
        _ if begins(&["/request-password-reset", "/send-verification-email", "/forget-password"]) => (3, 60),
        "/oauth2/token" => (20, 60),
        "/oauth2/authorize" => (30, 60),
        "/oauth2/introspect" => (100, 60),
        "/oauth2/revoke" => (30, 60),
        "/oauth2/register" => (5, 60),
        "/oauth2/userinfo" => (60, 60),
        _ => (100, 10),
    };
    RateRule { max, seconds }
}

/// Whether this request deletes counters whose time is long over: one in 64 does.
fn sweeps(context: &Context<'_>) -> bool {
    let [byte] = context.env.bytes::<1>();
    byte < 4
}

#[cfg(test)]
mod tests;
