//! Where a changing request comes from, and where it wants the browser to go.

use better_auth::csrf::{self, RequestSource};
use http::StatusCode;
use origin::TrustedOrigins;
use serde_json::Value;

use crate::context::Call;
use crate::http::response::{Failure, Refusal};

/// Members that name a redirect target: the member, what it is called in a message, and its refusal.
const TARGETS: [(&str, &str, &str, &str); 4] = [
    ("callbackURL", "callbackURL", "INVALID_CALLBACK_URL", "Invalid callbackURL"),
    ("redirectTo", "redirectURL", "INVALID_REDIRECT_URL", "Invalid redirectURL"),
    ("errorCallbackURL", "errorCallbackURL", "INVALID_ERROR_CALLBACK_URL", "Invalid errorCallbackURL"),
    ("newUserCallbackURL", "newUserCallbackURL", "INVALID_NEW_USER_CALLBACK_URL", "Invalid newUserCallbackURL"),
];

/// Every changing request: with cookies from a trusted origin alone, and redirect targets that are trusted.
pub(crate) fn check(call: &Call<'_>, body: Option<&Value>) -> Result<(), Failure> {
    trusting(call, |trusted| {
        judge(call, |sender| sender.check(trusted))?;
        check_targets(call, body, trusted)
    })
}

/// The `callbackURL` of a GET request, read from its query.
pub(crate) fn check_callback(call: &Call<'_>, target: Option<&str>) -> Result<(), Failure> {
    let (_, _, code, message) = TARGETS[0];
    trusting(call, |trusted| match target.filter(|target| !target.is_empty()) {
        Some(target) if !trusted.allows_target(target) => Err(Refusal::new(StatusCode::FORBIDDEN, (code, message))),
        _ => Ok(()),
    })
}

/// Sign-in and sign-up as well: no other site's page may sign a browser in.
pub(crate) fn check_sign_in(call: &Call<'_>) -> Result<(), Failure> {
    trusting(call, |trusted| judge(call, |sender| sender.check_sign_in(trusted)))
}

/// Applies a rule with our own origin trusted, which is enough for most requests, and if it refuses with the listed ones too.
fn trusting(call: &Call<'_>, rule: impl Fn(&TrustedOrigins) -> Result<(), Refusal>) -> Result<(), Failure> {
    match rule(&TrustedOrigins::own(&call.settings.base)) {
        Ok(()) => Ok(()),
        Err(_) => Ok(rule(&call.settings.trusted()?)?),
    }
}

fn check_targets(call: &Call<'_>, body: Option<&Value>, trusted: &TrustedOrigins) -> Result<(), Refusal> {
    for (member, label, code, message) in TARGETS {
        let given = body.and_then(|body| body.get(member)).filter(|value| is_truthy(value)).cloned();
        let given = given.or_else(|| if member == "callbackURL" { target_in_query(call) } else { None });
        match given {
            None => {}
            Some(Value::String(target)) if trusted.allows_target(&target) => {}
            Some(Value::String(_)) => return Err(Refusal::new(StatusCode::FORBIDDEN, (code, message))),
            Some(_) => {
                let message = format!("Invalid {label}: expected a string");
                return Err(Refusal::uncoded(StatusCode::BAD_REQUEST, message));
            }
        }
    }
    Ok(())
}

fn judge(call: &Call<'_>, rule: impl Fn(&RequestSource<'_>) -> Result<(), csrf::CsrfError>) -> Result<(), Refusal> {
    let names = ["origin", "referer", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "host"];
    let [origin, referer, site, mode, dest, host] = names.map(|name| call.header(name));
    let sender = RequestSource {
        has_cookies: call.request.headers().contains_key("cookie"),
        origin: origin.as_deref(),
        referer: referer.as_deref(),
        fetch_site: site.as_deref(),
        fetch_mode: mode.as_deref(),
        fetch_dest: dest.as_deref(),
        own: host.and_then(|host| call.settings.base.with_host(&host)),
    };
    let refused = |why| Refusal::new(StatusCode::FORBIDDEN, why);
    rule(&sender).map_err(|why| {
        refused(match why {
            csrf::CsrfError::MissingOrigin => ("MISSING_OR_NULL_ORIGIN", "Missing or null Origin"),
            csrf::CsrfError::UntrustedOrigin => ("INVALID_ORIGIN", "Invalid origin"),
            csrf::CsrfError::CrossSiteNavigation => (
                "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED",
                "Cross-site navigation login blocked. This request appears to be a CSRF attack.",
            ),
        })
    })
}

fn target_in_query(call: &Call<'_>) -> Option<Value> {
    let mut values = call.query("callbackURL");
    match values.len() {
        0 | 1 => values.pop().filter(|value| !value.is_empty()).map(Value::String),
        _ => Some(Value::from(values)),
    }
}

/// What JavaScript takes for given.
fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
        _ => true,
    }
}
