//! What users change about themselves. A statement that rests on what was read before says so itself: it does nothing
//! where that is no longer true.

use better_auth::{EmailAddress, UserRecord};
use db::{DbError, Param};

use crate::store::database::Store;
use crate::store::rows::{opt_text, text, user};

const CHANGE_PROFILE: &str = include_str!("../../sql/users/change_profile.sql");
const VERIFY_EMAIL: &str = include_str!("../../sql/users/verify_email.sql");
const CHANGE_EMAIL: &str = include_str!("../../sql/users/change_email.sql");

/// A new name, and a new image, or none.
pub(crate) struct ProfileChange {
    pub(crate) name: Option<String>,
    pub(crate) image: Option<Option<String>>,
}

/// The result of a change of address.
pub(crate) enum AddressChange {
    /// The user now has the new address.
    Done(Box<UserRecord>),
    /// There is no such user with the old one.
    NoUser,
    /// Another user has the new one.
    Taken,
}

impl Store<'_> {
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
}
