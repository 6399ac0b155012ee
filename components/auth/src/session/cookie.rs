//! The cookies of a session.

use better_auth::cookie::{DONT_REMEMBER, SESSION_TOKEN};
use better_auth::{SESSION_SECONDS, SHORT_SESSION_SECONDS, random_id};
use http_api::ApiError;

use crate::context::Context;
use crate::store::{NewSession, SessionClient};

/// Characters of a `UserRecord-Agent` that are kept.
const USER_AGENT_CHARS: usize = 600;

/// The session tokens in the cookies whose signature is right. A browser can send more than one.
pub(crate) fn tokens<'a>(context: &'a Context<'_>) -> Vec<&'a str> {
    let settings = context.settings;
    context.cookies.signed(&settings.cookies.name(SESSION_TOKEN), &settings.secret)
}

/// Whether the session is to end with the browser.
pub(crate) fn is_not_remembered(context: &Context<'_>) -> bool {
    let name = context.settings.cookies.name(DONT_REMEMBER);
    !context.cookies.signed(&name, &context.settings.secret).is_empty()
}

/// A new session for this client, to be stored.
pub(crate) fn new_session(context: &Context<'_>, remember: bool) -> Result<NewSession, ApiError> {
    let random = context.env.random;
    let seconds = if remember { SESSION_SECONDS } else { SHORT_SESSION_SECONDS };
    Ok(NewSession { id: random_id(random), token: random_id(random), seconds, client: client(context)? })
}

/// Sets the cookies of a session. `remember` says whether the browser keeps them; without it the earlier choice holds.
pub(crate) fn begin(context: &Context<'_>, token: &str, remember: Option<bool>) {
    let (style, secret) = (context.settings.cookies, &context.settings.secret);
    let is_kept = remember.unwrap_or_else(|| !is_not_remembered(context));
    context.set_cookie(style.set(SESSION_TOKEN, token, is_kept.then_some(SESSION_SECONDS), secret));
    self::remember(context, is_kept);
}

/// Sets or deletes the cookie that says whether the browser keeps the cookies of its session.
pub(crate) fn remember(context: &Context<'_>, remember: bool) {
    let (style, secret) = (context.settings.cookies, &context.settings.secret);
    if !remember {
        context.set_cookie(style.set(DONT_REMEMBER, "true", None, secret));
    } else if is_not_remembered(context) {
        context.set_cookie(style.clear(&style.name(DONT_REMEMBER)));
    }
}

/// Sets the cookies that end a session.
pub(crate) fn end(context: &Context<'_>) {
    context.settings.cookies.clear_all(&context.cookies).into_iter().for_each(|line| context.set_cookie(line));
}

fn client(context: &Context<'_>) -> Result<SessionClient, ApiError> {
    let address = context.client_address()?.unwrap_or_default();
    let user_agent = context.header("user-agent").unwrap_or_default().chars().take(USER_AGENT_CHARS).collect();
    Ok(SessionClient { address, user_agent })
}
