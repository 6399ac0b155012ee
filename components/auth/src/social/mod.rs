//! Sign-in with Google, and the accounts that users have there.

pub(crate) mod accounts;
mod exchange;
mod finish;
mod link;
mod proof;
mod start;
pub(crate) mod tokens;

pub(crate) use finish::{callback, callback_form};
pub(crate) use start::{link_social, sign_in};

use http_api::ApiError;

use crate::context::Call;
use crate::http::response::Code;
use crate::settings::google::Google;

/// The cookie that ties a flow to a browser.
const STATE: &str = "state";
const PROVIDER_NOT_FOUND: Code = ("PROVIDER_NOT_FOUND", "Provider not found");

/// The provider of this name, if it is configured.
fn provider(call: &Call<'_>, name: &str) -> Result<Option<Google>, ApiError> {
    if name == better_auth::social::google::PROVIDER { call.settings.google() } else { Ok(None) }
}

/// Where Google sends browsers back to.
fn redirect_uri(call: &Call<'_>) -> String {
    format!("{}/api/auth/callback/google", call.settings.base)
}
