//! Who sent a request, by a personal access token. The database is asked at most every 30 seconds for each token and
//! replica; the same statement notes when the token was used.

use db::Db;
use http_api::{ApiError, Rejection, Request, User};
use rate_limit::Rate;

use crate::grant::PersonalTokenGrant;
use crate::secret::PersonalTokenSecret;

const FIND: &str = include_str!("../sql/find_token.sql");

/// How long a replica trusts what it remembers of a token, in milliseconds. A revoked token ends at once where it was
/// revoked, and after this time on every other replica.
const REMEMBERED_MS: u64 = 30_000;
/// How many wrong tokens an address may try, so that nobody searches.
const WRONG_TOKENS: Rate = Rate { name: "wrong_tokens", limit: 30, window: 60 };

/// The user of a token of the form `tdo_…`, with the scopes of the token.
pub fn verify(request: &Request, token: &str) -> Result<User, Rejection> {
    let secret = PersonalTokenSecret::parse(token).ok_or(Rejection::Invalid("the token is mistyped or cut"))?;
    let hash = secret.hash();
    let name = remembered_name(&hash);
    let remembered = spin_host::recall(&name, REMEMBERED_MS);
    let grant = match remembered.and_then(|text| PersonalTokenGrant::parse(&text, spin_host::now())) {
        Some(grant) => grant,
        None => {
            let grant = find(request, hash)?;
            spin_host::remember(&name, &grant.to_text());
            grant
        }
    };
    http_api::record_token(request, &grant.id);
    Ok(User { id: grant.user_id, scope: Some(grant.scopes), client: None, session: None, token: token.to_owned() })
}

/// The name under which a replica remembers the token with this hash.
pub(crate) fn remembered_name(hash: &str) -> String {
    format!("personal-token:{hash}")
}

/// Asks the database, unless the client's address tried too many wrong tokens.
fn find(request: &Request, hash: String) -> Result<PersonalTokenGrant, Rejection> {
    let address = rate_limit::address_subject(request).map_err(unavailable)?;
    let used_up = rate_limit::cached_allowance(WRONG_TOKENS, &address).filter(|allowance| allowance.remaining == 0);
    if let Some(allowance) = used_up {
        return Err(Rejection::Limited(Box::new(allowance)));
    }
    let db = open().map_err(unavailable)?;
    match db.query_one(FIND, &[hash.into()]).map_err(|error| unavailable(error.into()))? {
        Some(row) => PersonalTokenGrant::read(&row).map_err(|error| unavailable(error.into())),
        None => Err(count_wrong(&db, &address)),
    }
}

/// Counts a wrong token.
fn count_wrong(db: &Db, address: &str) -> Rejection {
    match rate_limit::take_and_cache(db, WRONG_TOKENS, address) {
        Ok(_) => Rejection::Invalid("the token is unknown, expired or revoked"),
        Err(error) => match rate_limit::cached_allowance(WRONG_TOKENS, address) {
            Some(allowance) if error.code == "rate_limited" => Rejection::Limited(Box::new(allowance)),
            _ => unavailable(error),
        },
    }
}

fn open() -> Result<Db, ApiError> {
    Ok(Db::open(&spin_host::variable("database_url")?)?)
}

fn unavailable(error: ApiError) -> Rejection {
    Rejection::KeysUnavailable(error.reason().to_owned())
}
