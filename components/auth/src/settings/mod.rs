//! What the component is told from outside. What nearly every request needs is read at once, everything else by those that
//! need it: on Spin reading a variable is work.

use better_auth::AuthSecret;
use better_auth::cookie::CookieFormat;
use http_api::ApiError;
use oauth_server::DocumentPolicy;
use origin::{Origin, TrustedOrigins};

use crate::account::delete_user::DeleteUser;
use crate::account::mail::{Mailer, flag};
use crate::guard::rate_limit;
use google::Google;

pub(crate) mod google;

/// Reads the variable of a name.
type Variable = Box<dyn Fn(&str) -> Result<String, ApiError>>;

/// The settings of the auth component. An unusable one is an internal error that names the variable and never its value.
pub struct Settings {
    variable: Variable,
    /// Origin of `better_auth_url`: the public address, issuer and audience of tokens.
    pub(crate) base: Origin,
    /// `better_auth_secrets`, newest first, and `better_auth_secret`.
    pub(crate) secret: AuthSecret,
    /// Cookies are `Secure` when the public address is https.
    pub(crate) cookies: CookieFormat,
}

impl Settings {
    /// Reads the settings by `variable`, now and later.
    pub fn load(variable: impl Fn(&str) -> Result<String, ApiError> + 'static) -> Result<Self, ApiError> {
        let base = Origin::parse(variable("better_auth_url")?.trim()).ok_or_else(|| {
            ApiError::internal(
                "variable better_auth_url must be an http or https address such as http://localhost:3000",
            )
        })?;
        let secret = AuthSecret::parse_list(&variable("better_auth_secrets")?, &variable("better_auth_secret")?);
        let secret = secret.map_err(|why| {
            ApiError::internal(format!("variable better_auth_secret or better_auth_secrets cannot be used: {why}"))
        })?;
        let cookies = CookieFormat { secure: base.is_https() };
        Ok(Self { variable: Box::new(variable), base, secret, cookies })
    }

    fn get(&self, name: &str) -> Result<String, ApiError> {
        (self.variable)(name)
    }

    /// `database_url`.
    pub(crate) fn database_url(&self) -> Result<String, ApiError> {
        self.get("database_url")
    }

    /// `base` and `trusted_origins`.
    pub(crate) fn trusted(&self) -> Result<TrustedOrigins, ApiError> {
        TrustedOrigins::parse(&self.base, &self.get("trusted_origins")?)
            .map_err(|why| ApiError::internal(format!("variable trusted_origins: {why}")))
    }

    /// Sign-in with Google, if there is a `google_client_id`.
    pub(crate) fn google(&self) -> Result<Option<Google>, ApiError> {
        Google::load(&self.variable)
    }

    /// `jwks_rotation_days` in seconds: the greatest age of a key that signs.
    pub(crate) fn key_max_age(&self) -> Result<u32, ApiError> {
        rotation_seconds(&self.get("jwks_rotation_days")?)
    }

    /// `rotate_keys`: whether reading the key set makes the next key. For one request of the operator's.
    pub(crate) fn rotate_keys(&self) -> Result<bool, ApiError> {
        Ok(self.get("rotate_keys")?.trim() == "true")
    }

    /// `password_hashes_at_once`: over all replicas, 32 MiB each.
    pub(crate) fn password_hashes_at_once(&self) -> Result<u32, ApiError> {
        let number = self.get("password_hashes_at_once")?.trim().parse().ok();
        number
            .filter(|n| (1..=1000).contains(n))
            .ok_or_else(|| ApiError::internal("variable password_hashes_at_once must be a number from 1 to 1000"))
    }

    /// `client_address_hops`: how many proxies in front append to `X-Forwarded-For`.
    pub(crate) fn client_address_hops(&self) -> Result<u8, ApiError> {
        self.get("client_address_hops")?.trim().parse().map_err(|_| {
            ApiError::internal("variable client_address_hops must be the number of proxies in front, 0 to 255")
        })
    }

