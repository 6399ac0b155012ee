//! The body of a write, after the checks that every write must pass.

use http_api::{Request, RequestBody};
use oauth_server::OAuthParams;
use serde_json::Value;

use crate::context::Context;
use crate::guard::origin;
use crate::http::body::{self, BodyFormat};
use crate::http::error::AuthError;

/// The body of a write whose media type and origin were checked. Making one takes the request itself, which the
/// router alone has: so no handler of a write runs without these checks, and none reads a body that was not checked.
pub(crate) struct Input<'a> {
    json: Option<Value>,
    bytes: &'a [u8],
}

impl<'a> Input<'a> {
    /// Reads the body and checks where the request comes from and where it wants to send the browser.
    pub(crate) fn read(context: &Context<'_>, request: &'a Request, format: BodyFormat) -> Result<Self, AuthError> {
        let json = body::read(request, format)?;
        origin::check(context, json.as_ref())?;
        let bytes = match request.body() {
            RequestBody::Complete(bytes) => bytes.as_slice(),
            RequestBody::TooLarge => &[],
        };
        Ok(Self { json, bytes })
    }

    /// The body as JSON; none where there is none or its type was not declared.
    pub(crate) fn json(&self) -> Option<&Value> {
        self.json.as_ref()
    }

    /// The body as a form, also where its type was not declared; a JSON object as the form with its members. Unlike JSON
    /// a form keeps repeated members.
    pub(crate) fn form(&self) -> OAuthParams {
        match &self.json {
            Some(Value::Object(members)) if self.bytes.trim_ascii_start().starts_with(b"{") => {
                OAuthParams::from_members(members)
            }
            _ => OAuthParams::parse(self.bytes),
        }
    }
}
