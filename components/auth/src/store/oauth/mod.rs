//! OAuth clients, consents, codes and tokens, on the tables of Better Auth's oauth-provider.

mod sql;

use better_auth::UserRecord;
use db::{DbError, Param, Row};
use oauth_server::{
    AuthorizationCode, AuthorizationRequest, ClientRegistration, REFRESH_SECONDS, REPLAY_SECONDS, RegisteredClient,
    sha256_base64url,
};
use serde_json::{Value, json};

use crate::store::database::Store;
use crate::store::keys::{SigningKeyRow, key_params, lasting_key};
use crate::store::rows::{opt_text, text, user as read_user};

/// What stands behind a code that a client presents.
pub(crate) struct CodeGrant {
    /// The value of the code's row.
    pub(crate) code: Option<String>,
    /// The client that the request names.
    pub(crate) client: Option<RegisteredClient>,
    /// The session it was given in, while that lives.
    pub(crate) session_id: Option<String>,
    /// Whether the user still allows the client in.
    pub(crate) consented: bool,
    /// What signs, unless it is time for the next key.
    pub(crate) key: Option<SigningKeyRow>,
}

/// A refresh token and what belongs to it.
pub(crate) struct RefreshGrant {
    pub(crate) id: String,
    pub(crate) client: RegisteredClient,
    pub(crate) user_id: String,
    pub(crate) session_id: Option<String>,
    pub(crate) code_id: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) resources: Vec<String>,
    /// Unix seconds.
    pub(crate) auth_time: Option<u64>,
    pub(crate) expired: bool,
    /// Whether it was used or revoked.
    pub(crate) used: bool,
    /// The encrypted answer of its use, while that may be repeated.
    pub(crate) replay: Option<String>,
    pub(crate) consented: bool,
    /// What signs, unless it is time for the next key.
    pub(crate) key: Option<SigningKeyRow>,
}

/// A refresh token that begins with a code.
pub(crate) struct NewRefreshToken<'a> {
    pub(crate) id: &'a str,
    /// None where the client is not to stay connected.
    pub(crate) token: Option<&'a str>,
    pub(crate) client_id: &'a str,
    pub(crate) session_id: &'a str,
    pub(crate) user_id: &'a str,
    pub(crate) resources: &'a [String],
    pub(crate) scopes: &'a [String],
    pub(crate) auth_time: Option<u64>,
}

