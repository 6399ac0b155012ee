//! Users, sessions and keys in the database. Each function is one statement (`sql.rs`), complete in itself.

mod accounts;
mod accounts_sql;
mod keys;
pub(crate) mod oauth;
mod rate_limit;
mod slots;
mod sql;
mod users;
mod verification;

use std::cell::OnceCell;

use better_auth::{
    EmailAddress, FRESH_SECONDS, REFRESH_AFTER_SECONDS, SESSION_SECONDS, SHORT_SESSION_SECONDS, SessionRecord,
    UserRecord, random_id,
};
use db::{Db, DbError, Param, Row};
use http_api::ApiError;

use crate::context::Call;
use crate::settings::Settings;
pub(crate) use accounts::{Linked, NewAccount, SocialOutcome, SocialSignIn, StoredTokens, Unlinked};
pub(crate) use keys::{NewSigningKey, PublicKeyRow, SigningKeyRow};
use keys::{key_params, lasting_key};

use sql::{ADD_SESSION, ADD_USER, CREDENTIAL, END_SESSION, PROLONG_SESSION, SESSION};

pub(crate) use users::{AddressChange, ProfileChange};

/// Where a session was begun.
pub(crate) struct Client {
    pub(crate) address: String,
    pub(crate) user_agent: String,
}

/// A session that begins now.
pub(crate) struct NewSession {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) seconds: u32,
    pub(crate) client: Client,
}

impl NewSession {
    pub(crate) fn begin(call: &Call<'_>, remember: bool) -> Result<Self, ApiError> {
        let seconds = if remember { SESSION_SECONDS } else { SHORT_SESSION_SECONDS };
        Ok(Self { id: random_id(call.random), token: random_id(call.random), seconds, client: call.client()? })
    }

    /// The parameters of the statements that begin a session.
    fn params(&self) -> [Param; 5] {
        [
            text(&self.id),
            text(&self.token),
            Param::Int64(self.seconds.into()),
            text(&self.client.address),
            text(&self.client.user_agent),
        ]
    }
}

/// A user with a password.
pub(crate) struct NewUser {
    pub(crate) id: String,
    pub(crate) account_id: String,
    pub(crate) password_hash: String,
    pub(crate) name: String,
    pub(crate) email: EmailAddress,
    pub(crate) image: Option<String>,
}

impl NewUser {
    /// The first parameters of the statements that add a user.
    fn params(&self) -> [Param; 6] {
        [
            text(&self.id),
            text(&self.name),
            text(self.email.as_str()),
            opt_text(self.image.as_deref()),
            text(&self.account_id),
            text(&self.password_hash),
        ]
    }
}

/// A session that has not expired, with its user and the key that signs the user's tokens.
pub(crate) struct Live {
    pub(crate) session: SessionRecord,
    pub(crate) user: UserRecord,
    /// Whether it was begun less than a day ago.
    pub(crate) fresh: bool,
    /// Whether it was prolonged just now.
    pub(crate) refreshed: bool,
    /// None when it is time for the next one.
    pub(crate) key: Option<SigningKeyRow>,
}

/// The database of users, sessions and keys; opened with the first statement.
pub(crate) struct Store<'a> {
    settings: &'a Settings,
    opened: OnceCell<Db>,
}

impl<'a> Store<'a> {
    pub(crate) fn new(settings: &'a Settings) -> Self {
        Self { settings, opened: OnceCell::new() }
    }

    fn db(&self) -> Result<&Db, DbError> {
        match self.opened.get() {
            Some(db) => Ok(db),
            None => {
                let url = self.settings.database_url();
                let url = url.map_err(|error| DbError::Internal(error.reason().to_owned()))?;
                let db = Db::open(&url)?;
                Ok(self.opened.get_or_init(|| db))
            }
        }
    }

    /// Adds a user with a password and a session. A taken address is a broken constraint.
    pub(crate) fn add_user(&self, new: &NewUser, session: &NewSession) -> Result<UserRecord, DbError> {
        let params: Vec<Param> = new.params().into_iter().chain(session.params()).collect();
        user(&self.db()?.query_row(ADD_USER, &params)?)
    }

    /// The user with this address, and the hash of the password if there is one.
    pub(crate) fn credential(&self, email: &EmailAddress) -> Result<Option<(UserRecord, Option<String>)>, DbError> {
        let row = self.db()?.query_one(CREDENTIAL, &[text(email.as_str())])?;
        row.map(|row| Ok((user(&row)?, row.opt_text("password")?))).transpose()
    }

    /// Adds a session of a user. A user who is gone is a broken constraint.
    pub(crate) fn add_session(&self, user_id: &str, new: &NewSession) -> Result<(), DbError> {
        let params: Vec<Param> = new.params().into_iter().chain([text(user_id)]).collect();
        self.db()?.execute(ADD_SESSION, &params).map(|_| ())
    }

    /// Deletes the session with this token, if there is one.
    pub(crate) fn end_session(&self, token: &str) -> Result<(), DbError> {
        self.db()?.execute(END_SESSION, &[text(token)]).map(|_| ())
    }

    /// The session with this token: deleted if it has expired, prolonged if it is due and `may_refresh`. With it comes
    /// the key that signs, unless that is older than `max_age` seconds.
    pub(crate) fn session(&self, token: &str, may_refresh: bool, max_age: u32) -> Result<Option<Live>, DbError> {
        let own = [
            text(token),
            Param::Int64(FRESH_SECONDS.into()),
            Param::Int64((SESSION_SECONDS - REFRESH_AFTER_SECONDS).into()),
        ];
        let params: Vec<Param> = own.into_iter().chain(key_params(max_age)).collect();
        let Some(row) = self.db()?.query_one(SESSION, &params)? else { return Ok(None) };
        if row.bool("expired")? {
            self.end_session(token)?;
            return Ok(None);
        }
        let mut live = live(&row)?;
        if may_refresh && row.bool("ends_soon")? {
            let params = [text(token), Param::Int64(SESSION_SECONDS.into())];
            let Some(row) = self.db()?.query_one(PROLONG_SESSION, &params)? else { return Ok(None) };
            (live.session.expires_at, live.session.updated_at) = (row.text("expires_at")?, row.text("updated_at")?);
            live.refreshed = true;
        }
        Ok(Some(live))
    }
}

fn text(value: &str) -> Param {
    Param::Str(value.to_owned())
}

fn opt_text(value: Option<&str>) -> Param {
    value.map_or(Param::DbNull, text)
}

fn user(row: &Row) -> Result<UserRecord, DbError> {
    Ok(UserRecord {
        name: row.text("name")?,
        email: row.text("email")?,
        email_verified: row.bool("email_verified")?,
        image: row.opt_text("image")?,
        created_at: row.text("user_created_at")?,
        updated_at: row.text("user_updated_at")?,
        id: row.text("user_id")?,
    })
}

fn session(row: &Row) -> Result<SessionRecord, DbError> {
    Ok(SessionRecord {
        expires_at: row.text("expires_at")?,
        token: row.text("token")?,
        created_at: row.text("created_at")?,
        updated_at: row.text("updated_at")?,
        ip_address: row.opt_text("ip_address")?,
        user_agent: row.opt_text("user_agent")?,
        user_id: row.text("user_id")?,
        id: row.text("session_id")?,
    })
}

fn live(row: &Row) -> Result<Live, DbError> {
    Ok(Live {
        session: session(row)?,
        user: user(row)?,
        fresh: row.bool("fresh")?,
        refreshed: false,
        key: lasting_key(row)?,
    })
}
