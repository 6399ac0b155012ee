//! `GET /list-accounts` and `POST /unlink-account`.

use better_auth::social::parse_unlink;
use http::StatusCode;
use http_api::Response;

use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, done, json as answer};
use crate::session::current as session;
use crate::store::Unlinked;

const LAST: Code = ("FAILED_TO_UNLINK_LAST_ACCOUNT", "You can't unlink your last account");
pub(super) const NOT_FOUND: Code = ("ACCOUNT_NOT_FOUND", "Account not found");

/// The accounts of the user, without their secrets.
pub(crate) fn list(call: &Call<'_>) -> Result<Response, Failure> {
    let live = session::require(call)?;
    Ok(answer(StatusCode::OK, &call.store.accounts(&live.user.id)?))
}

/// Removes an account, but never the last one.
pub(crate) fn unlink(call: &Call<'_>) -> Result<Response, Failure> {
    let id = parse_unlink(call.input(Media::Json)?.as_ref()).map_err(Refusal::invalid)?;
    let live = session::require_fresh(call)?;
    match call.store.unlink_account(&live.user.id, &id)? {
        Unlinked::Done => Ok(done()),
        Unlinked::Last => Err(Refusal::bad_request(LAST).into()),
        Unlinked::NotFound => Err(Refusal::bad_request(NOT_FOUND).into()),
    }
}
