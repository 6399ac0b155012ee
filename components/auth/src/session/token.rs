//! `GET /token` and `GET /jwks`: JWTs for the other components, and the keys to check them with.

use better_auth::{jwks as key_format, jwt, random_id};
use ed25519_dalek::SigningKey;
use http::StatusCode;
use http::header::CACHE_CONTROL;
use http_api::{ApiError, Response};
use serde_json::{Value, json};

use crate::context::Call;
use crate::http::response::{Failure, append, json as answer};
use crate::session::current as session;
use crate::store::{Live, NewSigningKey, PublicKeyRow, SigningKeyRow};

/// A JWT for the session of the cookie.
pub(crate) fn token(call: &Call<'_>) -> Result<Response, Failure> {
    let live = session::require(call)?;
    Ok(answer(StatusCode::OK, &json!({"token": sign(call, &live)?})))
}

/// Seconds for which the key set may be kept, by verifiers and by caches on the way. A key is in it for longer before
/// it signs.
const KEY_SET_SECONDS: u32 = 300;
const _: () = assert!(KEY_SET_SECONDS < key_format::LEAD_SECONDS);
/// The greatest age of a key when the operator asks for the next one.
const ROTATE_AFTER_SECONDS: u32 = 60;

/// The public keys.
pub(crate) fn jwks(call: &Call<'_>) -> Result<Response, Failure> {
    let mut response = answer(StatusCode::OK, &key_set(call)?);
    append(&mut response, CACHE_CONTROL, &format!("public, max-age={KEY_SET_SECONDS}"));
    Ok(response)
}

/// The key set. The first key is made here if nobody needed one before, and the next one if the operator says so.
pub(crate) fn key_set(call: &Call<'_>) -> Result<Value, Failure> {
    let mut rows = call.store.keys()?;
    if rows.is_empty() || call.settings.rotate_keys()? {
        make_key(call, ROTATE_AFTER_SECONDS)?;
        rows = call.store.keys()?;
    }
    let publish = |row: &PublicKeyRow| {
        key_format::to_public_jwk(&row.id, row.alg.as_deref(), row.crv.as_deref(), &row.public_key)
            .ok_or_else(|| ApiError::internal("a row of \"jwks\" holds no public key"))
    };
    let keys = rows.iter().map(publish).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"keys": keys}))
}

/// The key that signs now, with its id: the one that came with what the request is about, or, when it is time for the
/// next one, whichever signs after that was made.
pub(crate) fn signing_key(call: &Call<'_>, known: Option<&SigningKeyRow>) -> Result<(String, SigningKey), Failure> {
    let made;
    let row = match known {
        Some(row) => row,
        None => {
            made = make_key(call, call.settings.key_max_age()?)?;
            &made
        }
    };
    let key = key_format::signing_key(&row.private_key, &call.settings.secret).map_err(ApiError::internal)?;
    Ok((row.id.clone(), key))
}

/// Signs a token for a session.
pub(crate) fn sign(call: &Call<'_>, live: &Live) -> Result<String, Failure> {
    let (id, key) = signing_key(call, live.key.as_ref())?;
    Ok(jwt::sign(&live.user, &call.settings.base, call.now, &id, &key))
}

/// Makes the next key, if there is none that is young enough, and answers the one that signs. When another request was
/// faster, the second attempt finds what that one stored.
fn make_key(call: &Call<'_>, max_age: u32) -> Result<SigningKeyRow, Failure> {
    let secret = &call.settings.secret;
    let id = key_format::key_id(secret, call.now);
    // The third id is for a key of this very minute that has expired already.
    for id in [id.clone(), id, random_id(call.random)] {
        let columns = key_format::generate(call.bytes(), call.bytes(), secret);
        if let Some(stored) = call.store.add_key(&NewSigningKey { id, columns }, max_age)? {
            return Ok(stored);
        }
    }
    Err(ApiError::internal("a new row of \"jwks\" was not stored").into())
}
