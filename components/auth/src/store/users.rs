//! What users change about themselves, and what ends with them. A change needs what it was decided on to be still
//! true: the statement says so itself.

use better_auth::{EmailAddress, SessionRecord, UserRecord};
use db::{DbError, Param};

use super::{NewSession, Store, opt_text, session, text, user};
use crate::store::sql::{time, user_columns};

/// A new name, and a new image, or none.
pub(crate) struct ProfileChange {
    pub(crate) name: Option<String>,
    pub(crate) image: Option<Option<String>>,
}

/// What became of a change of address.
pub(crate) enum AddressChange {
    /// The user now has the new address.
    Done(Box<UserRecord>),
    /// There is no such user with the old one.
    NoUser,
    /// Somebody else has the new one.
    Taken,
}

/// A user without a session: the answer is the same for an address that is taken, and `added` is for the server alone.
pub(crate) struct Registered {
    pub(crate) user: UserRecord,
    pub(crate) added: bool,
}

/// Parameter: user id.
const SESSIONS: &str = concat!(
    r#"select s."id" as session_id, s."token" as token, s."ipAddress" as ip_address, s."userAgent" as user_agent,
        s."userId" as user_id, "#,
    time!(r#"s."expiresAt""#),
    " as expires_at, ",
    time!(r#"s."createdAt""#),
    " as created_at, ",
    time!(r#"s."updatedAt""#),
    r#" as updated_at
    from "session" s where s."userId" = $1::text and s."expiresAt" > now() order by s."createdAt", s."id""#
);

/// Parameters: user id, token.
const END_SESSION_OF: &str = r#"delete from "session" where "userId" = $1::text and "token" = $2::text"#;

/// Parameters: user id, token of the session that stays.
const END_SESSIONS: &str =
    r#"delete from "session" where "userId" = $1::text and ($2::text is null or "token" <> $2::text)"#;

/// Parameters: user id, name or null, whether the image changes, image.
const CHANGE_PROFILE: &str = r#"
    update "user" set "name" = coalesce($2::text, "name"),
        "image" = case when $3::boolean then $4::text else "image" end,
        "updatedAt" = date_trunc('milliseconds', now())
    where "id" = $1::text"#;

/// Parameter: user id.
const PASSWORD: &str = r#"
    select "password" as password from "account"
    where "userId" = $1::text and "accountId" = $1::text and "providerId" = 'credential'
    order by "createdAt" limit 1"#;

/// Parameters: user id, the hash so far, the new hash, whether sessions end and one begins, id, token, seconds,
/// address, agent.
const CHANGE_PASSWORD: &str = r#"
    with changed as (
        update "account" set "password" = $3::text, "updatedAt" = date_trunc('milliseconds', now())
        where "userId" = $1::text and "accountId" = $1::text and "providerId" = 'credential' and "password" = $2::text
        returning "userId"
    ), ended as (
        delete from "session" where $4::boolean and "userId" in (select "userId" from changed)
    ), begun as (
        insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
        select $5::text, $6::text, $1::text, t.now + $7::bigint * interval '1 second', t.now, t.now, $8::text, $9::text
        from (select date_trunc('milliseconds', now()) as now) t
        where $4::boolean and exists (select from changed)
    )
    select exists (select from changed) as changed"#;

/// Parameters: id, identifier, e-mail, seconds. An unknown address gets a row as well, which names nobody, so that
/// both take the same time.
const ADD_RESET: &str = r#"
    with lapsed as (
        delete from "verification" where "id" in (
            select "id" from "verification" where "expiresAt" < now() - interval '1 day' limit 100 for update skip locked
        )
    ), owner as (
        select "id" from "user" where "email" = $3::text
    ), added as (
        insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
        select $1::text, $2::text, coalesce((select "id" from owner), ''), t.now + $4::bigint * interval '1 second',
            t.now, t.now
        from (select date_trunc('milliseconds', now()) as now) t
    )
    select exists (select from owner) as known"#;

/// Parameters: identifier, hash, id for a new account row. A user without a password gets one.
const RESET_PASSWORD: &str = r#"
    with spent as (
        delete from "verification" where "identifier" = $1::text returning "value", "expiresAt"
    ), owner as (
        select u."id" from spent s join "user" u on u."id" = s."value" where s."expiresAt" > now() limit 1
    ), changed as (
        update "account" a set "password" = $2::text, "updatedAt" = date_trunc('milliseconds', now())
        from owner o where a."userId" = o."id" and a."accountId" = o."id" and a."providerId" = 'credential'
        returning a."id"
    ), added as (
        insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
        select $3::text, o."id", 'credential', o."id", $2::text, t.now, t.now
        from owner o, (select date_trunc('milliseconds', now()) as now) t
        where not exists (select from changed)
    )
    select exists (select from owner) as done"#;

/// Parameters: e-mail, user id or null. The user as it is afterwards, also if the id is another's or nothing changed.
const VERIFY_EMAIL: &str = concat!(
    r#"with changed as (
        update "user" set "emailVerified" = true, "updatedAt" = date_trunc('milliseconds', now())
        where "email" = $1::text and ($2::text is null or "id" = $2::text) and not "emailVerified"
        returning *
    ), u as (
        select * from changed union all
        select * from "user" where "email" = $1::text and not exists (select from changed)
    )
    select "#,
    user_columns!(),
    " , exists (select from changed) as changed from u"
);

/// Parameters: user id, the address so far, the new address.
const CHANGE_EMAIL: &str = concat!(
    r#"with u as (
        update "user" set "email" = $3::text, "updatedAt" = date_trunc('milliseconds', now())
        where "id" = $1::text and "email" = $2::text
        returning *
    ) select "#,
    user_columns!(),
    " from u"
);

/// Parameter: user id.
const USER: &str = concat!("select ", user_columns!(), r#" from "user" u where u."id" = $1::text"#);

/// Parameter: user id. Everything of the user goes with it by foreign keys.
const DELETE_USER: &str = r#"delete from "user" where "id" = $1::text"#;

/// Parameters: user id, identifier of the token, which is spent.
const DELETE_USER_WITH: &str = r#"
    with spent as (
        delete from "verification" where "identifier" = $2::text and "value" = $1::text returning "expiresAt"
    )
    delete from "user" where "id" = $1::text and exists (select from spent where "expiresAt" > now())"#;

/// Parameters: user id, name, e-mail, image, account id, password hash.
const REGISTER: &str = concat!(
    r#"with t as (
        select date_trunc('milliseconds', now()) as now
    ), added as (
        insert into "user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
        select $1::text, $2::text, $3::text, false, $4::text, t.now, t.now from t
        on conflict ("email") do nothing
        returning *
    ), a as (
        insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
        select $5::text, "id", 'credential', "id", $6::text, "createdAt", "createdAt" from added
    ), u as (
        select $1::text as "id", $2::text as "name", $3::text as "email", false as "emailVerified", $4::text as "image",
            t.now as "createdAt", t.now as "updatedAt"
        from t
    )
    select "#,
    user_columns!(),
    ", exists (select from added) as added from u"
);

impl Store<'_> {
    /// The sessions of a user that have not expired.
    pub(crate) fn sessions(&self, user_id: &str) -> Result<Vec<SessionRecord>, DbError> {
        self.db()?.query(SESSIONS, &[text(user_id)])?.iter().map(session).collect()
    }

    /// Ends the user's session with this token, if there is one.
    pub(crate) fn end_session_of(&self, user_id: &str, token: &str) -> Result<(), DbError> {
        self.db()?.execute(END_SESSION_OF, &[text(user_id), text(token)]).map(|_| ())
    }

    /// Ends the user's sessions, but the one with this token.
    pub(crate) fn end_sessions(&self, user_id: &str, kept: Option<&str>) -> Result<(), DbError> {
        self.db()?.execute(END_SESSIONS, &[text(user_id), opt_text(kept)]).map(|_| ())
    }

    /// Changes name and image.
    pub(crate) fn change_profile(&self, user_id: &str, change: &ProfileChange) -> Result<(), DbError> {
        let image = change.image.as_ref();
        let params = [
            text(user_id),
            opt_text(change.name.as_deref()),
            Param::Boolean(image.is_some()),
            opt_text(image.and_then(|image| image.as_deref())),
        ];
        self.db()?.execute(CHANGE_PROFILE, &params).map(|_| ())
    }

    /// The hash of the user's password, if there is one.
    pub(crate) fn password_of(&self, user_id: &str) -> Result<Option<String>, DbError> {
        let row = self.db()?.query_one(PASSWORD, &[text(user_id)])?;
        row.map(|row| row.opt_text("password")).transpose().map(Option::flatten)
    }

    /// Replaces a password; with a session all others end. False if the password is another one by now.
    pub(crate) fn change_password(
        &self,
        user_id: &str,
        old: &str,
        new: &str,
        session: Option<&NewSession>,
    ) -> Result<bool, DbError> {
        let of = |part: fn(&NewSession) -> &str| opt_text(session.map(part));
        let params = [
            text(user_id),
            text(old),
            text(new),
            Param::Boolean(session.is_some()),
            of(|session| &session.id),
            of(|session| &session.token),
            Param::Int64(session.map_or(0, |session| session.seconds.into())),
            of(|session| &session.client.address),
            of(|session| &session.client.user_agent),
        ];
        self.decide(CHANGE_PASSWORD, &params, "changed")
    }

    /// Keeps a token for a new password; whether there is a user with this address.
    pub(crate) fn add_reset(
        &self,
        id: &str,
        identifier: &str,
        email: &EmailAddress,
        seconds: u32,
    ) -> Result<bool, DbError> {
        let params = [text(id), text(identifier), text(email.as_str()), Param::Int64(seconds.into())];
        self.decide(ADD_RESET, &params, "known")
    }

    /// Spends a token for a new password. False if it is not, or no longer, good.
    pub(crate) fn reset_password(&self, identifier: &str, hash: &str, account_id: &str) -> Result<bool, DbError> {
        self.decide(RESET_PASSWORD, &[text(identifier), text(hash), text(account_id)], "done")
    }

    /// Marks an address as proved, unless the id is another user's; the user, and whether something changed.
    pub(crate) fn verify_email(
        &self,
        email: &str,
        user_id: Option<&str>,
    ) -> Result<Option<(UserRecord, bool)>, DbError> {
        let row = self.db()?.query_one(VERIFY_EMAIL, &[text(email), opt_text(user_id)])?;
        row.map(|row| Ok((user(&row)?, row.bool("changed")?))).transpose()
    }

    /// Replaces an address.
    pub(crate) fn change_email(&self, user_id: &str, old: &str, new: &EmailAddress) -> Result<AddressChange, DbError> {
        match self.db()?.query_one(CHANGE_EMAIL, &[text(user_id), text(old), text(new.as_str())]) {
            Ok(Some(row)) => user(&row).map(|user| AddressChange::Done(Box::new(user))),
            Ok(None) => Ok(AddressChange::NoUser),
            Err(DbError::Constraint { .. }) => Ok(AddressChange::Taken),
            Err(error) => Err(error),
        }
    }

    /// The user with this id.
    pub(crate) fn user(&self, user_id: &str) -> Result<Option<UserRecord>, DbError> {
        self.db()?.query_one(USER, &[text(user_id)])?.map(|row| user(&row)).transpose()
    }

    /// Deletes a user with everything that is theirs.
    pub(crate) fn delete_user(&self, user_id: &str) -> Result<(), DbError> {
        self.db()?.execute(DELETE_USER, &[text(user_id)]).map(|_| ())
    }

    /// The same, if the token is good; it is spent.
    pub(crate) fn delete_user_with(&self, user_id: &str, identifier: &str) -> Result<bool, DbError> {
        self.db()?.execute(DELETE_USER_WITH, &[text(user_id), text(identifier)]).map(|deleted| deleted > 0)
    }

    /// Adds a user who may not sign in yet; nothing happens where the address is taken.
    pub(crate) fn register(&self, new: &super::NewUser) -> Result<Registered, DbError> {
        let row = self.db()?.query_row(REGISTER, &new.params())?;
        Ok(Registered { user: user(&row)?, added: row.bool("added")? })
    }

    fn decide(&self, sql: &str, params: &[Param], column: &str) -> Result<bool, DbError> {
        self.db()?.query_row(sql, params)?.bool(column)
    }
}
