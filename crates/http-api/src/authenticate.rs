//! Who sent a request, by its bearer token (RFC 6750 §2.1).

use http::header::AUTHORIZATION;

use crate::access::record_user;
use crate::error::ApiError;
use crate::request::{Request, header};
use crate::token::Verifier;
use crate::user::{Rejection, User};

/// The user of a request, who is noted for its log line; or why there is none.
pub fn verify_user(request: &Request, verifier: &Verifier) -> Result<User, Rejection> {
    let token = bearer(request).ok_or(Rejection::Missing)?;
    let user = verifier.verify(token)?;
    record_user(request, &user.id);
    Ok(user)
}

/// The user of a request, or 401.
pub fn require_user(request: &Request, verifier: &Verifier) -> Result<User, ApiError> {
    Ok(verify_user(request, verifier)?)
}

/// The user of a request, or 401; 403 if the path names another user.
pub fn require_owner(request: &Request, verifier: &Verifier, path_user_id: &str) -> Result<User, ApiError> {
    let user = require_user(request, verifier)?;
    match user.id == path_user_id {
        true => Ok(user),
        false => Err(ApiError::forbidden("This address belongs to another user.")),
    }
}

/// The bearer token of a request (RFC 6750 §2.1).
pub fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = header(request, AUTHORIZATION.as_str())?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
