//! `POST /sign-out`: ends the session of the cookie, if there is one, and always clears the cookies.

use edge::Response;
use http::StatusCode;
use serde_json::{Value, json};
use user::credentials::check_sign_out;

use crate::answer::{Failure, Refusal, json as answer, set_cookies};
use crate::call::Call;

/// Signs out; never needs a session.
pub(crate) fn sign_out(call: &Call<'_>, body: Option<&Value>) -> Result<Response, Failure> {
    check_sign_out(body).map_err(Refusal::invalid)?;
    if let Some(token) = call.session_token() {
        call.store.end_session(token)?;
    }
    let mut response = answer(StatusCode::OK, &json!({"success": true}));
    set_cookies(&mut response, call.ending_cookies());
    Ok(response)
}
