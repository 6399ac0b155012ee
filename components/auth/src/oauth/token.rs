//! `POST /oauth2/token` and `POST /oauth2/revoke`: codes for tokens, old refresh tokens for new ones, and their end.

use better_auth::random_id;
use http::StatusCode;
use http_api::{Body, Response};
use oauth_server::{
    AuthorizationCode, ClientCredentials, OAuthError, OAuthParams, RegisteredClient, TokenGrant, TokenMaterial,
    challenge_matches, issue_tokens, split_scopes,
};
use serde_json::Value;

use super::{open, private, refresh, refused};
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::Failure;
use crate::session::token as keys;
use crate::store::SigningKeyRow;
use crate::store::oauth::{NewRefresh, Presented};

/// A request of a client: its form, and who it says it is.
pub(super) struct Asked {
    pub(super) form: OAuthParams,
    pub(super) credentials: Option<ClientCredentials>,
    by_header: bool,
}

impl Asked {
    fn read(call: &Call<'_>) -> Result<Self, Failure> {
        call.input(Media::Form)?;
        let form = match call.request.body() {
            Body::Complete(bytes) => OAuthParams::parse(bytes),
            Body::TooLarge => OAuthParams::default(),
        };
        let header = call.header("authorization");
        let by_header = header.is_some();
        if form.repeated(&["resource"]).is_some() {
            return Err(refused(OAuthError::invalid_request("a parameter is given twice"), by_header));
        }
        let credentials =
            ClientCredentials::read(header.as_deref(), &form).map_err(|error| refused(error, by_header))?;
        Ok(Self { form, credentials, by_header })
    }

    /// A refusal of this request.
    pub(super) fn refuse(&self, error: OAuthError) -> Failure {
        refused(error, self.by_header)
    }

    /// A member of the form that must be there.
    pub(super) fn require(&self, name: &str) -> Result<&str, Failure> {
        self.form.get(name).ok_or_else(|| self.refuse(OAuthError::invalid_request(format!("{name} is required"))))
    }

    /// Who the client says it is.
    pub(super) fn named(&self) -> Result<&ClientCredentials, Failure> {
        self.credentials.as_ref().ok_or_else(|| self.refuse(OAuthError::invalid_request("client_id is required")))
    }

    /// What the token is to be for: a part of what was granted, or all of it.
    pub(super) fn resources(&self, granted: &[String]) -> Result<Vec<String>, OAuthError> {
        let wanted: Vec<String> = self.form.all("resource").map(str::to_owned).collect();
        match wanted.iter().all(|resource| granted.contains(resource)) {
            true if wanted.is_empty() => Ok(granted.to_vec()),
            true => Ok(wanted),
            false => Err(OAuthError::new("invalid_target", "requested resource not authorized")),
        }
    }
}

/// Answers a grant.
pub(super) fn token(call: &Call<'_>) -> Result<Response, Failure> {
    let asked = Asked::read(call)?;
    let answer = match asked.require("grant_type")? {
        "authorization_code" => exchange(call, &asked)?,
        "refresh_token" => refresh::refresh(call, &asked)?,
        other => {
            let text = format!("unsupported grant_type {}", other.chars().take(64).collect::<String>());
            return Err(asked.refuse(OAuthError::new("unsupported_grant_type", text)));
        }
    };
    Ok(private(StatusCode::OK, &answer))
}

/// A code for tokens. An attempt that fails burns it.
fn exchange(call: &Call<'_>, asked: &Asked) -> Result<Value, Failure> {
    let credentials = asked.named()?;
    let code = asked.require("code")?;
    if asked.form.get("code_verifier").is_none() && credentials.secret.is_none() {
        return Err(asked.refuse(OAuthError::invalid_request("Either code_verifier or client_secret is required")));
    }
    let presented = call.store.presented(code, &credentials.client_id, call.settings.key_max_age()?)?;
    let Some(value) = presented.code.as_deref() else { return Err(replayed(call, asked, code)?) };
    let granted =
        AuthorizationCode::parse(value).ok_or_else(|| OAuthError::invalid_grant("malformed verification value"));
    let granted = granted.and_then(|value| accept(asked, credentials, &presented, value));
    match granted {
        Ok(granted) => match grant(call, code, &granted)? {
            Some(answer) => Ok(answer),
            None => Err(replayed(call, asked, code)?),
        },
        Err(error) => {
            call.store.burn(code)?;
            Err(asked.refuse(error))
        }
    }
}

/// What a code that holds gives.
struct Granted<'a> {
    client: &'a RegisteredClient,
    session_id: &'a str,
    value: AuthorizationCode,
    resources: Vec<String>,
    key: Option<&'a SigningKeyRow>,
}

