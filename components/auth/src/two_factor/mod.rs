//! The second factor of Better Auth's two-factor plugin: a sign-in by password waits for a code of an authenticator app, of a mail or a
//! backup code, unless the device is trusted. Google, which may ask for more by itself, stays a way in.

pub(crate) mod challenge;
pub(crate) mod mailed_code;
pub(crate) mod set_up;
mod stored;
pub(crate) mod verify;

use http::StatusCode;

use crate::http::error::{AuthError, ErrorCode};

const INVALID_COOKIE: ErrorCode = ("INVALID_TWO_FACTOR_COOKIE", "Invalid two factor cookie");
const NO_APP: ErrorCode = ("TOTP_NOT_ENABLED", "TOTP not enabled");
const NO_BACKUP_CODES: ErrorCode = ("BACKUP_CODES_NOT_ENABLED", "Backup codes aren't enabled");
const INVALID_CODE: ErrorCode = ("INVALID_CODE", "Invalid code");
const INVALID_BACKUP_CODE: ErrorCode = ("INVALID_BACKUP_CODE", "Invalid backup code");
const EXHAUSTED: ErrorCode = ("TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE", "Too many attempts. Please request a new code.");
const LOCKED: ErrorCode = (
    "ACCOUNT_TEMPORARILY_LOCKED",
    "Too many failed verification attempts. Your account is temporarily locked. Please try again later.",
);
const OTP_EXPIRED: ErrorCode = ("OTP_HAS_EXPIRED", "OTP has expired");
const ALREADY: ErrorCode = ("TOTP_ALREADY_ENABLED", "TOTP is already enabled");
const OTP_OFF: ErrorCode = ("OTP_NOT_CONFIGURED", "OTP is not available");
const OFF: ErrorCode = ("TWO_FACTOR_NOT_ENABLED", "Two factor isn't enabled");
/// This server cannot ask for the second factor of the account.
const FOREIGN: ErrorCode = (
    "TWO_FACTOR_REQUIRED",
    "This account asks for a second factor that this server cannot check. Sign in with Google, or at the server where you set it up.",
);

fn unauthorized(code: ErrorCode) -> AuthError {
    AuthError::new(StatusCode::UNAUTHORIZED, code)
}
