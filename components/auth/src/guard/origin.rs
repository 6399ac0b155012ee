//! Where a request comes from, and where it wants to send the browser.

use better_auth::csrf::{self, RequestSource};
use http::StatusCode;
use origin::{LOOPBACK_NAMES, Origin, TrustedOrigins};
use serde_json::Value;

use crate::context::Context;
use crate::http::error::{AuthError, ErrorCode};

/// Which origins may use a route that changes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OriginRule {
    /// With cookies, trusted origins alone.
    Cookies,
    /// The same, and without cookies too, as soon as a browser shows itself: no page of another site may sign a
    /// browser in or out.
    Browser,
}

/// A member that names where to send the browser, its name in messages, and the error for a target that is not trusted.
type Target = (&'static str, &'static str, ErrorCode);

const CALLBACK: Target = ("callbackURL", "callbackURL", ("INVALID_CALLBACK_URL", "Invalid callbackURL"));
const TARGETS: [Target; 4] = [
    CALLBACK,
    ("redirectTo", "redirectURL", ("INVALID_REDIRECT_URL", "Invalid redirectURL")),
    ("errorCallbackURL", "errorCallbackURL", ("INVALID_ERROR_CALLBACK_URL", "Invalid errorCallbackURL")),
    ("newUserCallbackURL", "newUserCallbackURL", ("INVALID_NEW_USER_CALLBACK_URL", "Invalid newUserCallbackURL")),
];

/// Every write: with cookies from a trusted origin alone, and with trusted targets alone.
pub(super) fn check(context: &Context<'_>, body: Option<&Value>) -> Result<(), AuthError> {
    with_trusted(context, |trusted| {
        check_sender(context, |sender| sender.check(trusted))?;
        check_targets(context, body, trusted)
    })
}

/// What a rule demands beyond that, once the input was found to be valid: the genuine server's order.
pub(crate) fn check_rule(context: &Context<'_>, rule: OriginRule) -> Result<(), AuthError> {
    match rule {
        OriginRule::Cookies => Ok(()),
        OriginRule::Browser => {
            with_trusted(context, |trusted| check_sender(context, |sender| sender.check_sign_in(trusted)))
        }
    }
}

/// The `callbackURL` in the query of a GET request.
pub(crate) fn check_callback(context: &Context<'_>, target: Option<&str>) -> Result<(), AuthError> {
    let (_, _, code) = CALLBACK;
    with_trusted(context, |trusted| match target.filter(|target| !target.is_empty()) {
        Some(target) if !trusted.allows_target(target) => Err(AuthError::new(StatusCode::FORBIDDEN, code)),
        _ => Ok(()),
    })
}

/// Applies a rule with this server's own origin as the trusted one, which is enough for most requests, then with the
/// name of this machine that the browser opened, and only then with those of the settings.
fn with_trusted(
    context: &Context<'_>,
    rule: impl Fn(&TrustedOrigins) -> Result<(), AuthError>,
) -> Result<(), AuthError> {
    let allows = |own: &Origin| rule(&TrustedOrigins::own(own)).is_ok();
    match allows(&context.settings.base) || opened_here(context).as_ref().is_some_and(allows) {
        true => Ok(()),
        false => rule(&context.settings.trusted()?),
    }
}

/// The origin of this request where the public address is a local one and the browser opened it under another name of
/// this machine: `http://127.0.0.1:3000` for `http://localhost:3000`.
fn opened_here(context: &Context<'_>) -> Option<Origin> {
    let host = context.header("host").filter(|host| context.settings.in_development() && is_this_machine(host))?;
    context.settings.base.with_host(&host)
}

fn check_targets(context: &Context<'_>, body: Option<&Value>, trusted: &TrustedOrigins) -> Result<(), AuthError> {
    for (member, label, code) in TARGETS {
        let given = body.and_then(|body| body.get(member)).filter(|value| is_truthy(value)).cloned();
        let given = given.or_else(|| if member == CALLBACK.0 { target_in_query(context) } else { None });
        match given {
            None => {}
            Some(Value::String(target)) if trusted.allows_target(&target) => {}
            Some(Value::String(_)) => return Err(AuthError::new(StatusCode::FORBIDDEN, code)),
            Some(_) => return Err(AuthError::uncoded(format!("Invalid {label}: expected a string"))),
        }
    }
    Ok(())
}

fn check_sender(
    context: &Context<'_>,
    rule: impl Fn(&RequestSource<'_>) -> Result<(), csrf::CsrfError>,
) -> Result<(), AuthError> {
    with_sender(context, |sender| rule(sender)).map_err(|error| AuthError::new(StatusCode::FORBIDDEN, csrf_code(error)))
}

/// Whether a script of our own page or of a trusted one sends the request.
pub(crate) fn is_trusted_script(context: &Context<'_>) -> bool {
    let is_trusted = |trusted: &TrustedOrigins| with_sender(context, |sender| sender.is_trusted_script(trusted));
    with_trusted(context, |trusted| is_trusted(trusted).then_some(()).ok_or_else(AuthError::unauthorized)).is_ok()
}

fn with_sender<T>(context: &Context<'_>, rule: impl Fn(&RequestSource<'_>) -> T) -> T {
    let names = ["cookie", "origin", "referer", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "host"];
    let [cookie, origin, referer, site, mode, dest, host] = names.map(|name| context.header(name));
    let sender = RequestSource {
        has_cookies: cookie.is_some(),
        origin: origin.as_deref(),
        referer: referer.as_deref(),
        fetch_site: site.as_deref(),
        fetch_mode: mode.as_deref(),
        fetch_dest: dest.as_deref(),
        own: host.and_then(|host| context.settings.base.with_host(&host)),
    };
    rule(&sender)
}

fn csrf_code(error: csrf::CsrfError) -> ErrorCode {
    match error {
        csrf::CsrfError::MissingOrigin => ("MISSING_OR_NULL_ORIGIN", "Missing or null Origin"),
        csrf::CsrfError::UntrustedOrigin => ("INVALID_ORIGIN", "Invalid origin"),
        csrf::CsrfError::CrossSiteNavigation => (
            "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED",
            "Cross-site navigation login blocked. This request appears to be a CSRF attack.",
        ),
    }
}

fn target_in_query(context: &Context<'_>) -> Option<Value> {
    let mut values = context.query_values(CALLBACK.0);
    match values.len() {
        0 | 1 => values.pop().filter(|value| !value.is_empty()).map(Value::String),
        _ => Some(Value::from(values)),
    }
}

/// Whether JavaScript takes the value for true.
fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
        _ => true,
    }
}

/// Whether a `Host` is this machine's own name or address, with or without a port.
pub(crate) fn is_this_machine(host: &str) -> bool {
    LOOPBACK_NAMES.iter().any(|name| match host.strip_prefix(name) {
        Some("") => true,
        Some(rest) => rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok()),
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_reach_the_names_of_this_machine() {
        for host in ["localhost", "localhost:3000", "127.0.0.1:3000", "[::1]:3000", "[::1]"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "rebind.evil.example", "localhost.evil.example:3000", "localhost:x", "127.0.0.1.evil", "::1"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
