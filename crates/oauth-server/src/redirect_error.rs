//! An authorization request that failed: where the browser is redirected with the error.

use crate::error::OAuthError;
use crate::redirect_uri;

/// An error that the browser carries to the client, or to the error page where the client's address is not known to be
/// its own.
#[derive(Debug, PartialEq, Eq)]
pub struct RedirectError {
    pub(crate) error: OAuthError,
    client: Option<ClientRedirect>,
}

/// The client's own address for the response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClientRedirect {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    /// Whether the parameters go into the fragment.
    pub(crate) fragment: bool,
}

impl RedirectError {
    /// An error for the page that shows it to the user.
    pub fn page(error: OAuthError) -> Self {
        Self { error, client: None }
    }

    /// An error for the client.
    pub(crate) fn client(error: OAuthError, client: ClientRedirect) -> Self {
        Self { error, client: Some(client) }
    }

    /// The URL to which the browser is redirected.
    pub fn location(&self, issuer: &str) -> String {
        let query = |pairs: &[(&str, &str)]| {
            form_urlencoded::Serializer::new(String::new())
                .extend_pairs(pairs.iter().filter(|(_, v)| !v.is_empty()))
                .finish()
        };
        let (error, description) = (self.error.error, self.error.description.as_str());
        match &self.client {
            None => format!("{issuer}/error?{}", query(&[("error", error), ("error_description", description)])),
            Some(to) => {
                let state = to.state.as_deref().unwrap_or_default();
                let all = [("error", error), ("error_description", description), ("state", state), ("iss", issuer)];
                redirect_uri::append(&to.redirect_uri, &query(&all), to.fragment)
            }
        }
    }
}
