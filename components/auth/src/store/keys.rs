//! The key pairs that sign tokens: the table `jwks`.

use better_auth::jwks::{ALGORITHM, CURVE, LEAD_SECONDS, NewKey};
use db::{DbError, Param, Row};

use crate::store::database::Store;
use crate::store::rows::text;

const KEYS: &str = include_str!("../../sql/keys/keys.sql");
const SIGNING_KEYS: &str = include_str!("../../sql/keys/signing_keys.sql");
const ADD_KEY: &str = include_str!("../../sql/keys/add_key.sql");

/// A key pair to be stored.
pub(crate) struct NewSigningKey {
    pub(crate) id: String,
    pub(crate) columns: NewKey,
}

/// The private half of a row of `jwks`.
pub(crate) struct SigningKeyRow {
    pub(crate) id: String,
    pub(crate) private_key: String,
}

/// The public half of a row of `jwks`.
pub(crate) struct PublicKeyRow {
    pub(crate) id: String,
    pub(crate) alg: Option<String>,
    pub(crate) crv: Option<String>,
    pub(crate) public_key: String,
}

impl Store<'_> {
    /// The public keys, oldest first.
    pub(crate) fn keys(&self) -> Result<Vec<PublicKeyRow>, DbError> {
        let public = |row: &Row| {
            Ok(PublicKeyRow {
                id: row.text("id")?,
                alg: row.opt_text("alg")?,
                crv: row.opt_text("crv")?,
                public_key: row.text("public_key")?,
            })
        };
        self.db()?.query(KEYS, &[])?.iter().map(public).collect()
    }

    /// The private keys that have not expired, in the order in which they sign.
    pub(crate) fn signing_keys(&self) -> Result<Vec<SigningKeyRow>, DbError> {
        let params = [text(ALGORITHM), text(CURVE), Param::Int64(LEAD_SECONDS.into())];
        let rows = self.db()?.query(SIGNING_KEYS, &params)?;
        rows.iter().filter_map(|row| signing_key(row).transpose()).collect()
    }

    /// Stores a key pair unless there is one that lasts and is younger than `max_age` seconds, and returns the key that
    /// signs; none when another request is storing the same one just now.
    pub(crate) fn add_key(&self, new: &NewSigningKey, max_age: u32) -> Result<Option<SigningKeyRow>, DbError> {
        let own = [text(&new.id), text(&new.columns.public_key), text(&new.columns.private_key)];
        let params: Vec<Param> = own.into_iter().chain(key_params(max_age)).collect();
        self.db()?.query_one(ADD_KEY, &params)?.map(|row| signing_key(&row)).transpose().map(Option::flatten)
    }
}

/// The parameters of `auth_signing_key`.
pub(super) fn key_params(max_age: u32) -> [Param; 4] {
    [text(ALGORITHM), text(CURVE), Param::Int64(LEAD_SECONDS.into()), Param::Int64(max_age.into())]
}

/// The key that was read along with the row of something else; none when it was not wanted, or it is time for the next one.
pub(super) fn lasting_key(row: &Row) -> Result<Option<SigningKeyRow>, DbError> {
    if row.get::<Option<bool>>("key_is_due")? == Some(false) { signing_key(row) } else { Ok(None) }
}

/// The private half of a key pair, if the row has one.
fn signing_key(row: &Row) -> Result<Option<SigningKeyRow>, DbError> {
    let (id, private_key) = (row.opt_text("key_id")?, row.opt_text("private_key")?);
    Ok(id.zip(private_key).map(|(id, private_key)| SigningKeyRow { id, private_key }))
}
