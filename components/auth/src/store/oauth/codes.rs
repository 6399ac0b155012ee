//! Authorization codes: rows of `verification`, and the refresh tokens that they are exchanged for.

use db::{DbError, Param};
use oauth_server::{
    AuthorizationCode, AuthorizationRequest, CODE_SECONDS, REFRESH_SECONDS, RegisteredClient, sha256_base64url,
};

use crate::store::database::Store;
use crate::store::keys::{SigningKeyRow, key_params, lasting_key};
use crate::store::oauth::rows::{client, list};
use crate::store::rows::{opt_text, seconds, text};

const ADD_CODE: &str = include_str!("../../../sql/oauth/add_code.sql");
const CODE_GRANT: &str = include_str!("../../../sql/oauth/code_grant.sql");
const DELETE_CODE: &str = include_str!("../../../sql/oauth/delete_code.sql");
const EXCHANGE_CODE: &str = include_str!("../../../sql/oauth/exchange_code.sql");
const REVOKE_TOKENS_OF_CODE: &str = include_str!("../../../sql/oauth/revoke_tokens_of_code.sql");

/// The stored grant for an authorization code.
pub(crate) struct CodeGrant {
    /// The value of the code's row.
    pub(crate) code: Option<String>,
    /// The client that the request names.
    pub(crate) client: Option<RegisteredClient>,
    /// The session it was given in, while that lives.
    pub(crate) session_id: Option<String>,
    /// Whether the user still lets the client in.
    pub(crate) consented: bool,
    /// The key that signs; none when it is time for the next one.
    pub(crate) key: Option<SigningKeyRow>,
}

/// A refresh token that a code is exchanged for.
pub(crate) struct NewRefreshToken<'a> {
    pub(crate) id: &'a str,
    /// None where the client is not to stay connected.
    pub(crate) token: Option<&'a str>,
    pub(crate) client_id: &'a str,
    pub(crate) session_id: &'a str,
    pub(crate) user_id: &'a str,
    pub(crate) resources: &'a [String],
    pub(crate) scopes: &'a [String],
    /// Unix seconds.
    pub(crate) auth_time: Option<u64>,
}

impl Store<'_> {
    /// Stores a code; false if the user did not consent to all of the request.
    pub(crate) fn add_code(
        &self,
        id: &str,
        code: &str,
        value: &AuthorizationCode,
        request: &AuthorizationRequest,
    ) -> Result<bool, DbError> {
        let params = [
            text(id),
            text(&sha256_base64url(code)),
            text(&value.to_json()),
            Param::Int64(CODE_SECONDS.cast_signed()),
            text(request.params.get("client_id").unwrap_or_default()),
            text(&value.user_id),
            list(&request.scopes),
            list(&request.resources),
        ];
        self.decide(ADD_CODE, &params, "added")
    }

    /// A code, which stays, and what belongs to it.
    pub(crate) fn code_grant(&self, code: &str, client_id: &str, max_key_age: u32) -> Result<CodeGrant, DbError> {
        let own = [text(&sha256_base64url(code)), text(client_id)];
        let params: Vec<Param> = own.into_iter().chain(key_params(max_key_age)).collect();
        let row = self.db()?.query_row(CODE_GRANT, &params)?;
        Ok(CodeGrant {
            code: row.opt_text("value")?,
            client: client(&row)?,
            session_id: row.opt_text("session_id")?,
            consented: row.bool("consented")?,
            key: lasting_key(&row)?,
        })
    }

    /// Deletes a code.
    pub(crate) fn delete_code(&self, code: &str) -> Result<(), DbError> {
        self.db()?.execute(DELETE_CODE, &[text(&sha256_base64url(code))]).map(|_| ())
    }

    /// Deletes a code and stores the refresh token that it is exchanged for; false if another request was faster.
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
            seconds(REFRESH_SECONDS),
        ];
        self.decide(EXCHANGE_CODE, &params, "exchanged")
    }

    /// Deletes the tokens that a code was exchanged for: it was presented a second time, so it is stolen.
    pub(crate) fn revoke_tokens_of_code(&self, code: &str) -> Result<(), DbError> {
        self.db()?.execute(REVOKE_TOKENS_OF_CODE, &[text(&sha256_base64url(code))]).map(|_| ())
    }
}
