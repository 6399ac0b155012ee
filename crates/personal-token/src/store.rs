//! The tokens of a user in the database.

use better_auth::{LOWER_ALPHANUMERIC, random_text};
use db::{Db, Param};
use http::StatusCode;
use http_api::ApiError;

use crate::new_token::NewPersonalToken;
use crate::record::PersonalTokenRecord;
use crate::secret::PersonalTokenSecret;
use crate::verify::remembered_name;

const ADD: &str = include_str!("../sql/add_token.sql");
const LIST: &str = include_str!("../sql/list_tokens.sql");
const REVOKE: &str = include_str!("../sql/revoke_token.sql");

/// The most tokens of a user.
const MAX_TOKENS: i64 = 50;
/// The length of an id.
const ID: usize = 16;

/// What handlers do with the tokens of the user who asks.
pub trait PersonalTokenStore {
    /// Makes a token; the secret is returned here and never again. 409 if the user has too many.
    fn add(&self, owner: &str, new: &NewPersonalToken) -> Result<(PersonalTokenRecord, PersonalTokenSecret), ApiError>;
    /// All tokens, the newest first.
    fn list(&self, owner: &str) -> Result<Vec<PersonalTokenRecord>, ApiError>;
    /// Ends a token; 404 if the user has none of this id.
    fn revoke(&self, owner: &str, id: &str) -> Result<(), ApiError>;
}

/// The store on the host's database.
pub struct DatabaseTokenStore<'a> {
    /// Opens the database.
    pub open: &'a dyn Fn() -> Result<Db, ApiError>,
}

impl PersonalTokenStore for DatabaseTokenStore<'_> {
    fn add(&self, owner: &str, new: &NewPersonalToken) -> Result<(PersonalTokenRecord, PersonalTokenSecret), ApiError> {
        let random = |bytes: &mut [u8]| getrandom::fill(bytes).expect("the host has random bytes");
        let secret = PersonalTokenSecret::generate(&random);
        let id = random_text(&random, LOWER_ALPHANUMERIC, ID);
        let texts = [owner, &id, &new.name, new.scopes, secret.start(), &secret.hash()];
        let mut params: Vec<Param> = texts.into_iter().map(|text| text.to_owned().into()).collect();
        params.push(new.days.into());
        params.push(MAX_TOKENS.into());
        match (self.open)()?.query_one(ADD, &params)? {
            Some(row) => Ok((PersonalTokenRecord::read(&row)?, secret)),
            None => {
                let detail = format!("There are {MAX_TOKENS} access tokens already. Revoke one that is not used.");
                Err(ApiError::new(StatusCode::CONFLICT, "token_limit", detail))
            }
        }
    }

    fn list(&self, owner: &str) -> Result<Vec<PersonalTokenRecord>, ApiError> {
        let rows = (self.open)()?.query(LIST, &[owner.to_owned().into()])?;
        Ok(rows.iter().map(PersonalTokenRecord::read).collect::<Result<_, _>>()?)
    }

    fn revoke(&self, owner: &str, id: &str) -> Result<(), ApiError> {
        let row = (self.open)()?.query_one(REVOKE, &[owner.to_owned().into(), id.to_owned().into()])?;
        let row = row.ok_or_else(|| ApiError::not_found("You have no access token with this id."))?;
        spin_host::forget(&remembered_name(&row.text("hash")?));
        Ok(())
    }
}
