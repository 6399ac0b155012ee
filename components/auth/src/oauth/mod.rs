//! The authorization server for AI clients at `/api/auth/oauth2/…` and its metadata. A client registers itself
//! (`register`) and sends the user's browser to `authorize`. That goes through the pages `/sign-in` and `/consent` with a
//! signed query and back to the client with a code. `token` exchanges the code for an access token that is good at the
//! MCP server alone. What the pages receive and send:
//!
//! - `/sign-in?<signed query>` posts to `sign-in/email`, `sign-up/email` or `sign-in/social` with one member more,
//!   `oauth_query`: that query as it came. The response is then `{"redirect": true, "url"}`, and the browser goes there.
//!   The client's name is in the response to `{"client_id", "oauth_query"}`, posted to `oauth2/public-client-prelogin`.
//!   A user who signs in at Google, or must prove an address by the link of a mail first, ends at the same place.
//! - `/consent?<signed query>` has `client_id`, `redirect_uri` and `scope` in it, reads the client's name at
//!   `GET oauth2/public-client?client_id=` and posts `{"accept": bool, "scope"?, "oauth_query"}` to `oauth2/consent`,
//!   whose response is `{"redirect": true, "url"}` too. `scope` may leave some out.
//! - 400 `{"error": "invalid_signature"}` means that the query was changed or is older than ten minutes.
//! - `GET oauth2/get-consents` lists what a user lets in; `POST oauth2/delete-consent` `{"id"}` takes it back.

pub(crate) mod authorize;
pub(crate) mod consent;
mod document;
mod issue;
pub(crate) mod metadata;
mod refresh;
pub(crate) mod register;
mod request;
mod response;
pub(crate) mod resume;
pub(crate) mod token;
pub(crate) mod user;
pub(crate) mod userinfo;
