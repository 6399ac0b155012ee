//! The settings of auth without which no page works: whether they can be used.

use better_auth::AuthSecret;
use origin::{Origin, TrustedOrigins};

/// What is wrong with these settings, each by its name in the environment; no secret is in it.
pub fn setting_faults(url: &str, trusted_origins: &str, secrets: &str, secret: &str) -> Vec<String> {
    let base = public_address(url);
    let origins = base.as_ref().ok().map(|base| TrustedOrigins::parse(base, trusted_origins));
    let origins = origins.and_then(Result::err).map(|why| format!("BETTER_AUTH_TRUSTED_ORIGINS: {why}"));
    let secret = AuthSecret::parse_list(secrets, secret).err();
    let secret = secret.map(|why| format!("BETTER_AUTH_SECRET or BETTER_AUTH_SECRETS: {why}"));
    base.err().map(str::to_owned).into_iter().chain(origins).chain(secret).collect()
}

/// The public address: an origin, without what would be dropped.
fn public_address(url: &str) -> Result<Origin, &'static str> {
    let url = url.trim();
    let (_, rest) = url
        .split_once("://")
        .filter(|(scheme, _)| ["http", "https"].contains(scheme))
        .ok_or("BETTER_AUTH_URL must begin with http:// or https://")?;
    let is_bare = !rest.strip_suffix('/').unwrap_or(rest).contains(['/', '?', '#', '@']);
    let origin = Origin::parse(url).filter(|_| is_bare);
    origin.ok_or("BETTER_AUTH_URL must be an address without a path, such as https://todo.example.com")
}

#[cfg(test)]
mod tests;
