//! Setting a second factor up and switching it off: `POST /two-factor/enable`, `/disable`, `/get-totp-uri` and
//! `/generate-backup-codes`. Each asks for the password.

use better_auth::random_id;
use better_auth::two_factor::backup_codes::BackupCodes;
use better_auth::two_factor::input::{SecondFactorMethod, SetUpRequest};
use better_auth::two_factor::totp::TotpSecret;
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::account::password;
use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::AuthError;
use crate::http::response::{self, status_true};
use crate::session::cookie;
use crate::store::LiveSession;
use crate::two_factor::{ALREADY, NO_APP, OFF, OTP_OFF, challenge, stored};

/// The name of the app in authenticator apps.
const ISSUER: &str = "Todo";

/// Reads the body of `/enable`.
pub(crate) fn read(_: &Context<'_>, input: &Input<'_>) -> Result<SetUpRequest, AuthError> {
    SetUpRequest::parse(input.json()).map_err(AuthError::invalid)
}

/// `/enable`: a secret for an authenticator app, and backup codes. They count once a code confirmed them.
pub(crate) fn enable(context: &Context<'_>, live: LiveSession, wanted: SetUpRequest) -> Result<Response, AuthError> {
    password::require(context, &live.user.id, &wanted.password)?;
    if wanted.method == SecondFactorMethod::Otp {
        return Err(AuthError::bad_request(OTP_OFF));
    }
    let known = context.store.second_factor(&live.user.id)?;
    if known.is_some_and(|factor| factor.is_verified && live.user.two_factor_enabled) {
        return Err(AuthError::bad_request(ALREADY));
    }
    let (env, secret) = (context.env, &context.settings.secret);
    let (app, codes) = (TotpSecret::generate(env.random), BackupCodes::generate(env.random));
    let (sealed_app, sealed_codes) = (app.seal(secret, env.bytes()), codes.seal(secret, env.bytes()));
    context.store.set_up_second_factor(&live.user.id, &random_id(env.random), &sealed_app, &sealed_codes)?;
    let uri = app.uri(wanted.issuer.as_deref().unwrap_or(ISSUER), &live.user.email);
    let body = json!({"method": "totp", "totpURI": uri, "backupCodes": codes.codes()});
    Ok(response::json(StatusCode::OK, &body))
}

/// `/disable`: the password is enough from now on. The session is replaced by another one.
pub(crate) fn disable(context: &Context<'_>, live: LiveSession, password: String) -> Result<Response, AuthError> {
    password::require(context, &live.user.id, &password)?;
    let session = cookie::new_session(context, !cookie::is_not_remembered(context))?;
    context.store.switch_off_second_factor(&live.user.id, &live.session.id, &session)?;
    cookie::begin(context, &session.token, None);
    challenge::end_trust(context);
    Ok(status_true())
}

/// `/get-totp-uri`: the secret again, for another authenticator app.
pub(crate) fn totp_uri(context: &Context<'_>, live: LiveSession, password: String) -> Result<Response, AuthError> {
    let factor = context.store.second_factor(&live.user.id)?.ok_or_else(|| AuthError::bad_request(NO_APP))?;
    password::require(context, &live.user.id, &password)?;
    let uri = stored::secret(context, &factor)?.uri(ISSUER, &live.user.email);
    Ok(response::json(StatusCode::OK, &json!({"totpURI": uri})))
}

/// `/generate-backup-codes`: new ones, which void those so far.
pub(crate) fn replace_backup_codes(
    context: &Context<'_>,
    live: LiveSession,
    password: String,
) -> Result<Response, AuthError> {
    if !live.user.two_factor_enabled {
        return Err(AuthError::bad_request(OFF));
    }
    password::require(context, &live.user.id, &password)?;
    let codes = BackupCodes::generate(context.env.random);
    let sealed = codes.seal(&context.settings.secret, context.env.bytes());
    if !context.store.replace_backup_codes(&live.user.id, &sealed)? {
        return Err(AuthError::bad_request(OFF));
    }
    Ok(response::json(StatusCode::OK, &json!({"status": true, "backupCodes": codes.codes()})))
}
