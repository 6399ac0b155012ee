//! The key pairs that sign tokens: the table `jwks`.

use better_auth::jwks::{ALGORITHM, CURVE, LEAD_SECONDS, NewKey};
use db::{DbError, Param, Row};

use crate::store::database::Store;
use crate::store::rows::text;
use crate::store::sql::{lasting_key, live_key, signing_order};

/// No parameters. An expired key stays for thirty days, much longer than any token it signed.
const KEYS: &str = r#"
    select "id" as id, "alg" as alg, "crv" as crv, "publicKey" as public_key from "jwks"
    where "expiresAt" is null or "expiresAt" > now() - interval '30 days'
    order by "createdAt", "id""#;

/// Parameters: id, public key, private key, algorithm, curve, seconds of notice and of the greatest age. Adds the next
/// key when it is time, and gives notice to the others; answers the key that signs. No row when a request at the same
/// moment stored the same id: then it can be read from now on.
const ADD_KEY: &str = concat!(
    r#"with live as (
        select "id", "privateKey", "createdAt", "expiresAt" from "jwks" where "#,
    live_key!("$4", "$5"),
    r#"), added as (
        insert into "jwks" ("id", "publicKey", "privateKey", "createdAt", "alg", "crv")
        select $1::text, $2::text, $3::text, date_trunc('milliseconds', now()), $4::text, $5::text
        where not exists (select from live where "#,
    lasting_key!("$6", "$7"),
    r#") on conflict ("id") do nothing
        returning "id", "privateKey", "createdAt", "expiresAt"
    ), retired as (
        update "jwks" set "expiresAt" = date_trunc('milliseconds', now()) + $6::bigint * interval '1 second'
        where exists (select from added) and "id" in (select "id" from live)
            and ("expiresAt" is null or "expiresAt" > now() + $6::bigint * interval '1 second')
    )
    select "id" as key_id, "privateKey" as private_key from (select * from live union all select * from added) k order by "#,
    signing_order!("$6"),
    " limit 1"
);

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

    /// Stores a key pair unless there is one that lasts and is younger than `max_age` seconds, and answers the one that
    /// signs; none when another request is storing the same one just now.
    pub(crate) fn add_key(&self, new: &NewSigningKey, max_age: u32) -> Result<Option<SigningKeyRow>, DbError> {
        let own = [text(&new.id), text(&new.columns.public_key), text(&new.columns.private_key)];
        let params: Vec<Param> = own.into_iter().chain(key_params(max_age)).collect();
        self.db()?.query_one(ADD_KEY, &params)?.map(|row| signing_key(&row)).transpose().map(Option::flatten)
    }
}

/// The parameters that tell which key signs, and when it is time for the next one.
pub(super) fn key_params(max_age: u32) -> [Param; 4] {
    [text(ALGORITHM), text(CURVE), Param::Int64(LEAD_SECONDS.into()), Param::Int64(max_age.into())]
}

/// The key in a row of something else that it came with, unless it is time for the next one.
pub(super) fn lasting_key(row: &Row) -> Result<Option<SigningKeyRow>, DbError> {
    if row.bool("key_is_due")? { Ok(None) } else { signing_key(row) }
}

/// The private half in a row that may have none.
fn signing_key(row: &Row) -> Result<Option<SigningKeyRow>, DbError> {
    let (id, private_key) = (row.opt_text("key_id")?, row.opt_text("private_key")?);
    Ok(id.zip(private_key).map(|(id, private_key)| SigningKeyRow { id, private_key }))
}
