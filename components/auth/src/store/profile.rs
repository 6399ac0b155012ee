//! What users change about themselves. A statement that rests on what was read before says so itself: it does nothing
//! where that is no longer true.

use better_auth::email_token::EmailToken;
use better_auth::{EmailAddress, UserRecord};
use db::{DbError, Param, Row};

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

/// The result of a link that proves an address.
pub(crate) struct AddressProof {
    pub(crate) user: UserRecord,
    /// Whether the link is for this user and this password.
    pub(crate) good: bool,
    /// Whether the address was not proved before.
    pub(crate) changed: bool,
}

/// The result of a change of address.
pub(crate) enum AddressChange {
    /// The user now has the new address.
    Done(Box<UserRecord>),
    /// There is no such user with the old one, or the change is void.
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

    /// Marks the address of a link as proved. The password is proved too if the browser is signed in as that user.
    pub(crate) fn verify_email(
        &self,
        token: &EmailToken,
        signed_in: Option<&str>,
    ) -> Result<Option<AddressProof>, DbError> {
        let [user_id, account] = [&token.user_id, &token.account].map(|text| opt_text(text.as_deref()));
        let row = self.db()?.query_one(VERIFY_EMAIL, &[text(&token.email), user_id, account, opt_text(signed_in)])?;
        let proof =
            |row: Row| Ok(AddressProof { user: user(&row)?, good: row.bool("good")?, changed: row.bool("changed")? });
        row.map(proof).transpose()
    }

    /// Replaces an address, if the change still waits for its link.
    pub(crate) fn change_email(
        &self,
        user_id: &str,
        old: &str,
        new: &EmailAddress,
        change: &str,
    ) -> Result<AddressChange, DbError> {
        match self.db()?.query_one(CHANGE_EMAIL, &[text(user_id), text(old), text(new.as_str()), text(change)]) {
            Ok(Some(row)) => user(&row).map(|user| AddressChange::Done(Box::new(user))),
            Ok(None) => Ok(AddressChange::NoUser),
            Err(DbError::Constraint { name }) if name.contains("email") => Ok(AddressChange::Taken),
            Err(error) => Err(error),
        }
    }
}
