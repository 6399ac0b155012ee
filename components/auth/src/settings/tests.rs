use super::*;

pub(crate) const SECRET: &str = "ref-secret-0123456789abcdefghijklmnopqrstuvwxyz";

/// A good value of every variable, but for those that are changed.
pub(crate) fn variable(name: &str, changed: &[(&str, &str)]) -> Result<String, ApiError> {
    let changed = changed.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let good = match name {
        "better_auth_url" => "http://localhost:3000",
        "better_auth_secret" => SECRET,
        "client_address_hops" => "0",
        "jwks_rotation_days" => "90",
        "password_hashes_at_once" => "8",
        _ => "",
    };
    Ok(changed.unwrap_or(good).to_owned())
}

pub(crate) fn settings(changed: &'static [(&str, &str)]) -> Result<Settings, ApiError> {
    Settings::load(move |name| variable(name, changed))
}

/// The cause of the error where the setting is read.
fn cause_of<T>(
    read: impl Fn(&Settings) -> Result<T, ApiError>,
    changed: &'static [(&'static str, &'static str)],
) -> String {
    settings(changed).and_then(|settings| read(&settings)).err().and_then(|error| error.cause).unwrap().into()
}

#[test]
fn cookies_are_secure_when_the_public_address_is_https() {
    assert!(settings(&[("better_auth_url", "https://todo.example/api/auth")]).unwrap().cookies.secure);
    assert!(!settings(&[("better_auth_url", "http://localhost:3000/")]).unwrap().cookies.secure);
}

#[test]
fn an_unusable_variable_is_named_and_a_secret_not_shown() {
    assert!(cause_of(|_| Ok(()), &[("better_auth_url", "localhost:3000")]).contains("better_auth_url"));
    let short = cause_of(|_| Ok(()), &[("better_auth_secret", "short-secret")]);
    assert!(short.contains("better_auth_secret") && short.contains("32") && !short.contains("short-secret"));
    let trusted = cause_of(Settings::trusted, &[("trusted_origins", "http://a.b,c")]);
    assert!(trusted.contains("trusted_origins: \"c\""));
    assert!(cause_of(Settings::key_max_age, &[("jwks_rotation_days", "36501")]).contains("jwks_rotation_days"));
    let hashes = cause_of(Settings::password_hashes_at_once, &[("password_hashes_at_once", "0")]);
    assert!(hashes.contains("password_hashes_at_once"));
    assert!(cause_of(Settings::client_address_hops, &[("client_address_hops", "256")]).contains("hops"));
}

#[test]
fn what_needs_mails_is_refused_without_them() {
    let delete = cause_of(Settings::delete_user, &[("delete_user", "confirm")]);
    assert!(delete.contains("delete_user=confirm needs mail_api_key"), "{delete}");
    let verify = cause_of(Settings::require_email_verification, &[("require_email_verification", "true")]);
    assert!(verify.contains("require_email_verification needs mail_api_key"), "{verify}");
    let with_mails = settings(&[("delete_user", "confirm"), ("development_mail", "true")]).unwrap();
    assert!(with_mails.delete_user().is_ok_and(|wanted| wanted == DeleteUser::Confirm));
}
