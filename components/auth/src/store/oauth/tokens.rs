//! Refresh tokens: the table `oauthRefreshToken`; and the user of an access token.

use better_auth::UserRecord;
use db::{DbError, Param, Row};
use oauth_server::{GRACE_SECONDS, REFRESH_SECONDS, REPLAY_SECONDS, RegisteredClient, sha256_base64url};

use crate::store::database::Store;
use crate::store::keys::{SigningKeyRow, key_params, lasting_key};
use crate::store::oauth::rows::{client, texts};
use crate::store::rows::{opt_text, seconds, text, user};

const REFRESH_GRANT: &str = include_str!("../../../sql/oauth/refresh_grant.sql");
const ROTATE_REFRESH_TOKEN: &str = include_str!("../../../sql/oauth/rotate_refresh_token.sql");
const FORK_REFRESH_TOKEN: &str = include_str!("../../../sql/oauth/fork_refresh_token.sql");
const DELETE_TOKEN_FAMILY: &str = include_str!("../../../sql/oauth/delete_token_family.sql");
const REVOKE_TOKEN: &str = include_str!("../../../sql/oauth/revoke_token.sql");
const USER_OF_TOKEN: &str = include_str!("../../../sql/oauth/user_of_token.sql");

/// A refresh token and what belongs to it.
pub(crate) struct RefreshGrant {
    pub(crate) id: String,
    pub(crate) client: RegisteredClient,
    pub(crate) user_id: String,
    /// The session it was granted in, while that lives.
    pub(crate) session_id: Option<String>,
    /// The tokens that follow each other from one sign-in, or from one use of a used token.
    pub(crate) family: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) resources: Vec<String>,
    /// Unix seconds.
    pub(crate) auth_time: Option<u64>,
    pub(crate) expired: bool,
    /// Whether it was used or revoked.
    pub(crate) used: bool,
    /// Whether it was used so recently that it gives new tokens once more.
    pub(crate) used_recently: bool,
    /// The encrypted response of its use, while that may be repeated.
    pub(crate) replay: Option<String>,
    pub(crate) consented: bool,
    /// The key that signs; none when it is time for the next one.
    pub(crate) key: Option<SigningKeyRow>,
}

impl Store<'_> {
    /// A refresh token, used or not.
    pub(crate) fn refresh_grant(&self, token: &str, max_key_age: u32) -> Result<Option<RefreshGrant>, DbError> {
        let own = [text(&sha256_base64url(token))];
        let params: Vec<Param> =
            own.into_iter().chain(key_params(max_key_age)).chain([seconds(GRACE_SECONDS)]).collect();
        self.db()?.query_one(REFRESH_GRANT, &params)?.map(|row| grant(&row)).transpose()
    }

    /// Uses a refresh token up for the next one; false if another request was faster.
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
            seconds(REPLAY_SECONDS),
            seconds(REFRESH_SECONDS),
        ];
        self.decide(ROTATE_REFRESH_TOKEN, &params, "rotated")
    }

    /// Adds a token that begins a family of its own, for a used one; false if that is gone.
    pub(crate) fn fork_refresh_token(&self, used: &str, id: &str, token: &str) -> Result<bool, DbError> {
        let new =
            [text(used), text(id), text(&sha256_base64url(token)), seconds(REFRESH_SECONDS), seconds(GRACE_SECONDS)];
        self.decide(FORK_REFRESH_TOKEN, &new, "forked")
    }

    /// Deletes the token's family and those that came from it; twice, for one that was being rotated meanwhile.
    pub(crate) fn delete_token_family(&self, token: &RefreshGrant) -> Result<(), DbError> {
        let params =
            [text(&token.client.client_id), text(&token.user_id), opt_text(token.family.as_deref()), text(&token.id)];
        self.db()?.execute(DELETE_TOKEN_FAMILY, &params)?;
        self.db()?.execute(DELETE_TOKEN_FAMILY, &params).map(|_| ())
    }

    /// Revokes a client's refresh token and all that came from the same sign-in.
    pub(crate) fn revoke_token(&self, token: &str, client_id: &str) -> Result<(), DbError> {
        self.db()?.execute(REVOKE_TOKEN, &[text(&sha256_base64url(token)), text(client_id)]).map(|_| ())
    }

    /// The user of an access token; none if they or the session that they granted it in are gone.
    pub(crate) fn user_of_token(&self, user_id: &str, session_id: Option<&str>) -> Result<Option<UserRecord>, DbError> {
        self.db()?.query_one(USER_OF_TOKEN, &[text(user_id), opt_text(session_id)])?.map(|row| user(&row)).transpose()
    }
}

fn grant(row: &Row) -> Result<RefreshGrant, DbError> {
    let auth_time: Option<i64> = row.get("auth_time")?;
    Ok(RefreshGrant {
        id: row.text("id")?,
        client: client(row)?.ok_or_else(|| DbError::Internal("a token without a client".to_owned()))?,
        user_id: row.text("user_id")?,
        session_id: row.opt_text("session_id")?,
        family: row.opt_text("family")?,
        scopes: texts(row, "scopes")?,
        resources: texts(row, "resources")?,
        auth_time: auth_time.and_then(|seconds| u64::try_from(seconds).ok()),
        expired: row.bool("expired")?,
        used: row.bool("used")?,
        used_recently: row.bool("used_recently")?,
        replay: row.opt_text("replay")?,
        consented: row.bool("consented")?,
        key: lasting_key(row)?,
    })
}
