//! Which settings cannot be used, all of them at once, for `/ready`.

use http_api::ApiError;

use super::Settings;

type Check = fn(&Settings) -> Result<(), ApiError>;

/// Each setting that is read only when it is needed. Without a mail setting people sign in all the same.
const CHECKS: [Check; 9] = [
    |settings| settings.trusted().map(drop),
    |settings| settings.google().map(drop),
    |settings| settings.key_max_age().map(drop),
    |settings| settings.password_hashes_at_once().map(drop),
    |settings| settings.client_address_hops().map(drop),
    |settings| settings.rate_limit().map(drop),
    |settings| settings.documents().map(drop),
    |settings| settings.delete_user().map(drop),
    |settings| settings.require_email_verification().map(drop),
];

/// What is wrong, one sentence for each setting, by the names of the environment; no secret is in it.
pub(crate) fn faults(settings: Result<&Settings, &ApiError>) -> Vec<String> {
    let mut faults: Vec<String> = match settings {
        Err(error) => vec![in_environment_names(error.reason())],
        Ok(settings) => {
            let failed = CHECKS.iter().filter_map(|check| check(settings).err());
            failed.map(|error| in_environment_names(error.reason())).collect()
        }
    };
    faults.dedup();
    faults
}

/// `variable rate_limit must …` as `RATE_LIMIT must …`: settings are named as people set them. Quoted values stay as they are.
fn in_environment_names(reason: &str) -> String {
    let words = reason.strip_prefix("variable ").unwrap_or(reason).split(' ').map(|word| {
        let name = word.find(|c: char| c != '_' && !c.is_ascii_lowercase()).map_or(word, |end| &word[..end]);
        let rest = &word[name.len()..];
        if name.contains('_') { format!("{}{rest}", name.to_ascii_uppercase()) } else { word.to_owned() }
    });
    let text = words.collect::<Vec<_>>().join(" ");
    text.replacen("TRUSTED_ORIGINS", "BETTER_AUTH_TRUSTED_ORIGINS", 1)
}

#[cfg(test)]
mod tests;
