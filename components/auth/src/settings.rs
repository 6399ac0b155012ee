//! What the component is told from outside.

use edge::ApiError;
use oauth::Documents;
use user::Secret;
use user::cookie::Style;
use user::origin::{Origin, TrustedOrigins};

use crate::delete_user::DeleteUser;
use crate::google::Google;
use crate::limit;
use crate::mail::{Mailer, flag};

/// The settings of the auth component.
pub struct Settings {
    /// `database_url`.
    pub database_url: String,
    /// Origin of `better_auth_url`: the public address, issuer and audience of tokens.
    pub base: Origin,
    /// `better_auth_secrets`, newest first, and `better_auth_secret`.
    pub secret: Secret,
    /// `base` and `trusted_origins`.
    pub trusted: TrustedOrigins,
    /// Sign-in with Google, if there is a `google_client_id`.
    pub google: Option<Google>,
    /// `jwks_rotation_days` in seconds: the greatest age of a key that signs.
    pub key_max_age: u32,
    /// `rotate_keys`: whether reading the key set makes the next key. For one request of the operator's.
    pub rotate_keys: bool,
    /// `password_hashes_at_once`: over all replicas, 32 MiB each.
    pub password_hashes_at_once: u32,
    /// Cookies are `Secure` when the public address is https.
    pub cookies: Style,
    /// `client_address_hops`: how many proxies in front append to `X-Forwarded-For`.
    pub client_address_hops: u8,
    /// `rate_limit`: whether requests are counted.
    pub rate_limit: bool,
    /// `client_documents`: the documents of OAuth clients that are read, if any are.
    pub documents: Option<Documents>,
    /// How mails leave.
    pub mail: Mailer,
    /// `delete_user`: whether people may delete their account.
    pub delete_user: DeleteUser,
    /// `require_email_verification`: whether an address must be proved before the first sign-in.
    pub require_email_verification: bool,
}

impl Settings {
    /// Reads the settings through `get`. An unusable one is an internal error that names the variable and
    /// never its value.
    pub fn load(get: impl Fn(&str) -> Result<String, ApiError>) -> Result<Self, ApiError> {
        let base = Origin::parse(get("better_auth_url")?.trim()).ok_or_else(|| {
            ApiError::internal(
                "variable better_auth_url must be an http or https address such as http://localhost:3000",
            )
        })?;
        let secret = Secret::parse_list(&get("better_auth_secrets")?, &get("better_auth_secret")?).map_err(|why| {
            ApiError::internal(format!("variable better_auth_secret or better_auth_secrets cannot be used: {why}"))
        })?;
        let trusted = TrustedOrigins::parse(&base, &get("trusted_origins")?).map_err(|entry| {
            ApiError::internal(format!("variable trusted_origins: {entry:?} is no http or https origin or pattern"))
        })?;
        let cookies = Style { secure: base.is_https() };
        let hops = get("client_address_hops")?.trim().parse();
        let client_address_hops = hops.map_err(|_| {
            ApiError::internal("variable client_address_hops must be the number of proxies in front, 0 to 255")
        })?;
        let google = Google::load(&get)?;
        let key_max_age = rotation_seconds(&get("jwks_rotation_days")?)?;
        let password_hashes_at_once = get("password_hashes_at_once")?.trim().parse::<u32>();
        let password_hashes_at_once = password_hashes_at_once
            .ok()
            .filter(|n| (1..=1000).contains(n))
            .ok_or_else(|| ApiError::internal("variable password_hashes_at_once must be a number from 1 to 1000"))?;
        let rotate_keys = get("rotate_keys")?.trim() == "true";
        let in_development = base.is_local() && !base.is_https();
        let documents = Documents::parse(&get("client_documents")?, in_development).map_err(|entry| {
            ApiError::internal(format!("variable client_documents: {entry:?} is no domain name, *.name or *"))
        })?;
        let mail = Mailer::load(&get, in_development)?;
        let delete_user = DeleteUser::parse(&get("delete_user")?)?;
        let require_email_verification = flag("require_email_verification", &get("require_email_verification")?)?;
        if !mail.is_on() && (require_email_verification || delete_user == DeleteUser::Confirm) {
            return Err(ApiError::internal(
                "variables require_email_verification and delete_user=confirm need mail_api_key and mail_from",
            ));
        }
        Ok(Self {
            database_url: get("database_url")?,
            documents,
            rate_limit: limit::parse(&get("rate_limit")?, base.is_local())?,
            base,
            secret,
            trusted,
            google,
            key_max_age,
            rotate_keys,
            password_hashes_at_once,
            cookies,
            client_address_hops,
            mail,
            delete_user,
            require_email_verification,
        })
    }
}

/// Days as seconds; 0 is never, a century.
fn rotation_seconds(days: &str) -> Result<u32, ApiError> {
    const CENTURY: u32 = 36_500;
    let days = days.trim().parse::<u32>().ok().filter(|days| *days <= CENTURY);
    let days = days.ok_or_else(|| {
        ApiError::internal(format!("variable jwks_rotation_days must be a number of days from 0 (never) to {CENTURY}"))
    })?;
    Ok(if days == 0 { CENTURY } else { days } * 86_400)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const SECRET: &str = "ref-secret-0123456789abcdefghijklmnopqrstuvwxyz";

    pub(crate) fn settings(url: &str, secret: &str, trusted: &str) -> Result<Settings, ApiError> {
        Settings::load(|name| match name {
            "better_auth_url" => Ok(url.to_owned()),
            "better_auth_secret" => Ok(secret.to_owned()),
            "trusted_origins" => Ok(trusted.to_owned()),
            "database_url" => Ok("postgres://127.0.0.1:1/none".to_owned()),
            "client_address_hops" => Ok("0".to_owned()),
            "mail_api_key"
            | "mail_from"
            | "development_mail"
            | "client_documents"
            | "rate_limit"
            | "delete_user"
            | "require_email_verification" => Ok(String::new()),
            "jwks_rotation_days" => Ok("90".to_owned()),
            "password_hashes_at_once" => Ok("8".to_owned()),
            "rotate_keys" => Ok("false".to_owned()),
            "better_auth_secrets" | "google_client_id" | "google_client_secret" => Ok(String::new()),
            other => Err(ApiError::internal(format!("variable {other} is not set"))),
        })
    }

    fn refused(url: &str, secret: &str, trusted: &str) -> String {
        settings(url, secret, trusted).err().and_then(|error| error.cause).unwrap()
    }

    #[test]
    fn cookies_are_secure_when_the_public_address_is_https() {
        assert!(settings("https://todo.example/api/auth", SECRET, "").unwrap().cookies.secure);
        assert!(!settings("http://localhost:3000/", SECRET, "").unwrap().cookies.secure);
    }

    #[test]
    fn an_unusable_variable_is_named_and_a_secret_not_shown() {
        assert!(refused("localhost:3000", SECRET, "").contains("better_auth_url"));
        let short = refused("http://localhost:3000", "short-secret", "");
        assert!(short.contains("better_auth_secret") && short.contains("32") && !short.contains("short-secret"));
        assert!(refused("http://localhost:3000", SECRET, "http://a.b,c").contains("trusted_origins: \"c\""));
    }
}
