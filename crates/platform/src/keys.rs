//! The key set of the auth component, kept in the key-value store: instances live for one request only.

use std::time::Duration;

use edge::KeysWanted;
use serde::{Deserialize, Serialize};
use spin_sdk::key_value::Store;

use crate::{fetch, now};

/// A copy this old, in seconds, is read anew.
const MAX_AGE: u64 = 300;
/// Not even an unknown key id makes us ask more often than this, in seconds.
const MIN_AGE: u64 = 10;
const TIMEOUT: Duration = Duration::from_secs(5);
const MAX_BYTES: usize = 64 * 1024;

#[derive(Serialize, Deserialize)]
struct Copy {
    fetched_at: u64,
    keys: String,
}

/// The key set at `{auth_origin}/api/auth/jwks` as JSON: a recent copy if that will do, else read anew. While the
/// auth component cannot be reached, the last copy goes on serving.
pub fn jwks(auth_origin: &str, wanted: KeysWanted) -> Result<String, String> {
    let store = Store::open_default().map_err(|error| error.to_string())?;
    let name = format!("jwks:{auth_origin}");
    let copy: Option<Copy> = store.get_json(&name).unwrap_or(None); // an unreadable copy is replaced
    let enough = match wanted {
        KeysWanted::Cached => MAX_AGE,
        KeysWanted::Fresh => MIN_AGE,
    };
    if let Some(copy) = &copy
        && now().saturating_sub(copy.fetched_at) < enough
    {
        return Ok(copy.keys.clone());
    }
    match read(auth_origin) {
        Ok(keys) => {
            let copy = Copy { fetched_at: now(), keys };
            store.set_json(&name, &copy).map_err(|error| error.to_string())?;
            Ok(copy.keys)
        }
        Err(error) => copy.map(|copy| copy.keys).ok_or(error),
    }
}

fn read(auth_origin: &str) -> Result<String, String> {
    let uri = format!("{auth_origin}/api/auth/jwks");
    let request = http::Request::get(uri).body(Vec::new()).map_err(|error| error.to_string())?;
    let response = fetch(request, TIMEOUT, MAX_BYTES).map_err(|error| error.to_string())?;
    match response.status().is_success() {
        true => String::from_utf8(response.into_body()).map_err(|error| error.to_string()),
        false => Err(format!("the key set answers {}", response.status())),
    }
}
