//! The session of a user who signs in with Google.

use better_auth::random_id;
use better_auth::social::account_id;
use better_auth::social::google::{GoogleIdentity, GoogleTokens};

use crate::context::Context;
use crate::http::error::AuthError;
use crate::notices;
use crate::session::cookie;
use crate::store::{NewSession, SocialOutcome, SocialSignIn};

/// Begins a session for the user of this account: a known one, a new one, or one whose address both sides know to
/// be theirs.
pub(super) fn sign_in(
    context: &Context<'_>,
    identity: &GoogleIdentity,
    email: &str,
    tokens: &GoogleTokens,
) -> Result<(SocialOutcome, NewSession), AuthError> {
    let session = cookie::new_session(context, !cookie::is_not_remembered(context))?;
    let user_id = random_id(context.env.random);
    let account_id = account_id(&context.settings.secret, &identity.subject);
    let wanted = SocialSignIn { identity, email, tokens, user_id: &user_id, account_id: &account_id };
    let mut outcome = context.store.social_sign_in(&wanted, &session)?;
    if matches!(outcome, SocialOutcome::Lost) {
        // Another request made the user or the account at this moment: now they are there.
        outcome = context.store.social_sign_in(&wanted, &session)?;
    }
    if let SocialOutcome::SignedIn { user, .. } = &outcome {
        cookie::begin(context, &session.token, None);
        notices::signed_in(context, &user.id, &user.email);
    }
    Ok((outcome, session))
}
