//! Sessions: the table `session`.

use better_auth::{FRESH_SECONDS, REFRESH_AFTER_SECONDS, SESSION_SECONDS, SessionRecord, UserRecord};
use db::{DbError, Param, Row};

use crate::store::database::Store;
use crate::store::keys::{SigningKeyRow, key_params, lasting_key};
use crate::store::rows::{opt_text, seconds, session, text, user};

const ADD_SESSION: &str = include_str!("../../sql/sessions/add_session.sql");
const SESSION: &str = include_str!("../../sql/sessions/session.sql");
const PROLONG_SESSION: &str = include_str!("../../sql/sessions/prolong_session.sql");
const SESSIONS: &str = include_str!("../../sql/sessions/sessions.sql");
const END_SESSIONS_OF_TOKENS: &str = include_str!("../../sql/sessions/end_sessions_of_tokens.sql");
const END_SESSION_OF_USER: &str = include_str!("../../sql/sessions/end_session_of_user.sql");
const END_SESSIONS: &str = include_str!("../../sql/sessions/end_sessions.sql");

/// Where a session was begun.
pub(crate) struct SessionClient {
    pub(crate) address: String,
    pub(crate) user_agent: String,
}

/// A session that begins now.
pub(crate) struct NewSession {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) seconds: u32,
    pub(crate) client: SessionClient,
}

impl NewSession {
    /// The parameters of the statements that begin a session.
    pub(super) fn params(&self) -> [Param; 5] {
        [
            text(&self.id),
            text(&self.token),
            seconds(self.seconds),
            text(&self.client.address),
            text(&self.client.user_agent),
        ]
    }
}

/// A session that has not expired, with its user and the key that signs the user's tokens.
pub(crate) struct LiveSession {
    pub(crate) session: SessionRecord,
    pub(crate) user: UserRecord,
    /// Whether it was begun less than a day ago.
    pub(crate) fresh: bool,
    /// Whether it was prolonged just now.
    pub(crate) refreshed: bool,
    /// None when it was not wanted, or it is time for the next one.
    pub(crate) key: Option<SigningKeyRow>,
}

impl Store<'_> {
    /// Adds a session of a user. A user who is gone is a broken constraint.
    pub(crate) fn add_session(&self, user_id: &str, new: &NewSession) -> Result<(), DbError> {
        let params: Vec<Param> = new.params().into_iter().chain([text(user_id)]).collect();
        self.db()?.execute(ADD_SESSION, &params).map(|_| ())
    }

    /// The first session that lives of those with these tokens, prolonged if that is due and `may_refresh`. Where none
    /// lives, those that have expired are deleted. With it comes the key that signs, if `key_max_age` is
    /// given and it is not older than so many seconds.
    pub(crate) fn session(
        &self,
        tokens: &[&str],
        may_refresh: bool,
        key_max_age: Option<u32>,
    ) -> Result<Option<LiveSession>, DbError> {
        let own = [
            token_list(tokens),
            seconds(FRESH_SECONDS),
            seconds(SESSION_SECONDS - REFRESH_AFTER_SECONDS),
            key_max_age.is_some().into(),
        ];
        let params: Vec<Param> = own.into_iter().chain(key_params(key_max_age.unwrap_or_default())).collect();
        let Some(row) = self.db()?.query_one(SESSION, &params)? else { return Ok(None) };
        if row.opt_text("session_id")?.is_none() {
            return Ok(None);
        }
        if row.bool("expired")? {
            self.end_sessions_of(tokens)?;
            return Ok(None);
        }
        let mut live = live_session(&row)?;
        if may_refresh && row.bool("ends_soon")? {
            let params = [text(&live.session.token), seconds(SESSION_SECONDS)];
            let Some(row) = self.db()?.query_one(PROLONG_SESSION, &params)? else { return Ok(None) };
            (live.session.expires_at, live.session.updated_at) = (row.time("expires_at")?, row.time("updated_at")?);
            live.refreshed = true;
        }
        Ok(Some(live))
    }

    /// The sessions of a user that have not expired.
    pub(crate) fn sessions(&self, user_id: &str) -> Result<Vec<SessionRecord>, DbError> {
        self.db()?.query(SESSIONS, &[text(user_id)])?.iter().map(session).collect()
    }

    /// Deletes the sessions with these tokens.
    pub(crate) fn end_sessions_of(&self, tokens: &[&str]) -> Result<(), DbError> {
        self.db()?.execute(END_SESSIONS_OF_TOKENS, &[token_list(tokens)]).map(|_| ())
    }

    /// Ends the user's session with this token, if there is one.
    pub(crate) fn end_session_of(&self, user_id: &str, token: &str) -> Result<(), DbError> {
        self.db()?.execute(END_SESSION_OF_USER, &[text(user_id), text(token)]).map(|_| ())
    }

    /// Ends the user's sessions, but the one with the id `kept`, and what clients may do, but those that it let in.
    pub(crate) fn end_sessions(&self, user_id: &str, kept: Option<&str>) -> Result<(), DbError> {
        self.decide(END_SESSIONS, &[text(user_id), opt_text(kept)], "done").map(|_| ())
    }
}

/// Session tokens as one parameter. The cookies are signed, so each is a token of this server, without a blank.
fn token_list(tokens: &[&str]) -> Param {
    text(&tokens.join(" "))
}

fn live_session(row: &Row) -> Result<LiveSession, DbError> {
    Ok(LiveSession {
        session: session(row)?,
        user: user(row)?,
        fresh: row.bool("fresh")?,
        refreshed: false,
        key: lasting_key(row)?,
    })
}
