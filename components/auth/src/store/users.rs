//! Users and their passwords: the tables `user` and `account`.

use better_auth::{EmailAddress, SessionRecord, UserRecord};
use db::{DbError, Param, Row};

use crate::store::database::Store;
use crate::store::rows::{opt_text, seconds, text, user};
use crate::store::sessions::NewSession;

const ADD_USER: &str = include_str!("../../sql/users/add_user.sql");
const ADD_UNVERIFIED_USER: &str = include_str!("../../sql/users/add_unverified_user.sql");
const USER: &str = include_str!("../../sql/users/user.sql");
const CREDENTIAL: &str = include_str!("../../sql/users/credential.sql");
const PASSWORD: &str = include_str!("../../sql/users/password.sql");
const CHANGE_PASSWORD: &str = include_str!("../../sql/users/change_password.sql");
const ADD_RESET: &str = include_str!("../../sql/users/add_reset.sql");
const RESET_PASSWORD: &str = include_str!("../../sql/users/reset_password.sql");
const DELETE_USER: &str = include_str!("../../sql/users/delete_user.sql");
const DELETE_USER_WITH_TOKEN: &str = include_str!("../../sql/users/delete_user_with_token.sql");

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

/// A user as a password finds them.
pub(crate) struct PasswordCredential {
    pub(crate) user: UserRecord,
    /// None for a user without a password.
    pub(crate) password_hash: Option<String>,
    /// The account that holds the password.
    pub(crate) account_id: Option<String>,
    pub(crate) is_banned: bool,
}

impl Store<'_> {
    /// Adds a user with a password and a session. A taken address is a broken constraint.
    pub(crate) fn add_user(&self, new: &NewUser, session: &NewSession) -> Result<UserRecord, DbError> {
        let params: Vec<Param> = new.params().into_iter().chain(session.params()).collect();
        user(&self.db()?.query_row(ADD_USER, &params)?)
    }

    /// Adds a user who may not sign in yet, or replaces one who did not prove the address; with the id of the one who is to
    /// prove it. Of a user who did nothing changes, and the returned user is the same.
    pub(crate) fn add_unverified_user(&self, new: &NewUser) -> Result<(UserRecord, Option<String>), DbError> {
        let row = self.db()?.query_row(ADD_UNVERIFIED_USER, &new.params())?;
        Ok((user(&row)?, row.opt_text("owner_id")?))
    }

    /// The user with this id.
    pub(crate) fn user(&self, user_id: &str) -> Result<Option<UserRecord>, DbError> {
        self.db()?.query_one(USER, &[text(user_id)])?.map(|row| user(&row)).transpose()
    }

    /// The user with this address, and the hash of the password if there is one.
    pub(crate) fn credential(&self, email: &EmailAddress) -> Result<Option<PasswordCredential>, DbError> {
        let row = self.db()?.query_one(CREDENTIAL, &[text(email.as_str())])?;
        let credential = |row: Row| {
            Ok(PasswordCredential {
                user: user(&row)?,
                password_hash: row.opt_text("password")?,
                is_banned: row.bool("is_banned")?,
                account_id: row.opt_text("account_id")?,
            })
        };
        row.map(credential).transpose()
    }

    /// The hash of the user's password, if there is one.
    pub(crate) fn password_of(&self, user_id: &str) -> Result<Option<String>, DbError> {
        self.db()?.query_row(PASSWORD, &[text(user_id)])?.opt_text("password")
    }

    /// Replaces a password, which voids the links in mails; with a session all others end, and the clients that the one
    /// of `asking` did not let in. False if the password is another one by now.
    pub(crate) fn change_password(
        &self,
        asking: &SessionRecord,
        old: &str,
        new: &str,
        session: Option<&NewSession>,
    ) -> Result<bool, DbError> {
        let of = |part: fn(&NewSession) -> &str| opt_text(session.map(part));
        let params = [
            text(&asking.user_id),
            text(old),
            text(new),
            Param::Boolean(session.is_some()),
            of(|session| &session.id),
            of(|session| &session.token),
            seconds(session.map_or(0, |session| session.seconds)),
            of(|session| &session.client.address),
            of(|session| &session.client.user_agent),
            text(&asking.id),
        ];
        self.decide(CHANGE_PASSWORD, &params, "changed")
    }

    /// Keeps a token for a new password; whether there is a user with this address.
    pub(crate) fn add_reset(
        &self,
        id: &str,
        identifier: &str,
        email: &EmailAddress,
        lifetime: u32,
    ) -> Result<bool, DbError> {
        let params = [text(id), text(identifier), text(email.as_str()), seconds(lifetime)];
        self.decide(ADD_RESET, &params, "known")
    }

    /// Sets a new password and uses the token for it up. It proves the address, and ends everything else of the user that
    /// lets somebody in. Returns the user's id and address; none if the token is not, or no longer, good.
    pub(crate) fn reset_password(
        &self,
        identifier: &str,
        hash: &str,
        account_id: &str,
    ) -> Result<Option<(String, String)>, DbError> {
        let row = self.db()?.query_one(RESET_PASSWORD, &[text(identifier), text(hash), text(account_id)])?;
        row.map(|row| Ok((row.text("user_id")?, row.text("email")?))).transpose()
    }

    /// Deletes a user with everything that is theirs.
    pub(crate) fn delete_user(&self, user_id: &str) -> Result<(), DbError> {
        self.db()?.execute(DELETE_USER, &[text(user_id)]).map(|_| ())
    }

    /// The same if the token is good, which it uses up.
    pub(crate) fn delete_user_with(&self, user_id: &str, identifier: &str) -> Result<bool, DbError> {
        self.db()?.execute(DELETE_USER_WITH_TOKEN, &[text(user_id), text(identifier)]).map(|deleted| deleted > 0)
    }
}
