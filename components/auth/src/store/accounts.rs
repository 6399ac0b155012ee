//! Accounts at Google: the table `account`.

use better_auth::UserRecord;
use better_auth::social::google::{GoogleIdentity, GoogleTokens};
use db::{DbError, Param, Row};
use serde::Serialize;

use crate::store::database::Store;
use crate::store::rows::{opt_text, text, user};
use crate::store::sessions::NewSession;

const SIGN_IN: &str = include_str!("../../sql/accounts/sign_in.sql");
const LINK: &str = include_str!("../../sql/accounts/link.sql");
const OWNER: &str = include_str!("../../sql/accounts/owner.sql");
const ACCOUNTS: &str = include_str!("../../sql/accounts/accounts.sql");
const UNLINK: &str = include_str!("../../sql/accounts/unlink.sql");
const TOKENS: &str = include_str!("../../sql/accounts/tokens.sql");
const RENEW_TOKENS: &str = include_str!("../../sql/accounts/renew_tokens.sql");

/// A user who comes from Google.
pub(crate) struct SocialSignIn<'a> {
    pub(crate) identity: &'a GoogleIdentity,
    pub(crate) email: &'a str,
    pub(crate) tokens: &'a GoogleTokens,
    /// The id of the user, if they are new.
    pub(crate) user_id: &'a str,
    /// The id of the account, if it is new.
    pub(crate) account_id: &'a str,
}

/// The result of a sign-in with Google.
pub(crate) enum SocialOutcome {
    /// There is a session.
    SignedIn { user: Box<UserRecord>, is_new: bool },
    /// The user is banned.
    Banned,
    /// A user has this address, and it is not proved that both are the same.
    NotLinked,
    /// Another request was faster.
    Lost,
}

/// An account to be added.
pub(crate) struct NewAccount<'a> {
    pub(crate) id: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) tokens: &'a GoogleTokens,
}

/// The result of adding an account.
pub(crate) enum LinkOutcome {
    Done,
    /// It is another user's.
    Foreign,
    /// The session is gone, or another request was faster.
    Failed,
}

/// The result of removing an account.
pub(crate) enum UnlinkOutcome {
    Done,
    Last,
    NotFound,
}

/// An account as Better Auth shows it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LinkedAccount {
    id: String,
    account_id: String,
    provider_id: String,
    user_id: String,
    created_at: String,
    updated_at: String,
    scopes: Vec<String>,
}

/// An account with its tokens; never printed.
pub(crate) struct StoredTokens {
    pub(crate) id: String,
    pub(crate) subject: String,
    pub(crate) provider_id: String,
    pub(crate) user_id: String,
    pub(crate) access_token: Option<String>,
    pub(crate) refresh_token: Option<String>,
    pub(crate) id_token: Option<String>,
    pub(crate) scope: Option<String>,
    pub(crate) access_token_expires_at: Option<String>,
    pub(crate) refresh_token_expires_at: Option<String>,
    /// Whether the access token is good for less than five seconds.
    pub(crate) is_expiring: bool,
}

impl StoredTokens {
    /// The granted scopes.
    pub(crate) fn scopes(&self) -> Vec<String> {
        scopes(self.scope.as_deref())
    }
}

