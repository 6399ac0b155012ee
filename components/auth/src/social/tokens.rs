//! The tokens of Google that are kept with an account: `POST /get-access-token`, `POST /refresh-token` and
//! `GET /account-info`. Only for the account's owner.

use better_auth::social::google::{GoogleIdentity, PROVIDER};
use better_auth::social::{AccountSelector, id_token};
use http::StatusCode;
use http_api::Response;
use serde_json::{Value, json};

use super::accounts::NOT_FOUND;
use super::{exchange, provider};
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Code, Failure, Refusal, json as answer};
use crate::session::current as session;
use crate::store::StoredTokens;

const NO_ACCESS_TOKEN: Code = ("FAILED_TO_GET_ACCESS_TOKEN", "Failed to get a valid access token");
const NO_REFRESH_TOKEN: Code = ("REFRESH_TOKEN_NOT_FOUND", "Refresh token not found");
const NOT_REFRESHED: Code = ("FAILED_TO_REFRESH_ACCESS_TOKEN", "Failed to refresh access token");
const NOT_SUPPORTED: Code = ("PROVIDER_NOT_SUPPORTED", "");
const NOT_CONFIGURED: Code =
    ("PROVIDER_NOT_CONFIGURED", "Account is not associated with a configured social provider.");
const ABSENT: Code = ("ACCESS_TOKEN_NOT_FOUND", "Access token not found");
const NO_USER: Code = ("FAILED_TO_GET_USER_INFO", "Failed to get user info");

/// An access token that is still good; a new one where the kept one is not.
pub(crate) fn access_token(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let account = find(call, AccountSelector::parse(body.as_ref(), "body"))?;
    let account = valid(call, supported(call, account)?)?;
    let mut shown =
        json!({"accessToken": account.access_token.as_deref().unwrap_or_default(), "scopes": account.scopes()});
    put(&mut shown, "accessTokenExpiresAt", &account.access_token_expires_at);
    put(&mut shown, "idToken", &account.id_token);
    Ok(answer(StatusCode::OK, &shown))
}

/// A new access token.
pub(crate) fn refresh(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let account = find(call, AccountSelector::parse(body.as_ref(), "body"))?;
    let account = supported(call, account)?;
    let refresh_token = account.refresh_token.as_deref().filter(|token| !token.is_empty());
    let refresh_token = refresh_token.ok_or_else(|| Refusal::bad_request(NO_REFRESH_TOKEN))?;
    let account = renewed(call, &account, refresh_token, NOT_REFRESHED)?;
    let mut shown = json!({"scope": account.scope, "providerId": account.provider_id, "accountId": account.id,
        "refreshTokenExpiresAt": account.refresh_token_expires_at});
    put(&mut shown, "accessToken", &account.access_token);
    put(&mut shown, "refreshToken", &account.refresh_token);
    put(&mut shown, "accessTokenExpiresAt", &account.access_token_expires_at);
    put(&mut shown, "idToken", &account.id_token);
    Ok(answer(StatusCode::OK, &shown))
}

/// What Google said of the user, as it stands in the kept id token.
pub(crate) fn info(call: &Call<'_>) -> Result<Response, Failure> {
    let account = find(call, AccountSelector::parse(Some(&Value::Object(call.parameters())), "query"))?;
    if account.provider_id != PROVIDER || provider(call, PROVIDER)?.is_none() {
        return Err(Refusal::bad_request(NOT_CONFIGURED).into());
    }
    let account = valid(call, account)?;
    if account.access_token.as_deref().unwrap_or_default().is_empty() {
        return Err(Refusal::bad_request(ABSENT).into());
    }
    let claims = account.id_token.as_deref().and_then(id_token::unverified_claims);
    let identity = claims.as_ref().and_then(GoogleIdentity::from_claims);
    let (Some(claims), Some(identity)) = (claims, identity) else {
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, NO_USER).into());
    };
    let mut user = json!({"name": identity.name, "emailVerified": identity.email_verified});
    put(&mut user, "email", &identity.email);
    put(&mut user, "image", &identity.image);
    let whose = json!({"id": account.id, "providerId": account.provider_id, "accountId": account.subject});
    Ok(answer(StatusCode::OK, &json!({"user": user, "data": claims, "account": whose})))
}

/// A member that is left out when there is nothing in it.
fn put(object: &mut Value, name: &str, value: &Option<String>) {
    if let Some(value) = value {
        object[name] = value.as_str().into();
    }
}

/// The selected account, which must be one of the user's. Without a session there is nothing in the answer.
fn find(call: &Call<'_>, selection: Result<AccountSelector, String>) -> Result<StoredTokens, Failure> {
    let selection = selection.map_err(Refusal::invalid)?;
    let Some(live) = session::find(call)? else { return Err(Failure::Silent(StatusCode::UNAUTHORIZED)) };
    let found = match selection {
        AccountSelector::Account(id) => call.store.account_tokens(&live.user.id, &id)?,
        AccountSelector::Cookie => None,
    };
    found.ok_or_else(|| Refusal::bad_request(NOT_FOUND).into())
}

fn supported(call: &Call<'_>, account: StoredTokens) -> Result<StoredTokens, Failure> {
    match provider(call, &account.provider_id)? {
        Some(_) => Ok(account),
        None => {
            let message = format!("Provider {} is not supported.", account.provider_id);
            Err(Refusal::bad_request(NOT_SUPPORTED).saying(message).into())
        }
    }
}

/// The account with a token that is good for five seconds at least, if one can be had.
fn valid(call: &Call<'_>, account: StoredTokens) -> Result<StoredTokens, Failure> {
    match &account.refresh_token {
        Some(refresh_token) if account.is_expiring => renewed(call, &account, refresh_token, NO_ACCESS_TOKEN),
        _ => Ok(account),
    }
}

fn renewed(
    call: &Call<'_>,
    account: &StoredTokens,
    refresh_token: &str,
    otherwise: Code,
) -> Result<StoredTokens, Failure> {
    let google = provider(call, &account.provider_id)?;
    let tokens = google.and_then(|google| exchange::refresh(call, &google, refresh_token));
    let tokens = tokens.ok_or_else(|| Refusal::bad_request(otherwise))?;
    let renewed = call.store.renew_tokens(&account.user_id, &account.id, &tokens)?;
    renewed.ok_or_else(|| Refusal::bad_request(NOT_FOUND).into())
}
