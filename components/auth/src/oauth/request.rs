//! The form of `/oauth2/token` and `/oauth2/revoke`.

use oauth_server::{ClientCredentials, OAuthError, OAuthParams, RegisteredClient, names_resource};

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::AuthError;
use crate::oauth::response::oauth_error;

/// A request of a client: its form, and its credentials.
pub(crate) struct TokenRequest {
    pub(super) form: OAuthParams,
    credentials: Option<ClientCredentials>,
    has_authorization: bool,
}

impl TokenRequest {
    /// Reads the form and the header `Authorization`.
    pub(crate) fn read(context: &Context<'_>, input: &Input<'_>) -> Result<Self, AuthError> {
        let form = input.form();
        let header = context.header("authorization");
        let has_authorization = header.is_some();
        let error = |error| oauth_error(error, has_authorization);
        if form.repeated(&["resource"]).is_some() {
            return Err(error(OAuthError::invalid_request("a parameter is given twice")));
        }
        let credentials = ClientCredentials::read(header.as_deref(), &form).map_err(error)?;
        Ok(Self { form, credentials, has_authorization })
    }

    /// The error of this request.
    pub(super) fn error(&self, error: OAuthError) -> AuthError {
        oauth_error(error, self.has_authorization)
    }

    /// A member of the form that must be there.
    pub(super) fn require(&self, name: &str) -> Result<&str, AuthError> {
        self.form.get(name).ok_or_else(|| self.error(OAuthError::invalid_request(format!("{name} is required"))))
    }

    /// The credentials, which must be there.
    pub(super) fn require_credentials(&self) -> Result<&ClientCredentials, AuthError> {
        self.credentials.as_ref().ok_or_else(|| self.error(OAuthError::invalid_request("client_id is required")))
    }

    /// Checks that the client exists and proves to be itself. This comes before everything else in the request, so that a
    /// client whose registration is gone learns that.
    pub(super) fn authenticate<'a>(
        &self,
        client: Option<&'a RegisteredClient>,
    ) -> Result<&'a RegisteredClient, AuthError> {
        let credentials = self.require_credentials()?;
        let client = client.ok_or_else(|| self.error(OAuthError::unknown_client()))?;
        client.authenticate(credentials).map_err(|error| self.error(error))?;
        Ok(client)
    }

    /// The resources of the token: some of those that were granted, or all of them.
    pub(super) fn resources(&self, granted: &[String]) -> Result<Vec<String>, OAuthError> {
        let wanted: Vec<&str> = self.form.all("resource").filter(|resource| !resource.is_empty()).collect();
        if wanted.is_empty() {
            return Ok(granted.to_vec());
        }
        let named = |wanted: &str| granted.iter().find(|resource| names_resource(wanted, resource)).cloned();
        let named: Option<Vec<String>> = wanted.into_iter().map(named).collect();
        named.ok_or_else(|| OAuthError::new("invalid_target", "requested resource not authorized"))
    }
}