impl Store<'_> {
    /// Begins a session for a user from Google: the owner of the account, a new user, or a user with the same address
    /// where both sides know that it is theirs.
    pub(crate) fn social_sign_in(
        &self,
        wanted: &SocialSignIn<'_>,
        session: &NewSession,
    ) -> Result<SocialOutcome, DbError> {
        let mut params = token_params(wanted.tokens);
        params.extend([
            text(wanted.account_id),
            text(&wanted.identity.subject),
            text(wanted.email),
            Param::Boolean(wanted.identity.email_verified),
            text(wanted.user_id),
            text(&wanted.identity.name),
            opt_text(wanted.identity.image.as_deref()),
        ]);
        params.extend(session.params());
        let row = self.db()?.query_row(SIGN_IN, &params)?;
        if row.bool("is_banned")? {
            return Ok(SocialOutcome::Banned);
        }
        if row.bool("is_signed_in")? {
            let (user, is_new) = (Box::new(user(&row)?), row.bool("is_new")?);
            return Ok(SocialOutcome::SignedIn { user, is_new });
        }
        Ok(if row.bool("taken")? { SocialOutcome::NotLinked } else { SocialOutcome::Lost })
    }

    /// Adds an account to a user, or renews its tokens, while the session lives.
    pub(crate) fn link_account(
        &self,
        account: &NewAccount<'_>,
        user_id: &str,
        session_token: &str,
    ) -> Result<LinkOutcome, DbError> {
        let mut params = token_params(account.tokens);
        params.extend([text(account.id), text(account.subject), text(user_id), text(session_token)]);
        let row = self.db()?.query_row(LINK, &params)?;
        Ok(match (row.bool("linked")?, row.bool("is_foreign")?) {
            (true, _) => LinkOutcome::Done,
            (false, true) => LinkOutcome::Foreign,
            (false, false) => LinkOutcome::Failed,
        })
    }

    /// The user of an account at Google.
    pub(crate) fn owner_of_account(&self, subject: &str) -> Result<Option<String>, DbError> {
        self.db()?.query_row(OWNER, &[text(subject)])?.opt_text("user_id")
    }

    /// The accounts of a user, oldest first.
    pub(crate) fn accounts(&self, user_id: &str) -> Result<Vec<LinkedAccount>, DbError> {
        let account = |row: &Row| {
            Ok(LinkedAccount {
                id: row.text("id")?,
                account_id: row.text("subject")?,
                provider_id: row.text("provider_id")?,
                user_id: row.text("user_id")?,
                created_at: row.time("created_at")?,
                updated_at: row.time("updated_at")?,
                scopes: scopes(row.opt_text("scope")?.as_deref()),
            })
        };
        self.db()?.query(ACCOUNTS, &[text(user_id)])?.iter().map(account).collect()
    }

    /// Removes an account of a user who has another one.
    pub(crate) fn unlink_account(&self, user_id: &str, id: &str) -> Result<UnlinkOutcome, DbError> {
        let row = self.db()?.query_row(UNLINK, &[text(user_id), text(id)])?;
        Ok(match (row.bool("is_gone")?, row.bool("is_last")?) {
            (true, _) => UnlinkOutcome::Done,
            (false, true) => UnlinkOutcome::Last,
            (false, false) => UnlinkOutcome::NotFound,
        })
    }

    /// An account of a user with its tokens.
    pub(crate) fn account_tokens(&self, user_id: &str, id: &str) -> Result<Option<StoredTokens>, DbError> {
        self.db()?.query_one(TOKENS, &[text(user_id), text(id)])?.map(|row| stored_tokens(&row)).transpose()
    }

    /// Keeps new tokens of an account.
    pub(crate) fn renew_tokens(
        &self,
        user_id: &str,
        id: &str,
        new: &GoogleTokens,
    ) -> Result<Option<StoredTokens>, DbError> {
        let mut params = token_params(new);
        params.extend([text(user_id), text(id)]);
        self.db()?.query_one(RENEW_TOKENS, &params)?.map(|row| stored_tokens(&row)).transpose()
    }
}

fn token_params(tokens: &GoogleTokens) -> Vec<Param> {
    let seconds = |seconds: Option<u32>| seconds.map_or(Param::DbNull, |seconds| Param::Int64(seconds.into()));
    vec![
        opt_text(tokens.access_token.as_deref()),
        opt_text(tokens.refresh_token.as_deref()),
        opt_text(tokens.id_token.as_deref()),
        seconds(tokens.expires_in),
        seconds(tokens.refresh_token_expires_in),
        opt_text(tokens.scope().as_deref()),
    ]
}

fn scopes(stored: Option<&str>) -> Vec<String> {
    let names = stored.unwrap_or_default().split(',').map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn stored_tokens(row: &Row) -> Result<StoredTokens, DbError> {
    Ok(StoredTokens {
        id: row.text("id")?,
        subject: row.text("subject")?,
        provider_id: row.text("provider_id")?,
        user_id: row.text("user_id")?,
        access_token: row.opt_text("access_token")?,
        refresh_token: row.opt_text("refresh_token")?,
        id_token: row.opt_text("id_token")?,
        scope: row.opt_text("scope")?,
        access_token_expires_at: row.opt_time("access_until")?,
        refresh_token_expires_at: row.opt_time("refresh_until")?,
        is_expiring: row.bool("is_expiring")?,
    })
}
