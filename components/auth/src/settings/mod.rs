//! The settings. What nearly every request needs is read at once, the rest when it is needed: on Spin, reading a
//! variable moves work to another thread.

pub(crate) mod faults;
pub(crate) mod google;
pub(crate) mod values;

use better_auth::AuthSecret;
use better_auth::cookie::CookieFormat;
use http_api::ApiError;
use mail_api::MailDelivery;
use oauth_server::DocumentPolicy;
use origin::{Origin, TrustedOrigins};

use google::GoogleSettings;
use values::DeleteUser;

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
    pub(crate) fn google(&self) -> Result<Option<GoogleSettings>, ApiError> {
        GoogleSettings::load(&self.variable)
    }

    /// `jwks_rotation_days` in seconds: the greatest age of a key that signs.
    pub(crate) fn key_max_age(&self) -> Result<u32, ApiError> {
        values::rotation_seconds(&self.get("jwks_rotation_days")?)
    }

    /// `rotate_keys`: whether reading the key set makes the next key. The operator sets it for one request.
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
        values::rate_limit(&self.get("rate_limit")?, self.base.is_local())
    }

    /// `client_documents`: which addresses of OAuth clients' documents are read; none where no document is.
    pub(crate) fn documents(&self) -> Result<Option<DocumentPolicy>, ApiError> {
        DocumentPolicy::parse(&self.get("client_documents")?, self.in_development()).map_err(|entry| {
            ApiError::internal(format!("variable client_documents: {entry:?} is no domain name, *.name or *"))
        })
    }

    /// How mails leave.
    pub(crate) fn mail(&self) -> Result<MailDelivery, ApiError> {
        MailDelivery::load(&self.variable, self.in_development())
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
        let wanted = values::flag("require_email_verification", &self.get("require_email_verification")?)?;
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

    /// Whether the public address is a local one over plain http.
    pub(crate) fn in_development(&self) -> bool {
        self.base.is_local() && !self.base.is_https()
    }
}

#[cfg(test)]
pub(crate) mod tests;
