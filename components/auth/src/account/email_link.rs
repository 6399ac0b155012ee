//! The links in mails that verify or change an address, or delete an account.

use better_auth::target::{component, with_parameters};
use better_auth::validation::{InputReader, any};
use http::StatusCode;

use crate::context::Context;
use crate::guard::input::Input;
use crate::guard::origin;
use crate::http::error::{AuthError, ErrorCode};

/// A link that the user followed: its token and where the browser goes afterwards.
pub(crate) struct EmailLink {
    pub(crate) token: String,
    /// An allowed `callbackURL`; never empty.
    pub(super) target: Option<String>,
}

impl EmailLink {
    /// Reads the query of a followed link.
    pub(crate) fn read(context: &Context<'_>) -> Result<Self, AuthError> {
        let parameters = context.query_parameters();
        let link = Self::parse(InputReader::of_query(&parameters))?;
        origin::check_callback(context, link.target.as_deref())?;
        Ok(link)
    }

    /// Reads the form of the page behind a link.
    pub(crate) fn read_form(input: &Input<'_>) -> Result<Self, AuthError> {
        Self::parse(InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?)
    }

    /// Reads token and target; whether the target is allowed is checked elsewhere.
    fn parse(mut members: InputReader<'_>) -> Result<Self, AuthError> {
        let token = members.text("token", any);
        let target = members.optional_text("callbackURL", any).filter(|target| !target.is_empty());
        let link = Self { token: token.to_owned(), target: target.map(str::to_owned) };
        members.finish(link).map_err(AuthError::invalid)
    }

    /// Why the link did not work: on the page that the link leads to, else as a 401.
    pub(super) fn error(&self, code: ErrorCode) -> AuthError {
        match &self.target {
            Some(target) => AuthError::Redirect(with_parameters(target, &[("error", code.0)])),
            None => AuthError::new(StatusCode::UNAUTHORIZED, code),
        }
    }
}

/// The path of a link to `/verify-email` with a token, after which the browser goes to `target`.
pub(super) fn verify_email_path(token: &str, target: Option<&str>) -> String {
    let target = target.filter(|target| !target.is_empty()).unwrap_or("/");
    format!("/verify-email?token={token}&callbackURL={}", component(target))
}
