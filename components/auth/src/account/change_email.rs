//! `POST /change-email`: the address changes when its new owner follows the link, never before.

use better_auth::EmailAddress;
use better_auth::email_token::{CHANGE_CONFIRMED, CHANGE_VERIFIED};
use better_auth::validation::{InputReader, any, email};
use http::StatusCode;
use http_api::Response;

use crate::account::verify_email::post_change;
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, done};
use crate::session::current as session;

const DISABLED: Code = ("CHANGE_EMAIL_DISABLED", "Change email is disabled");

/// Sends the first mail. The answer does not tell whether somebody has the new address already.
pub(crate) fn change(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let mut members = InputReader::of(body.as_ref(), &["object"]).map_err(Refusal::invalid)?;
    let new = EmailAddress::parse(members.text("newEmail", email));
    let target = members.optional_text("callbackURL", any);
    let new = members.finish(new).map_err(Refusal::invalid)?;
    let user = session::require(call)?.user;
    if !call.settings.mail()?.is_on() {
        return Err(Refusal::bad_request(DISABLED).into());
    }
    let Some(new) = new.filter(|new| new.as_str() != user.email) else {
        return Err(Refusal::uncoded(StatusCode::BAD_REQUEST, "Email is the same".to_owned()).into());
    };
    if call.store.credential(&new)?.is_none() {
        let step = if user.email_verified { CHANGE_CONFIRMED } else { CHANGE_VERIFIED };
        post_change(call, step, &user, &new, target)?;
    }
    Ok(done())
}
