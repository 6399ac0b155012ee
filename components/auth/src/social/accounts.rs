//! `GET /list-accounts` and `POST /unlink-account`.

use better_auth::social::parse_unlink;
use http::StatusCode;
use http_api::Response;

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::{json, status_true};
use crate::store::{LiveSession, UnlinkOutcome};

const LAST: ErrorCode = ("FAILED_TO_UNLINK_LAST_ACCOUNT", "You can't unlink your last account");
const NOT_FOUND: ErrorCode = ("ACCOUNT_NOT_FOUND", "Account not found");

/// The accounts of the user, without their secrets.
pub(crate) fn list(context: &Context<'_>, live: LiveSession) -> Result<Response, AuthError> {
    Ok(json(StatusCode::OK, &context.store.accounts(&live.user.id)?))
}

/// The id of the account to be removed.
pub(crate) fn read_id(_: &Context<'_>, input: &Input<'_>) -> Result<String, AuthError> {
    parse_unlink(input.json()).map_err(AuthError::invalid)
}

/// Removes an account, but never the last one.
pub(crate) fn unlink(context: &Context<'_>, live: LiveSession, id: String) -> Result<Response, AuthError> {
    match context.store.unlink_account(&live.user.id, &id)? {
        UnlinkOutcome::Done => Ok(status_true()),
        UnlinkOutcome::Last => Err(AuthError::bad_request(LAST)),
        UnlinkOutcome::NotFound => Err(AuthError::bad_request(NOT_FOUND)),
    }
}
