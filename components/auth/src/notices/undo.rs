//! `/undo`, where the link of a mail about an account leads: a page with a button, which undoes what the mail told about.
//! Who presses it reads the mails of the account, as with a link that sets a new password.

use better_auth::random_id;
use better_auth::target::with_parameters;
use http::StatusCode;
use http_api::Response;

use crate::account::email_link::EmailLink;
use crate::account::link_page::LinkPage;
use crate::account::reset_token;
use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::see_other;
use crate::notices::act::NoticedAct;
use crate::store::NewMarker;

const INVALID_TOKEN: ErrorCode = ("INVALID_TOKEN", "Invalid token");
/// The page that asks for a new password.
const NEW_PASSWORD_PAGE: &str = "/reset-password";
const SETTINGS_PAGE: &str = "/settings";

/// The identifier of the row of a link.
pub(super) fn identifier(token: &str) -> String {
    format!("undo:{token}")
}

/// `GET`: the page of a link that is good.
pub(crate) fn show(context: &Context<'_>) -> Result<Response, AuthError> {
    let link = EmailLink::read(context)?;
    let act = context.store.verification(&identifier(&link.token))?.as_deref().and_then(NoticedAct::parse);
    let act = act.ok_or_else(invalid)?;
    Ok(LinkPage::undo(&link.token, &act.page_words()).into_response(StatusCode::OK))
}

/// `POST`: the button.
pub(crate) fn press(context: &Context<'_>, link: EmailLink) -> Result<Response, AuthError> {
    let act = context.store.consume_verification(&identifier(&link.token))?.as_deref().and_then(NoticedAct::parse);
    let (user_id, address) = match act.as_ref().ok_or_else(invalid)? {
        NoticedAct::Client { user_id, client_id } => {
            context.store.disconnect_client(client_id, user_id)?;
            return Ok(see_other(SETTINGS_PAGE));
        }
        NoticedAct::SignIn { user_id } | NoticedAct::Password { user_id } => (user_id, None),
        NoticedAct::Address { user_id, old, new } => (user_id, Some((old.as_str(), new.as_str()))),
    };
    let token = reset_token::generate(context.env.random);
    let reset = NewMarker { id: random_id(context.env.random), identifier: reset_token::identifier(&token) };
    match context.store.take_back(user_id, address, &reset, reset_token::TOKEN_SECONDS)? {
        true => Ok(see_other(&with_parameters(NEW_PASSWORD_PAGE, &[("token", &token)]))),
        false => Err(invalid()),
    }
}

/// Reads the form of the page.
pub(crate) fn read(_: &Context<'_>, input: &Input<'_>) -> Result<EmailLink, AuthError> {
    EmailLink::read_form(input)
}

fn invalid() -> AuthError {
    AuthError::new(StatusCode::UNAUTHORIZED, INVALID_TOKEN)
}
