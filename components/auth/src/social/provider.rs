//! The one provider, Google, as the settings know it.

use better_auth::social::google::PROVIDER;
use http_api::ApiError;

use crate::context::Context;
use crate::settings::google::GoogleSettings;

/// The cookie that ties a flow to a browser.
pub(super) const STATE_COOKIE: &str = "state";

/// The provider of this name, if it is configured.
pub(super) fn find(context: &Context<'_>, name: &str) -> Result<Option<GoogleSettings>, ApiError> {
    if name == PROVIDER { context.settings.google() } else { Ok(None) }
}

/// Where Google sends browsers back to.
pub(super) fn redirect_uri(context: &Context<'_>) -> String {
    format!("{}/api/auth/callback/google", context.settings.base)
}
