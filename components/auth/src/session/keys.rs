//! The keys that sign tokens, and signing with them.

use better_auth::jwks::SigningKeyError;
use better_auth::{jwks, jwt, random_id};
use ed25519_dalek::SigningKey;
use http_api::ApiError;
use serde_json::{Value, json};

use crate::context::Context;
use crate::http::error::AuthError;
use crate::store::{LiveSession, NewSigningKey, PublicKeyRow, SigningKeyRow};

/// The greatest age of the newest key when the operator asks for the next one.
const ROTATE_AFTER_SECONDS: u32 = 60;

/// The public keys. The first key is made here if none was needed before, and the next one if the operator says so.
pub(crate) fn key_set(context: &Context<'_>) -> Result<Value, AuthError> {
    let mut rows = context.store.keys()?;
    if rows.is_empty() || context.settings.rotate_keys()? {
        make_key(context, ROTATE_AFTER_SECONDS)?;
        rows = context.store.keys()?;
    }
    let publish = |row: &PublicKeyRow| {
        jwks::to_public_jwk(&row.id, row.alg.as_deref(), row.crv.as_deref(), &row.public_key)
            .ok_or_else(|| ApiError::internal("a row of \"jwks\" holds no public key"))
    };
    let keys = rows.iter().map(publish).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"keys": keys}))
}

/// The key that signs now, with its id: the one that the instance has kept, else the one that was read along with the session or
/// grant; if it is time for the next one, whichever signs after that was made.
pub(crate) fn signing_key(
    context: &Context<'_>,
    known: Option<&SigningKeyRow>,
) -> Result<(String, SigningKey), AuthError> {
    let (kept, now) = (&context.env.signing_key, context.env.now);
    if let Some(key) = kept.get(now) {
        return Ok(key);
    }
    let key = read_key(context, known)?;
    kept.keep(key.clone(), now);
    Ok(key)
}

fn read_key(context: &Context<'_>, known: Option<&SigningKeyRow>) -> Result<(String, SigningKey), AuthError> {
    let made;
    let row = match known {
        Some(row) => row,
        None => {
            made = make_key(context, context.settings.key_max_age()?)?;
            &made
        }
    };
    match jwks::signing_key(&row.private_key, &context.settings.secret) {
        Ok(key) => Ok((row.id.clone(), key)),
        Err(why) => replace_unreadable(context, &row.id, why),
    }
}

/// The first key that can be read, in place of the one that would sign and cannot. If there is none, a new one is made
/// and signs at once; the log then says so. The unreadable keys sign nothing more: they expire when the new one has
/// been published for long enough.
fn replace_unreadable(
    context: &Context<'_>,
    id: &str,
    why: SigningKeyError,
) -> Result<(String, SigningKey), AuthError> {
    if let Some(readable) = first_readable(context)? {
        return Ok(readable);
    }
    let cause = why.to_string();
    http_api::log(&json!({"level": "warn", "event": "signing_key_unreadable", "key": id, "cause": cause}));
    make_key(context, 0)?;
    first_readable(context)?.ok_or_else(|| ApiError::internal("a new row of \"jwks\" cannot be read").into())
}

fn first_readable(context: &Context<'_>) -> Result<Option<(String, SigningKey)>, AuthError> {
    let open = |row: SigningKeyRow| {
        jwks::signing_key(&row.private_key, &context.settings.secret).ok().map(|key| (row.id, key))
    };
    Ok(context.store.signing_keys()?.into_iter().find_map(open))
}

/// Signs a token for a session.
pub(crate) fn sign(context: &Context<'_>, live: &LiveSession) -> Result<String, AuthError> {
    let (id, key) = signing_key(context, live.key.as_ref())?;
    Ok(jwt::sign(&live.user, &context.settings.base, context.env.now, &id, &key))
}

/// Makes the next key, if there is none that is young enough, and returns the one that signs. When another request is
/// faster, the second attempt finds the key that it stored.
fn make_key(context: &Context<'_>, max_age: u32) -> Result<SigningKeyRow, AuthError> {
    let (env, secret) = (context.env, &context.settings.secret);
    let id = jwks::key_id(secret, env.now);
    // The third id is for a key of this very minute that has expired already.
    for id in [id.clone(), id, random_id(env.random)] {
        let columns = jwks::generate(env.bytes(), env.bytes(), secret);
        if let Some(stored) = context.store.add_key(&NewSigningKey { id, columns }, max_age)? {
            return Ok(stored);
        }
    }
    Err(ApiError::internal("a new row of \"jwks\" was not stored").into())
}
