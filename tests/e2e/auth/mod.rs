//! Better Auth's protocol at `/api/auth`, Google and access tokens.

mod access_tokens;
mod addresses;
mod attacks;
mod better_auth;
mod google;
mod google_accounts;
mod hashing;
mod id_tokens;
mod keys;
mod limits;
pub(crate) mod mail;
mod notices;
mod other_servers;
mod personal_tokens;
mod routes;
mod second_factor;
mod second_factor_mail;
mod second_factor_set_up;
mod sessions;
mod take_back;
mod timing;
