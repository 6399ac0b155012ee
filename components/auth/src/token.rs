//! `GET /token` and `GET /jwks`: JWTs for the other components, and the keys to check them with.

use ed25519_dalek::SigningKey;
use edge::{ApiError, Response};
use http::StatusCode;
use serde_json::{Value, json};
use user::{jwks as key_format, jwt};

use crate::answer::{Failure, json as answer};
use crate::call::Call;
use crate::session;
use crate::store::{Live, NewSigningKey, PublicKeyRow, SigningKeyRow};

/// A JWT for the session of the cookie.
pub(crate) fn token(call: &Call<'_>) -> Result<Response, Failure> {
    let live = session::require(call)?;
    Ok(answer(StatusCode::OK, &json!({"token": sign(call, &live)?})))
}

/// The public keys.
pub(crate) fn jwks(call: &Call<'_>) -> Result<Response, Failure> {
    Ok(answer(StatusCode::OK, &key_set(call)?))
}

/// The key set. The first key is made here if nobody needed one before.
pub(crate) fn key_set(call: &Call<'_>) -> Result<Value, Failure> {
    let mut rows = call.store.keys()?;
    if rows.is_empty() {
        make_key(call)?;
        rows = call.store.keys()?;
    }
    let publish = |row: &PublicKeyRow| {
        key_format::published(&row.id, row.alg.as_deref(), row.crv.as_deref(), &row.public_key)
            .ok_or_else(|| ApiError::internal("a row of \"jwks\" holds no public key"))
    };
    let keys = rows.iter().map(publish).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"keys": keys}))
}

/// The id of the newest key, and the key: what signs tokens of a request without a session.
pub(crate) fn signing_key(call: &Call<'_>) -> Result<(String, SigningKey), Failure> {
    let row = make_key(call)?;
    let key = key_format::open(&row.private_key, &call.settings.secret).map_err(ApiError::internal)?;
    Ok((row.id, key))
}

/// Signs a token for a session with the newest key; the first key is made on first need.
pub(crate) fn sign(call: &Call<'_>, live: &Live) -> Result<String, Failure> {
    let made;
    let row = match &live.key {
        Some(row) => row,
        None => {
            made = make_key(call)?;
            &made
        }
    };
    let key = key_format::open(&row.private_key, &call.settings.secret).map_err(ApiError::internal)?;
    Ok(jwt::sign(&live.user, &call.settings.base, call.now, &row.id, &key))
}

/// Makes a key. When another request was faster, the second attempt finds what that one stored.
fn make_key(call: &Call<'_>) -> Result<SigningKeyRow, Failure> {
    let secret = &call.settings.secret;
    let columns = key_format::generate(call.bytes(), call.bytes(), secret);
    let new = NewSigningKey { id: key_format::key_id(secret, call.now), columns };
    let mut stored = call.store.add_key(&new)?;
    if stored.is_none() {
        stored = call.store.add_key(&new)?;
    }
    stored.ok_or_else(|| ApiError::internal("a new row of \"jwks\" was not stored").into())
}