impl Store<'_> {
    /// A client by its id.
    pub(crate) fn oauth_client(&self, client_id: &str) -> Result<Option<RegisteredClient>, DbError> {
        let row = self.db()?.query_one(sql::CLIENT, &[text(client_id)])?;
        Ok(row.map(|row| client(&row)).transpose()?.flatten())
    }

    /// A client by its id, if what it said of itself is no older than an hour.
    pub(crate) fn recent_oauth_client(&self, client_id: &str) -> Result<Option<RegisteredClient>, DbError> {
        let row = self.db()?.query_one(sql::RECENT_CLIENT, &[text(client_id)])?;
        Ok(row.map(|row| client(&row)).transpose()?.flatten())
    }

    /// Adds a client, or what it says of itself now; those that were never used go after a day.
    pub(crate) fn add_oauth_client(
        &self,
        new: &ClientRegistration,
        ids: [&str; 3],
        resource: &str,
    ) -> Result<(), DbError> {
        let [id, resource_id, link_id] = ids;
        let params = [text(id), text(&new.to_row().to_string()), text(resource), text(resource_id), text(link_id)];
        self.db()?.query(sql::ADD_CLIENT, &params).map(|_| ())
    }

    /// Keeps a code, if the user consented to what it is for.
    pub(crate) fn add_code(
        &self,
        id: &str,
        code: &str,
        value: &AuthorizationCode,
        asked: &AuthorizationRequest,
    ) -> Result<bool, DbError> {
        let params = [
            text(id),
            text(&sha256_base64url(code)),
            text(&value.to_json()),
            Param::Int64(oauth_server::CODE_SECONDS.cast_signed()),
            text(asked.params.get("client_id").unwrap_or_default()),
            text(&value.user_id),
            list(&asked.scopes),
            list(&asked.resources),
        ];
        Ok(self.db()?.query_one(sql::ADD_CODE, &params)?.is_some())
    }

    /// Remembers that a user lets a client do this.
    pub(crate) fn add_consent(
        &self,
        client_id: &str,
        user_id: &str,
        scopes: &[String],
        resources: &[String],
    ) -> Result<(), DbError> {
        let params = [text(client_id), text(user_id), list(scopes), list(resources)];
        self.db()?.execute(sql::ADD_CONSENT, &params).map(|_| ())
    }

    /// The consents of a user, as they are answered.
    pub(crate) fn consents(&self, user_id: &str) -> Result<Vec<Value>, DbError> {
        self.db()?.query(sql::CONSENTS, &[text(user_id)])?.iter().map(consent).collect()
    }

    /// Takes a consent back, and with it every token of that client for this user. Whether there was one.
    pub(crate) fn delete_consent(&self, id: &str, user_id: &str) -> Result<bool, DbError> {
        Ok(self.db()?.query_one(sql::DELETE_CONSENT, &[text(id), text(user_id)])?.is_some())
    }

    /// A code, which stays, and what belongs to it.
    pub(crate) fn code_grant(&self, code: &str, client_id: &str, max_key_age: u32) -> Result<CodeGrant, DbError> {
        let own = [text(&sha256_base64url(code)), text(client_id)];
        let params: Vec<Param> = own.into_iter().chain(key_params(max_key_age)).collect();
        let row = self.db()?.query_row(sql::PRESENTED, &params)?;
        Ok(CodeGrant {
            code: row.opt_text("value")?,
            client: client(&row)?,
            session_id: row.opt_text("session_id")?,
            consented: row.bool("consented")?,
            key: lasting_key(&row)?,
        })
    }

    /// Burns a code.
    pub(crate) fn delete_code(&self, code: &str) -> Result<(), DbError> {
        self.db()?.execute(sql::BURN, &[text(&sha256_base64url(code))]).map(|_| ())
    }

    /// Burns a code and keeps the refresh token it is exchanged for; false if somebody else was faster.
    pub(crate) fn exchange_code(&self, code: &str, new: &NewRefreshToken<'_>) -> Result<bool, DbError> {
        let params = [
            text(&sha256_base64url(code)),
            text(new.id),
            opt_text(new.token.map(sha256_base64url).as_deref()),
            text(new.client_id),
            text(new.session_id),
            text(new.user_id),
            list(new.resources),
            list(new.scopes),
            new.auth_time.map_or(Param::DbNull, |seconds| Param::Int64(seconds.cast_signed())),
            Param::Int64(REFRESH_SECONDS.into()),
        ];
        Ok(self.db()?.query_one(sql::EXCHANGE, &params)?.is_some())
    }

    /// A code was presented that is not there: if it was used before, what it was exchanged for is stolen.
    pub(crate) fn revoke_tokens_of_code(&self, code: &str) -> Result<(), DbError> {
        self.db()?.execute(sql::REVOKE_OF_CODE, &[text(&sha256_base64url(code))]).map(|_| ())
    }

    /// A refresh token, used or not.
    pub(crate) fn refresh_grant(&self, token: &str, max_key_age: u32) -> Result<Option<RefreshGrant>, DbError> {
        let params: Vec<Param> = [text(&sha256_base64url(token))].into_iter().chain(key_params(max_key_age)).collect();
        self.db()?.query_one(sql::REFRESH, &params)?.map(|row| read_refresh_grant(&row)).transpose()
    }

    /// Uses a refresh token up for the next one; false if somebody else was faster.
    pub(crate) fn rotate_refresh_token(
        &self,
        id: &str,
        new_id: &str,
        new_token: &str,
        replay: &str,
    ) -> Result<bool, DbError> {
        let params = [
            text(id),
            text(new_id),
            text(&sha256_base64url(new_token)),
            text(replay),
            Param::Int64(REPLAY_SECONDS.into()),
            Param::Int64(REFRESH_SECONDS.into()),
        ];
        Ok(self.db()?.query_one(sql::ROTATE, &params)?.is_some())
    }

    /// Deletes all tokens that came from the same code. A second time, for one that was being rotated meanwhile.
    pub(crate) fn delete_token_family(&self, token: &RefreshGrant) -> Result<(), DbError> {
        let params =
            [text(&token.client.client_id), text(&token.user_id), opt_text(token.code_id.as_deref()), text(&token.id)];
        self.db()?.execute(sql::DELETE_FAMILY, &params)?;
        self.db()?.execute(sql::DELETE_FAMILY, &params).map(|_| ())
    }

    /// Ends a client's refresh token and all that came from the same code.
    pub(crate) fn revoke_token(&self, token: &str, client_id: &str) -> Result<(), DbError> {
        self.db()?.execute(sql::REVOKE, &[text(&sha256_base64url(token)), text(client_id)]).map(|_| ())
    }

    /// The user of an access token; none if they or the session they granted it in are gone.
    pub(crate) fn user_of_token(&self, user_id: &str, session_id: Option<&str>) -> Result<Option<UserRecord>, DbError> {
        let row = self.db()?.query_one(sql::USER_OF_TOKEN, &[text(user_id), opt_text(session_id)])?;
        row.map(|row| read_user(&row)).transpose()
    }
}

fn list(values: &[String]) -> Param {
    text(&json!(values).to_string())
}

fn client(row: &Row) -> Result<Option<RegisteredClient>, DbError> {
    let document_error = |error| DbError::Internal(format!("a row of \"oauthClient\" cannot be read: {error}"));
    row.opt_text("client")?.map(|json| serde_json::from_str(&json).map_err(document_error)).transpose()
}

fn texts(row: &Row, column: &str) -> Result<Vec<String>, DbError> {
    let document_error = |error| DbError::Internal(format!("column {column}: {error}"));
    row.opt_text(column)?.map_or(Ok(Vec::new()), |json| serde_json::from_str(&json).map_err(document_error))
}

fn consent(row: &Row) -> Result<Value, DbError> {
    Ok(json!({
        "id": row.text("id")?,
        "clientId": row.text("client_id")?,
        "userId": row.text("user_id")?,
        "referenceId": row.opt_text("reference_id")?,
        "resources": texts(row, "resources")?,
        "requestedUserInfoClaims": texts(row, "claims")?,
        "scopes": texts(row, "scopes")?,
        "createdAt": row.text("created_at")?,
        "updatedAt": row.text("updated_at")?,
    }))
}

fn read_refresh_grant(row: &Row) -> Result<RefreshGrant, DbError> {
    let auth_time: Option<i64> = row.get("auth_time")?;
    Ok(RefreshGrant {
        id: row.text("id")?,
        client: client(row)?.ok_or_else(|| DbError::Internal("a token without a client".to_owned()))?,
        user_id: row.text("user_id")?,
        session_id: row.opt_text("session_id")?,
        code_id: row.opt_text("code_id")?,
        scopes: texts(row, "scopes")?,
        resources: texts(row, "resources")?,
        auth_time: auth_time.and_then(|seconds| u64::try_from(seconds).ok()),
        expired: row.bool("expired")?,
        used: row.bool("used")?,
        replay: row.opt_text("replay")?,
        consented: row.bool("consented")?,
        key: lasting_key(row)?,
    })
}
