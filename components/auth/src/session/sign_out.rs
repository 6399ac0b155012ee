//! `POST /sign-out`: ends the session of the cookie, if there is one, and always clears the cookies.

use better_auth::credentials::check_sign_out;
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::context::Call;
use crate::guard::origin;
use crate::http::body::Media;
use crate::http::response::{Failure, Refusal, json as answer};

/// Signs out; never needs a session. A page of another site may not: its form comes without the cookies, but the answer
/// would take them from the browser.
pub(crate) fn sign_out(call: &Call<'_>) -> Result<Response, Failure> {
    check_sign_out(call.input(Media::Json)?.as_ref()).map_err(Refusal::invalid)?;
    origin::check_sign_in(call)?;
    if let Some(token) = call.session_token() {
        call.store.end_session(token)?;
    }
    call.end_session();
    Ok(answer(StatusCode::OK, &json!({"success": true})))
}
