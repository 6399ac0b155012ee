//! Opening a second factor as it is stored.

use better_auth::encryption::DecryptionError;
use better_auth::two_factor::backup_codes::BackupCodes;
use better_auth::two_factor::totp::TotpSecret;
use http::StatusCode;

use crate::context::Context;
use crate::http::error::AuthError;
use crate::store::{CodeProof, SecondFactor};
use crate::two_factor::FOREIGN;

/// The secret of the authenticator app.
pub(super) fn secret(context: &Context<'_>, factor: &SecondFactor) -> Result<TotpSecret, AuthError> {
    TotpSecret::open(&context.settings.secret, &factor.sealed_secret).map_err(|error| unreadable(context, error))
}

/// What a code of an authenticator app proves now.
pub(super) fn app_proof(context: &Context<'_>, factor: &SecondFactor, code: &str) -> Result<CodeProof, AuthError> {
    let step = secret(context, factor)?.matching_step(code, context.env.now);
    Ok(step.map_or(CodeProof::None, CodeProof::Step))
}

/// What a backup code proves.
pub(super) fn backup_proof(context: &Context<'_>, factor: &SecondFactor, code: &str) -> Result<CodeProof, AuthError> {
    let secret = &context.settings.secret;
    let codes = BackupCodes::open(secret, &factor.sealed_codes).map_err(|error| unreadable(context, error))?;
    Ok(match codes.without(code) {
        None => CodeProof::None,
        Some(left) => {
            let left = left.seal(secret, context.env.bytes());
            CodeProof::BackupCode { codes: factor.sealed_codes.clone(), left }
        }
    })
}

/// A second factor under another secret lets nobody in, and is no reason for an internal error.
fn unreadable(context: &Context<'_>, error: DecryptionError) -> AuthError {
    context.warn("second_factor", &format!("{error}; list the secret of that server in BETTER_AUTH_SECRETS"));
    AuthError::new(StatusCode::FORBIDDEN, FOREIGN)
}
