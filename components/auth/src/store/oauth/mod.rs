//! OAuth clients, consents, codes and tokens: the tables of Better Auth's oauth-provider. A client is found by its public
//! id, a code and a token by a hash that only their holder can compute, everything of a user through the user.

mod clients;
mod codes;
mod consents;
mod rows;
mod tokens;

pub(crate) use codes::{CodeGrant, NewRefreshToken};
pub(crate) use tokens::RefreshGrant;