    /// `rate_limit`: whether requests are counted.
    pub(crate) fn rate_limit(&self) -> Result<bool, ApiError> {
        rate_limit::parse(&self.get("rate_limit")?, self.base.is_local())
    }

    /// `client_documents`: the documents of OAuth clients that are read, if any are.
    pub(crate) fn documents(&self) -> Result<Option<DocumentPolicy>, ApiError> {
        DocumentPolicy::parse(&self.get("client_documents")?, self.in_development()).map_err(|entry| {
            ApiError::internal(format!("variable client_documents: {entry:?} is no domain name, *.name or *"))
        })
    }

    /// How mails leave.
    pub(crate) fn mail(&self) -> Result<Mailer, ApiError> {
        Mailer::load(&self.variable, self.in_development())
    }

    /// `delete_user`: whether people may delete their account.
    pub(crate) fn delete_user(&self) -> Result<DeleteUser, ApiError> {
        let wanted = DeleteUser::parse(&self.get("delete_user")?)?;
        if wanted == DeleteUser::Confirm {
            self.require_mail("delete_user=confirm")?;
        }
        Ok(wanted)
    }

    /// `require_email_verification`: whether an address must be proved before the first sign-in.
    pub(crate) fn require_email_verification(&self) -> Result<bool, ApiError> {
        let wanted = flag("require_email_verification", &self.get("require_email_verification")?)?;
        if wanted {
            self.require_mail("require_email_verification")?;
        }
        Ok(wanted)
    }

    fn require_mail(&self, setting: &str) -> Result<(), ApiError> {
        match self.mail()?.is_on() {
            true => Ok(()),
            false => Err(ApiError::internal(format!("variable {setting} needs mail_api_key and mail_from"))),
        }
    }

    fn in_development(&self) -> bool {
        self.base.is_local() && !self.base.is_https()
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

    /// Why the setting is refused where it is read.
    fn refused<T>(
        read: impl Fn(&Settings) -> Result<T, ApiError>,
        changed: &'static [(&'static str, &'static str)],
    ) -> String {
        settings(changed).and_then(|settings| read(&settings)).err().and_then(|error| error.cause).unwrap()
    }

    #[test]
    fn cookies_are_secure_when_the_public_address_is_https() {
        assert!(settings(&[("better_auth_url", "https://todo.example/api/auth")]).unwrap().cookies.secure);
        assert!(!settings(&[("better_auth_url", "http://localhost:3000/")]).unwrap().cookies.secure);
    }

    #[test]
    fn an_unusable_variable_is_named_and_a_secret_not_shown() {
        assert!(refused(|_| Ok(()), &[("better_auth_url", "localhost:3000")]).contains("better_auth_url"));
        let short = refused(|_| Ok(()), &[("better_auth_secret", "short-secret")]);
        assert!(short.contains("better_auth_secret") && short.contains("32") && !short.contains("short-secret"));
        let trusted = refused(Settings::trusted, &[("trusted_origins", "http://a.b,c")]);
        assert!(trusted.contains("trusted_origins: \"c\""));
        assert!(refused(Settings::key_max_age, &[("jwks_rotation_days", "36501")]).contains("jwks_rotation_days"));
        let hashes = refused(Settings::password_hashes_at_once, &[("password_hashes_at_once", "0")]);
        assert!(hashes.contains("password_hashes_at_once"));
        assert!(refused(Settings::client_address_hops, &[("client_address_hops", "256")]).contains("hops"));
    }

    #[test]
    fn what_needs_mails_is_refused_without_them() {
        let delete = refused(Settings::delete_user, &[("delete_user", "confirm")]);
        assert!(delete.contains("delete_user=confirm needs mail_api_key"), "{delete}");
        let verify = refused(Settings::require_email_verification, &[("require_email_verification", "true")]);
        assert!(verify.contains("require_email_verification needs mail_api_key"), "{verify}");
        let with_mails = settings(&[("delete_user", "confirm"), ("development_mail", "true")]).unwrap();
        assert!(with_mails.delete_user().is_ok_and(|wanted| wanted == DeleteUser::Confirm));
    }
}
