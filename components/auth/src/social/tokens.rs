//! The tokens of Google that are kept with an account: `POST /get-access-token`, `POST /refresh-token` and
//! `GET /account-info`. Only for the account's owner.

use better_auth::social::google::{GoogleIdentity, PROVIDER};
use better_auth::social::{AccountSelector, id_token};
use http::StatusCode;
use http_api::Response;
use serde_json::{Value, json};

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode, ErrorResponse};
use crate::http::response;
use crate::session::current::{self, SessionRule};
use crate::social::{exchange, provider};
use crate::store::{LiveSession, StoredTokens};

const NO_ACCESS_TOKEN: ErrorCode = ("FAILED_TO_GET_ACCESS_TOKEN", "Failed to get a valid access token");
const NO_REFRESH_TOKEN: ErrorCode = ("REFRESH_TOKEN_NOT_FOUND", "Refresh token not found");
const NOT_REFRESHED: ErrorCode = ("FAILED_TO_REFRESH_ACCESS_TOKEN", "Failed to refresh access token");
const NOT_SUPPORTED: ErrorCode = ("PROVIDER_NOT_SUPPORTED", "");
const NOT_CONFIGURED: ErrorCode =
    ("PROVIDER_NOT_CONFIGURED", "Account is not associated with a configured social provider.");
const ABSENT: ErrorCode = ("ACCESS_TOKEN_NOT_FOUND", "Access token not found");
const NO_USER: ErrorCode = ("FAILED_TO_GET_USER_INFO", "Failed to get user info");
const NOT_FOUND: ErrorCode = ("ACCOUNT_NOT_FOUND", "Account not found");

/// Reads which account a body selects.
pub(crate) fn read_selection(_: &Context<'_>, input: &Input<'_>) -> Result<AccountSelector, AuthError> {
    AccountSelector::parse(input.json(), "body").map_err(AuthError::invalid)
}

/// `POST /get-access-token`: an access token that is still good; a new one if the stored one is not.
pub(crate) fn access_token(
    context: &Context<'_>,
    live: LiveSession,
    selection: AccountSelector,
) -> Result<Response, AuthError> {
    let account = find(context, &live, selection)?;
    require_supported(context, &account)?;
    let account = with_good_token(context, account)?;
    let mut body =
        json!({"accessToken": account.access_token.as_deref().unwrap_or_default(), "scopes": account.scopes()});
    put(&mut body, "accessTokenExpiresAt", &account.access_token_expires_at);
    put(&mut body, "idToken", &account.id_token);
    Ok(response::json(StatusCode::OK, &body))
}

/// `POST /refresh-token`: a new access token.
pub(crate) fn refresh(
    context: &Context<'_>,
    live: LiveSession,
    selection: AccountSelector,
) -> Result<Response, AuthError> {
    let account = find(context, &live, selection)?;
    require_supported(context, &account)?;
    let refresh_token = account.refresh_token.as_deref().filter(|token| !token.is_empty());
    let refresh_token = refresh_token.ok_or_else(|| AuthError::bad_request(NO_REFRESH_TOKEN))?;
    let account = renew(context, &account, refresh_token, NOT_REFRESHED)?;
    let mut body = json!({"scope": account.scope, "providerId": account.provider_id, "accountId": account.id,
        "refreshTokenExpiresAt": account.refresh_token_expires_at});
    put(&mut body, "accessToken", &account.access_token);
    put(&mut body, "refreshToken", &account.refresh_token);
    put(&mut body, "accessTokenExpiresAt", &account.access_token_expires_at);
    put(&mut body, "idToken", &account.id_token);
    Ok(response::json(StatusCode::OK, &body))
}

/// `GET /account-info`: what Google said of the user, by the stored id token. A bad selection comes before a missing
/// session, as at the genuine server.
pub(crate) fn account_info(context: &Context<'_>) -> Result<Response, AuthError> {
    let parameters = Value::Object(context.query_parameters());
    let selection = AccountSelector::parse(Some(&parameters), "query").map_err(AuthError::invalid)?;
    let live = current::require(context, SessionRule::LiveOrEmpty)?;
    let account = find(context, &live, selection)?;
    if account.provider_id != PROVIDER || provider::find(context, PROVIDER)?.is_none() {
        return Err(AuthError::bad_request(NOT_CONFIGURED));
    }
    let account = with_good_token(context, account)?;
    if account.access_token.as_deref().unwrap_or_default().is_empty() {
        return Err(AuthError::bad_request(ABSENT));
    }
    let claims = account.id_token.as_deref().and_then(id_token::unverified_claims);
    let identity = claims.as_ref().and_then(GoogleIdentity::from_claims);
    let (Some(claims), Some(identity)) = (claims, identity) else {
        return Err(AuthError::new(StatusCode::UNAUTHORIZED, NO_USER));
    };
    let mut user = json!({"name": identity.name, "emailVerified": identity.email_verified});
    put(&mut user, "email", &identity.email);
    put(&mut user, "image", &identity.image);
    let account = json!({"id": account.id, "providerId": account.provider_id, "accountId": account.subject});
    Ok(response::json(StatusCode::OK, &json!({"user": user, "data": claims, "account": account})))
}

/// Adds a member, unless there is nothing in it.
fn put(object: &mut Value, name: &str, value: &Option<String>) {
    if let Some(value) = value {
        object[name] = value.as_str().into();
    }
}

/// The selected account, which must be one of the user's.
fn find(context: &Context<'_>, live: &LiveSession, selection: AccountSelector) -> Result<StoredTokens, AuthError> {
    let account = match selection {
        AccountSelector::Account(id) => context.store.account_tokens(&live.user.id, &id)?,
        AccountSelector::Cookie => None,
    };
    account.ok_or_else(|| AuthError::bad_request(NOT_FOUND))
}

fn require_supported(context: &Context<'_>, account: &StoredTokens) -> Result<(), AuthError> {
    match provider::find(context, &account.provider_id)? {
        Some(_) => Ok(()),
        None => {
            let message = format!("Provider {} is not supported.", account.provider_id);
            Err(ErrorResponse::new(StatusCode::BAD_REQUEST, NOT_SUPPORTED).with_message(message).into())
        }
    }
}

/// The account with a token that is good for five seconds at least, if it can be renewed.
fn with_good_token(context: &Context<'_>, account: StoredTokens) -> Result<StoredTokens, AuthError> {
    match &account.refresh_token {
        Some(refresh_token) if account.is_expiring => renew(context, &account, refresh_token, NO_ACCESS_TOKEN),
        _ => Ok(account),
    }
}

/// Gets new tokens from Google and stores them; `failure` is the code of the error if Google gives none.
fn renew(
    context: &Context<'_>,
    account: &StoredTokens,
    refresh_token: &str,
    failure: ErrorCode,
) -> Result<StoredTokens, AuthError> {
    let google = provider::find(context, &account.provider_id)?;
    let tokens = google.and_then(|google| exchange::refresh(context, &google, refresh_token));
    let tokens = tokens.ok_or_else(|| AuthError::bad_request(failure))?;
    let account = context.store.renew_tokens(&account.user_id, &account.id, &tokens)?;
    account.ok_or_else(|| AuthError::bad_request(NOT_FOUND))
}