/// Checks all that a code is bound to.
fn accept<'a>(
    asked: &Asked,
    credentials: &ClientCredentials,
    presented: &'a Presented,
    value: AuthorizationCode,
) -> Result<Granted<'a>, OAuthError> {
    if value.parameter("client_id") != Some(credentials.client_id.as_str()) {
        return Err(OAuthError::invalid_grant("invalid client_id"));
    }
    match asked.form.get("redirect_uri") {
        None => return Err(OAuthError::invalid_request("redirect_uri is required")),
        given if given != value.parameter("redirect_uri") => {
            return Err(OAuthError::invalid_grant("redirect_uri mismatch"));
        }
        Some(_) => {}
    }
    let resources = asked.resources(&value.resource)?;
    let client = presented.client.as_ref().ok_or_else(|| OAuthError::invalid_client("missing client"))?;
    client.authenticate(credentials)?;
    let verifier =
        asked.form.get("code_verifier").ok_or_else(|| OAuthError::invalid_request("code_verifier is required"))?;
    if !challenge_matches(value.parameter("code_challenge").unwrap_or_default(), verifier) {
        return Err(OAuthError::invalid_grant("code verification failed"));
    }
    let session_id = presented.session_id.as_deref().filter(|id| *id == value.session_id);
    let session_id = session_id.ok_or_else(|| OAuthError::invalid_grant("session no longer exists"))?;
    match presented.consented {
        true => Ok(Granted { client, session_id, value, resources, key: presented.key.as_ref() }),
        false => Err(OAuthError::invalid_grant("the user has taken the consent back")),
    }
}

/// Burns the code and issues the tokens; none if somebody else was faster.
fn grant(call: &Call<'_>, code: &str, granted: &Granted<'_>) -> Result<Option<Value>, Failure> {
    let Granted { client, session_id, value, resources, key } = granted;
    let scopes = split_scopes(value.parameter("scope").unwrap_or_default());
    let refresh_token = client.allows_grant("refresh_token").then(|| random_id(call.random));
    let auth_time = value.auth_time.map(|milliseconds| milliseconds / 1000);
    let new = NewRefresh {
        id: &random_id(call.random),
        token: refresh_token.as_deref(),
        client_id: &client.client_id,
        session_id,
        user_id: &value.user_id,
        resources: &value.resource,
        scopes: &scopes,
        auth_time,
    };
    if !call.store.exchange(code, &new)? {
        return Ok(None);
    }
    let for_whom = Subject {
        client_id: &client.client_id,
        user_id: &value.user_id,
        session_id: Some(session_id),
        auth_time,
        nonce: value.parameter("nonce"),
        key: *key,
    };
    Ok(Some(tokens(call, &for_whom, &scopes, resources, refresh_token.as_deref())?))
}

/// Who tokens are about, and what signs them.
pub(super) struct Subject<'a> {
    pub(super) client_id: &'a str,
    pub(super) user_id: &'a str,
    pub(super) session_id: Option<&'a str>,
    /// Unix seconds.
    pub(super) auth_time: Option<u64>,
    pub(super) nonce: Option<&'a str>,
    pub(super) key: Option<&'a SigningKeyRow>,
}

/// The answer with its tokens.
pub(super) fn tokens(
    call: &Call<'_>,
    subject: &Subject<'_>,
    scopes: &[String],
    resources: &[String],
    refresh_token: Option<&str>,
) -> Result<Value, Failure> {
    let base = &call.settings.base;
    let grant = TokenGrant {
        issuer: &oauth_server::issuer_url(base),
        userinfo: &oauth_server::userinfo_url(base),
        client_id: subject.client_id,
        user_id: subject.user_id,
        session_id: subject.session_id,
        scopes,
        resources,
        auth_time: subject.auth_time,
        nonce: subject.nonce,
    };
    let (kid, key) = keys::signing_key(call, subject.key)?;
    Ok(issue_tokens(
        &grant,
        &TokenMaterial { now: call.now, kid: &kid, key: &key, jti: &random_id(call.random), refresh_token },
    ))
}

/// A code that is not there, or not any more: whoever got tokens for it loses them.
fn replayed(call: &Call<'_>, asked: &Asked, code: &str) -> Result<Failure, Failure> {
    call.store.revoke_of_code(code)?;
    Ok(asked.refuse(OAuthError::invalid_grant("invalid code")))
}

/// `POST /oauth2/revoke` (RFC 7009): a token that is not known is as good as revoked.
pub(super) fn revoke(call: &Call<'_>) -> Result<Response, Failure> {
    let asked = Asked::read(call)?;
    let token = asked.require("token")?;
    let credentials = asked.named()?;
    let client = call.store.oauth_client(&credentials.client_id)?;
    let client = client.ok_or_else(|| asked.refuse(OAuthError::invalid_client("missing client")))?;
    client.authenticate(credentials).map_err(|error| asked.refuse(error))?;
    if token.split('.').count() == 3 {
        let text = "JWT access tokens are self-contained and cannot be revoked server-side";
        return Err(asked.refuse(OAuthError::new("unsupported_token_type", text)));
    }
    call.store.revoke(token, &client.client_id)?;
    let mut response = http_api::empty(StatusCode::OK);
    open(&mut response);
    Ok(response)
}
