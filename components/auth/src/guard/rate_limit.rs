//! How often one client may ask for one thing. The counters are rows of Better Auth's table `rateLimit`, so that all
//! instances count together; each request is one atomic statement. Counted is before anything else is looked at.

use better_auth::random_id;
use http::StatusCode;
use http::header::HeaderName;
use http_api::ApiError;

use crate::context::Call;
use crate::http::response::{Failure, Refusal};

const RETRY_AFTER: HeaderName = HeaderName::from_static("x-retry-after");

/// So many requests within so many seconds of the last one.
struct Rule {
    max: u32,
    seconds: u32,
}

/// The counter of everybody whose address is not known.
const UNKNOWN_ADDRESS: &str = "no-trusted-ip";

/// Not counted: what every page and every other component asks for all the time, at the cost of one short statement
/// and with nothing in it to guess.
const UNCOUNTED: [&str; 2] = ["/get-session", "/jwks"];

/// Whether a request is within the limits; `known` tells whether its path has a route.
pub(crate) fn check(call: &Call<'_>, known: bool) -> Result<(), Failure> {
    let path = bucket(call.path(), known);
    if UNCOUNTED.contains(&path) || !call.settings.rate_limit()? {
        return Ok(());
    }
    let address = call.client_address()?.unwrap_or_else(|| UNKNOWN_ADDRESS.to_owned());
    let Rule { max, seconds } = rule(path);
    let key = format!("{address}|{path}");
    match call.store.count_request(&random_id(call.random), &key, max, seconds, sweeps(call))? {
        None => Ok(()),
        Some(wait) => {
            let message = "Too many requests. Please try again later.".to_owned();
            let refusal = Refusal::uncoded(StatusCode::TOO_MANY_REQUESTS, message);
            Err(refusal.with(RETRY_AFTER, wait.to_string()).into())
        }
    }
}

/// Paths with one counter have one name: guessing tokens or paths gives no fresh counter, and no row for each guess.
fn bucket(path: &str, known: bool) -> &str {
    match path.split('/').nth(1) {
        _ if !known => "/*",
        Some("callback") => "/callback/*",
        Some("reset-password") => "/reset-password",
        _ => path,
    }
}

fn rule(path: &str) -> Rule {
    let begins = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    let (max, seconds) = match path {
        _ if begins(&["/sign-in", "/sign-up", "/change-password", "/change-email"]) => (3, 10),
        // As good for guessing a password as signing in.
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
    Rule { max, seconds }
}

/// One request in 64 clears counters away whose time is long over.
fn sweeps(call: &Call<'_>) -> bool {
    let [byte] = call.bytes::<1>();
    byte < 4
}

/// `rate_limit`: on, off, or (empty) on unless the public address is a local one.
pub(crate) fn parse(text: &str, is_local: bool) -> Result<bool, ApiError> {
    match text.trim() {
        "" => Ok(!is_local),
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(ApiError::internal("variable rate_limit must be on, off or empty")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_guessed_is_counted_strictly() {
        let of = |path| {
            let rule = rule(path);
            (rule.max, rule.seconds)
        };
        for path in ["/sign-in/email", "/sign-in/social", "/sign-up/email", "/change-password", "/verify-password"] {
            assert_eq!(of(path), (3, 10), "{path}");
        }
        assert_eq!(of("/request-password-reset"), (3, 60));
        assert_eq!(of("/oauth2/register"), (5, 60));
        assert_eq!(of("/ok"), (100, 10));
    }

    #[test]
    fn guesses_share_one_counter() {
        assert_eq!(bucket("/reset-password/abc", true), bucket("/reset-password", true));
        assert_eq!(bucket("/callback/google", true), "/callback/*");
        assert_eq!(bucket("/nope/1", false), bucket("/nope/2", false));
        assert_eq!(bucket("/sign-in/email", true), "/sign-in/email");
    }

    #[test]
    fn the_limit_is_on_where_the_public_is() {
        assert_eq!((parse("", true).ok(), parse("", false).ok()), (Some(false), Some(true)));
        assert_eq!((parse("on", true).ok(), parse("off", false).ok()), (Some(true), Some(false)));
        assert!(parse("yes", true).is_err());
    }
}
