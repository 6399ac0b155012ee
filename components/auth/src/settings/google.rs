//! The settings of sign-in with Google.

use http_api::ApiError;
use origin::Origin;

/// This server's client at Google, and Google's addresses.
pub(crate) struct GoogleSettings {
    /// `google_client_id`.
    pub(crate) client_id: String,
    /// `google_client_secret`.
    pub(crate) client_secret: String,
    /// `google_accounts_origin`: where the browser is sent.
    pub(crate) accounts: Origin,
    /// `google_token_origin`: where codes are exchanged.
    pub(crate) tokens: Origin,
    /// `google_certs_origin`: where the keys of id tokens are published.
    pub(crate) certs: Origin,
}

impl GoogleSettings {
    /// The page where people agree.
    pub(crate) fn authorization_url(&self) -> String {
        format!("{}/o/oauth2/v2/auth", self.accounts)
    }

    /// Reads the settings through `get`; none without an id.
    pub(super) fn load(get: impl Fn(&str) -> Result<String, ApiError>) -> Result<Option<Self>, ApiError> {
        let client_id = get("google_client_id")?.trim().to_owned();
        if client_id.is_empty() {
            return Ok(None);
        }
        let client_secret = get("google_client_secret")?.trim().to_owned();
        if client_secret.is_empty() {
            return Err(ApiError::internal("variable google_client_secret is missing beside google_client_id"));
        }
        let origin = |name: &str| {
            let unusable = || ApiError::internal(format!("variable {name} must be an http or https origin"));
            Origin::parse(get(name)?.trim()).ok_or_else(unusable)
        };
        let (accounts, tokens, certs) =
            (origin("google_accounts_origin")?, origin("google_token_origin")?, origin("google_certs_origin")?);
        Ok(Some(Self { client_id, client_secret, accounts, tokens, certs }))
    }
}
